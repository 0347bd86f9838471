using Fact.Component.Ast;

namespace Fact.Component.Plan;

/// <summary>The core functions that the host provides.</summary>
internal static class TrampolinesJson
{
    /// <summary>An element of the list of trampolines.</summary>
    public static void Trampoline(JsonSink json, Trampoline trampoline) => json.Object(trampoline, static (json, trampoline) =>
    {
        Members(json, trampoline);
        json.CoreType("coreType", trampoline.CoreType);
    });

    private static void Members(JsonSink json, Trampoline trampoline)
    {
        switch (trampoline)
        {
            case Plan.Trampoline.LowerImport lower:
                json.Kind("lower-import");
                json.Id("item", lower.Import.Value);
                json.FuncType("type", lower.FuncType);
                json.Id("options", lower.Options.Value);
                break;
            case Plan.Trampoline.AlwaysTrap:
                json.Kind("always-trap");
                break;
            case Plan.Trampoline.ResourceNew made:
                Table(json, "resource.new", made.Table.Value);
                break;
            case Plan.Trampoline.ResourceRep rep:
                Table(json, "resource.rep", rep.Table.Value);
                break;
            case Plan.Trampoline.ResourceDrop drop:
                Table(json, "resource.drop", drop.Table.Value);
                break;
            case Plan.Trampoline.Plain plain:
                Instance(json, Name(plain.Which), plain.Instance.Value);
                break;
            case Plan.Trampoline.TaskReturn task:
                json.Kind("task.return");
                json.Id("results", task.Results.Value);
                json.Id("options", task.Options.Value);
                break;
            case Plan.Trampoline.ContextGet get:
                json.Kind("context.get");
                json.Number("slot", get.Slot);
                break;
            case Plan.Trampoline.ContextSet set:
                json.Kind("context.set");
                json.Number("slot", set.Slot);
                break;
            case Plan.Trampoline.SubtaskCancel cancel:
                Instance(json, "subtask.cancel", cancel.Instance.Value);
                json.Flag("async", cancel.IsAsync);
                break;
            case Plan.Trampoline.Stream stream:
                Table(json, "stream." + KebabCase.Of(stream.Op.ToString()), stream.Table.Value);
                break;
            case Plan.Trampoline.StreamCopy copy:
                Table(json, "stream." + Verb(copy.Op), copy.Table.Value);
                json.Id("options", copy.Options.Value);
                break;
            case Plan.Trampoline.StreamCancel cancel:
                Table(json, "stream.cancel-" + Verb(cancel.Op), cancel.Table.Value);
                json.Flag("async", cancel.IsAsync);
                break;
            case Plan.Trampoline.Future future:
                Table(json, "future." + KebabCase.Of(future.Op.ToString()), future.Table.Value);
                break;
            case Plan.Trampoline.FutureCopy copy:
                Table(json, "future." + Verb(copy.Op), copy.Table.Value);
                json.Id("options", copy.Options.Value);
                break;
            case Plan.Trampoline.FutureCancel cancel:
                Table(json, "future.cancel-" + Verb(cancel.Op), cancel.Table.Value);
                json.Flag("async", cancel.IsAsync);
                break;
            case Plan.Trampoline.ErrorContextNew made:
                Table(json, "error-context.new", made.Table.Value);
                json.Id("options", made.Options.Value);
                break;
            case Plan.Trampoline.ErrorContextDebugMessage message:
                Table(json, "error-context.debug-message", message.Table.Value);
                json.Id("options", message.Options.Value);
                break;
            case Plan.Trampoline.ErrorContextDrop drop:
                Table(json, "error-context.drop", drop.Table.Value);
                break;
            case Plan.Trampoline.WaitableSetWait wait:
                Waitable(json, "waitable-set.wait", wait.IsCancellable, wait.Options);
                break;
            case Plan.Trampoline.WaitableSetPoll poll:
                Waitable(json, "waitable-set.poll", poll.IsCancellable, poll.Options);
                break;
            case Plan.Trampoline.ThreadSwitch change:
                Instance(json, "thread." + KebabCase.Of(change.Op.ToString()), change.Instance.Value);
                json.Flag("cancellable", change.IsCancellable);
                break;
            case Plan.Trampoline.ThreadNewIndirect made:
                Instance(json, "thread.new-indirect", made.Instance.Value);
                json.Object("table", made.Table, DefsJson.Members);
                break;
        }
    }

    private static string Verb(CopyOp op) => op == CopyOp.Read ? "read" : "write";

    private static string Name(PlainBuiltin which) => which switch
    {
        PlainBuiltin.TaskCancel => "task.cancel",
        PlainBuiltin.BackpressureSet => "backpressure.set",
        PlainBuiltin.BackpressureInc => "backpressure.inc",
        PlainBuiltin.BackpressureDec => "backpressure.dec",
        PlainBuiltin.SubtaskDrop => "subtask.drop",
        PlainBuiltin.ErrorContextDrop => "error-context.drop",
        PlainBuiltin.WaitableSetNew => "waitable-set.new",
        PlainBuiltin.WaitableSetDrop => "waitable-set.drop",
        PlainBuiltin.WaitableJoin => "waitable.join",
        PlainBuiltin.ThreadIndex => "thread.index",
        PlainBuiltin.ThreadResumeLater => "thread.resume-later",
        _ => throw new System.ArgumentOutOfRangeException(nameof(which)),
    };

    private static void Table(JsonSink json, string kind, uint table)
    {
        json.Kind(kind);
        json.Id("table", table);
    }

    private static void Instance(JsonSink json, string kind, uint instance)
    {
        json.Kind(kind);
        json.Id("instance", instance);
    }

    private static void Waitable(JsonSink json, string kind, bool isCancellable, OptionsId options)
    {
        json.Kind(kind);
        json.Flag("cancellable", isCancellable);
        json.Id("options", options.Value);
    }
}
