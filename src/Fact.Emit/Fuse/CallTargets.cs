using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// What calls call in the end: those of functions that only call another one go there at once, and those through tables whose elements nothing changes go to the
/// elements. That nothing changes a table is taken for granted until code is found that does; then <see cref="Change"/> says what was wrongly taken.
/// </summary>
internal sealed class CallTargets
{
    private readonly Forwarders forwarders;
    private readonly ConstantTables tables;
    private readonly bool isOn;

    // Of each function that was followed: the one that calls of it go on to, or itself; and of each table what was followed through it.
    private readonly uint[] next;
    private readonly int[] passed;
    private int round;
    private readonly Dictionary<uint, List<uint>> through = [];

    public CallTargets(FuseProgram program, MergeNumbers numbers, Definitions definitions, ActiveSegments segments, bool isOn)
    {
        this.isOn = isOn;
        forwarders = new Forwarders(program, numbers, definitions);
        tables = new ConstantTables(program, numbers, definitions, segments);
        next = new uint[numbers.Count(CoreExternKind.Func)];
        passed = new int[next.Length];
        Array.Fill(next, PartNumbers.None);
    }

    /// <summary>The number of the type of a function; null where it names none.</summary>
    public uint? TypeOf(uint function) => forwarders.TypeOf(function);

    /// <summary>Follows a call of a function.</summary>
    /// <returns>The function that must be there for it; null where what it goes on to was followed before.</returns>
    public uint? Follow(uint function)
    {
        if (next[function] != PartNumbers.None)
            return null;
        round++;
        while (next[function] == PartNumbers.None)
        {
            passed[function] = round;
            if (!isOn || Forward(function) is not { } target || forwarders.TypeOf(target) != forwarders.TypeOf(function))
            {
                next[function] = function;
                return function;
            }
            next[function] = target;
            function = target;
        }

        // Functions that call each other in a circle are left alone where it closes.
        if (passed[function] != round)
            return null;
        next[function] = function;
        return function;
    }

    /// <summary>The function that a call through a table at an index calls, where that is known.</summary>
    public uint? Element(uint table, uint index, uint type)
    {
        if (!isOn || tables.Of(table) is not { } elements || !elements.TryGetValue(index, out uint function) || forwarders.TypeOf(function) != type)
            return null;
        Through(table);
        return function;
    }

    /// <summary>Takes note of code that changes a table.</summary>
    /// <returns>The functions that must be there now, which call through the table; null where nothing was taken for granted.</returns>
    public IReadOnlyList<uint>? Change(uint table)
    {
        tables.Changes(table);
        if (!through.Remove(table, out var functions))
            return null;
        foreach (uint function in functions)
            next[function] = function;
        return functions;
    }

    /// <summary>What a call of each function calls in the end; <see cref="PartNumbers.None"/> of those that no call was followed to.</summary>
    public uint[] Ends()
    {
        var ends = new uint[next.Length];
        Array.Fill(ends, PartNumbers.None);
        var path = new Stack<uint>();
        for (uint i = 0; i < (uint)next.Length; i++)
        {
            uint at = i;
            for (; at != PartNumbers.None && ends[at] == PartNumbers.None && next[at] != at; at = next[at])
                path.Push(at);
            uint end = at == PartNumbers.None || ends[at] == PartNumbers.None ? at : ends[at];
            if (end != PartNumbers.None)
                ends[end] = end;
            while (path.TryPop(out uint before))
                ends[before] = end;
        }
        return ends;
    }

    /// <summary>The tables whose elements are known, with what calls through them call in the end.</summary>
    public IReadOnlyList<ConstantTable?> Tables(int count, uint[] ends) => [.. Enumerable.Range(0, count).Select(table => Table((uint)table, ends))];

    private ConstantTable? Table(uint table, uint[] ends)
    {
        if (!through.ContainsKey(table) || tables.Of(table) is not { } elements)
            return null;
        var known = new Dictionary<uint, ConstantElement>();
        foreach (var (index, function) in elements)
        {
            if (ends[function] != PartNumbers.None && forwarders.TypeOf(function) is { } type)
                known.Add(index, new ConstantElement(ends[function], type));
        }
        return new ConstantTable(known);
    }

    private uint? Forward(uint function)
    {
        if (forwarders.Of(function) is not var (target, table))
            return null;
        if (table is not { } through)
            return target;
        if (tables.Of(through) is not { } elements || !elements.TryGetValue(target, out uint element))
            return null;
        Through(through).Add(function);
        return element;
    }

    private List<uint> Through(uint table)
    {
        if (!through.TryGetValue(table, out var functions))
            through.Add(table, functions = []);
        return functions;
    }
}
