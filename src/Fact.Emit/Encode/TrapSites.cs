using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// What the trap sections tell of, found while a module is measured: for each function that has such instructions its index, and
/// for each of them its offset in bytes from the start of the body (where the locals are, so that it counts them too).
/// </summary>
internal sealed class TrapSites
{
    private readonly List<Site> sites = [];
    private readonly List<FuncSites> funcs = [];

    /// <summary>The functions that have sites.</summary>
    public IReadOnlyList<FuncSites> Funcs => funcs;

    /// <summary>The sites of one of the functions, in the order of the code.</summary>
    public ReadOnlySpan<Site> Of(FuncSites func) => CollectionsMarshal.AsSpan(sites).Slice(func.First, func.Count);

    /// <summary>Adds a site of the function that is being measured, and gives its offset back.</summary>
    public int Add(Instr instr, int offset)
    {
        sites.Add(new Site(offset, instr));
        return offset;
    }

    /// <summary>The sites since the last call belong to this function.</summary>
    public void EndFunc(CoreFuncIdx func)
    {
        int first = funcs.Count == 0 ? 0 : funcs[^1].First + funcs[^1].Count;
        if (sites.Count > first)
            funcs.Add(new FuncSites(func, first, sites.Count - first));
    }

    internal readonly record struct Site(int Offset, Instr Instr);

    internal readonly record struct FuncSites(CoreFuncIdx Func, int First, int Count);
}
