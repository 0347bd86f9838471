using System.Collections.Generic;
using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;
using Wasmtime;

namespace Fact.Host.Linking;

/// <summary>The flags of every component instance: mutable globals that adapters share with the host.</summary>
internal sealed class FlagGlobals
{
    private readonly EquatableArray<PlanInstance> instances;
    private readonly bool reentrant;
    private readonly Store store;
    private readonly Global?[] globals;
    private readonly Global.Accessor<int>?[] flags;

    public FlagGlobals(Store store, EquatableArray<PlanInstance> instances, Reentrance reentrance)
    {
        (this.store, this.instances, reentrant) = (store, instances, reentrance == Reentrance.Allow);
        globals = new Global?[instances.Length];
        flags = new Global.Accessor<int>?[instances.Length];
    }

    /// <summary>The global of an instance; there are none that nobody has asked for.</summary>
    public Global Of(InstanceId instance) =>
        globals[instance.Value] ??= new Global(store, ValueKind.Int32, InstanceFlagBits.MayLeave | InstanceFlagBits.MayEnter, Mutability.Mutable);

    /// <summary>Whether an instance may be left. Spec: <c>may_leave</c>.</summary>
    public bool CanLeave(InstanceId instance) => (Flags(instance).GetValue() & InstanceFlagBits.MayLeave) != 0;

    /// <summary>Says whether an instance may be left. By the newer rule of reentrance nobody ever says that it may not be entered.</summary>
    public void SetCanLeave(InstanceId instance, bool value)
    {
        if (reentrant)
            Flags(instance).SetValue(value ? InstanceFlagBits.MayEnter | InstanceFlagBits.MayLeave : InstanceFlagBits.MayEnter);
        else
            Set(instance, InstanceFlagBits.MayLeave, value);
    }

    /// <summary>Whether an instance may be called. Only the older rule of reentrance ever says no; it was the specification's <c>may_enter_from</c>.</summary>
    /// <param name="callee">The instance.</param>
    /// <param name="caller">The calling instance; null where the host calls.</param>
    public bool CanEnter(InstanceId callee, InstanceId? caller) => reentrant || EnteringSet(callee, caller).TrueForAll(MayEnterAt);

    private bool MayEnterAt(InstanceId instance) => (Flags(instance).GetValue() & InstanceFlagBits.MayEnter) != 0;

    /// <summary>Enters an instance and, by the older rule of reentrance, those around it that the caller is not in; false where one of them may not be entered.</summary>
    /// <param name="callee">The instance.</param>
    /// <param name="caller">The calling instance; null where the host calls.</param>
    public bool TryEnter(InstanceId callee, InstanceId? caller)
    {
        if (reentrant)
            return true;
        var entering = EnteringSet(callee, caller);
        if (!entering.TrueForAll(MayEnterAt))
            return false;
        entering.ForEach(i => Set(i, InstanceFlagBits.MayEnter, false));
        return true;
    }

    /// <summary>Undoes <see cref="TryEnter"/> after the call returned.</summary>
    public void Leave(InstanceId callee, InstanceId? caller)
    {
        if (!reentrant)
            EnteringSet(callee, caller).ForEach(i => Set(i, InstanceFlagBits.MayEnter, true));
    }

    private List<InstanceId> EnteringSet(InstanceId callee, InstanceId? caller)
    {
        var from = new System.Collections.Generic.HashSet<InstanceId>(SelfAndAncestors(caller));
        return [.. SelfAndAncestors(callee).Where(i => !from.Contains(i))];
    }

    private IEnumerable<InstanceId> SelfAndAncestors(InstanceId? instance)
    {
        for (var at = instance; at is { } id; at = instances[(int)id.Value].Parent)
            yield return id;
    }

    private void Set(InstanceId instance, int bit, bool value)
    {
        var flag = Flags(instance);
        int old = flag.GetValue();
        flag.SetValue(value ? old | bit : old & ~bit);
    }

    private Global.Accessor<int> Flags(InstanceId instance) => flags[instance.Value] ??= Of(instance).Wrap<int>()!;
}
