using System;

namespace Fact;

/// <summary>How a component is fused: what the module keeps, and what stands between it and its host.</summary>
/// <param name="KeepAll">Whether code and data are kept that nothing reaches.</param>
/// <param name="Names">Whether the module has a name section.</param>
public sealed record FuseOptions(bool KeepAll = false, bool Names = false)
{
    private readonly CompileOptions compile = CompileOptions.Default;

    /// <summary>Whether calls go to where they end: past functions that only call another one, and to the elements of tables that nothing changes.</summary>
    public bool DirectCalls { get; init; } = true;

    /// <summary>Whether calls from one part of the component to another become the code of what they call, where that is a few instructions.</summary>
    public bool InlineCalls { get; init; } = true;

    /// <summary>
    /// What <c>fact fuse</c> does without options: only what is reached is kept, without names, calls go to where they end, and short ones are inlined.
    /// </summary>
    public static FuseOptions Default { get; } = new();

    /// <summary>
    /// Whether all values that are in memory pass between the module and its host in one memory with 32-bit addresses and strings in UTF-8, as the build target of the
    /// component model has it, so that tools can make a component of the module again. Where a component does not do so by itself, its functions get adapters, which
    /// copy.
    /// </summary>
    public bool OneMemory { get; init; }

    /// <summary>
    /// Whether all memories of the module become one, for engines that have no others: they lie one behind the other, and code finds out before each access whether that
    /// is inside. Between the module and its host values pass in one memory then.
    /// </summary>
    public bool FoldMemories { get; init; }

    /// <summary>How its adapters are compiled. What is fused converts strings and keeps handles itself, and has a barrier for
    /// exceptions where its guests can throw, whatever these options say of it.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public CompileOptions Compile
    {
        get => compile;
        init => compile = value ?? throw new ArgumentNullException(nameof(Compile));
    }
}
