using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Which helpers of a program do the same. Classes are found callees first, so that helpers are equal when they call equal
/// helpers; functions that only a cycle of calls would show to be equal stay apart.
/// </summary>
internal sealed class HelperClasses
{
    private const int None = HashChains.None;

    /// <summary>
    /// With so many others a helper is compared at most. Types can be made so that thousands of helpers have one hash, whatever it is; no two look alike by chance.
    /// </summary>
    private const int MaxComparisons = 16;

    private readonly SymbolicFunc[] funcs;
    private readonly FuncNumbers numbers;
    private readonly CallGraph calls;
    private readonly int[] hashes;
    private readonly int[] classOf;
    private readonly HashChains classes;
    private readonly CodeEquality equality;

    private HelperClasses(SymbolicFunc[] funcs, FuncNumbers numbers, int[] hashes, bool[] candidates)
    {
        this.funcs = funcs;
        this.hashes = hashes;
        this.numbers = numbers;
        calls = new CallGraph(funcs, numbers, candidates);
        classOf = new int[funcs.Length];
        for (int i = 0; i < classOf.Length; i++)
            classOf[i] = i;
        equality = new CodeEquality(Class);
        var order = calls.CalleesFirst(out bool cyclic);
        classes = new HashChains(hashes, order.Count);
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

    /// <summary>The classes of a program's helpers; null where what was noted of them is enough to see that no two are equal.</summary>
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
        int[] hashes = new int[count];
        int next = 0;
        foreach (var adapter in program.Adapters)
        {
            foreach (var func in adapter.Funcs)
            {
                funcs[next] = func;
                if (func.Role == FuncRole.Helper)
                    hashes[next] = CodeHash.Of(func);
                next++;
            }
        }
        var numbers = FuncNumbers.Of(program);
        hashes = WithCallees(funcs, numbers, hashes);
        return Candidates(funcs, hashes, helpers) is { } candidates ? new HelperClasses(funcs, numbers, hashes, candidates) : null;
    }

    /// <summary>The first helper, in the order of the program, that does the same.</summary>
    public SymbolicFunc First(FuncId id) => funcs[Class(id)];

    /// <summary>Hashes of helpers together with those of the helpers that they call: equal helpers call equal ones.</summary>
    private static int[] WithCallees(SymbolicFunc[] funcs, FuncNumbers numbers, int[] hashes)
    {
        var together = new int[hashes.Length];
        for (int i = 0; i < together.Length; i++)
        {
            if (funcs[i].Role != FuncRole.Helper)
                continue;
            var code = funcs[i].Code;
            int called = 0;
            foreach (ref readonly var use in code.Uses.AsSpan())
            {
                if (code.Symbols[use.Symbol].What is FuncRef.Defined defined)
                    called += use.Uses * CodeHash.Mix(1, hashes[numbers[defined.Id]]);
            }
            together[i] = CodeHash.Mix(hashes[i], called);
        }
        return together;
    }

    /// <summary>The helpers whose hash another one has too; null if there are none.</summary>
    private static bool[]? Candidates(SymbolicFunc[] funcs, int[] hashes, int helpers)
    {
        var known = new HashChains(hashes, helpers);
        bool[]? candidates = null;
        for (int i = 0; i < hashes.Length; i++)
        {
            if (funcs[i].Role != FuncRole.Helper)
                continue;
            int other = known.Last(hashes[i]);
            if (other != None)
            {
                candidates ??= new bool[hashes.Length];
                candidates[i] = candidates[other] = true;
            }
            else
            {
                known.Add(i);
            }
        }
        return candidates;
    }

    private int Class(FuncId id) => classOf[numbers[id]];

    private void Classify(int number)
    {
        int called = 0;
        foreach (ref readonly var callee in calls.Callees(number))
            called += callee.Uses * CodeHash.Mix(1, classOf[callee.Number]);
        hashes[number] = CodeHash.Mix(hashes[number], called);
        int left = MaxComparisons;
        for (int other = classes.Last(hashes[number]); other != None && left > 0; other = classes.Before(other), left--)
        {
            if (equality.Same(funcs[other], funcs[number]))
            {
                classOf[number] = other;
                AnyEqual = true;
                return;
            }
        }
        classes.Add(number);
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
