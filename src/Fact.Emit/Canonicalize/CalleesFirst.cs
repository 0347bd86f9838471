using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The order in which every function comes after the functions that it calls.</summary>
internal static class CalleesFirst
{
    private const byte Waiting = 1, Done = 2;

    /// <summary>Orders some functions of a program. Uses a stack of its own: chains of calls may be long.</summary>
    /// <param name="funcs">All functions.</param>
    /// <param name="numbers">Their positions.</param>
    /// <param name="wanted">Which of them to order.</param>
    /// <param name="cyclic">Whether calls form a cycle, in which one function comes before a callee.</param>
    public static List<int> Order(SymbolicFunc[] funcs, FuncNumbers numbers, bool[] wanted, out bool cyclic)
    {
        List<int> order = [];
        var state = new byte[funcs.Length];
        var stack = new Stack<Visit>();
        cyclic = false;
        for (int root = 0; root < funcs.Length; root++)
        {
            if (!wanted[root] || state[root] != 0)
                continue;
            state[root] = Waiting;
            stack.Push(new Visit(root, Callees(funcs[root], numbers)));
            while (stack.TryPeek(out var visit))
            {
                if (visit.Next() is not { } callee)
                {
                    stack.Pop();
                    state[visit.Func] = Done;
                    order.Add(visit.Func);
                }
                else if (wanted[callee] && state[callee] == 0)
                {
                    state[callee] = Waiting;
                    stack.Push(new Visit(callee, Callees(funcs[callee], numbers)));
                }
                else
                {
                    cyclic |= state[callee] == Waiting;
                }
            }
        }
        return order;
    }

    private static List<int> Callees(SymbolicFunc func, FuncNumbers numbers)
    {
        List<int> callees = [];
        AddCallees(func.Body.AsSpan(), numbers, callees);
        return callees;
    }

    private static void AddCallees(ReadOnlySpan<Instr> body, FuncNumbers numbers, List<int> callees)
    {
        foreach (var instr in body)
        {
            switch (instr)
            {
                case Instr.Call { Func: FuncRef.Defined callee }:
                    callees.Add(numbers[callee.Id]);
                    break;
                case Instr.RefFunc { Func: FuncRef.Defined callee }:
                    callees.Add(numbers[callee.Id]);
                    break;
                case Instr.If one:
                    AddCallees(one.Then.AsSpan(), numbers, callees);
                    AddCallees(one.Else.AsSpan(), numbers, callees);
                    break;
                case Instr.Block block:
                    AddCallees(block.Body.AsSpan(), numbers, callees);
                    break;
                case Instr.Loop loop:
                    AddCallees(loop.Body.AsSpan(), numbers, callees);
                    break;
                case Instr.TryTable attempt:
                    AddCallees(attempt.Body.AsSpan(), numbers, callees);
                    break;
            }
        }
    }

    private sealed class Visit(int func, List<int> callees)
    {
        private int next;

        public int Func => func;

        public int? Next() => next < callees.Count ? callees[next++] : null;
    }
}
