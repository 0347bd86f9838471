using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Fact.Component.Binary;
using Fact.Component.Plan;
using Fact.Emit;
using Fact.Ir;
using static Fact.Ir.EquatableArray;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Fuse;

/// <summary>
/// The instances of a plan as parts of a program: what keeps handles, if that is a module, and those of its core modules and adapter modules, in the order of the plan.
/// What a part imports is bound to what the plan says; what lies outside of the plan, who derives from this says. The first thing that cannot be had sticks: see
/// <see cref="Error"/>.
/// </summary>
/// <param name="plan">The plan. It instantiates no core modules that are imported.</param>
/// <param name="adapterModules">Its adapter modules.</param>
internal abstract class PlanInstances(LinkPlan plan, EquatableArray<AdapterModule> adapterModules)
{
    private readonly List<FusePart> parts = [];
    private readonly List<int> instances = [];
    private readonly int[] adapters = new int[adapterModules.Length];
    private readonly Dictionary<CoreModuleParts, Dictionary<string, CoreModuleExport>> exports = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CoreModuleId, CoreModuleParts> modules = [];

    /// <summary>What cannot be had; null where everything can.</summary>
    public Diagnostic? Error { get; private set; }

    /// <summary>The parts so far.</summary>
    public EquatableArray<FusePart> Parts => parts.ToEquatableArray();

    /// <summary>How many there are.</summary>
    protected int Count => parts.Count;

    /// <summary>The plan.</summary>
    protected LinkPlan Plan => plan;

    /// <summary>Does what the plan says to do.</summary>
    public void Instantiate()
    {
        foreach (var initializer in plan.Initializers)
        {
            if (Error is not null)
                return;
            switch (initializer)
            {
                case Initializer.InstantiateCoreModule(_, ModuleSource.Embedded(var id), var args):
                    AddDecoded($"core{instances.Count}", Module(id), _ => [.. args.Items.Select((arg, i) => Bind(arg.Def, i))]);
                    instances.Add(parts.Count - 1);
                    if (Error is null)
                        Instantiated(parts[^1].Module);
                    break;
                case Initializer.InstantiateCoreModule:
                    throw new UnreachableException("such a component was refused");
                case Initializer.InstantiateAdapterModule(var id):
                    adapters[(int)id.Value] = Add($"adapters{id.Value}", adapterModules[(int)id.Value], static (_, _) => null);
                    break;
                case Initializer.DefineResource(var id):
                    Define(id);
                    break;
            }
        }
    }

    /// <summary>The part that an adapter is in, and which of its functions it is.</summary>
    public (int Part, int Function) Adapter(AdapterId id)
    {
        var place = Find(new CoreDef.Adapter(id));
        var module = parts[place.Part].Module;
        return (place.Part, (int)place.Index - module.Imports.Items.Count(import => import.Type is CoreExternType.Func));
    }

    /// <summary>Adds a part; what comes back is its number.</summary>
    public int Add(string name, CoreModuleParts part, EquatableArray<FuseBinding> bindings)
    {
        parts.Add(new FusePart(name, part, bindings));
        return parts.Count - 1;
    }

    /// <summary>Adds a module of adapters; what comes back is its number.</summary>
    /// <param name="name">What names of things in it begin with.</param>
    /// <param name="module">The module.</param>
    /// <param name="special">What is bound otherwise than the plan says; null for the rest.</param>
    public int Add(string name, AdapterModule module, Func<ModuleImport, int, FuseBinding?> special)
    {
        AddDecoded(name, Decode(module.Bytes.AsMemory(), 0), _ => [.. module.Imports.Items.Select((import, i) => special(import, i) ?? Denoted(import, i))]);
        return parts.Count - 1;
    }

    /// <summary>What the plan says of a resource type.</summary>
    public PlanResource Resource(RuntimeResourceId id) => plan.Tables.Resources[(int)id.Value];

    /// <summary>What a part exports.</summary>
    public PartItem Export(int part, string name)
    {
        var module = parts[part].Module;
        if (!exports.TryGetValue(module, out var names))
            exports.Add(module, names = module.Exports.Items.ToDictionary(export => export.Name));
        var export = names[name];
        return new PartItem(part, export.Kind, export.Index);
    }

    /// <summary>What is bound to a place.</summary>
    public static FuseBinding Inside(PartItem place) => new FuseBinding.Inside(place.Part, place.Index);

    /// <summary>The part that an adapter module is, once it was instantiated.</summary>
    protected int PartOf(AdapterModuleId id) => adapters[(int)id.Value];

    /// <summary>The part that keeps handles; null where there is none.</summary>
    protected int? HandlesPart { get; private set; }

    /// <summary>What the module that keeps handles exports by a name; null where there is no such module.</summary>
    protected PartItem? Kept(string name) => HandlesPart is { } part ? Export(part, name) : null;

    /// <summary>Adds the module that keeps handles.</summary>
    protected void Add(RuntimeModule runtime)
    {
        AddDecoded("handles", Decode(runtime.Bytes.AsMemory(), 0), _ => [.. runtime.Imports.Items.Select(Denoted)]);
        HandlesPart = parts.Count - 1;
    }

