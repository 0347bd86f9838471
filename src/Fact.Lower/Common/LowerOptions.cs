using Fact.Lower.Passes;

namespace Fact.Lower;

/// <summary>How many bytes a string or list may have.</summary>
public enum ByteLimit : uint
{
    /// <summary>2^28 − 1 bytes: the specification's limit.</summary>
    Spec = (1u << 28) - 1,

    /// <summary>2^31 − 1 bytes: the limit of earlier engines.</summary>
    Classic = (1u << 31) - 1,
}

/// <summary>Whether a component instance may be entered while it is in a call already.</summary>
public enum Reentrance
{
    /// <summary>It may, by anybody: the specification's rule. Adapters do not look at <c>may_enter</c>.</summary>
    Allow,

    /// <summary>
    /// The rule of earlier specifications: a call enters the callee's instance and those that contain it, without the caller's and those that contain that, and traps
    /// where one of them has been entered already. Spec, before <c>may_enter</c> was removed: <c>ComponentInstance.entering_set</c>.
    /// </summary>
    Trap,
}

/// <summary>How adapters are lowered.</summary>
/// <param name="ByteLimit">The most bytes a string or list may have. Spec: <c>MAX_STRING_BYTE_LENGTH</c>, <c>MAX_LIST_BYTE_LENGTH</c>.</param>
/// <param name="ExceptionBarrier">Whether an exception that a callee, a post-return function or an allocator throws becomes a trap. Needs a target with exceptions. Spec: <c>call_and_trap_on_throw</c>.</param>
/// <param name="Assertions">Debug builds: also check what cannot go wrong unless the host or this compiler is.</param>
/// <param name="TrapPaths">Whether traps and calls of helpers say which part of a value they are for.</param>
/// <param name="Reentrance">Whether a call may enter a component instance that is in a call already.</param>
public sealed record LowerOptions(
    ByteLimit ByteLimit = ByteLimit.Spec,
    bool ExceptionBarrier = false,
    bool Assertions = false,
    bool TrapPaths = false,
    Reentrance Reentrance = Reentrance.Allow)
{
    /// <summary>What makes plans cheaper before code is written.</summary>
    internal PassList Passes { get; init; } = PassList.All;
}
