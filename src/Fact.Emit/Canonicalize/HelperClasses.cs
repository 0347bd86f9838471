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
    private const int None = -1;

    private readonly SymbolicFunc[] funcs;
    private readonly FuncNumbers numbers;
    private readonly CallGraph calls;
    private readonly int[] classOf;
    private readonly CodeEquality equality;

    // the last class with each hash, and for each class the one before it with the same hash
    private readonly Dictionary<int, int> lastWithHash = [];
    private readonly int[] before;

    private HelperClasses(AdapterProgram program, SymbolicFunc[] funcs, bool[] candidates)
    {
        this.funcs = funcs;
        numbers = FuncNumbers.Of(program);
        calls = new CallGraph(funcs, numbers, candidates);
        classOf = new int[funcs.Length];
        before = new int[funcs.Length];
        for (int i = 0; i < classOf.Length; i++)
            classOf[i] = i;
        equality = new CodeEquality(Class);
        var order = calls.CalleesFirst(out bool cyclic);
        foreach (int number in order)
            Classify(number);
        IsExact = !cyclic;
        if (AnyEqual)
            NameByFirst();
    }

    /// <summary>Whether merging these classes leaves nothing to merge: false where a cycle of calls got in the way.</summary>
    public bool IsExact { get; }

    /// <summary>Whether some class has two helpers.</summary>
    public bool AnyEqual { get; private set; }

    /// <summary>The classes of a program's helpers; null where a look at their shapes is enough to see that no two are equal.</summary>
    public static HelperClasses? Of(AdapterProgram program)
    {
        int count = 0, helpers = 0;
        foreach (var adapter in program.Adapters)
        {
            count += adapter.Funcs.Length;
            foreach (var func in adapter.Funcs)
                helpers += func.Role == FuncRole.Helper ? 1 : 0;
        }
        if (helpers < 2)
            return null;
        var funcs = new SymbolicFunc[count];
        int next = 0;
        foreach (var adapter in program.Adapters)
        {
            foreach (var func in adapter.Funcs)
                funcs[next++] = func;
        }
        return Candidates(funcs, helpers) is { } candidates ? new HelperClasses(program, funcs, candidates) : null;
    }

    /// <summary>The first helper, in the order of the program, that does the same.</summary>
    public SymbolicFunc First(FuncId id) => funcs[Class(id)];

    /// <summary>The helpers whose shape another one has too; null if there are none.</summary>
    private static bool[]? Candidates(SymbolicFunc[] funcs, int helpers)
    {
        var first = new Dictionary<int, int>(helpers);
        bool[]? candidates = null;
        for (int i = 0; i < funcs.Length; i++)
        {
            if (funcs[i].Role != FuncRole.Helper)
                continue;
            int shape = CodeHash.Shape(funcs[i]);
            if (first.TryAdd(shape, i))
                continue;
            candidates ??= new bool[funcs.Length];
            candidates[i] = candidates[first[shape]] = true;
        }
        return candidates;
    }

    private int Class(FuncId id) => classOf[numbers[id]];

    private void Classify(int number)
    {
        int hash = calls.Hash(number);
        foreach (int callee in calls.Callees(number))
            hash = CodeHash.Mix(hash, classOf[callee]);
        int last = lastWithHash.GetValueOrDefault(hash, None);
        for (int other = last; other != None; other = before[other])
        {
            if (equality.Same(funcs[other], funcs[number]))
            {
                classOf[number] = other;
                AnyEqual = true;
                return;
            }
        }
        before[number] = last;
        lastWithHash[hash] = number;
    }

    /// <summary>Makes the number of every class that of its first member.</summary>
    private void NameByFirst()
    {
        var first = new int[classOf.Length];
        Array.Fill(first, None);
        for (int i = 0; i < classOf.Length; i++)
        {
            ref int name = ref first[classOf[i]];
            if (name == None)
                name = i;
            classOf[i] = name;
        }
    }
}
