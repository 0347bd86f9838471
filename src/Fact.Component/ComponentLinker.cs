using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using Fact.Component.Ast;
using Fact.Component.Link;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;
using LanguageExt;

namespace Fact.Component;

/// <summary>Type-checks and links components. There is no state: calls may run at the same time.</summary>
internal static class ComponentLinker
{
    /// <summary>
    /// Links a component: checks its types, inlines all instantiations into one list of core instances, finds the calls between
    /// components that need adapters, and divides the adapters into modules.
    /// Any input is safe: work, depth and the number of instances are limited.
    /// </summary>
    /// <param name="component">The decoded component.</param>
    /// <param name="cancellationToken">Stops checking and linking.</param>
    /// <returns>The plan; or everything that is wrong with the component, with byte offset and path. Of the code of its core modules only so much is
    /// looked at as says what it may call.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Either<EquatableArray<Diagnostic>, LinkPlan> Link(ComponentAst component, CancellationToken cancellationToken = default) =>
        Link(component, EngineLimits.Common, new LinkContext(cancellationToken), cancellationToken);

    /// <summary>Links a component for engines that take so much.</summary>
    internal static Either<EquatableArray<Diagnostic>, LinkPlan> Link(ComponentAst component, EngineLimits limits) =>
        Link(component, limits, new LinkContext(CancellationToken.None), CancellationToken.None);

    /// <summary>Links a component; the context then says how much work it was.</summary>
    internal static Either<EquatableArray<Diagnostic>, LinkPlan> Link(ComponentAst component, LinkContext link, CancellationToken cancellationToken) =>
        Link(component, EngineLimits.Common, link, cancellationToken);

    private static Either<EquatableArray<Diagnostic>, LinkPlan> Link(
        ComponentAst component, EngineLimits limits, LinkContext link, CancellationToken cancellationToken)
    {
        var check = new CheckContext(cancellationToken);
        if (ComponentChecker.Check(check, component) is not { } root)
            return check.Errors;
        var graph = new Graph(check.CoreTypes);
        var imports = new ImportList(graph.CoreTypes);
        if (new Inliner(link, graph).Run(root, imports) is not { } frame)
            return Errors(link);
        var moduleOf = new Partition(graph, limits).Run();
        if (!WithinInstances(link, graph.CoreInstances.Count, moduleOf))
            return Errors(link);
        var builder = new PlanBuilder(graph, moduleOf);
        if (new RootExports(link, graph, frame, builder).List() is not { } exports)
            return Errors(link);
        AdapterProofs.Add(graph);
        return builder.Build(imports, exports, check.Modules) with { Root = component, TypeNames = check.TypeNames.All() };
    }

    /// <summary>Adapter modules are instances of the engine like any other.</summary>
    private static bool WithinInstances(LinkContext link, int coreInstances, IReadOnlyList<uint> moduleOf)
    {
        long modules = moduleOf.Count == 0 ? 0 : moduleOf[^1] + 1L;
        return coreInstances + modules <= ComponentLimits.TotalInstances || link.Fail(
            DiagnosticCode.TooLarge,
            $"instantiating the component makes more than {ComponentLimits.TotalInstances} core instances: {coreInstances} of its own, and {modules} "
                + "of adapter modules, since adapters need one another",
            null);
    }

    private static EquatableArray<Diagnostic> Errors(LinkContext link) => [link.Error ?? throw new UnreachableException()];
}
