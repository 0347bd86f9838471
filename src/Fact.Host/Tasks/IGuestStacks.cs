using System;

namespace Fact.Host.Tasks;

/// <summary>
/// The one place where stacks of guest code are switched. An engine that can leave a stack and come back to it would return from <see cref="Wait"/> only when
/// the thread is resumed, and
/// could resume every thread.
/// </summary>
internal interface IGuestStacks
{
    /// <summary>How many calls of guest code have not returned.</summary>
    int Depth { get; }

    /// <summary>The thread whose guest code is on top; null where there is none.</summary>
    GuestThread? Top { get; }

    /// <summary>Whether a thread would go on that cannot now, as it lies below others.</summary>
    /// <param name="loop">Which threads count.</param>
    /// <param name="depth">How deep the stack is below which nobody counts.</param>
    bool HasReadyBelow(Resumer loop, int depth);

    /// <summary>Runs guest code in a thread.</summary>
    /// <returns>What it returned; or nothing ever, where the thread had to give up its place on the stack.</returns>
    Flow<T> Run<T>(GuestThread thread, Func<T> guest);

    /// <summary>
    /// Gives guest code the result of a built-in that it called; where that has blocked, when its thread has been resumed and the built-in has returned.
    /// </summary>
    /// <exception cref="TrapSignal">The built-in trapped, or the thread can never go on, or this host cannot let it go on.</exception>
    T Wait<T>(GuestThread thread, Flow<T> builtin);

    /// <summary>Whether a thread can be resumed now.</summary>
    bool CanResume(GuestThread thread);

    /// <summary>Traps unless a thread can be resumed now.</summary>
    void RequireTop(GuestThread thread);

    /// <summary>Whether a thread that need not block must not, because the one who resumed it could not go on otherwise.</summary>
    bool MustNotBlock(GuestThread thread);
}
