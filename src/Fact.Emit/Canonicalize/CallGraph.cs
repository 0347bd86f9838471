using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>What one walk over the code of some functions tells: a hash of each, and which functions of the program it names.</summary>
internal sealed class CallGraph
{
    private const byte Waiting = 1, Done = 2;

    private readonly bool[] wanted;
    private readonly Node[] nodes;
    private readonly List<int> callees = [];

    /// <summary>Walks the wanted functions.</summary>
    public CallGraph(SymbolicFunc[] funcs, FuncNumbers numbers, bool[] wanted)
    {
        this.wanted = wanted;
        nodes = new Node[funcs.Length];
        var hash = new CodeHash(numbers, callees);
        for (int i = 0; i < funcs.Length; i++)
        {
            int first = callees.Count;
            if (wanted[i])
                nodes[i] = new Node { Hash = hash.Of(funcs[i]), FirstCallee = first, Callees = callees.Count - first };
        }
    }

    /// <summary>The hash of a function's code, to which the functions that it names do not count.</summary>
    public int Hash(int func) => nodes[func].Hash;

    /// <summary>The functions that a function names, in order.</summary>
    public ReadOnlySpan<int> Callees(int func) => CollectionsMarshal.AsSpan(callees).Slice(nodes[func].FirstCallee, nodes[func].Callees);

    /// <summary>The wanted functions, each after those that it names. With a stack of its own: chains of calls may be long.</summary>
    /// <param name="cyclic">Whether calls form a cycle, in which one function comes before a callee.</param>
    public List<int> CalleesFirst(out bool cyclic)
    {
        List<int> order = [];
        var stack = new Stack<int>();
        cyclic = false;
        for (int root = 0; root < nodes.Length; root++)
        {
            if (!wanted[root] || nodes[root].State != 0)
                continue;
            nodes[root].State = Waiting;
            stack.Push(root);
            while (stack.TryPeek(out int func))
            {
                ref var node = ref nodes[func];
                if (node.Visited == node.Callees)
                {
                    stack.Pop();
                    node.State = Done;
                    order.Add(func);
                    continue;
                }
                int callee = callees[node.FirstCallee + node.Visited++];
                cyclic |= nodes[callee].State == Waiting;
                if (wanted[callee] && nodes[callee].State == 0)
                {
                    nodes[callee].State = Waiting;
                    stack.Push(callee);
                }
            }
        }
        return order;
    }

    private struct Node
    {
        public int Hash, FirstCallee, Callees, Visited;
        public byte State;
    }
}
