using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Fact.Component.Binary;
using Fact.Component.Plan;
using Fact.Host.Engine;
using Fact.Host.Linking;
using Fact.Ir;
using Wasmtime;

namespace Fact.Host.Calls;

/// <summary>Runs the plan's initializers, and finds core definitions in what they made.</summary>
internal sealed class CoreLinker(ComponentState state)
{
    private readonly List<(LoadedModule Module, Instance Instance)> instances = [];
    private Instance? merged;
    private readonly Instance?[] adapterInstances = new Instance?[state.Component.Adapters.Length];
    private readonly Function?[] adapters = new Function?[state.Plan.Adapters.Length];
    private readonly Function?[] trampolines = new Function?[state.Plan.Trampolines.Length];
    private readonly Dictionary<CoreFuncId, Function> functions = [];
    private readonly Dictionary<CoreFuncId, CoreCall> calls = [];
    private readonly Dictionary<CoreMemoryId, EngineMemory> memories = [];

    private Wasmtime.Engine Engine => state.Component.CoreEngine.Engine;

    /// <summary>Instantiates everything, in order.</summary>
    /// <exception cref="WasmtimeException">A start function trapped, or a module does not fit what it is given.</exception>
    /// <exception cref="TrapSignal">A host function that a start function called made it trap.</exception>
    /// <exception cref="LimitSignal">The memories or tables cannot keep the limits of the host.</exception>
    public void Run()
    {
        // Before there are limits for each memory and table: those of the host for handles are its own.
        if (state.Component is { Runtime: { } runtime, Merged: null })
            state.Runtime = RuntimeInstance.Of(state, runtime);
        var limits = new StoreLimits(
            state.Store,
            state.Component.Options.MaxMemoryBytes,
            state.Component.Options.MaxTableElements,
            state.Component.Runtime?.Memory(state.Component.Options),
            [.. state.Plan.Initializers.Items.OfType<Initializer.InstantiateCoreModule>().Select(core => Module(core.Module))]);
        if (state.Component.Merged is { } component)
        {
            Run(component, limits);
            return;
        }
        foreach (var initializer in state.Plan.Initializers)
        {
            switch (initializer)
            {
                case Initializer.InstantiateCoreModule core:
                    var module = Module(core.Module);
                    instances.Add((module, state.Tasks.Synchronously(null, () => limits.Instantiate(module, () => Instantiate(module, core.Args)))));
                    break;
                case Initializer.InstantiateAdapterModule adapters:
                    adapterInstances[adapters.Module.Value] = Instantiate(state.Component.Adapters[adapters.Module.Value]);
                    break;
                case Initializer.DefineResource resource:
                    // Resource types are made all at once; where the host keeps handles, it looks up their destructors when they are called.
                    state.Runtime?.Define(resource.Resource);
                    break;
            }
        }
    }

    private void Run(LoadedMerged component, StoreLimits limits)
    {
        object[] externs = Array.ConvertAll(component.Core.Imports, Resolve);
        merged = limits.Instantiate(component.Memories, component.Tables, () => new Instance(state.Store, component.Engine, externs));
        if (state.Component.Runtime is not null)
            state.Runtime = new RuntimeInstance(state, merged);
        if (component.Core.Starts)
            merged.GetAction(MergedCore.Start)!();
    }

    private object Resolve(OutsideImport import) => import switch
    {
        OutsideImport.Trampoline i => Trampoline(i.Id),
        OutsideImport.Flags i => state.Flags.Of(i.Instance),
        OutsideImport.ForAdapter i => AdapterImports.Resolve(state, i.Import),
    };

    /// <summary>A core function of the plan; the same object for the same number.</summary>
    public Function Func(CoreFuncId id)
    {
        if (!functions.TryGetValue(id, out var function))
            functions.Add(id, function = (Function)Resolve(state.Plan.CoreFuncs[(int)id.Value]));
        return function;
    }

    /// <summary>A core function of the plan as something to call; the same object for the same number.</summary>
    public CoreCall Call(CoreFuncId id, CoreFuncType type)
    {
        if (!calls.TryGetValue(id, out var call))
            calls.Add(id, call = CoreCall.Of(Func(id), type));
        return call;
    }

    /// <summary>A memory of the plan; the same object for the same number.</summary>
    public EngineMemory Memory(CoreMemoryId id)
    {
        if (!memories.TryGetValue(id, out var memory))
            memories.Add(id, memory = new EngineMemory((Memory)Resolve(state.Plan.CoreMemories[(int)id.Value])));
        return memory;
    }

