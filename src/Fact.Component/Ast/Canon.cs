using Fact.Ir;

namespace Fact.Component.Ast;

/// <summary>
/// A canonical function: <c>canon</c>. Each case but <see cref="Lift"/> adds a core function. Names are those of the
/// current specification; for opcodes that meant something else before, see <see cref="Binary.ComponentDecoder"/>.
/// </summary>
internal closed record Canon
{
    private Canon()
    {
    }

    /// <summary><c>lift</c>: makes a component function of a core function.</summary>
    /// <param name="Callee">The core function.</param>
    /// <param name="Opts">How it takes and gives values.</param>
    /// <param name="Type">The function type it gets.</param>
    public sealed record Lift(CoreFuncIdx Callee, CanonOpts Opts, TypeIdx Type) : Canon;

    /// <summary><c>lower</c>: makes a core function of a component function.</summary>
    /// <param name="Callee">The component function.</param>
    /// <param name="Opts">How the caller gives and takes values.</param>
    public sealed record Lower(FuncIdx Callee, CanonOpts Opts) : Canon;

    /// <summary><c>resource.new</c></summary>
    /// <param name="Resource">The resource type.</param>
    public sealed record ResourceNew(TypeIdx Resource) : Canon;

    /// <summary><c>resource.drop</c></summary>
    /// <param name="Resource">The resource type.</param>
    /// <param name="IsAsync">Whether it is the <c>async</c> form (<c>0x07</c>), which the specification has dropped.</param>
    public sealed record ResourceDrop(TypeIdx Resource, bool IsAsync) : Canon;

    /// <summary><c>resource.rep</c></summary>
    /// <param name="Resource">The resource type.</param>
    public sealed record ResourceRep(TypeIdx Resource) : Canon;

    /// <summary>A built-in that has no immediates.</summary>
    /// <param name="Which">Which.</param>
    public sealed record Plain(PlainBuiltin Which) : Canon;

    /// <summary><c>task.return</c></summary>
    /// <param name="Result">The type of the result, if any.</param>
    /// <param name="Opts">How the result is read.</param>
    public sealed record TaskReturn(ValTypeMention? Result, CanonOpts Opts) : Canon;

    /// <summary><c>context.get</c></summary>
    /// <param name="Type">The core type of the slot: i32 or i64.</param>
    /// <param name="Slot">The slot.</param>
    public sealed record ContextGet(CoreValType Type, uint Slot) : Canon;

    /// <summary><c>context.set</c></summary>
    /// <param name="Type">The core type of the slot: i32 or i64.</param>
    /// <param name="Slot">The slot.</param>
    public sealed record ContextSet(CoreValType Type, uint Slot) : Canon;

    /// <summary><c>subtask.cancel</c></summary>
    /// <param name="IsAsync">Whether it returns without waiting.</param>
    public sealed record SubtaskCancel(bool IsAsync) : Canon;

    /// <summary>A built-in on streams that needs the stream type alone.</summary>
    /// <param name="Op">What it does.</param>
    /// <param name="Type">The stream type.</param>
    public sealed record Stream(EndOp Op, TypeIdx Type) : Canon;

    /// <summary><c>stream.read</c> or <c>stream.write</c></summary>
    /// <param name="Op">Which.</param>
    /// <param name="Type">The stream type.</param>
    /// <param name="Opts">How elements are read or written.</param>
    public sealed record StreamCopy(CopyOp Op, TypeIdx Type, CanonOpts Opts) : Canon;

    /// <summary><c>stream.cancel-read</c> or <c>stream.cancel-write</c></summary>
    /// <param name="Op">What is cancelled.</param>
    /// <param name="Type">The stream type.</param>
    /// <param name="IsAsync">Whether it returns without waiting.</param>
    public sealed record StreamCancel(CopyOp Op, TypeIdx Type, bool IsAsync) : Canon;

    /// <summary>A built-in on futures that needs the future type alone.</summary>
    /// <param name="Op">What it does.</param>
    /// <param name="Type">The future type.</param>
    public sealed record Future(EndOp Op, TypeIdx Type) : Canon;

    /// <summary><c>future.read</c> or <c>future.write</c></summary>
    /// <param name="Op">Which.</param>
    /// <param name="Type">The future type.</param>
    /// <param name="Opts">How the value is read or written.</param>
    public sealed record FutureCopy(CopyOp Op, TypeIdx Type, CanonOpts Opts) : Canon;

    /// <summary><c>future.cancel-read</c> or <c>future.cancel-write</c></summary>
    /// <param name="Op">What is cancelled.</param>
    /// <param name="Type">The future type.</param>
    /// <param name="IsAsync">Whether it returns without waiting.</param>
    public sealed record FutureCancel(CopyOp Op, TypeIdx Type, bool IsAsync) : Canon;

    /// <summary><c>error-context.new</c></summary>
    /// <param name="Opts">How the debug message is read.</param>
    public sealed record ErrorContextNew(CanonOpts Opts) : Canon;

    /// <summary><c>error-context.debug-message</c></summary>
    /// <param name="Opts">How the debug message is written.</param>
    public sealed record ErrorContextDebugMessage(CanonOpts Opts) : Canon;

    /// <summary><c>waitable-set.wait</c></summary>
    /// <param name="IsCancellable">Whether a cancellation of the task is reported; an immediate that older binaries have (there also as <c>async</c>).</param>
    /// <param name="Memory">Where the event's payload is written.</param>
    public sealed record WaitableSetWait(bool IsCancellable, CoreMemoryIdx Memory) : Canon;

    /// <summary><c>waitable-set.poll</c></summary>
    /// <param name="IsCancellable">Whether a cancellation of the task is reported; an immediate that older binaries have (there also as <c>async</c>).</param>
    /// <param name="Memory">Where the event's payload is written.</param>
    public sealed record WaitableSetPoll(bool IsCancellable, CoreMemoryIdx Memory) : Canon;

    /// <summary>A built-in that lets another thread run.</summary>
    /// <param name="Op">Which.</param>
    /// <param name="IsCancellable">As for <see cref="WaitableSetWait"/>; only <c>thread.yield</c> has it.</param>
    public sealed record ThreadSwitch(ThreadSwitchOp Op, bool IsCancellable) : Canon;

    /// <summary><c>thread.new-indirect</c></summary>
    /// <param name="Type">The type of the start function.</param>
    /// <param name="Table">The table that it is in.</param>
    public sealed record ThreadNewIndirect(CoreTypeIdx Type, CoreTableIdx Table) : Canon;

    /// <summary><c>thread.spawn-ref</c></summary>
    /// <param name="IsShared">Whether <c>shared</c> is said.</param>
    /// <param name="Type">The type of the start function.</param>
    public sealed record ThreadSpawnRef(bool IsShared, CoreTypeIdx Type) : Canon;

    /// <summary><c>thread.spawn-indirect</c></summary>
    /// <param name="IsShared">Whether <c>shared</c> is said.</param>
    /// <param name="Type">The type of the start function.</param>
    /// <param name="Table">The table that it is in.</param>
    public sealed record ThreadSpawnIndirect(bool IsShared, CoreTypeIdx Type, CoreTableIdx Table) : Canon;

    /// <summary><c>thread.available-parallelism</c></summary>
    /// <param name="IsShared">Whether <c>shared</c> is said.</param>
    public sealed record ThreadAvailableParallelism(bool IsShared) : Canon;
}
