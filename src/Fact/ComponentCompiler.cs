using System;
using System.Collections.Generic;
using System.Threading;
using Fact.Component;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Component.Plan;
using Fact.Ir;
using Fact.Lower;
using LanguageExt;

namespace Fact;

/// <summary>
/// Decodes, links and compiles the adapters of components: everything in one call. There is no state: calls may run at
/// the same time, and equal input gives equal results.
/// </summary>
public static class ComponentCompiler
{
    /// <summary>Compiles the adapters of a component. Independent adapter modules are compiled in parallel.</summary>
    /// <param name="bytes">The component's binary. The result refers to it, so it must not change from then on.</param>
    /// <param name="options">How adapter modules are compiled.</param>
    /// <param name="cancellationToken">Stops checking, linking, and compilation between modules.</param>
    /// <returns>
    /// The plan with the modules, none where the component has no adapters; or what is wrong, with byte offset and path: of the
    /// binary, of the types, or everything that keeps adapters from being compiled.
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Either<EquatableArray<Diagnostic>, CompiledComponent> Compile(
        ReadOnlyMemory<byte> bytes, CompileOptions options, CancellationToken cancellationToken = default) =>
        ComponentDecoder.Decode(bytes).Match(
            Right: ast => Compile(ast, options, cancellationToken),
            Left: error => Either<EquatableArray<Diagnostic>, CompiledComponent>.Left([error]));

    /// <summary>Compiles the adapters of a decoded component.</summary>
    /// <inheritdoc cref="Compile(ReadOnlyMemory{byte}, CompileOptions, CancellationToken)"/>
    internal static Either<EquatableArray<Diagnostic>, CompiledComponent> Compile(
        ComponentAst component, CompileOptions options, CancellationToken cancellationToken = default) =>
        ComponentLinker.Link(component, cancellationToken).Bind(plan => Compile(plan, options, cancellationToken));

    /// <summary>Compiles the adapters of a linked component.</summary>
    /// <inheritdoc cref="Compile(ReadOnlyMemory{byte}, CompileOptions, CancellationToken)"/>
    public static Either<EquatableArray<Diagnostic>, CompiledComponent> Compile(
        LinkPlan plan, CompileOptions options, CancellationToken cancellationToken = default)
    {
        var sets = new EquatableArray<Adapter>[plan.AdapterModules.Length];
        for (int i = 0; i < sets.Length; i++)
            sets[i] = plan.AdapterModules[i].Adapters;
        return AdapterCompiler.CompileAll(sets, options, cancellationToken)
            .Map(modules => new CompiledComponent(plan, modules))
            .MapLeft(errors => Located(plan, errors));
    }

    private static EquatableArray<Diagnostic> Located(LinkPlan plan, EquatableArray<Diagnostic> errors)
    {
        var offsets = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var adapter in plan.Adapters)
            offsets.TryAdd(adapter.Adapter.Name, adapter.Offset);
        var located = new Diagnostic[errors.Length];
        for (int i = 0; i < located.Length; i++)
            located[i] = errors[i] with { Offset = errors[i].Adapter is { } name && offsets.TryGetValue(name, out long offset) ? offset : null };
        return located.ToEquatableArray();
    }
}
