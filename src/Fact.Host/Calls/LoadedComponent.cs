using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Fact.Component;
using Fact.Component.Binary;
using Fact.Component.Plan;
using Fact.Host.Canonical;
using Fact.Host.Engine;
using Fact.Host.Linking;
using Fact.Host.Traps;
using Fact.Ir;
using Fact.Values;
using LanguageExt;
using Wasmtime;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Host.Calls;

/// <summary>An adapter module, compiled twice: by us, and by the engine, but for one that is part of a merged module.</summary>
internal sealed record LoadedAdapters(AdapterModule Module, Module? Engine, AdapterTraps Traps);

/// <summary>A merged module as the engine has compiled it.</summary>
/// <param name="Core">The module.</param>
/// <param name="Engine">The same for the engine.</param>
/// <param name="Code">Tells where its code is from.</param>
/// <param name="Memories">All memories that it makes.</param>
/// <param name="Tables">All tables that it makes.</param>
internal sealed record LoadedMerged(MergedCore Core, Module Engine, MergedCode Code, IReadOnlyList<Growable> Memories, IReadOnlyList<Growable> Tables);

/// <summary>The runtime module, compiled twice: by us, and by the engine, but for one that is part of a merged module.</summary>
internal sealed record LoadedRuntime(RuntimeModule Module, Module? Engine, AdapterTraps Traps)
{
    /// <summary>Entries of up to 32 bytes, in blocks that double when they are full, and 16 for each time that one is lent.</summary>
    private const int BytesOfHandle = 144;

    private const int BytesOfCalls = 1 << 20;

    /// <summary>Its table of destructors.</summary>
    public Growable FirstTable => StoreLimits.Of(Module.Code.Own.Items.Tables[0].Type);

    /// <summary>Its memory, as its type has it.</summary>
    public Growable FirstMemory => StoreLimits.Of(Module.Code.Own.Items.Memories[0].Type);

    /// <summary>The same: it takes as much as the handles that there may be, and what calls in progress are lent.</summary>
    public Growable Memory(HostOptions options)
    {
        var memory = FirstMemory;
        return memory with { Max = UInt128.Min(memory.Max, memory.Min + ((UInt128)options.HandleLimit * BytesOfHandle) + BytesOfCalls) };
    }
}

/// <summary>A function of the root's exports with its layout.</summary>
/// <param name="Number">Its position among all of them.</param>
/// <param name="Name">Its full name.</param>
/// <param name="Item">What the plan says of it.</param>
/// <param name="Layout">How its parameters and its result travel.</param>
/// <param name="IsUsual">Whether there is a short way to it.</param>
internal sealed record LoadedExport(int Number, string Name, ExportItem.Func Item, FunctionLayout Layout, bool IsUsual)
{
    /// <summary>What it passes, if that is scalars alone.</summary>
    public ScalarTypes? Scalars { get; } = ScalarTypes.Of(Item.FuncType);
}

