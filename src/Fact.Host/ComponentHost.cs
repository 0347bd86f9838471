using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Threading;
using Fact.Component.Plan;
using Fact.Host.Calls;
using Fact.Host.Engine;
using Fact.Host.Linking;
using Fact.Host.Traps;
using Fact.Ir;
using LanguageExt;
using Wasmtime;

namespace Fact.Host;

/// <summary>A function that a component exports.</summary>
/// <param name="Name">Its name; <c>instance#name</c> for one in an exported instance.</param>
/// <param name="Type">Its type as the component instance that lifted it sees it.</param>
/// <param name="TypeText">The type in the manner of WIT.</param>
public sealed record ExportedFunction(string Name, ComponentFuncType Type, string TypeText);

/// <summary>Something that a component needs from its host.</summary>
/// <param name="Name">The name to give it by: that of the import, or <c>instance#name</c>.</param>
/// <param name="Description">What it must be: a function type in the manner of WIT, a resource type, or a core module.</param>
/// <param name="FuncType">The type, of a function.</param>
public sealed record RequiredImport(string Name, string Description, ComponentFuncType? FuncType);

/// <summary>
/// A component that was read, linked and compiled: its adapters by this compiler, its core modules by the engine. It may be instantiated any number of
/// times, also on several threads. It must be disposed after its instances.
/// </summary>
public sealed class ComponentHost : IDisposable
{
    private readonly LoadedComponent component;

    private ComponentHost(LoadedComponent component) => this.component = component;

    /// <summary>Makes a component ready to run. Any input is safe.</summary>
    /// <param name="engine">The engine; it must outlive the component.</param>
    /// <param name="bytes">The component in the binary format.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <param name="cancellationToken">Stops compilation between modules.</param>
    /// <returns>The component; or what is wrong with it.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Either<EquatableArray<Diagnostic>, ComponentHost> Open(
        HostEngine engine, ReadOnlyMemory<byte> bytes, HostOptions? options = null, CancellationToken cancellationToken = default) =>
        Open(Given.NotNull(engine, nameof(engine)), bytes, options ?? new HostOptions(), plan => plan, cancellationToken);

    /// <summary>The same, where something looks at the plan before anything is compiled, and gives it back or says what is wrong.</summary>
    internal static Either<EquatableArray<Diagnostic>, ComponentHost> Open(
        HostEngine engine,
        ReadOnlyMemory<byte> bytes,
        HostOptions options,
        Func<LinkPlan, Either<EquatableArray<Diagnostic>, LinkPlan>> check,
        CancellationToken cancellationToken) =>
        LoadedComponent.Load(engine, bytes, options, cancellationToken, check).Map(loaded => new ComponentHost(loaded));

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="engine">The engine; it must outlive the component.</param>
    /// <param name="bytes">The component in the binary format.</param>
    /// <param name="host">The component, ready to run.</param>
    /// <param name="diagnostics">What is wrong with it; empty where nothing is.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <param name="cancellationToken">Stops compilation between modules.</param>
    /// <returns>Whether it is ready.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static bool TryOpen(
        HostEngine engine,
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out ComponentHost? host,
        out EquatableArray<Diagnostic> diagnostics,
        HostOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Open(engine, bytes, options, cancellationToken).Try(out host, out diagnostics);

    /// <summary>The functions that the component exports, those in exported instances too.</summary>
    public IReadOnlyList<ExportedFunction> Exports =>
        [.. component.Exports.Select(e => new ExportedFunction(e.Name, e.Item.FuncType, component.Names.Type(e.Item.FuncType)))];

    /// <summary>What the component needs to be instantiated, in the order of its imports; what is in an imported instance is named <c>instance#name</c>.</summary>
    public IReadOnlyList<RequiredImport> Imports =>
        [.. component.Names.AllImports()
            .Select(i => new RequiredImport(i.Name, ResolvedImports.Describe(component.Plan, component.Names, i.Type), (i.Type as PlanExtern.Func)?.FuncType))];

    /// <summary>The link plan that is run: which modules there are, what each is given, and in what order.</summary>
    public LinkPlan Plan => component.Plan;

    /// <summary>The compiled adapter modules, in the order of the plan.</summary>
    public IReadOnlyList<AdapterModule> AdapterModules => [.. component.Adapters.Select(a => a.Module)];

    /// <summary>Instantiates the component: its start functions run.</summary>
    /// <param name="imports">What it needs; null for nothing.</param>
    /// <returns>The instance; or all imports that are missing; or the trap of a start function.</returns>
    public Either<CallFailure, ComponentInstance> Instantiate(HostImports? imports = null) =>
        component.IsDisposed
            ? CallFailure.Reject(new Diagnostic(DiagnosticCode.NotNow, "the component was disposed"))
            : ResolvedImports.Resolve(
                component.Plan, component.Names, component.CoreEngine, imports ?? HostImports.None, component.Options.CanInterrupt ? new StopSource() : null)
            .MapLeft(errors => (CallFailure)new CallFailure.Rejected(errors))
            .Bind(Instantiate);

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="imports">What it needs; null for nothing.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="failure">The imports that are missing, or the trap of a start function.</param>
    /// <returns>Whether there is an instance.</returns>
    public bool TryInstantiate(HostImports? imports, [NotNullWhen(true)] out ComponentInstance? instance, [NotNullWhen(false)] out CallFailure? failure) =>
        Instantiate(imports).Try(out instance, out failure);

    private Either<CallFailure, ComponentInstance> Instantiate(ResolvedImports imports)
    {
        if (component.Options.Limits.Stop.IsCancellationRequested)
            return CallFailure.Reject(new Diagnostic(DiagnosticCode.NotNow, "stopped before it began"));
        var state = new ComponentState(component, imports);
        try
        {
            Run(state);
            return new ComponentInstance(state);
        }
        catch (Exception e) when (e is LinkSignal or LimitSignal)
        {
            state.Dispose();
            return CallFailure.Reject(new Diagnostic(DiagnosticCode.EngineRefused, e.Message));
        }
        catch (Exception e) when (e is TrapSignal || (e is WasmtimeException w && TrapReader.IsTrap(w)))
        {
            // What traps were about is in the instance.
            var trap = state.Traps.Read(e);
            state.Dispose();
            return CallFailure.Of(trap);
        }
        catch (WasmtimeException e)
        {
            state.Dispose();
            return CallFailure.Reject(new Diagnostic(DiagnosticCode.EngineRefused, "the core modules do not fit together: " + Engine.EngineText.Cause(e.Message)));
        }
    }

    /// <summary>Start functions run on this thread, and what they wait for comes to it.</summary>
    private static void Run(ComponentState state)
    {
        state.Embedder.Loop.TryTake();
        using var limits = state.Stopper.Begin(state.Component.Options.Limits, state.Embedder.Loop);
        try
        {
            state.Core.Run();
        }
        finally
        {
            state.Embedder.Loop.Leave(goesOn: false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => component.Dispose();
}
