using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Fact.Component.Plan;
using Fact.Fuse;
using Fact.Ir;
using LanguageExt;

namespace Fact;

/// <summary>Makes one core module of a component: its core modules and its adapters, with everything between them inside.</summary>
public static class Fuser
{
    /// <summary>Fuses a component.</summary>
    /// <param name="bytes">The component's binary. The result refers to it, so it must not change from then on.</param>
    /// <param name="options">How it is fused.</param>
    /// <param name="cancellationToken">Stops checking, linking and compiling.</param>
    /// <returns>The module with how to call it; or what is wrong with the component; or what in it cannot be fused, code <see
    /// cref="DiagnosticCode.Unsupported"/>.</returns>
    /// <exception cref="ArgumentNullException">There are no options.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Either<EquatableArray<Diagnostic>, FusedComponent> Fuse(
        ReadOnlyMemory<byte> bytes, FuseOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ComponentCompiler.Link(bytes, cancellationToken).Bind(plan => Fuse(plan, options, cancellationToken));
    }

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="bytes">The component's binary. The result refers to it, so it must not change from then on.</param>
    /// <param name="options">How it is fused.</param>
    /// <param name="fused">The module with how to call it.</param>
    /// <param name="diagnostics">What is wrong; empty where the component was fused.</param>
    /// <param name="cancellationToken">Stops checking, linking and compiling.</param>
    /// <returns>Whether the component was fused.</returns>
    /// <exception cref="ArgumentNullException">There are no options.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static bool TryFuse(
        ReadOnlyMemory<byte> bytes,
        FuseOptions options,
        [NotNullWhen(true)] out FusedComponent? fused,
        out EquatableArray<Diagnostic> diagnostics,
        CancellationToken cancellationToken = default) =>
        Fuse(bytes, options, cancellationToken).Try(out fused, out diagnostics);

    /// <summary>Fuses a linked component.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How it is fused.</param>
    /// <param name="cancellationToken">Stops compiling.</param>
    /// <returns>The module with how to call it; or what keeps adapters from being compiled; or what cannot be fused, code <see
    /// cref="DiagnosticCode.Unsupported"/>.</returns>
    /// <exception cref="ArgumentNullException">There is no plan, or no options.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Either<EquatableArray<Diagnostic>, FusedComponent> Fuse(LinkPlan plan, FuseOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        return PlanFuser.Run(plan, options, cancellationToken).Map(ComponentTypeSection.Add);
    }

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How it is fused.</param>
    /// <param name="fused">The module with how to call it.</param>
    /// <param name="diagnostics">What is wrong; empty where the component was fused.</param>
    /// <param name="cancellationToken">Stops compiling.</param>
    /// <returns>Whether the component was fused.</returns>
    /// <exception cref="ArgumentNullException">There is no plan, or no options.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static bool TryFuse(
        LinkPlan plan,
        FuseOptions options,
        [NotNullWhen(true)] out FusedComponent? fused,
        out EquatableArray<Diagnostic> diagnostics,
        CancellationToken cancellationToken = default) =>
        Fuse(plan, options, cancellationToken).Try(out fused, out diagnostics);
}
