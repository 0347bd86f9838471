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
/// The instances of a plan as parts of a program that has nothing but its imports outside: behind the flags of the component instances, with storage of calls, where a
/// component asks for it, and with what passes handles between the component and its host.
/// </summary>
internal sealed class PlanParts : PlanInstances
{
    private const int FlagsPart = 0;

    private readonly BorderResources resources;
    private readonly OutsideImports outside;
    private readonly Dictionary<TrampolineId, PartItem> trampolines = [];
    private readonly Dictionary<(PartItem, CallRole), PartItem> calls = [];
    private readonly Dictionary<(PartItem, InstanceId), PartItem> staying = [];
    private readonly int storage;
    private readonly bool trapsReentrance;
    private readonly BorderParts? border;

    /// <param name="component">The component. Where it has no runtime module, its handles are those of its host.</param>
    /// <param name="border">What passes handles between the component and its host; null where nothing does, or needs to.</param>
    /// <param name="names">What a host calls things.</param>
    /// <param name="resources">The resource types that a host can name.</param>
    /// <param name="reentrance">The rule that the adapters were compiled with.</param>
    public PlanParts(CompiledComponent component, CompiledBorder? border, CoreNames names, BorderResources resources, Reentrance reentrance)
        : base(component.Plan, component.AdapterModules)
    {
        (this.resources, trapsReentrance) = (resources, reentrance == Reentrance.Trap);
        outside = new OutsideImports(component.Plan, names);
        Add("flags", GuardParts.Flags(component.Plan.Instances.Length + (border is null ? 0 : 1)), []);
        if (component.Runtime is { } runtime)
            Add(runtime);
        if (CallStorage.IsUsed(component.Plan))
            storage = Add("context", ContextParts.Storage(), []);
        if (border is not null)
            this.border = new BorderParts(border, this, resources);
    }

    /// <summary>What comes from outside so far.</summary>
    public OutsideImports Outside => outside;

    /// <summary>A core function of the plan, or of the border.</summary>
    public PartItem Func(CoreFuncId id) => border?.Func(id) ?? Find(Plan.CoreFuncs[(int)id.Value]);

    /// <inheritdoc/>
    public override PartItem Memory(CoreMemoryId id) => id == Border.Memory ? border!.Memory : base.Memory(id);

    /// <summary>An exported function as its host calls it, and what is called when its result was read; null where there is nothing to call.</summary>
    public (PartItem Func, PartItem? PostReturn) Exported(ExportItem.Func func)
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
    public PartItem Allocator(CoreFuncId id, CanonicalOptions options, InstanceId instance)
    {
        var pointer = options.PointerType;
        return id == Border.Allocator ? Func(id) : Staying(id, new CoreFuncType([pointer, pointer, pointer, pointer], [pointer]), CallRole.Alone, instance);
    }

    // A core function of the plan as it is called from outside of its component instance: with storage of its own, where there is any.
    private PartItem Call(CoreFuncId id, CoreFuncType type, CallRole role) => Call(Func(id), type, role);

    // The same, and the instance may not be left meanwhile.
    private PartItem Staying(CoreFuncId id, CoreFuncType type, CallRole role, InstanceId instance)
    {
        var func = Call(id, type, role);
        if (!staying.TryGetValue((func, instance), out var place))
            staying.Add((func, instance), place = Around("guard", GuardParts.Staying(type), [Inside(func), Flag(instance)]));
        return place;
    }

    // The destructor of a resource type; null where it has none.
    private PartItem? Destructor(RuntimeResourceId id) => Resource(id) is PlanResource.Defined { Dtor: { } destructor, Rep: var rep }
        ? Call(destructor, new CoreFuncType([rep], []), CallRole.Alone)
        : null;

    /// <summary>The same, as a host calls it.</summary>
    public PartItem? ExportedDestructor(RuntimeResourceId id)
    {
        if (Destructor(id) is not { } destructor || Resource(id) is not PlanResource.Defined defined)
            return null;
        var place = Entering(destructor, new CoreFuncType([defined.Rep], []), defined.Instance);
        return border?.Destructor(place, defined.Rep) ?? place;
    }

