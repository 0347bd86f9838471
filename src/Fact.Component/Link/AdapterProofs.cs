using Fact.Component.Ast;
using Fact.Component.Plan;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>
/// Proves of the guests of a component what lets adapters do less; why that is enough is in <c>docs/unobservable.md</c>. Time is linear in the graph and the core
/// modules.
/// </summary>
internal sealed class AdapterProofs
{
    private readonly Graph graph;
    private readonly CoreGroups groups;
    private readonly CallReach reach;
    private readonly bool[] isFlagSeen;

    private AdapterProofs(Graph graph)
    {
        this.graph = graph;
        groups = new CoreGroups(graph);
        reach = new CallReach(graph, groups);
        isFlagSeen = new bool[graph.Instances.Count];
    }

    /// <summary>Adds what is proved to the adapters of a graph that is complete: with the options of what the root exports.</summary>
    public static void Add(Graph graph)
    {
        if (graph.Adapters.Count == 0)
            return;
        new AdapterProofs(graph).Add();
    }

    private void Add()
    {
        foreach (var adapter in graph.Adapters)
        {
            LookAt(adapter.Lift.Instance.Id, adapter.Lift.Options);
            LookAt(adapter.Lower.Instance.Id, adapter.Lower.Options);
        }
        foreach (var options in graph.Options.Items)
            LookAt(options.Instance, options.Options);
        bool keepsCalls = KeepsCalls();
        for (int i = 0; i < graph.Adapters.Count; i++)
            graph.Adapters[i] = graph.Adapters[i] with { Facts = Facts(graph.Adapters[i], keepsCalls) };
    }

    /// <summary>
    /// Code runs while <c>may_leave</c> of an instance is clear in two cases: an allocator or a post-return function of its options is called. Where one of them could
    /// call what requires the flag, or be left by an exception before the flag is set again, the flag can be seen.
    /// </summary>
    private void LookAt(InstanceId instance, CanonicalOptions options)
    {
        ref bool isSeen = ref isFlagSeen[instance.Value];
        isSeen = isSeen || MayLook(options.Realloc) || MayLook(options.PostReturn);
    }

    private bool MayLook(CoreFuncId? func) => func is { } id && (MayThrow(func) || reach.CallsOut(Def(id)));

    private bool MayThrow(CoreFuncId? func) => func is { } id && Def(id) switch
    {
        CoreDef.Export(var instance, _) => groups.MayThrow(instance),
        // An adapter has a barrier itself, where it has to have one.
        CoreDef.Adapter or CoreDef.Trampoline => false,
    };

    private CoreDef Def(CoreFuncId id) => graph.CoreFuncs.Items[(int)id.Value];

    private AdapterFacts Facts(Adapter adapter, bool keepsCalls)
    {
        var (lift, lower) = (adapter.Lift, adapter.Lower);
        bool callerThrows = MayThrow(lower.Options.Realloc);
        bool calleeThrows = MayThrow(adapter.Callee) || MayThrow(lift.Options.Realloc) || MayThrow(lift.Options.PostReturn);
        var facts = AdapterFacts.None;
        if (!isFlagSeen[lower.Instance.Id.Value])
            facts |= AdapterFacts.CallerFlagUnseen;
        if (!isFlagSeen[lift.Instance.Id.Value])
            facts |= AdapterFacts.CalleeFlagUnseen;
        if (!callerThrows)
            facts |= AdapterFacts.CallerThrowsNothing;
        if (!calleeThrows)
            facts |= AdapterFacts.CalleeThrowsNothing;
        // Where there are tasks, others may go on while a call waits to enter its callee, or while that waits.
        if (!keepsCalls && !callerThrows && !calleeThrows && Def(adapter.Callee) is CoreDef.Export(var instance, _) && !groups.CallsOut(instance))
            facts |= AdapterFacts.CalleeEntersNothing;
        if (!keepsCalls)
            facts |= AdapterFacts.CallUnseen;
        return facts;
    }

    /// <summary>
    /// Whether anybody could keep something for a call in progress. The built-ins of resources and calls of the host work on component instances and their tables;
    /// all others work on tasks and threads, as does everything asynchronous.
    /// </summary>
    private bool KeepsCalls()
    {
        foreach (var adapter in graph.Adapters)
        {
            if (adapter.Lift.Options.Async || adapter.Lower.Options.Async)
                return true;
        }
        foreach (var options in graph.Options.Items)
        {
            if (options.Options.Async)
                return true;
        }
        foreach (var trampoline in graph.Trampolines.Items)
        {
            if (trampoline is not (Trampoline.LowerImport or Trampoline.ResourceNew or Trampoline.ResourceRep or Trampoline.ResourceDrop))
                return true;
        }
        return false;
    }
}
