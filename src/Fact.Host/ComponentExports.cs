using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Fact.Component;
using Fact.Component.Plan;
using Fact.Host.Linking;
using Fact.Ir;
using LanguageExt;

namespace Fact.Host;

/// <summary>What a component exports, without an engine: nothing of it is compiled.</summary>
public static class ComponentExports
{
    /// <summary>The functions that a component exports, those in exported instances too, as <see cref="ComponentHost.Exports"/> lists them.</summary>
    /// <param name="bytes">The component in the binary format.</param>
    /// <param name="cancellationToken">Stops checking and linking.</param>
    /// <returns>The functions; or what is wrong with the component.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Either<EquatableArray<Diagnostic>, EquatableArray<ExportedFunction>> List(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        ComponentCompiler.Link(bytes, cancellationToken).Bind(List);

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="bytes">The component in the binary format.</param>
    /// <param name="functions">The functions.</param>
    /// <param name="diagnostics">What is wrong with the component; empty where nothing is.</param>
    /// <param name="cancellationToken">Stops checking and linking.</param>
    /// <returns>Whether there is a list.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static bool TryList(
        ReadOnlyMemory<byte> bytes,
        out EquatableArray<ExportedFunction> functions,
        out EquatableArray<Diagnostic> diagnostics,
        CancellationToken cancellationToken = default) =>
        List(bytes, cancellationToken).Try(out functions, out diagnostics);

    /// <summary>The same, of a plan.</summary>
    internal static Either<EquatableArray<Diagnostic>, EquatableArray<ExportedFunction>> List(LinkPlan plan)
    {
        var shown = new FullNames(plan);
        if (shown.Excess() is { } excess)
            return (EquatableArray<Diagnostic>)[excess];
        var names = new PlanNames(plan);
        var functions = new List<ExportedFunction>();
        Add("", plan.Exports);
        return functions.ToEquatableArray();

        // Instances nest no deeper than the checker lets their types.
        void Add(string prefix, EquatableArray<PlanExport> exports)
        {
            foreach (var export in exports)
            {
                if (export.Item is ExportItem.Func func)
                    functions.Add(new(prefix + export.Name, func.FuncType, names.Type(func.FuncType)));
                else if (export.Item is ExportItem.Instance(var id) && shown.Exports(id))
                    Add(prefix + export.Name + "#", plan.ExportedInstances[(int)id.Value]);
            }
        }
    }
}
