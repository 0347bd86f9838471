using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Fact.Component;
using Fact.Component.Binary;
using Fact.Component.Plan;
using Fact.Host.Calls;
using Fact.Host.Canonical;
using Fact.Host.Engine;
using Fact.Host.Traps;
using Fact.Ir;
using Fact.Values;
using LanguageExt;
using Wasmtime;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Host.Linking;

/// <summary>An adapter module, compiled twice: by us, and by the engine.</summary>
internal sealed record LoadedAdapters(AdapterModule Module, Module Engine, AdapterTraps Traps);

/// <summary>A function of the root's exports with its layout.</summary>
internal sealed record LoadedExport(string Name, ExportItem.Func Item, FunctionLayout Layout);

/// <summary>A component that is ready to be instantiated any number of times; it does not change any more.</summary>
internal sealed record LoadedComponent(
    HostEngine Engine,
    HostOptions Options,
    LinkPlan Plan,
    PlanNames Names,
    FullNames Shown,
    LoadedModule[] Modules,
    LoadedAdapters[] Adapters,
    LoadedExport[] Exports,
    FunctionLayout?[] ImportLayouts) : IDisposable
{
    /// <summary>Decodes, links and compiles a component, and has its core modules compiled by the engine.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Either<EquatableArray<Diagnostic>, LoadedComponent> Load(
        HostEngine engine, ReadOnlyMemory<byte> bytes, HostOptions options, CancellationToken cancellationToken) =>
        ComponentCompiler.Link(bytes, cancellationToken)
            .Map(plan => AdapterElision.Run(plan, options.Compile, cancellationToken))
            .Bind(plan => AdapterCompiler.CompileAll(FunctionRoles.Adapters(plan), options.Compile, cancellationToken)
                .Bind(adapters => new Loader(engine, options, plan, cancellationToken).Load(adapters)));

    /// <summary>Whether it was disposed. What was instantiated goes on.</summary>
    public bool IsDisposed { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsDisposed = true;
        foreach (var module in Modules)
            module.Module.Dispose();
        foreach (var adapters in Adapters)
            adapters.Engine.Dispose();
    }

    private sealed class Loader(HostEngine engine, HostOptions options, LinkPlan plan, CancellationToken cancellationToken)
    {
        private readonly List<Diagnostic> errors = [];
        private readonly PlanNames names = new(plan);
        private readonly FullNames shown = new(plan);
        private readonly FunctionLayouts layouts = new();

        public Either<EquatableArray<Diagnostic>, LoadedComponent> Load(EquatableArray<AdapterModule> adapters)
        {
            if (shown.Excess() is { } excess)
                return (EquatableArray<Diagnostic>)[excess];
            var exports = new List<LoadedExport>();
            foreach (var export in plan.Exports)
                AddExports(exports, export.Name, export.Item);
            var imports = new FunctionLayout?[plan.Trampolines.Length];
            for (int i = 0; i < imports.Length; i++)
            {
                if (plan.Trampolines[i] is Trampoline.LowerImport import)
                    imports[i] = Layout(import.FuncType, import.Options, lifted: false, () => $"import \"{names.Import(import.Import)}\"");
            }
            if (errors.Count > 0)
                return errors.ToEquatableArray();
            var modules = new List<LoadedModule>();
            foreach (var module in plan.CoreModules.Items.TakeWhile(_ => !cancellationToken.IsCancellationRequested))
                ModuleLoader.Load(engine.Engine, module.Bytes, $"core module at offset 0x{module.Offset:x}").Match(modules.Add, errors.Add);
            var compiled = errors.Count > 0 || cancellationToken.IsCancellationRequested ? [] : Compile(adapters);
            var component = new LoadedComponent(engine, options, plan, names, shown, [.. modules], compiled, [.. exports], imports);
            if (errors.Count == 0 && !cancellationToken.IsCancellationRequested)
                return component;
            component.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            return errors.ToEquatableArray();
        }

        private LoadedAdapters[] Compile(EquatableArray<AdapterModule> adapters)
        {
            var loaded = new List<LoadedAdapters>(adapters.Length);
            var funcs = plan.Adapters.Items.DistinctBy(adapter => adapter.Adapter.Name).ToDictionary(adapter => adapter.Adapter.Name, adapter => adapter.FuncName);
            var moduleNames = ModuleNames.Avoiding(plan.CoreModules.Items.Select(module => module.Bytes.Memory));
            for (int i = 0; i < adapters.Length && !cancellationToken.IsCancellationRequested; i++)
            {
                string name = moduleNames[i];
                byte[] bytes = ModuleNames.Named(adapters[i].Bytes.AsSpan(), name);
                try
                {
                    var compiled = Module.FromBytes(engine.Engine, name, bytes);
                    loaded.Add(new(adapters[i], compiled, new AdapterTraps(adapters[i], name, adapter => funcs.GetValueOrDefault(adapter))));
                }
                catch (WasmtimeException e)
                {
                    errors.Add(new Diagnostic(DiagnosticCode.EngineRefused, "the engine cannot load it: " + EngineText.Cause(e.Message), $"adapter module {i}"));
                    break;
                }
            }
            return [.. loaded];
        }

        private void AddExports(List<LoadedExport> exports, string name, ExportItem item)
        {
            switch (item)
            {
                case ExportItem.Func func:
                    if (Layout(func.FuncType, func.Options, lifted: true, () => $"export \"{name}\"") is { } layout)
                        exports.Add(new(name, func, layout));
                    break;
                case ExportItem.Instance instance:
                    if (!shown.Exports(instance.Id))
                        break;
                    foreach (var export in plan.ExportedInstances[(int)instance.Id.Value])
                        AddExports(exports, name + "#" + export.Name, export.Item);
                    break;
            }
        }

        private FunctionLayout? Layout(ComponentFuncType type, OptionsId id, bool lifted, Func<string> where)
        {
            var options = plan.Options[(int)id.Value];
            var layout = layouts.Of(type, options.Options.Memory).MatchUnsafe<FunctionLayout?>(found => found, error =>
            {
                errors.Add(error.Within(where()));
                return null;
            });
            // An asynchronous function has another core type; calling it is refused later.
            if (layout is null || options.Options.Async || (lifted ? layout.Lifted : layout.Lowered).Equals(options.CoreType))
                return layout;
            errors.Add(new Diagnostic(DiagnosticCode.WrongCoreType, $"the core function has another type than {TypeText.Of(type)} needs", where()));
            return null;
        }
    }
}
