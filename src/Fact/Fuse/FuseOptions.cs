using System;

namespace Fact;

/// <summary>How a component is fused.</summary>
/// <param name="KeepAll">Whether code and data are kept that nothing reaches.</param>
/// <param name="Names">Whether the module has a name section.</param>
public sealed record FuseOptions(bool KeepAll = false, bool Names = false)
{
    private readonly CompileOptions compile = CompileOptions.Default;

    /// <summary>What is reached, without names.</summary>
    public static FuseOptions Default { get; } = new();

    /// <summary>How its adapters are compiled. What is fused converts strings and keeps handles itself, and has a barrier for
    /// exceptions where its guests can throw, whatever these options say of it.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public CompileOptions Compile
    {
        get => compile;
        init => compile = value ?? throw new ArgumentNullException(nameof(Compile));
    }
}
