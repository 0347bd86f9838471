using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>A core instance to be made, or a resource type to be defined: what instantiation does, in order.</summary>
internal closed record Effect
{
    private Effect()
    {
    }

    /// <summary>A core module is instantiated.</summary>
    public sealed record Instantiate(CoreInstanceId Id, ModuleDef Module, EquatableArray<CoreArg> Args) : Effect;

    /// <summary>A resource type is defined.</summary>
    public sealed record Define(RuntimeResourceId Resource, CoreFuncId? Dtor) : Effect;
}

/// <summary>
/// What linking builds up: the flat graph of core instances, adapters and host functions. Equal things are one thing.
/// </summary>
/// <param name="coreTypes">The core types of the check.</param>
internal sealed class Graph(CoreTypeTable coreTypes)
{
    private readonly Dictionary<(CoreFuncId, AdapterSide, AdapterSide, ResultTupleId), AdapterId> adapterIds = [];

    /// <summary>The tables and types.</summary>
    public Tables Tables { get; } = new();

    /// <summary>The core types that the plan mentions.</summary>
    public PlanCoreTypes CoreTypes { get; } = new(coreTypes);

    /// <summary>What instantiation does.</summary>
    public List<Effect> Effects { get; } = [];

    /// <summary>The core instances among the effects, by number.</summary>
    public List<Effect.Instantiate> CoreInstances { get; } = [];

    /// <summary>The component instances.</summary>
    public List<PlanInstance> Instances { get; } = [];

    /// <summary>The adapters.</summary>
    public List<Adapter> Adapters { get; } = [];

    /// <summary>The <c>canon lower</c> that each adapter was found at first.</summary>
    public List<Step.Lower> AdapterOrigins { get; } = [];

    /// <summary>The core functions that adapters, options and exports mention.</summary>
    public Interned<CoreDef> CoreFuncs { get; } = new();

    /// <summary>The memories that adapters and options mention.</summary>
    public Interned<CoreDef.Export> CoreMemories { get; } = new();

    /// <summary>The functions that the host provides.</summary>
    public Interned<Trampoline> Trampolines { get; } = new();

    /// <summary>The options that the host works with.</summary>
    public Interned<PlanOptions> Options { get; } = new();

    /// <summary>The imported things that are used.</summary>
    public Interned<ImportedItem> ImportedItems { get; } = new();

    /// <summary>The number of a core function.</summary>
    public CoreFuncId Func(CoreDef def) => new(CoreFuncs.Number(def));

    /// <summary>A function of the host.</summary>
    public CoreDef Add(Trampoline trampoline) => new CoreDef.Trampoline(new TrampolineId(Trampolines.Number(trampoline)));

    /// <summary>The number of options.</summary>
    public OptionsId Add(InstanceId instance, CanonicalOptions options, CoreFuncType coreType) =>
        new(Options.Number(new PlanOptions(instance, options, coreType)));

    /// <summary>The number of something imported.</summary>
    public ImportedItemId Item(ImportedItem path) => new(ImportedItems.Number(path));

    /// <summary>An adapter; the same one for the same call.</summary>
    public CoreDef Add(CoreFuncId callee, AdapterSide lift, AdapterSide lower, ResultTupleId results, Step.Lower origin)
    {
        var key = (callee, lift, lower, results);
        if (!adapterIds.TryGetValue(key, out var id))
        {
            id = new AdapterId((uint)Adapters.Count);
            adapterIds.Add(key, id);
            Adapters.Add(new Adapter("adapter" + id.Value, callee, lift, lower, results));
            AdapterOrigins.Add(origin);
        }
        return new CoreDef.Adapter(id);
    }

    /// <summary>The adapter that a core function is; null where it is none.</summary>
    public CoreDef.Adapter? AdapterOf(CoreFuncId? func) =>
        func is { } id ? CoreFuncs.Items[(int)id.Value] as CoreDef.Adapter : null;

    /// <summary>The options of a function of the host; null where it has none.</summary>
    public CanonicalOptions? OptionsOf(TrampolineId id) =>
        OptionsOf(Trampolines.Items[(int)id.Value]) is { } options ? Options.Items[(int)options.Value].Options : null;

    private static OptionsId? OptionsOf(Trampoline trampoline) => trampoline switch
    {
        Trampoline.LowerImport lower => lower.Options,
        Trampoline.TaskReturn task => task.Options,
        Trampoline.StreamCopy copy => copy.Options,
        Trampoline.FutureCopy copy => copy.Options,
        Trampoline.ErrorContextNew made => made.Options,
        Trampoline.ErrorContextDebugMessage message => message.Options,
        Trampoline.WaitableSetWait wait => wait.Options,
        Trampoline.WaitableSetPoll poll => poll.Options,
        Trampoline.ResourceNew or Trampoline.ResourceRep or Trampoline.ResourceDrop or
        Trampoline.Plain or Trampoline.ContextGet or Trampoline.ContextSet or Trampoline.SubtaskCancel or
        Trampoline.Stream or Trampoline.StreamCancel or Trampoline.Future or Trampoline.FutureCancel or
        Trampoline.ErrorContextDrop or Trampoline.ThreadSwitch or Trampoline.ThreadNewIndirect => null,
    };
}
