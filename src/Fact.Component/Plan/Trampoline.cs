using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Plan;

/// <summary>A core function that the host provides while it instantiates a component.</summary>
public closed record Trampoline
{
    private Trampoline(CoreFuncType coreType) => CoreType = coreType;

    /// <summary>Its core type.</summary>
    public CoreFuncType CoreType { get; init; }

    /// <summary>Calls a function that the component imports. Spec: <c>canon lower</c>.</summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Import">The imported function.</param>
    /// <param name="FuncType">Its type as the caller sees it.</param>
    /// <param name="Options">How the caller gives and takes values.</param>
    public sealed record LowerImport(CoreFuncType CoreType, ImportedItemId Import, ComponentFuncType FuncType, OptionsId Options) : Trampoline(CoreType);

    /// <summary><c>resource.new</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Table">The table that the handle goes to.</param>
    public sealed record ResourceNew(CoreFuncType CoreType, ResourceTableId Table) : Trampoline(CoreType);

    /// <summary><c>resource.rep</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Table">The table that the handle is in.</param>
    public sealed record ResourceRep(CoreFuncType CoreType, ResourceTableId Table) : Trampoline(CoreType);

    /// <summary><c>resource.drop</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Table">The table that the handle is in.</param>
    public sealed record ResourceDrop(CoreFuncType CoreType, ResourceTableId Table) : Trampoline(CoreType);

    /// <summary>A built-in that acts on the component instance alone.</summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Which">Which.</param>
    /// <param name="Instance">The component instance that defines it.</param>
    public sealed record Plain(CoreFuncType CoreType, PlainBuiltin Which, InstanceId Instance) : Trampoline(CoreType);

    /// <summary><c>task.return</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Results">The results that it takes; a host traps where they are not those of the task.</param>
    /// <param name="Options">How they are read.</param>
    public sealed record TaskReturn(CoreFuncType CoreType, ResultTupleId Results, OptionsId Options) : Trampoline(CoreType);

    /// <summary><c>context.get</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Slot">The slot.</param>
    public sealed record ContextGet(CoreFuncType CoreType, uint Slot) : Trampoline(CoreType);

    /// <summary><c>context.set</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Slot">The slot.</param>
    public sealed record ContextSet(CoreFuncType CoreType, uint Slot) : Trampoline(CoreType);

    /// <summary><c>subtask.cancel</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Instance">The component instance that defines it.</param>
    /// <param name="IsAsync">Whether it returns without waiting.</param>
    public sealed record SubtaskCancel(CoreFuncType CoreType, InstanceId Instance, bool IsAsync) : Trampoline(CoreType);

    /// <summary><c>stream.new</c>, <c>stream.drop-*</c> and <c>stream.forward</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Op">What it does.</param>
    /// <param name="Table">The table of the ends.</param>
    public sealed record Stream(CoreFuncType CoreType, EndOp Op, StreamTableId Table) : Trampoline(CoreType);

    /// <summary><c>stream.read</c> and <c>stream.write</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Op">Which.</param>
    /// <param name="Table">The table of the end.</param>
    /// <param name="Options">How elements are read or written.</param>
    public sealed record StreamCopy(CoreFuncType CoreType, CopyOp Op, StreamTableId Table, OptionsId Options) : Trampoline(CoreType);

    /// <summary><c>stream.cancel-read</c> and <c>stream.cancel-write</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Op">What is cancelled.</param>
    /// <param name="Table">The table of the end.</param>
    /// <param name="IsAsync">Whether it returns without waiting.</param>
    public sealed record StreamCancel(CoreFuncType CoreType, CopyOp Op, StreamTableId Table, bool IsAsync) : Trampoline(CoreType);

    /// <summary><c>future.new</c>, <c>future.drop-*</c> and <c>future.forward</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Op">What it does.</param>
    /// <param name="Table">The table of the ends.</param>
    public sealed record Future(CoreFuncType CoreType, EndOp Op, FutureTableId Table) : Trampoline(CoreType);

    /// <summary><c>future.read</c> and <c>future.write</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Op">Which.</param>
    /// <param name="Table">The table of the end.</param>
    /// <param name="Options">How the value is read or written.</param>
    public sealed record FutureCopy(CoreFuncType CoreType, CopyOp Op, FutureTableId Table, OptionsId Options) : Trampoline(CoreType);

    /// <summary><c>future.cancel-read</c> and <c>future.cancel-write</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Op">What is cancelled.</param>
    /// <param name="Table">The table of the end.</param>
    /// <param name="IsAsync">Whether it returns without waiting.</param>
    public sealed record FutureCancel(CoreFuncType CoreType, CopyOp Op, FutureTableId Table, bool IsAsync) : Trampoline(CoreType);

    /// <summary><c>error-context.new</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Table">The table that it goes to.</param>
    /// <param name="Options">How the debug message is read.</param>
    public sealed record ErrorContextNew(CoreFuncType CoreType, ErrorContextTableId Table, OptionsId Options) : Trampoline(CoreType);

    /// <summary><c>error-context.debug-message</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Table">The table that it is in.</param>
    /// <param name="Options">How the debug message is written.</param>
    public sealed record ErrorContextDebugMessage(CoreFuncType CoreType, ErrorContextTableId Table, OptionsId Options) : Trampoline(CoreType);

    /// <summary><c>error-context.drop</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Table">The table that it is in.</param>
    public sealed record ErrorContextDrop(CoreFuncType CoreType, ErrorContextTableId Table) : Trampoline(CoreType);

    /// <summary><c>waitable-set.wait</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="IsCancellable">Whether a cancellation of the task is reported, where an older binary says it.</param>
    /// <param name="Options">The component instance, and the memory for the event's payload.</param>
    public sealed record WaitableSetWait(CoreFuncType CoreType, bool IsCancellable, OptionsId Options) : Trampoline(CoreType);

    /// <summary><c>waitable-set.poll</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="IsCancellable">Whether a cancellation of the task is reported, where an older binary says it.</param>
    /// <param name="Options">The component instance, and the memory for the event's payload.</param>
    public sealed record WaitableSetPoll(CoreFuncType CoreType, bool IsCancellable, OptionsId Options) : Trampoline(CoreType);

    /// <summary>A built-in that lets another thread run.</summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Op">Which.</param>
    /// <param name="IsCancellable">Whether a cancellation of the task is reported, where an older binary says it.</param>
    /// <param name="Instance">The component instance that defines it.</param>
    public sealed record ThreadSwitch(CoreFuncType CoreType, ThreadSwitchOp Op, bool IsCancellable, InstanceId Instance) : Trampoline(CoreType);

    /// <summary><c>thread.new-indirect</c></summary>
    /// <param name="CoreType">The core type.</param>
    /// <param name="Instance">The component instance that defines it.</param>
    /// <param name="Table">The table that the start function is in.</param>
    public sealed record ThreadNewIndirect(CoreFuncType CoreType, InstanceId Instance, CoreDef Table) : Trampoline(CoreType);
}
