using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>
/// Whether a core function can call anything outside of its group (<see cref="CoreGroups"/>), looked up in the code that it can reach. A module that is instantiated
/// again and again is looked at as often, but where all of it takes more than a few times the bytes of the core modules, the answer is that it can.
/// </summary>
internal sealed class CallReach
{
    // A function that is looked at costs its body and so many bytes more.
    private const int CostOfFunction = 4;

    private readonly Graph graph;
    private readonly CoreGroups groups;
    private readonly Dictionary<uint, ModuleCalls?> modules = [];
    private readonly Dictionary<Node, bool> known = [];
    private readonly List<uint> called = [];
    private long left;

    public CallReach(Graph graph, CoreGroups groups)
    {
        (this.graph, this.groups) = (graph, groups);
        var counted = new HashSet<uint>();
        foreach (var (_, module, _) in graph.CoreInstances)
        {
            if (module is ModuleDef.Embedded(var embedded) && counted.Add(embedded.Index))
                left += (long)embedded.Bytes.Length * ComponentLimits.LooksPerByte;
        }
    }

    /// <summary>Whether a function can call anything outside of its group, itself included, that could look at flags or lead to code that could.</summary>
    public bool CallsOut(CoreDef def) => def is not CoreDef.Export(var instance, var name)
        ? CoreGroups.IsCallOut(graph, def)
        : groups.CallsOut(instance) && (Find(instance, name) is not { } node || CallsOut(node));

    // All that was seen on the way to something outside is taken to lead there too, so that nothing is looked at twice.
    private bool CallsOut(Node from)
    {
        if (known.TryGetValue(from, out bool callsOut))
            return callsOut;
        var seen = new HashSet<Node> { from };
        var open = new Stack<Node>(seen);
        while (!callsOut && open.TryPop(out var node))
            callsOut = !Follow(node, seen, open);
        foreach (var node in seen)
            known.Add(node, callsOut);
        return callsOut;
    }

    /// <summary>Adds what a function calls; false where it calls something outside, or it is not known what.</summary>
    private bool Follow(Node node, HashSet<Node> seen, Stack<Node> open)
    {
        var (_, source, args) = graph.CoreInstances[(int)node.Instance.Value];
        if (Calls(source) is not { } calls || (left -= CostOfFunction + calls.Cost(node.Func)) < 0)
            return false;
        if (calls.Import(node.Func) is { } import)
        {
            return args[import].Def is CoreDef.Export(var instance, var name)
                ? Find(instance, name) is { } given && Open(given, seen, open)
                : !CoreGroups.IsCallOut(graph, args[import].Def);
        }
        called.Clear();
        if (!calls.Add(node.Func, called))
            return false;
        foreach (uint func in called)
        {
            if (!Open(node with { Func = func }, seen, open))
                return false;
        }
        return true;
    }

    private bool Open(Node node, HashSet<Node> seen, Stack<Node> open)
    {
        if (known.TryGetValue(node, out bool callsOut))
            return !callsOut;
        if (seen.Add(node))
            open.Push(node);
        return true;
    }

    private Node? Find(CoreInstanceId instance, string name) =>
        Calls(graph.CoreInstances[(int)instance.Value].Module)?.Export(name) is { } func ? new Node(instance, func) : null;

    private ModuleCalls? Calls(ModuleDef source)
    {
        if (source is not ModuleDef.Embedded(var module))
            return null;
        if (!modules.TryGetValue(module.Index, out var calls))
            modules.Add(module.Index, calls = ModuleCalls.Of(module));
        return calls;
    }

    /// <summary>A function of a core instance, by its index.</summary>
    private readonly record struct Node(CoreInstanceId Instance, uint Func);
}