    /// <summary>A core module of the plan.</summary>
    public LoadedModule Module(ModuleSource source) => source switch
    {
        ModuleSource.Embedded m => state.Component.Modules[m.Id.Value],
        ModuleSource.Imported m => state.Imports.CoreModule(m.Item),
    };

    /// <summary>The engine's object for a definition.</summary>
    /// <exception cref="LinkSignal">An imported core module does not have what its type promised.</exception>
    public object Resolve(CoreDef def)
    {
        if (merged is not null && state.Component.Merged!.Core.Exports.TryGetValue(def, out string? name))
            return (object?)merged.GetFunction(name) ?? merged.GetMemory(name)!;
        switch (def)
        {
            case CoreDef.Adapter adapter:
                return Adapter(adapter.Id);
            case CoreDef.Trampoline trampoline:
                return Trampoline(trampoline.Id);
            case CoreDef.Export export:
                var (module, instance) = instances[(int)export.Instance.Value];
                return Find(module, instance, export.Name)
                    ?? throw new LinkSignal($"a core module has no export \"{export.Name}\" of the kind that is needed");
            default:
                throw new UnreachableException();
        }
    }

    private Function Adapter(AdapterId id)
    {
        if (adapters[id.Value] is { } known)
            return known;
        var planned = state.Plan.Adapters[(int)id.Value];
        var function = adapterInstances[planned.Module!.Value.Value]!.GetFunction(planned.Adapter.Name)!;
        return adapters[id.Value] = state.Component.Roles.IsTask(planned.Adapter) ? AdapterCall.AsTask(state, planned.Adapter, function) : function;
    }

    private Function Trampoline(TrampolineId id) => trampolines[id.Value] ??= Trampolines.Make(state, id);

    private static object? Find(LoadedModule module, Instance instance, string name) => module.Exports.GetValueOrDefault(name) switch
    {
        null => null,
        CoreExternType.Func => instance.GetFunction(name),
        CoreExternType.Memory => instance.GetMemory(name),
        CoreExternType.Global => instance.GetGlobal(name),
        CoreExternType.Table => instance.GetTable(name),
        CoreExternType.Tag => new Tag(instance, name),
    };

    private Instance Instantiate(LoadedModule module, EquatableArray<CoreArg> args)
    {
        var imports = module.Surface.Imports;
        object[] externs = new object[imports.Length];
        bool tags = false;
        for (int i = 0; i < externs.Length; i++)
        {
            externs[i] = Resolve(Argument(args, i, imports[i]));
            tags |= externs[i] is Tag;
        }
        if (!tags)
            return new Instance(state.Store, module.Module!, externs);
        using var linker = new Linker(Engine) { AllowShadowing = true };
        for (int i = 0; i < externs.Length; i++)
            Define(linker, module, imports[i], externs[i]);
        return linker.Instantiate(state.Store, module.Module!);
    }

    /// <summary>Arguments stand in the order of an embedded module's imports; an imported one may have others, or fewer.</summary>
    private static CoreDef Argument(EquatableArray<CoreArg> args, int index, CoreModuleImport import)
    {
        if (index < args.Length && args[index].Module == import.Module && args[index].Name == import.Name)
            return args[index].Def;
        foreach (var arg in args)
        {
            if (arg.Module == import.Module && arg.Name == import.Name)
                return arg.Def;
        }
        throw new LinkSignal($"a core module imports \"{import.Module}\" \"{import.Name}\", which its type does not say");
    }

    private void Define(Linker linker, LoadedModule module, CoreModuleImport import, object value)
    {
        switch (value)
        {
            case Function f:
                linker.Define(import.Module, import.Name, f);
                break;
            case Memory m:
                linker.Define(import.Module, import.Name, m);
                break;
            case Global g:
                linker.Define(import.Module, import.Name, g);
                break;
            case Table t:
                linker.Define(import.Module, import.Name, t);
                break;
            case Tag tag when import.Type is CoreExternType.Tag type:
                TagForwarder.Define(linker, Engine, state.Store, tag.Instance, tag.Name, import.Module, import.Name, module.Types[(int)type.Type.Value].Func!);
                break;
            default:
                throw new LinkSignal($"the core import \"{import.Module}\" \"{import.Name}\" is given something of another kind");
        }
    }

    private Instance Instantiate(LoadedAdapters adapters)
    {
        var imports = adapters.Module.Imports;
        object[] externs = new object[imports.Length];
        for (int i = 0; i < externs.Length; i++)
            externs[i] = AdapterImports.Resolve(state, imports[i]);
        return new Instance(state.Store, adapters.Engine!, externs);
    }

    private sealed record Tag(Instance Instance, string Name);
}

/// <summary>Carries the news that core modules do not fit together out of the linker.</summary>
internal sealed class LinkSignal(string message) : Exception(message);
