using System;

namespace Fact.Ir;

/// <summary>
/// What is known of the guests on both sides of an adapter, so that it need not do what nobody could tell from not doing it. A linker proves it of a component as a
/// whole; whoever makes adapters without such a proof says nothing, and nothing is left out.
/// </summary>
[Flags]
public enum AdapterFacts
{
    /// <summary>Nothing is known.</summary>
    None = 0,

    /// <summary>
    /// While <c>may_leave</c> of the caller's instance is clear, no code runs that could call what requires it, and such code always returns or traps: whoever requires
    /// it, in this adapter or elsewhere, finds it set. It must be said of all adapters of the instance, or of none.
    /// </summary>
    CallerFlagUnseen = 1,

    /// <summary>The same of <c>may_leave</c> of the callee's instance.</summary>
    CalleeFlagUnseen = 2,

    /// <summary>
    /// The callee calls nothing outside of its core instances, so that nobody requires <c>may_enter</c> of any instance before it returns or traps; nor does anything
    /// else that the adapter calls.
    /// </summary>
    CalleeEntersNothing = 4,

    /// <summary>No exception comes out of an allocator of the caller, if all adapters around it are compiled with the barrier.</summary>
    CallerThrowsNothing = 8,

    /// <summary>The same of the callee, its post-return function, and an allocator of the callee.</summary>
    CalleeThrowsNothing = 16,

    /// <summary>
    /// Nobody keeps anything for a call that is in progress, such as the storage of <c>context.get</c> or a task: a caller that calls the lifted function itself cannot
    /// be told from one that calls it by an adapter which does nothing else.
    /// </summary>
    CallUnseen = 32,
}
