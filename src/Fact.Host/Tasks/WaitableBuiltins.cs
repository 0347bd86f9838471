namespace Fact.Host.Tasks;

/// <summary>The built-ins of waitable sets. All have checked <c>may_leave</c> before.</summary>
internal static class WaitableBuiltins
{
    /// <summary>Spec: <c>canon_waitable_set_new</c>.</summary>
    public static uint New(TaskInstance inst) => inst.Handles.Add(new WaitableSet());

    /// <summary>Spec: <c>canon_waitable_set_wait</c>.</summary>
    public static Flow<GuestEvent> Wait(GuestThread thread, TaskInstance inst, bool cancellable, uint set) =>
        GetSet(inst, set).WaitForEventAnd(thread, static () => true, cancellable);

    /// <summary>Spec: <c>canon_waitable_set_poll</c>.</summary>
    public static GuestEvent Poll(GuestThread thread, TaskInstance inst, bool cancellable, uint set) => GetSet(inst, set).Poll(thread, cancellable);

    /// <summary>Spec: <c>canon_waitable_set_drop</c>.</summary>
    public static void Drop(TaskInstance inst, uint set)
    {
        GetSet(inst, set).Drop();
        inst.Handles.Remove(set);
    }

    /// <summary>Spec: <c>canon_waitable_join</c>.</summary>
    public static void Join(TaskInstance inst, uint waitable, uint set)
    {
        var joins = inst.Handles.Get(waitable) as Waitable ?? throw Handles.WrongKind(waitable, "a waitable");
        if (joins.HasSyncWaiter)
            throw new TrapSignal(Waitable.SyncAndInSet);
        joins.Join(set == 0 ? null : GetSet(inst, set));
    }

    /// <summary>A set among the handles of an instance.</summary>
    public static WaitableSet GetSet(TaskInstance inst, uint index) => inst.Handles.Get(index) as WaitableSet ?? throw Handles.WrongKind(index, "a waitable set");
}
