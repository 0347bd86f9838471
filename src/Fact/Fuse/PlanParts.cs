using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Fact.Component;
using Fact.Component.Binary;
using Fact.Component.Plan;
using Fact.Emit;
using Fact.Ir;
using static Fact.Ir.EquatableArray;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Fuse;

/// <summary>
/// The instances of a plan as parts of a program: those of its core modules and adapter modules, in the order of the plan, behind the flags of the component
/// instances, and what keeps handles. What a part imports is bound to what the plan says. The first thing that cannot be had sticks: see <see cref="Error"/>.
/// </summary>
internal sealed class PlanParts
{
    private const int FlagsPart = 0;

    private readonly CompiledComponent component;
    private readonly BorderResources resources;
    private readonly OutsideImports outside;
    private readonly List<FusePart> parts = [];
    private readonly List<int> instances = [];
    private readonly int[] adapters;
    private readonly Dictionary<CoreModuleParts, Dictionary<string, CoreModuleExport>> exports = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CoreModuleId, CoreModuleParts> modules = [];
    private readonly Dictionary<TrampolineId, Place> trampolines = [];
    private readonly Dictionary<(Place, CallRole, InstanceId?), Place> calls = [];
    private readonly int handles, storage;
    private readonly bool trapsReentrance;
    private readonly BorderParts? border;

    /// <param name="component">The component. Where it has no runtime module, its handles are those of its host.</param>
    /// <param name="border">What passes handles between the component and its host; null where nothing does, or needs to.</param>
    /// <param name="names">What a host calls things.</param>
    /// <param name="resources">The resource types that a host can name.</param>
    /// <param name="reentrance">The rule that the adapters were compiled with.</param>
    public PlanParts(CompiledComponent component, CompiledBorder? border, CoreNames names, BorderResources resources, Reentrance reentrance)
    {
        (this.component, this.resources, trapsReentrance) = (component, resources, reentrance == Reentrance.Trap);
        outside = new OutsideImports(component.Plan, names);
        adapters = new int[component.AdapterModules.Length];
        parts.Add(new FusePart("flags", GuardParts.Flags(component.Plan.Instances.Length + (border is null ? 0 : 1)), []));
        if (component.Runtime is { } runtime)
        {
            Add("handles", Decode(runtime.Bytes.AsMemory(), 0), _ => [.. runtime.Imports.Items.Select((import, i) => Denoted(import, i))]);
            handles = parts.Count - 1;
        }
        if (CallStorage.IsUsed(component.Plan))
        {
            parts.Add(new FusePart("context", ContextParts.Storage(), []));
            storage = parts.Count - 1;
        }
        if (border is not null)
            this.border = new BorderParts(border, this, resources);
    }

    /// <summary>Something in a part.</summary>
    public readonly record struct Place(int Part, CoreExternKind Kind, uint Index);

    /// <summary>What cannot be had; null where everything can.</summary>
    public Diagnostic? Error { get; private set; }

    /// <summary>The parts so far.</summary>
    public EquatableArray<FusePart> Parts => parts.ToEquatableArray();

    /// <summary>What comes from outside so far.</summary>
    public OutsideImports Outside => outside;

    private LinkPlan Plan => component.Plan;

    /// <summary>Does what the plan says to do.</summary>
    public void Instantiate()
    {
        foreach (var initializer in Plan.Initializers)
        {
            if (Error is not null)
                return;
            switch (initializer)
            {
                case Initializer.InstantiateCoreModule(_, ModuleSource.Embedded(var id), var args):
                    Add($"core{instances.Count}", Module(id), module => [.. args.Items.Select(arg => Inside(Find(arg.Def)))]);
                    instances.Add(parts.Count - 1);
                    // What a start function has stored is its own.
                    if (storage > 0 && parts[^1].Module.Start is not null)
                        parts.Add(new FusePart("context", ContextParts.Empty(), Storage()));
                    break;
                case Initializer.InstantiateCoreModule:
                    throw new UnreachableException("such a component was refused");
                case Initializer.InstantiateAdapterModule(var id):
                    var adapterModule = component.AdapterModules[(int)id.Value];
                    var decoded = Decode(adapterModule.Bytes.AsMemory(), 0);
                    Add($"adapters{id.Value}", decoded, _ => [.. adapterModule.Imports.Items.Select((import, i) => Denoted(import, i))]);
                    adapters[(int)id.Value] = parts.Count - 1;
                    break;
                case Initializer.DefineResource(var id):
                    Define(id);
                    break;
            }
        }
    }

