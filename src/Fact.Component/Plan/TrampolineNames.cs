using System.Diagnostics;
using Fact.Component.Ast;

namespace Fact.Component.Plan;

/// <summary>What the functions that a host provides are called: built-ins by their names in the text format.</summary>
internal static class TrampolineNames
{
    /// <summary>The name, such as <c>stream.cancel-read</c>.</summary>
    public static string Of(Trampoline trampoline) => trampoline switch
    {
        Trampoline.LowerImport => "lower-import",
        Trampoline.ResourceNew => "resource.new",
        Trampoline.ResourceRep => "resource.rep",
        Trampoline.ResourceDrop => "resource.drop",
        Trampoline.Plain plain => Of(plain.Which),
        Trampoline.TaskReturn => "task.return",
        Trampoline.ContextGet => "context.get",
        Trampoline.ContextSet => "context.set",
        Trampoline.SubtaskCancel => "subtask.cancel",
        Trampoline.Stream stream => "stream." + KebabCase.Of(stream.Op.ToString()),
        Trampoline.StreamCopy copy => "stream." + Verb(copy.Op),
        Trampoline.StreamCancel cancel => "stream.cancel-" + Verb(cancel.Op),
        Trampoline.Future future => "future." + KebabCase.Of(future.Op.ToString()),
        Trampoline.FutureCopy copy => "future." + Verb(copy.Op),
        Trampoline.FutureCancel cancel => "future.cancel-" + Verb(cancel.Op),
        Trampoline.ErrorContextNew => "error-context.new",
        Trampoline.ErrorContextDebugMessage => "error-context.debug-message",
        Trampoline.ErrorContextDrop => "error-context.drop",
        Trampoline.WaitableSetWait => "waitable-set.wait",
        Trampoline.WaitableSetPoll => "waitable-set.poll",
        Trampoline.ThreadSwitch change => "thread." + KebabCase.Of(change.Op.ToString()),
        Trampoline.ThreadNewIndirect => "thread.new-indirect",
    };

    private static string Verb(CopyOp op) => op == CopyOp.Read ? "read" : "write";

    private static string Of(PlainBuiltin which) => which switch
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
        _ => throw new UnreachableException(),
    };
}
