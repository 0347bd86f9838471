using System;
using System.Collections.Immutable;
using Fact.Ir;
using Fact.Wrap;
using LanguageExt;

namespace Fact;

/// <summary>Makes a component of a fused module again: one of exactly the type that the original has, with one core module in place of its parts.</summary>
public static class Wrapper
{
    /// <summary>Wraps a fused module.</summary>
    /// <param name="fused">The module, with how to call it.</param>
    /// <returns>The binary of the component. Or, with code <see cref="DiagnosticCode.Unsupported"/>, what in its type cannot be written; or, with code
    /// <see cref="DiagnosticCode.EngineLimit"/> or <see cref="DiagnosticCode.TooLarge"/>, that it is too large.</returns>
    /// <exception cref="ArgumentNullException">There is no module.</exception>
    /// <exception cref="ArgumentException">The module was made of a plan that was not made of a component.</exception>
    public static Either<EquatableArray<Diagnostic>, ImmutableArray<byte>> Wrap(FusedComponent fused)
    {
        ArgumentNullException.ThrowIfNull(fused);
        var root = fused.Plan.Root ?? throw new ArgumentException("the plan was not made of a component", nameof(fused));
        return WrapperBuilder.Run(fused, root).MapLeft(error => (EquatableArray<Diagnostic>)[error]);
    }

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="fused">The module, with how to call it.</param>
    /// <param name="component">The binary of the component; empty where it could not be written.</param>
    /// <param name="diagnostics">What is wrong; empty where the component was written.</param>
    /// <returns>Whether the component was written.</returns>
    /// <exception cref="ArgumentNullException">There is no module.</exception>
    /// <exception cref="ArgumentException">The module was made of a plan that was not made of a component.</exception>
    public static bool TryWrap(FusedComponent fused, out ImmutableArray<byte> component, out EquatableArray<Diagnostic> diagnostics) =>
        Wrap(fused).Try(out component, out diagnostics);
}