    /// <summary>A core function of the plan, or of the border.</summary>
    public Place Func(CoreFuncId id) => border?.Func(id) ?? Find(Plan.CoreFuncs[(int)id.Value]);

    /// <summary>The part that an adapter is in, and which of its functions it is.</summary>
    public (int Part, int Function) Adapter(AdapterId id)
    {
        var place = Find(new CoreDef.Adapter(id));
        var module = parts[place.Part].Module;
        return (place.Part, (int)place.Index - module.Imports.Items.Count(import => import.Type is CoreExternType.Func));
    }

    /// <summary>A memory of the plan, or of the border.</summary>
    public Place Memory(CoreMemoryId id) => id == Border.Memory ? border!.Memory : Find(Plan.CoreMemories[(int)id.Value]);

    /// <summary>An exported function as its host calls it, and what is called when its result was read; null where there is nothing to call.</summary>
    public (Place Func, Place? PostReturn) Exported(ExportItem.Func func)
    {
        if (border?.Exported(func) is { } passing)
            return passing;
        var options = Plan.Options[(int)func.Options.Value];
        return (
            Entering(Call(func.Callee, options.CoreType, CallRole.Callee), options.CoreType, options.Instance),
            options.Options.PostReturn is { } post
                ? Staying(post, new CoreFuncType(options.CoreType.Results, []), CallRole.PostReturn, options.Instance)
                : null);
    }

    /// <summary>An allocator as a host calls it.</summary>
    public Place Allocator(CoreFuncId id, CanonicalOptions options, InstanceId instance)
    {
        var pointer = options.PointerType;
        return id == Border.Allocator ? Func(id) : Staying(id, new CoreFuncType([pointer, pointer, pointer, pointer], [pointer]), CallRole.Alone, instance);
    }

    // A core function of the plan as it is called from outside of its component instance: with storage of its own, where there is any.
    private Place Call(CoreFuncId id, CoreFuncType type, CallRole role) => Call(Func(id), type, role);

    // The same, and the instance may not be left meanwhile.
    private Place Staying(CoreFuncId id, CoreFuncType type, CallRole role, InstanceId instance)
    {
        var func = Call(id, type, role);
        if (!calls.TryGetValue((func, role, instance), out var place))
            calls.Add((func, role, instance), place = Around("guard", GuardParts.Staying(type), [Inside(func), Flag(instance)]));
        return place;
    }

    // The destructor of a resource type; null where it has none.
    private Place? Destructor(RuntimeResourceId id) => Resource(id) is PlanResource.Defined { Dtor: { } destructor, Rep: var rep }
        ? Call(destructor, new CoreFuncType([rep], []), CallRole.Alone)
        : null;

    /// <summary>The same, as a host calls it.</summary>
    public Place? ExportedDestructor(RuntimeResourceId id)
    {
        if (Destructor(id) is not { } destructor || Resource(id) is not PlanResource.Defined defined)
            return null;
        var place = Entering(destructor, new CoreFuncType([defined.Rep], []), defined.Instance);
        return border?.Destructor(place, defined.Rep) ?? place;
    }

    // A function that a host calls: by the older rule of reentrance it enters an instance and those around it.
    private Place Entering(Place func, CoreFuncType type, InstanceId instance)
    {
        if (!trapsReentrance)
            return func;
        var entered = new List<FuseBinding>();
        for (InstanceId? around = instance; around is { } id; around = Plan.Instances[(int)id.Value].Parent)
            entered.Add(Flag(id));
        return Around("enter", GuardParts.Entering(type, entered.Count), [Inside(func), .. entered]);
    }