/// <summary>A component that is ready to be instantiated any number of times; it does not change any more.</summary>
internal sealed record LoadedComponent(
    HostEngine Engine,
    HostOptions Options,
    LinkPlan Plan,
    FunctionRoles Roles,
    PlanNames Names,
    FullNames Shown,
    LoadedModule[] Modules,
    LoadedAdapters[] Adapters,
    LoadedRuntime? Runtime,
    LoadedMerged? Merged,
    CallPieces Pieces,
    LoadedExport[] Exports,
    Dictionary<string, LoadedExport> ExportsByName,
    FunctionLayout?[] ImportLayouts) : IDisposable
{
    /// <summary>Decodes, links and compiles a component, and has its core modules compiled by the engine.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Either<EquatableArray<Diagnostic>, LoadedComponent> Load(
        HostEngine engine,
        ReadOnlyMemory<byte> bytes,
        HostOptions options,
        CancellationToken cancellationToken,
        Func<LinkPlan, Either<EquatableArray<Diagnostic>, LinkPlan>>? check = null) =>
        ComponentCompiler.Link(bytes, cancellationToken).Bind(check ?? (plan => plan)).Bind(linked =>
        {
            var plan = AdapterElision.Run(linked, options.Compile, cancellationToken);
            var roles = new FunctionRoles(plan, options.Reentrance);
            var handles = TaskCalls.HasHandles(plan) ? HandleTables.Imported : options.Compile.HandleTables;
            var runtimeOptions = options.Compile with { TrapInfo = true, HandleTables = handles };
            return AdapterCompiler.CompileAll(roles.Adapters(), options.Compile, cancellationToken)
                .Bind(adapters => ComponentCompiler.Runtime(plan, runtimeOptions, cancellationToken)
                    .Bind(runtime => new Loader(engine, options, plan, roles, cancellationToken).Load(adapters, runtime.IfNoneUnsafe((RuntimeModule?)null))));
        });

    /// <summary>The engine that its code was made for.</summary>
    public CoreEngine CoreEngine { get; } = Engine.For(Options);

    /// <summary>Whether guest code can wait and stay on the stack.</summary>
    public bool KeepsStacks { get; } = TaskCalls.IsUsedBy(Plan) && Turns.KeepStacks(Plan);

    /// <summary>Whether it was disposed. What was instantiated goes on.</summary>
    public bool IsDisposed { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsDisposed = true;
        foreach (var module in Modules)
            module.Module?.Dispose();
        foreach (var adapters in Adapters)
            adapters.Engine?.Dispose();
        Runtime?.Engine?.Dispose();
        Merged?.Engine.Dispose();
        Pieces.Dispose();
    }

    /// <summary>The place of a frame in an adapter module or the runtime module; null where it is none.</summary>
    public TrapPlace? Find(TrapFrame frame)
    {
        if (Merged is not null)
            return Merged.Code.Find(frame);
        // Core modules may have no name.
        var traps = Runtime is { } runtime && runtime.Traps.Name == frame.ModuleName
            ? runtime.Traps
            : Adapters.FirstOrDefault(adapters => adapters.Traps.Name == frame.ModuleName)?.Traps;
        return traps?.Func(frame.ModuleOffset, frame.FunctionOffset) is { } func ? new TrapPlace(traps, func, frame.FunctionOffset) : null;
    }

    private sealed class Loader(HostEngine engine, HostOptions options, LinkPlan plan, FunctionRoles roles, CancellationToken cancellationToken)
    {
        private readonly List<Diagnostic> errors = [];
        private readonly PlanNames names = new(plan);
        private readonly FullNames shown = new(plan);
        private readonly FunctionLayouts layouts = new();
        private readonly bool usual = !TaskCalls.IsUsedBy(plan);

        public Either<EquatableArray<Diagnostic>, LoadedComponent> Load(EquatableArray<AdapterModule> adapters, RuntimeModule? runtime)
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
                ModuleLoader.Check(engine.For(options), module.Bytes, Where(module)).Match(modules.Add, errors.Add);
            var moduleNames = ModuleNames.Avoiding(plan.CoreModules.Items.Select(module => module.Bytes.Memory));
            var funcs = plan.Adapters.Items.DistinctBy(adapter => adapter.Adapter.Name).ToDictionary(adapter => adapter.Adapter.Name, adapter => adapter.FuncName);
            LoadedAdapters[] loaded = [.. adapters.Items.Select((adapter, i) => new LoadedAdapters(
                adapter, null, new AdapterTraps(adapter.Bytes.AsMemory(), adapter.Code, moduleNames[i], name => funcs.GetValueOrDefault(name))))];
            string runtimeName = moduleNames[adapters.Length];
            var loadedRuntime = runtime is null ? null : new LoadedRuntime(
                runtime, null, new AdapterTraps(runtime.Bytes.AsMemory(), runtime.Code, runtimeName, _ => null));
            var merged = GoesOn ? Merge(modules, loaded, loadedRuntime, moduleNames[0], exports) : null;
            if (merged is null)
                (modules, loaded, loadedRuntime) = (Compile(modules), Compile(loaded), Compile(loadedRuntime));
            var pieces = new CallPieces(engine.For(options), moduleNames[adapters.Length + 1]);
            var component = new LoadedComponent(
                engine, options, plan, roles, names, shown, [.. modules], loaded, loadedRuntime, merged, pieces, [.. exports],
                exports.ToDictionary(e => e.Name), imports);
            if (errors.Count == 0 && !cancellationToken.IsCancellationRequested)
                return component;
            component.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            return errors.ToEquatableArray();
        }

        private bool GoesOn => errors.Count == 0 && !cancellationToken.IsCancellationRequested;

        private static string Where(PlanCoreModule module) => $"core module at offset 0x{module.Offset:x}";

        private List<LoadedModule> Compile(List<LoadedModule> modules)
        {
            var compiled = new List<LoadedModule>();
            for (int i = 0; i < modules.Count && GoesOn; i++)
                ModuleLoader.Compile(engine.For(options), modules[i], Where(plan.CoreModules[i])).Match(compiled.Add, errors.Add);
            return compiled;
        }

        private LoadedAdapters[] Compile(LoadedAdapters[] adapters)
        {
            var compiled = new List<LoadedAdapters>(adapters.Length);
            for (int i = 0; i < adapters.Length && GoesOn; i++)
            {
                if (Compile(adapters[i].Module.Bytes.AsSpan(), adapters[i].Traps.Name, $"adapter module {i}") is { } module)
                    compiled.Add(adapters[i] with { Engine = module });
            }
            return [.. compiled];
        }

        /// <summary>All modules as one; null where that is not possible, or the engine does not take it: then they are compiled one by one.</summary>
        private LoadedMerged? Merge(List<LoadedModule> modules, LoadedAdapters[] adapters, LoadedRuntime? runtime, string name, List<LoadedExport> exports)
        {
            if (!usual || !options.MergeModules)
                return null;
            var used = exports.Select(export => plan.Options[(int)export.Item.Options.Value])
                .Concat(plan.Trampolines.Items.OfType<Trampoline.LowerImport>().Select(import => plan.Options[(int)import.Options.Value])).ToList();
            IEnumerable<CoreFuncId?> functions =
            [
                .. exports.Select(export => (CoreFuncId?)export.Item.Callee),
                .. used.SelectMany(options => (CoreFuncId?[])[options.Options.Realloc, options.Options.PostReturn]),
                .. plan.Tables.Resources.Items.OfType<PlanResource.Defined>().Select(resource => resource.Dtor),
            ];
            var core = PlanMerger.Run(plan, new MergeInput(
                [.. adapters.Select(adapter => (adapter.Module, adapter.Traps))],
                runtime is null ? null : (runtime.Module, runtime.Traps),
                functions.OfType<CoreFuncId>(),
                used.Select(options => options.Options.Memory?.Id).OfType<CoreMemoryId>(),
                RuntimeInstance.Exports.Items));
            if (core is null)
                return null;
            byte[] bytes = ModuleNames.Named(core.Bytes.Span, name);
            try
            {
                return new LoadedMerged(
                    core,
                    engine.For(options).Compile(name, bytes),
                    new MergedCode(core.Bytes, name, core.Parts),
                    [.. modules.SelectMany(module => module.Memories), .. runtime is null ? (Growable[])[] : [runtime.FirstMemory]],
                    [.. modules.SelectMany(module => module.Tables), .. runtime is null ? (Growable[])[] : [runtime.FirstTable]]);
            }
            catch (WasmtimeException)
            {
                return null;
            }
        }

        private LoadedRuntime? Compile(LoadedRuntime? runtime) => GoesOn && runtime is not null
            ? runtime with { Engine = Compile(runtime.Module.Bytes.AsSpan(), runtime.Traps.Name, "runtime module") }
            : null;

        private Module? Compile(ReadOnlySpan<byte> module, string name, string where)
        {
            byte[] bytes = ModuleNames.Named(module, name);
            try
            {
                return engine.For(options).Compile(name, bytes);
            }
            catch (WasmtimeException e)
            {
                errors.Add(new Diagnostic(DiagnosticCode.EngineRefused, "the engine cannot load it: " + EngineText.Cause(e.Message), where));
                return null;
            }
        }

        private void AddExports(List<LoadedExport> exports, string name, ExportItem item)
        {
            switch (item)
            {
                case ExportItem.Func func:
                    if (Layout(func.FuncType, func.Options, lifted: true, () => $"export \"{name}\"") is { } layout)
                        exports.Add(new(exports.Count, name, func, layout, usual && DirectCall.IsUsual(options, func)));
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
            var layout = layouts.Of(type, options.Options, lifted).MatchUnsafe<FunctionLayout?>(found => found, error =>
            {
                errors.Add(error.Within(where()));
                return null;
            });
            if (layout is null || layout.CoreType.Equals(options.CoreType))
                return layout;
            errors.Add(new Diagnostic(DiagnosticCode.WrongCoreType, $"the core function has another type than {TypeText.Of(type)} needs", where()));
            return null;
        }
    }
}
