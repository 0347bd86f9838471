using System;
using System.Collections.Generic;
using System.Diagnostics;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The position of each function of a program among the functions that it defines.</summary>
internal readonly struct FuncNumbers
{
    private readonly int[] dense;
    private readonly Dictionary<int, int>? sparse;

    private FuncNumbers(int count, int[] dense, Dictionary<int, int>? sparse) => (Count, this.dense, this.sparse) = (count, dense, sparse);

    /// <summary>How many functions there are.</summary>
    public int Count { get; }

    /// <summary>Numbers the functions in the order of the program.</summary>
    public static FuncNumbers Of(AdapterProgram program)
    {
        int count = 0, highest = -1;
        bool negative = false;
        foreach (var adapter in program.Adapters)
        {
            foreach (var func in adapter.Funcs)
            {
                count++;
                highest = Math.Max(highest, func.Id.Value);
                negative |= func.Id.Value < 0;
            }
        }
        bool isDense = !negative && highest / 4 <= count;
        var numbers = new FuncNumbers(count, isDense ? new int[highest + 1] : [], isDense ? null : new(count));
        int next = 0;
        foreach (var adapter in program.Adapters)
        {
            foreach (var func in adapter.Funcs)
                numbers.Set(func.Id.Value, next++);
        }
        return numbers;
    }

    /// <summary>The position of a function, from 0.</summary>
    public int this[FuncId id]
    {
        get
        {
            int number = -1;
            if (sparse is not null)
                number = sparse.GetValueOrDefault(id.Value, -1);
            else if ((uint)id.Value < (uint)dense.Length)
                number = dense[id.Value] - 1;
            return number >= 0 ? number : throw Broken.No("function", id.Value);
        }
    }

    private void Set(int id, int number)
    {
        bool added = sparse?.TryAdd(id, number) ?? dense[id] == 0;
        if (!added)
            throw new UnreachableException($"two functions {id}");
        if (sparse is null)
            dense[id] = number + 1;
    }
}
