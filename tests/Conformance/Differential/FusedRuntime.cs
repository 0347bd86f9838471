using System;

namespace Fact.Conformance.Differential;

/// <summary>Runs the components around the fused modules of components.</summary>
/// <param name="inner">What runs them.</param>
/// <param name="options">How components are fused.</param>
public sealed class FusedRuntime(IRuntime inner, FuseOptions options) : IRuntime
{
    /// <inheritdoc/>
    public IPreparedPair Prepare(byte[] component)
    {
        return Fuser.TryFuse(component, options, out var fused, out var errors) && Wrapper.TryWrap(fused, out var made, out errors)
            ? inner.Prepare([.. made])
            : throw new InvalidOperationException(errors.ToString());
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
