namespace Fact.Ir;

/// <summary>
/// Something that an adapter module takes from outside, as a value that says what it denotes. What denotes the same is
/// imported once: for functions that is the same core function under the same type, whatever they are wanted for, and
/// for <see cref="AsyncStartCall"/> the same callback and post-return. Module names, names and types follow from the
/// value when it is resolved.
/// </summary>
public closed record Import
{
    private Import()
    {
    }

    /// <summary>The flags of a component instance: <c>(global (mut i32))</c>.</summary>
    public sealed record InstanceFlags(InstanceId Instance) : Import, IGlobal;

    /// <summary>A linear memory.</summary>
    public sealed record Memory(CoreMemoryId Id, CoreMemoryType Type) : Import, IMemory;

    /// <summary>An allocator: <c>(ptr ptr ptr ptr) -> ptr</c>.</summary>
    public sealed record Realloc(CoreFuncId Func, CoreValType Ptr) : Import;

    /// <summary>The callback of an async lift: <c>(i32 i32 i32) -> i32</c>.</summary>
    public sealed record Callback(CoreFuncId Func) : Import;

    /// <summary>The lifted function of an adapter.</summary>
    public sealed record Callee(string Adapter, CoreFuncId Func, CoreFuncType Type) : Import;

    /// <summary>What to call with the lifted function's results when they were read.</summary>
    public sealed record PostReturn(string Adapter, CoreFuncId Func, CoreFuncType Type) : Import;

    /// <summary>A transcoder from one memory to another.</summary>
    public sealed record Transcode(TranscodeOp Op, Memory From, Memory To) : Import;

    /// <summary>Moves a handle from one table to another: <c>(i32 i32 i32) -> i32</c>.</summary>
    public sealed record Transfer(TransferKind Kind) : Import;

    /// <summary><c>() -> ()</c>, before a call that passes borrows.</summary>
    public sealed record ResourceEnterCall : Import;

    /// <summary><c>() -> ()</c>, after a call that passed borrows.</summary>
    public sealed record ResourceExitCall : Import;

    /// <summary>What the host does when a handle is dropped that owns a resource of one of its types: <c>(i32) -> ()</c>, with what the host knows the resource by.
    /// Only the runtime module imports it.</summary>
    public sealed record ResourceDrop(RuntimeResourceId Resource) : Import;

    /// <summary>Hands an adapter's async start and return functions to the host. <paramref name="LowerParams"/> are the caller's own core parameters;
    /// <paramref name="LiftMemory"/> is the callee's, by which the host knows its <c>task.return</c>.</summary>
    public sealed record PrepareCall(string Adapter, EquatableArray<CoreValType> LowerParams, Memory? LiftMemory) : Import;

    /// <summary>Starts an async callee for a synchronous caller.</summary>
    public sealed record SyncStartCall(string Adapter, CoreFuncId? CallbackFunc, EquatableArray<CoreValType> LowerResults) : Import;

    /// <summary>Starts a callee for an async caller.</summary>
    public sealed record AsyncStartCall(string Adapter, CoreFuncId? CallbackFunc, CoreFuncId? PostReturnFunc) : Import;
}

/// <summary>The kinds of things whose handles are moved between tables.</summary>
public enum TransferKind
{
    /// <summary><c>resource.transfer-own</c>.</summary>
    Own,
    /// <summary><c>resource.transfer-borrow</c>.</summary>
    Borrow,
    /// <summary><c>stream.transfer</c>.</summary>
    Stream,
    /// <summary><c>future.transfer</c>.</summary>
    Future,
    /// <summary><c>error-context.transfer</c>.</summary>
    ErrorContext,
}

/// <summary>The transcoding intrinsics.</summary>
public enum TranscodeOp
{
    /// <summary><c>utf8-to-utf8</c>: <c>(sp sl dp) -> ()</c>.</summary>
    Utf8ToUtf8,
    /// <summary><c>utf16-to-utf16</c>: <c>(sp sl dp) -> ()</c>.</summary>
    Utf16ToUtf16,
    /// <summary><c>latin1-to-latin1</c>: <c>(sp sl dp) -> ()</c>.</summary>
    Latin1ToLatin1,
    /// <summary><c>latin1-to-utf16</c>: <c>(sp sl dp) -> ()</c>.</summary>
    Latin1ToUtf16,
    /// <summary><c>latin1-to-utf8</c>: <c>(sp sl dp dl) -> (src, dst)</c>.</summary>
    Latin1ToUtf8,
    /// <summary><c>utf16-to-compact-probably-utf16</c>: <c>(sp sl dp) -> tagged</c>.</summary>
    Utf16ToCompactProbablyUtf16,
    /// <summary><c>utf16-to-compact-utf16</c>: <c>(sp sl dp dl latin1) -> dst</c>.</summary>
    Utf16ToCompactUtf16,
    /// <summary><c>utf16-to-latin1</c>: <c>(sp sl dp) -> (src, dst)</c>.</summary>
    Utf16ToLatin1,
    /// <summary><c>utf16-to-utf8</c>: <c>(sp sl dp dl) -> (src, dst)</c>.</summary>
    Utf16ToUtf8,
    /// <summary><c>utf8-to-compact-utf16</c>: <c>(sp sl dp dl latin1) -> dst</c>.</summary>
    Utf8ToCompactUtf16,
    /// <summary><c>utf8-to-latin1</c>: <c>(sp sl dp) -> (src, dst)</c>.</summary>
    Utf8ToLatin1,
    /// <summary><c>utf8-to-utf16</c>: <c>(sp sl dp) -> dst</c>.</summary>
    Utf8ToUtf16,
}