    /// <summary>A core definition of the plan that is in a part, or a built-in of the module that keeps handles; null for what lies outside.</summary>
    protected PartItem? Defined(CoreDef def) => def is CoreDef.Trampoline(var id)
        ? PlanHandles.Builtin(plan.Trampolines[(int)id.Value]) is { } builtin ? Kept(builtin.Name) : null
        : Find(def);

    /// <summary>What is bound to a trampoline that is not <see cref="Defined"/>.</summary>
    /// <param name="id">Which.</param>
    /// <param name="import">By which of its imports the part that is added next has it.</param>
    protected abstract FuseBinding FromOutside(TrampolineId id, int import);

    /// <summary>What is bound to an import of an adapter module, or of the module that keeps handles, which is nothing of the plan.</summary>
    /// <param name="import">The import.</param>
    /// <param name="number">Its number.</param>
    protected abstract FuseBinding FromOutside(ModuleImport import, int number);

    /// <summary>What is bound to a core function that something outside of its component instance calls.</summary>
    /// <param name="id">The function.</param>
    /// <param name="type">Its type.</param>
    /// <param name="role">What it is called for.</param>
    /// <param name="import">By which of its imports the part that is added next has it.</param>
    protected abstract FuseBinding Called(CoreFuncId id, CoreFuncType type, CallRole role, int import);

    /// <summary>A memory that adapters are given.</summary>
    public virtual PartItem Memory(CoreMemoryId id) => Find(plan.CoreMemories[(int)id.Value]);

    /// <summary>A core module has just been instantiated.</summary>
    protected virtual void Instantiated(CoreModuleParts module)
    {
    }

    /// <summary>What is bound to a core definition of the plan.</summary>
    protected FuseBinding Bind(CoreDef def, int import) => Defined(def) is { } place ? Inside(place) : FromOutside(((CoreDef.Trampoline)def).Id, import);

    private FuseBinding Denoted(ModuleImport import, int number) => import.Denotes switch
    {
        Import.Memory(var id, _) => Inside(Memory(id)),
        Import.Realloc(var func, _) => Called(func, FuncType(import), CallRole.Alone, number),
        Import.Callback(var func) => Called(func, FuncType(import), CallRole.Alone, number),
        Import.Callee(_, var func, var type) => Called(func, type, CallRole.Callee, number),
        Import.PostReturn(_, var func, var type) => Called(func, type, CallRole.PostReturn, number),
        Import.Transfer { Kind: TransferKind.Own or TransferKind.Borrow } or Import.ResourceEnterCall or Import.ResourceExitCall when Kept(import.Name) is { } place =>
            Inside(place),
        Import.InstanceFlags or Import.Transfer or Import.ResourceEnterCall or Import.ResourceExitCall or Import.ResourceDrop
            or Import.Transcode or Import.PrepareCall or Import.SyncStartCall or Import.AsyncStartCall => FromOutside(import, number),
    };

    private static CoreFuncType FuncType(ModuleImport import) => ((ModuleImportType.Func)import.Type).Type;

    // From here on the destructor can be had, and must be where the module that keeps handles looks for it.
    private void Define(RuntimeResourceId id)
    {
        if (Kept("destructors") is not { } table || Resource(id) is not PlanResource.Defined { Dtor: { } destructor, Rep: var rep })
            return;
        var part = GuardParts.Destructor(rep, id.Value, parts[table.Part].Module.Tables[(int)table.Index].Type);
        EquatableArray<FuseBinding> bindings = [Inside(table), Called(destructor, new CoreFuncType([rep], []), CallRole.Alone, import: 1)];
        Add("destructor", part, bindings);
    }

    private void AddDecoded(string name, CoreModuleParts? module, Func<CoreModuleParts, EquatableArray<FuseBinding>> bind)
    {
        // Binding makes parts that must come before.
        if (module is not null && bind(module) is var bindings && Error is null)
            Add(name, module, bindings);
    }

    private CoreModuleParts? Module(CoreModuleId id)
    {
        if (modules.TryGetValue(id, out var module))
            return module;
        var source = plan.CoreModules[(int)id.Value];
        if (Decode(source.Bytes.Memory, source.Offset) is not { } decoded)
            return null;
        modules.Add(id, decoded);
        return decoded;
    }

    private CoreModuleParts? Decode(ReadOnlyMemory<byte> bytes, long offset) => CoreModuleDecoder.Decode(bytes, offset).MatchUnsafe<CoreModuleParts?>(
        Right: decoded => decoded,
        Left: error =>
        {
            Error ??= error;
            return null;
        });

    private PartItem Find(CoreDef def) => def switch
    {
        CoreDef.Export(var instance, var name) => Export(instances[(int)instance.Value], name),
        CoreDef.Adapter(var id) when plan.Adapters[(int)id.Value] is var adapter => Export(PartOf(adapter.Module!.Value), adapter.Adapter.Name),
        CoreDef.Adapter or CoreDef.Trampoline => throw new UnreachableException("it is in no part"),
    };
}

/// <summary>Something in a part of a program.</summary>
/// <param name="Part">The part, by its position.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Index">Its index in the part's module.</param>
internal readonly record struct PartItem(int Part, CoreExternKind Kind, uint Index);