    private Place Call(Place func, CoreFuncType type, CallRole role)
    {
        // Nothing is kept for calls of the host, or of the border.
        if (storage == 0)
            return func;
        if (!calls.TryGetValue((func, role, null), out var place))
            calls.Add((func, role, null), place = Around("call", ContextParts.Call(type, role), [Inside(func), .. Storage()]));
        return place;
    }

    /// <summary>Adds a part with one function of its own.</summary>
    public Place Around(string name, CoreModuleParts part, EquatableArray<FuseBinding> bindings)
    {
        Add(name, part, bindings);
        uint imported = (uint)part.Imports.Items.Count(import => import.Type is CoreExternType.Func);
        return new Place(parts.Count - 1, CoreExternKind.Func, imported);
    }

    // From here on the destructor can be had, and must be where the runtime module looks for it.
    private void Define(RuntimeResourceId id)
    {
        if (component.Runtime is null || Destructor(id) is not { } destructor)
            return;
        var table = Export(handles, "destructors");
        var part = GuardParts.Destructor(((PlanResource.Defined)Resource(id)).Rep, id.Value, parts[handles].Module.Tables[(int)table.Index].Type);
        parts.Add(new FusePart("destructor", part, [Inside(table), Inside(destructor)]));
    }

    private EquatableArray<FuseBinding> Storage() =>
        Enumerable.Range(0, ContextParts.Globals).Select(global => (FuseBinding)new FuseBinding.Inside(storage, (uint)global)).ToEquatableArray();

    /// <summary>Adds a part; what comes back is its number.</summary>
    public int Add(string name, CoreModuleParts part, EquatableArray<FuseBinding> bindings)
    {
        parts.Add(new FusePart(name, part, bindings));
        return parts.Count - 1;
    }

    /// <summary>Adds a module of adapters; what comes back is its number.</summary>
    public int Add(string name, AdapterModule module, Func<ModuleImport, int, FuseBinding?> special)
    {
        Add(name, Decode(module.Bytes.AsMemory(), 0), _ => [.. module.Imports.Items.Select((import, i) => special(import, i) ?? Denoted(import, i))]);
        return parts.Count - 1;
    }

    /// <summary>What the plan says of a resource type.</summary>
    public PlanResource Resource(RuntimeResourceId id) => Plan.Tables.Resources[(int)id.Value];

    /// <summary>What the runtime module exports by a name.</summary>
    public FuseBinding Handles(string name) => Inside(Export(handles, name));

    /// <summary>What comes from outside, by import number <paramref name="import"/> of the part that is added next.</summary>
    public FuseBinding FromOutside(CoreImportName name, int import = 0) => new FuseBinding.Outside(outside.Add(name, parts.Count, import));

    private void Add(string name, CoreModuleParts? module, Func<CoreModuleParts, EquatableArray<FuseBinding>> bind)
    {
        // Binding makes parts that must come before.
        if (module is not null && bind(module) is var bindings && Error is null)
            parts.Add(new FusePart(name, module, bindings));
    }

    private CoreModuleParts? Module(CoreModuleId id)
    {
        if (modules.TryGetValue(id, out var module))
            return module;
        var source = Plan.CoreModules[(int)id.Value];
        if (Decode(source.Bytes.Memory, source.Offset) is not { } decoded)
            return null;
        modules.Add(id, decoded);
        return decoded;
    }

    private CoreModuleParts? Decode(ReadOnlyMemory<byte> bytes, long offset) => CoreModuleDecoder.Decode(bytes, offset).MatchUnsafe<CoreModuleParts?>(
        Right: parts => parts,
        Left: error =>
        {
            Error ??= error;
            return null;
        });