    // A function that a host calls: by the older rule of reentrance it enters an instance and those around it.
    private PartItem Entering(PartItem func, CoreFuncType type, InstanceId instance)
    {
        if (!trapsReentrance)
            return func;
        var entered = new List<FuseBinding>();
        for (InstanceId? around = instance; around is { } id; around = Plan.Instances[(int)id.Value].Parent)
            entered.Add(Flag(id));
        return Around("enter", GuardParts.Entering(type, entered.Count), [Inside(func), .. entered]);
    }

    private PartItem Call(PartItem func, CoreFuncType type, CallRole role)
    {
        // Nothing is kept for calls of the host, or of the border.
        if (storage == 0)
            return func;
        if (!calls.TryGetValue((func, role), out var place))
            calls.Add((func, role), place = Around("call", ContextParts.Call(type, role), [Inside(func), .. Storage()]));
        return place;
    }

    /// <summary>Adds a part with one function of its own.</summary>
    public PartItem Around(string name, CoreModuleParts part, EquatableArray<FuseBinding> bindings)
    {
        uint imported = (uint)part.Imports.Items.Count(import => import.Type is CoreExternType.Func);
        return new PartItem(Add(name, part, bindings), CoreExternKind.Func, imported);
    }

    private EquatableArray<FuseBinding> Storage() =>
        Enumerable.Range(0, ContextParts.Globals).Select(global => (FuseBinding)new FuseBinding.Inside(storage, (uint)global)).ToEquatableArray();

    /// <summary>What the runtime module exports by a name.</summary>
    public FuseBinding Handles(string name) => Inside(Kept(name)!.Value);

    /// <summary>What comes from outside, by import number <paramref name="import"/> of the part that is added next.</summary>
    public FuseBinding FromOutside(CoreImportName name, int import = 0) => new FuseBinding.Outside(outside.Add(name, Count, import));

    /// <inheritdoc/>
    protected override FuseBinding FromOutside(TrampolineId id, int import) => Inside(PlaceOf(id));

    /// <inheritdoc/>
    protected override FuseBinding FromOutside(ModuleImport import, int number) => import.Denotes switch
    {
        Import.InstanceFlags(var instance) => Flag(instance),
        Import.ResourceDrop(var resource) => FromOutside(resources.Drop(resource), number),
        Import.Memory or Import.Realloc or Import.Callback or Import.Callee or Import.PostReturn or Import.Transfer or Import.ResourceEnterCall or Import.ResourceExitCall
            or Import.Transcode or Import.PrepareCall or Import.SyncStartCall or Import.AsyncStartCall =>
            throw new UnreachableException("it is in a part, or such a component was refused, or compiled to have none"),
    };

    /// <inheritdoc/>
    protected override FuseBinding Called(CoreFuncId id, CoreFuncType type, CallRole role, int import) => Inside(Call(id, type, role));

    /// <inheritdoc/>
    protected override void Instantiated(CoreModuleParts module)
    {
        // What a start function has stored is its own.
        if (storage > 0 && module.Start is not null)
            Add("context", ContextParts.Empty(), Storage());
    }

    private PartItem Find(CoreDef def) => Defined(def) ?? PlaceOf(((CoreDef.Trampoline)def).Id);

    private PartItem PlaceOf(TrampolineId id)
    {
        if (!trampolines.TryGetValue(id, out var place))
            trampolines.Add(id, place = border?.Imported(id) ?? Make(Plan.Trampolines[(int)id.Value]));
        return place;
    }

    private PartItem Make(Trampoline trampoline)
    {
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
    private PartItem Leaving(CoreImportName name, CoreFuncType type, InstanceId instance) =>
        Around("import", GuardParts.Leaving(type), [FromOutside(name), Flag(instance)]);

    private PartItem Passing(CoreImportName name, CoreFuncType type) => new(Add("import", GuardParts.Passing(type), [FromOutside(name)]), CoreExternKind.Func, 0);

    private static FuseBinding Flag(InstanceId instance) => new FuseBinding.Inside(FlagsPart, instance.Value);
}
