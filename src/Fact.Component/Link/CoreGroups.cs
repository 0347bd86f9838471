using Fact.Component.Plan;

namespace Fact.Component.Link;

/// <summary>
/// Core instances in groups: two are in one where one was given something of the other. Functions, and whatever can hold references to functions, do not get from one
/// group to another: what components give each other are core values and modules. So what no instance of a group was given, its code cannot call.
/// </summary>
internal sealed class CoreGroups
{
    private readonly int[] parents;
    private readonly bool[] callOut, mayThrow;

    /// <param name="graph">A graph to which no core instance is added any more.</param>
    public CoreGroups(Graph graph)
    {
        int count = graph.CoreInstances.Count;
        (parents, callOut, mayThrow) = (new int[count], new bool[count], new bool[count]);
        for (int i = 0; i < count; i++)
            parents[i] = i;
        foreach (var (id, _, args) in graph.CoreInstances)
        {
            foreach (var arg in args)
            {
                if (arg.Def is CoreDef.Export(var other, _))
                    parents[Root((int)id.Value)] = Root((int)other.Value);
            }
        }
        foreach (var (id, module, args) in graph.CoreInstances)
        {
            int root = Root((int)id.Value);
            // What the host gives for a module is not known. Who may throw is believed nothing, so it need not be said that it may call out, too.
            mayThrow[root] |= module is not ModuleDef.Embedded { Module.Surface.HasTags: false };
            foreach (var arg in args)
                callOut[root] |= IsCallOut(graph, arg.Def);
        }
    }

    /// <summary>Whether code of the group of a core instance can call anything that is not in the group and could look at flags, or lead to code that could.</summary>
    public bool CallsOut(CoreInstanceId instance) => callOut[Root((int)instance.Value)];

    /// <summary>Whether code of the group of a core instance can throw an exception. Without a tag there is none to throw; a reference to one cannot come from
    /// elsewhere.</summary>
    public bool MayThrow(CoreInstanceId instance) => mayThrow[Root((int)instance.Value)];

    /// <summary>Whether a definition is a function outside of all groups that could look at flags, or lead to code that could.</summary>
    public static bool IsCallOut(Graph graph, CoreDef def) => def switch
    {
        CoreDef.Adapter => true,
        CoreDef.Trampoline(var id) => graph.Trampolines.Items[(int)id.Value] is not (Trampoline.ResourceRep or Trampoline.ContextGet or Trampoline.ContextSet),
        CoreDef.Export => false,
    };

    // Halving the way to the root as it is gone keeps it short.
    private int Root(int at)
    {
        while (parents[at] != at)
            at = parents[at] = parents[parents[at]];
        return at;
    }
}
