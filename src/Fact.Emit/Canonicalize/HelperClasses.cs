using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Which helpers of a program do the same. Classes are found callees first, so that helpers are equal when they call equal
/// helpers; functions that only a cycle of calls would show to be equal stay apart.
/// </summary>
internal sealed class HelperClasses
{
    private readonly SymbolicFunc[] funcs;
    private readonly FuncNumbers numbers;
    private readonly int[] classOf;
    private readonly CodeHash hash;
    private readonly CodeEquality equality;
    private readonly Dictionary<int, List<int>> representatives = [];

    private HelperClasses(AdapterProgram program, bool[] candidates)
    {
        numbers = FuncNumbers.Of(program);
        funcs = new SymbolicFunc[numbers.Count];
        int next = 0;
        foreach (var adapter in program.Adapters)
        {
            foreach (var func in adapter.Funcs)
                funcs[next++] = func;
        }
        classOf = new int[funcs.Length];
        for (int i = 0; i < classOf.Length; i++)
            classOf[i] = i;
        hash = new CodeHash(Class);
        equality = new CodeEquality(Class);
        var order = CalleesFirst.Order(funcs, numbers, candidates, out bool cyclic);
        foreach (int number in order)
            Classify(number);
        IsExact = !cyclic;
        NameByFirst();
    }

    /// <summary>Whether merging these classes leaves nothing to merge: false where a cycle of calls got in the way.</summary>
    public bool IsExact { get; }

    /// <summary>Whether some class has two helpers.</summary>
    public bool AnyEqual { get; private set; }

    /// <summary>The classes of a program's helpers; null where a look at their shapes is enough to see that no two are equal.</summary>
    public static HelperClasses? Of(AdapterProgram program)
    {
        int helpers = 0;
        foreach (var adapter in program.Adapters)
        {
            foreach (var func in adapter.Funcs)
                helpers += func.Role == FuncRole.Helper ? 1 : 0;
        }
        return helpers >= 2 && Candidates(program, helpers) is { } candidates ? new HelperClasses(program, candidates) : null;
    }

    /// <summary>The first helper, in the order of the program, that does the same.</summary>
    public SymbolicFunc First(FuncId id) => funcs[Class(id)];

    /// <summary>The helpers whose shape another one has too; null if there are none.</summary>
    private static bool[]? Candidates(AdapterProgram program, int helpers)
    {
        var shapes = new Dictionary<int, int>(helpers);
        bool[]? candidates = null;
        int number = 0, count = 0;
        foreach (var adapter in program.Adapters)
            count += adapter.Funcs.Length;
        foreach (var adapter in program.Adapters)
        {
            foreach (var func in adapter.Funcs)
            {
                if (func.Role == FuncRole.Helper && !shapes.TryAdd(CodeHash.Shape(func), number))
                {
                    candidates ??= new bool[count];
                    candidates[number] = candidates[shapes[CodeHash.Shape(func)]] = true;
                }
                number++;
            }
        }
        return candidates;
    }

    private int Class(FuncId id) => classOf[numbers[id]];

    private void Classify(int number)
    {
        var func = funcs[number];
        int key = hash.Of(func);
        if (!representatives.TryGetValue(key, out var known))
            representatives.Add(key, known = new(1));
        foreach (int other in known)
        {
            if (equality.Same(funcs[other], func))
            {
                classOf[number] = other;
                AnyEqual = true;
                return;
            }
        }
        known.Add(number);
    }

    /// <summary>Makes the number of every class that of its first member.</summary>
    private void NameByFirst()
    {
        var first = new int[classOf.Length];
        Array.Fill(first, -1);
        for (int i = 0; i < classOf.Length; i++)
        {
            ref int name = ref first[classOf[i]];
            if (name < 0)
                name = i;
            classOf[i] = name;
        }
    }
}
