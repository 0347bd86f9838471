namespace Fact.Component.Plan;

/// <summary>The core functions that the host provides.</summary>
internal static class TrampolinesJson
{
    /// <summary>An element of the list of trampolines.</summary>
    /// <param name="json">Where it goes.</param>
    /// <param name="trampoline">The trampoline.</param>
    /// <param name="hasRuntime">Whether there is a runtime module, which then provides some of them.</param>
    public static void Trampoline(JsonSink json, Trampoline trampoline, bool hasRuntime) => json.Object(trampoline, (json, trampoline) =>
    {
        Members(json, trampoline);
        json.CoreType("coreType", trampoline.CoreType);
        if (hasRuntime && PlanHandles.Builtin(trampoline) is { } builtin)
            json.Text("runtime", builtin.Name);
    });

    private static void Members(JsonSink json, Trampoline trampoline)
    {
        json.Kind(TrampolineNames.Of(trampoline));
        switch (trampoline)
        {
            case Plan.Trampoline.LowerImport lower:
                json.Id("item", lower.Import.Value);
                json.FuncType("type", lower.FuncType);
                json.Id("options", lower.Options.Value);
                break;
            case Plan.Trampoline.ResourceNew made:
                json.Id("table", made.Table.Value);
                break;
            case Plan.Trampoline.ResourceRep rep:
                json.Id("table", rep.Table.Value);
                break;
            case Plan.Trampoline.ResourceDrop drop:
                json.Id("table", drop.Table.Value);
                break;
            case Plan.Trampoline.Plain plain:
                json.Id("instance", plain.Instance.Value);
                break;
            case Plan.Trampoline.TaskReturn task:
                json.Id("results", task.Results.Value);
                json.Id("options", task.Options.Value);
                break;
            case Plan.Trampoline.ContextGet get:
                json.Number("slot", get.Slot);
                break;
            case Plan.Trampoline.ContextSet set:
                json.Number("slot", set.Slot);
                break;
            case Plan.Trampoline.SubtaskCancel cancel:
                json.Id("instance", cancel.Instance.Value);
                json.Flag("async", cancel.IsAsync);
                break;
            case Plan.Trampoline.Stream stream:
                json.Id("table", stream.Table.Value);
                break;
            case Plan.Trampoline.StreamCopy copy:
                WithOptions(json, copy.Table.Value, copy.Options);
                break;
            case Plan.Trampoline.StreamCancel cancel:
                json.Id("table", cancel.Table.Value);
                json.Flag("async", cancel.IsAsync);
                break;
            case Plan.Trampoline.Future future:
                json.Id("table", future.Table.Value);
                break;
            case Plan.Trampoline.FutureCopy copy:
                WithOptions(json, copy.Table.Value, copy.Options);
                break;
            case Plan.Trampoline.FutureCancel cancel:
                json.Id("table", cancel.Table.Value);
                json.Flag("async", cancel.IsAsync);
                break;
            case Plan.Trampoline.ErrorContextNew made:
                WithOptions(json, made.Table.Value, made.Options);
                break;
            case Plan.Trampoline.ErrorContextDebugMessage message:
                WithOptions(json, message.Table.Value, message.Options);
                break;
            case Plan.Trampoline.ErrorContextDrop drop:
                json.Id("table", drop.Table.Value);
                break;
            case Plan.Trampoline.WaitableSetWait wait:
                Waitable(json, wait.IsCancellable, wait.Options);
                break;
            case Plan.Trampoline.WaitableSetPoll poll:
                Waitable(json, poll.IsCancellable, poll.Options);
                break;
            case Plan.Trampoline.ThreadSwitch change:
                json.Id("instance", change.Instance.Value);
                json.Flag("cancellable", change.IsCancellable);
                break;
            case Plan.Trampoline.ThreadNewIndirect made:
                json.Id("instance", made.Instance.Value);
                json.Object("table", made.Table, DefsJson.Members);
                break;
        }
    }

    private static void WithOptions(JsonSink json, uint table, OptionsId options)
    {
        json.Id("table", table);
        json.Id("options", options.Value);
    }

    private static void Waitable(JsonSink json, bool isCancellable, OptionsId options)
    {
        json.Flag("cancellable", isCancellable);
        json.Id("options", options.Value);
    }
}
