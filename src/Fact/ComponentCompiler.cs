using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
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
    /// <exception cref="ArgumentNullException">There are no options.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Either<EquatableArray<Diagnostic>, CompiledComponent> Compile(
        ReadOnlyMemory<byte> bytes, CompileOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Link(bytes, cancellationToken).Bind(plan => Compile(plan, options, cancellationToken));
    }

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="bytes">The component's binary. The result refers to it, so it must not change from then on.</param>
    /// <param name="options">How adapter modules are compiled.</param>
    /// <param name="component">The plan with the modules.</param>
    /// <param name="diagnostics">What is wrong; empty where the component was compiled.</param>
    /// <param name="cancellationToken">Stops checking, linking, and compilation between modules.</param>
    /// <returns>Whether the component was compiled.</returns>
    /// <exception cref="ArgumentNullException">There are no options.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static bool TryCompile(
        ReadOnlyMemory<byte> bytes,
        CompileOptions options,
        [NotNullWhen(true)] out CompiledComponent? component,
        out EquatableArray<Diagnostic> diagnostics,
        CancellationToken cancellationToken = default) =>
        Compile(bytes, options, cancellationToken).Try(out component, out diagnostics);

    /// <summary>Reads and links a component, without compiling its adapters: they are in the plan.</summary>
    /// <param name="bytes">The component's binary. The plan refers to it, so it must not change from then on.</param>
    /// <param name="cancellationToken">Stops checking and linking.</param>
    /// <returns>The plan; or everything that is wrong with the component, with byte offsets and paths.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Either<EquatableArray<Diagnostic>, LinkPlan> Link(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        ComponentDecoder.Decode(bytes).Match(
            Right: ast => ComponentLinker.Link(ast, cancellationToken),
            Left: error => Either<EquatableArray<Diagnostic>, LinkPlan>.Left([error]));

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="bytes">The component's binary. The plan refers to it, so it must not change from then on.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="diagnostics">What is wrong; empty where there is a plan.</param>
    /// <param name="cancellationToken">Stops checking and linking.</param>
    /// <returns>Whether there is a plan.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static bool TryLink(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out LinkPlan? plan,
        out EquatableArray<Diagnostic> diagnostics,
        CancellationToken cancellationToken = default) =>
        Link(bytes, cancellationToken).Try(out plan, out diagnostics);

    /// <summary>Compiles the adapters of a decoded component.</summary>
    internal static Either<EquatableArray<Diagnostic>, CompiledComponent> Compile(
        ComponentAst component, CompileOptions options, CancellationToken cancellationToken = default) =>
        ComponentLinker.Link(component, cancellationToken).Bind(plan => Compile(plan, options, cancellationToken));

    /// <summary>Compiles the adapters of a linked component.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How adapter modules are compiled.</param>
    /// <param name="cancellationToken">Stops compilation between modules.</param>
    /// <returns>The plan, without adapters that do nothing but the call, with the modules; or everything that keeps adapters from being compiled.</returns>
    /// <exception cref="ArgumentNullException">There is no plan, or no options.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Either<EquatableArray<Diagnostic>, CompiledComponent> Compile(
        LinkPlan plan, CompileOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        plan = AdapterElision.Run(plan, options, cancellationToken);
        var sets = new EquatableArray<Adapter>[plan.AdapterModules.Length];
        for (int i = 0; i < sets.Length; i++)
            sets[i] = plan.AdapterModules[i].Adapters;
        return AdapterCompiler.CompileAll(sets, options, cancellationToken)
            .MapLeft(errors => Located(plan, errors))
            .Bind(modules => Runtime(plan, options, cancellationToken)
                .Map(runtime => new CompiledComponent(plan, modules) { Runtime = runtime.IfNoneUnsafe((RuntimeModule?)null) }));
    }

    /// <summary>The runtime module of a plan, if its handles are kept by one.</summary>
    internal static Either<EquatableArray<Diagnostic>, Option<RuntimeModule>> Runtime(LinkPlan plan, CompileOptions options, CancellationToken cancellationToken) =>
        options.HandleTables == HandleTables.Wasm && plan.HandleRuntime() is { } runtime
            ? RuntimeCompiler.Compile(runtime, options, cancellationToken).Map(Option<RuntimeModule>.Some)
            : Option<RuntimeModule>.None;

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How adapter modules are compiled.</param>
    /// <param name="component">The plan with the modules.</param>
    /// <param name="diagnostics">What is wrong; empty where the component was compiled.</param>
    /// <param name="cancellationToken">Stops compilation between modules.</param>
    /// <returns>Whether the component was compiled.</returns>
    /// <exception cref="ArgumentNullException">There is no plan, or no options.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static bool TryCompile(
        LinkPlan plan,
        CompileOptions options,
        [NotNullWhen(true)] out CompiledComponent? component,
        out EquatableArray<Diagnostic> diagnostics,
        CancellationToken cancellationToken = default) =>
        Compile(plan, options, cancellationToken).Try(out component, out diagnostics);

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
