using System;

namespace Fact.Conformance.Differential;

/// <summary>Runs the components around the fused modules of components.</summary>
/// <param name="inner">What runs them.</param>
/// <param name="compile">How adapters are compiled.</param>
public sealed class FusedRuntime(IRuntime inner, CompileOptions compile) : IRuntime
{
    /// <inheritdoc/>
    public IPreparedPair Prepare(byte[] component)
    {
        var options = FuseOptions.Default with { Compile = compile };
        return Fuser.TryFuse(component, options, out var fused, out var errors) && Wrapper.TryWrap(fused, out var made, out errors)
            ? inner.Prepare([.. made])
            : throw new InvalidOperationException(errors.ToString());
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
