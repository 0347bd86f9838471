using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Which functions of a program the code of some of them names.</summary>
internal sealed class CallGraph
{
    private const byte Waiting = 1, Done = 2;

    private readonly bool[] wanted;
    private readonly Node[] nodes;
    private readonly List<Callee> callees = [];

    /// <summary>Takes the calls of the wanted functions from what was noted of their code.</summary>
    public CallGraph(SymbolicFunc[] funcs, FuncNumbers numbers, bool[] wanted)
    {
        this.wanted = wanted;
        nodes = new Node[funcs.Length];
        for (int i = 0; i < funcs.Length; i++)
        {
            int first = callees.Count;
            if (!wanted[i])
                continue;
            var code = funcs[i].Code;
            foreach (ref readonly var use in code.Uses.AsSpan())
            {
                if (code.Symbols[use.Symbol].What is FuncRef.Defined defined)
                    callees.Add(new(numbers[defined.Id], use.Uses));
            }
            nodes[i] = new Node { FirstCallee = first, Callees = callees.Count - first };
        }
    }

    /// <summary>The functions that a function names; one may be there more than once.</summary>
    public ReadOnlySpan<Callee> Callees(int func) => CollectionsMarshal.AsSpan(callees).Slice(nodes[func].FirstCallee, nodes[func].Callees);

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
                int callee = callees[node.FirstCallee + node.Visited++].Number;
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
        public int FirstCallee, Callees, Visited;
        public byte State;
    }

    /// <summary>A function that is named.</summary>
    internal readonly record struct Callee(int Number, int Uses);
}
