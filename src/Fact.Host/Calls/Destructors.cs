using Fact.Component.Plan;
using Fact.Host.Engine;
using Fact.Host.Resources;
using Fact.Ir;
using Fact.Values;

namespace Fact.Host.Calls;

/// <summary>What happens to a resource when the handle that owned it is dropped.</summary>
internal static class Destructors
{
    /// <summary>Destroys the resource of a dropped handle, if it owned one. Spec: the second half of <c>canon_resource_drop</c>.</summary>
    /// <param name="state">The component.</param>
    /// <param name="dropped">The handle.</param>
    /// <param name="caller">The instance that dropped it; null where the host did.</param>
    public static void Finish(ComponentState state, DroppedHandle dropped, InstanceId? caller)
    {
        if (dropped.Rep is not { } rep)
            return;
        switch (state.Definition(dropped.Type))
        {
            case PlanResource.Imported imported:
                Finish(state, imported, dropped.Type, rep);
                break;
            case PlanResource.Defined defined:
                if (!state.Flags.TryEnter(defined.Instance, caller))
                    throw new TrapSignal("cannot enter component instance");
                if (defined.Dtor is { } destructor)
                    state.Tasks.Synchronously(defined.Instance, () => Call(state.Core.Call(destructor, new CoreFuncType([defined.Rep], [])), rep));
                state.Flags.Leave(defined.Instance, caller);
                break;
        }
    }

    /// <summary>Does what the host does when a guest drops a handle that owns a resource of one of its types.</summary>
    public static void DropOfHost(ComponentState state, RuntimeResourceId resource, ulong rep)
    {
        Finish(state, new DroppedHandle(state.TypeOf(resource), rep), caller: null);
        // The drop action of the host may have called back into the component.
        state.RequireAlive();
    }

    private static LanguageExt.Unit Call(CoreCall destructor, ulong rep)
    {
        destructor.Invoke([rep], []);
        return LanguageExt.Unit.Default;
    }

    private static void Finish(ComponentState state, PlanResource.Imported imported, ResourceType type, ulong rep)
    {
        if (state.Imports.Resource(imported.Item).Drop is not { } drop)
            return;
        Callbacks.Run($"the drop action of the resource \"{type.Name}\"", state.Stopper, () =>
        {
            drop(rep);
            return LanguageExt.Unit.Default;
        });
    }
}