    private Place Find(CoreDef def)
    {
        switch (def)
        {
            case CoreDef.Export(var instance, var name):
                return Export(instances[(int)instance.Value], name);
            case CoreDef.Adapter(var id):
                var adapter = Plan.Adapters[(int)id.Value];
                return Export(adapters[(int)adapter.Module!.Value.Value], adapter.Adapter.Name);
            case CoreDef.Trampoline(var id):
                if (!trampolines.TryGetValue(id, out var place))
                    trampolines.Add(id, place = border?.Imported(id) ?? Make(Plan.Trampolines[(int)id.Value]));
                return place;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>What a part exports.</summary>
    public Place Export(int part, string name)
    {
        var module = parts[part].Module;
        if (!exports.TryGetValue(module, out var names))
            exports.Add(module, names = module.Exports.Items.ToDictionary(export => export.Name));
        var export = names[name];
        return new Place(part, export.Kind, export.Index);
    }

    private Place Make(Trampoline trampoline)
    {
        if (component.Runtime is not null && PlanHandles.Builtin(trampoline) is { } builtin)
            return Export(handles, builtin.Name);
        switch (trampoline)
        {
            case Trampoline.LowerImport import:
                var options = Plan.Options[(int)import.Options.Value];
                return Leaving(outside.Lower(import, import.CoreType, options.Options), import.CoreType, options.Instance);
            case Trampoline.ResourceNew(var type, var id):
                var table = Plan.Tables.ResourceTables[(int)id.Value];
                return Leaving(resources.New(table.Resource), type, table.Instance);
            case Trampoline.ResourceDrop(var type, var id):
                table = Plan.Tables.ResourceTables[(int)id.Value];
                return Leaving(resources.Drop(table.Resource), type, table.Instance);
            case Trampoline.ResourceRep(var type, var id):
                table = Plan.Tables.ResourceTables[(int)id.Value];
                return Passing(resources.Rep(table.Resource), type);
            case Trampoline.ContextGet(var type, var slot):
                return Around("context", ContextParts.Get(type, slot), Storage());
            case Trampoline.ContextSet(var type, var slot):
                return Around("context", ContextParts.Set(type, slot), Storage());
            default:
                throw new UnreachableException("such a component was refused");
        }
    }

    // A function from outside, which a component instance may call while it may be left.
    private Place Leaving(CoreImportName name, CoreFuncType type, InstanceId instance) =>
        Around("import", GuardParts.Leaving(type), [FromOutside(name), Flag(instance)]);

    private Place Passing(CoreImportName name, CoreFuncType type)
    {
        parts.Add(new FusePart("import", GuardParts.Passing(type), [FromOutside(name)]));
        return new Place(parts.Count - 1, CoreExternKind.Func, 0);
    }

    private FuseBinding Denoted(ModuleImport import, int number) => import.Denotes switch
    {
        Import.InstanceFlags(var instance) => Flag(instance),
        Import.Memory(var id, _) => Inside(Memory(id)),
        Import.Realloc(var func, _) => Inside(Call(func, FuncType(import), CallRole.Alone)),
        Import.Callee(_, var func, var type) => Inside(Call(func, type, CallRole.Callee)),
        Import.PostReturn(_, var func, var type) => Inside(Call(func, type, CallRole.PostReturn)),
        Import.Transfer { Kind: TransferKind.Own or TransferKind.Borrow } or Import.ResourceEnterCall or Import.ResourceExitCall => Inside(Export(handles, import.Name)),
        Import.ResourceDrop(var resource) => FromOutside(resources.Drop(resource), number),
        Import.Transfer or Import.Callback or Import.Transcode or Import.PrepareCall or Import.SyncStartCall or Import.AsyncStartCall =>
            throw new UnreachableException("such a component was refused, or compiled to have none"),
    };

    private static CoreFuncType FuncType(ModuleImport import) => ((ModuleImportType.Func)import.Type).Type;

    private static FuseBinding Flag(InstanceId instance) => new FuseBinding.Inside(FlagsPart, instance.Value);

    /// <summary>What is bound to a place.</summary>
    public static FuseBinding Inside(Place place) => new FuseBinding.Inside(place.Part, place.Index);
}
