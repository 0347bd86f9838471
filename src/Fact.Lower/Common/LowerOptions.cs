using Fact.Ir;
using Fact.Lower.Passes;

namespace Fact.Lower;

/// <summary>How adapters are lowered.</summary>
/// <param name="ByteLimit">The most bytes a string or list may have. Spec: <c>MAX_STRING_BYTE_LENGTH</c>, <c>MAX_LIST_BYTE_LENGTH</c>.</param>
/// <param name="ExceptionBarrier">Whether an exception that a callee, a post-return function or an allocator throws becomes a trap. Needs a target with exceptions.
/// Spec: <c>call_and_trap_on_throw</c>.</param>
/// <param name="Assertions">Debug builds: also check what cannot go wrong unless the host or this compiler is.</param>
/// <param name="TrapPaths">Whether traps and calls of helpers say which part of a value they are for.</param>
/// <param name="Reentrance">Whether a call may enter a component instance that is in a call already.</param>
/// <param name="Transcoders">Who converts strings.</param>
/// <param name="Optimize">Whether code is short or fast.</param>
internal sealed record LowerOptions(
    ByteLimit ByteLimit = ByteLimit.Spec,
    bool ExceptionBarrier = false,
    bool Assertions = false,
    bool TrapPaths = false,
    Reentrance Reentrance = Reentrance.Allow,
    Transcoders Transcoders = Transcoders.Wasm,
    Optimize Optimize = Optimize.Speed)
{
    /// <summary>Whether code may have vectors.</summary>
    public bool Simd => Transcoders == Transcoders.Simd;

    /// <summary>What code is written for.</summary>
    public CodeTarget Target => new(Optimize, Transcoders);

    /// <summary>What makes plans cheaper before code is written.</summary>
    internal PassList Passes { get; init; } = PassList.All;
}
