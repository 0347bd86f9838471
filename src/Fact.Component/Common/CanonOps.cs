namespace Fact.Component;

/// <summary>A built-in without immediates; the numbers are the binary format's opcodes.</summary>
public enum PlainBuiltin : byte
{
    /// <summary><c>task.cancel</c></summary>
    TaskCancel = 0x05,

    /// <summary><c>backpressure.set</c>, which the specification has replaced by the next two.</summary>
    BackpressureSet = 0x08,

    /// <summary><c>subtask.drop</c></summary>
    SubtaskDrop = 0x0d,

    /// <summary><c>error-context.drop</c></summary>
    ErrorContextDrop = 0x1e,

    /// <summary><c>waitable-set.new</c></summary>
    WaitableSetNew = 0x1f,

    /// <summary><c>waitable-set.drop</c></summary>
    WaitableSetDrop = 0x22,

    /// <summary><c>waitable.join</c></summary>
    WaitableJoin = 0x23,

    /// <summary><c>backpressure.inc</c></summary>
    BackpressureInc = 0x24,

    /// <summary><c>backpressure.dec</c></summary>
    BackpressureDec = 0x25,

    /// <summary><c>thread.index</c></summary>
    ThreadIndex = 0x26,

    /// <summary><c>thread.resume-later</c></summary>
    ThreadResumeLater = 0x28,
}

/// <summary>What is done with the ends of a stream or future.</summary>
public enum EndOp : byte
{
    /// <summary><c>new</c>: makes both ends.</summary>
    New,

    /// <summary><c>drop-readable</c></summary>
    DropReadable,

    /// <summary><c>drop-writable</c></summary>
    DropWritable,

    /// <summary><c>forward</c>: joins a readable end with the writable end of another stream or future.</summary>
    Forward,
}

/// <summary>The direction of a copy on a stream or future.</summary>
public enum CopyOp : byte
{
    /// <summary><c>read</c></summary>
    Read,

    /// <summary><c>write</c></summary>
    Write,
}

/// <summary>A built-in that lets another thread run; the numbers are the binary format's opcodes.</summary>
public enum ThreadSwitchOp : byte
{
    /// <summary><c>thread.yield</c></summary>
    Yield = 0x0c,

    /// <summary><c>thread.suspend</c></summary>
    Suspend = 0x29,

    /// <summary><c>thread.suspend-then-resume</c></summary>
    SuspendThenResume = 0x2a,

    /// <summary><c>thread.yield-then-resume</c></summary>
    YieldThenResume = 0x2b,

    /// <summary><c>thread.suspend-then-promote</c></summary>
    SuspendThenPromote = 0x2c,

    /// <summary><c>thread.yield-then-promote</c></summary>
    YieldThenPromote = 0x2d,
}
