using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Where the traps of a module are, found while it is measured: for each function that has some its index, and for each of
/// them its offset (from the start of the body, where the locals are, so that it counts them too) and what to say.
/// </summary>
internal sealed class TrapSites
{
    private readonly List<Site> sites = [];
    private readonly List<FuncSites> funcs = [];

    /// <summary>The functions that have traps.</summary>
    public IReadOnlyList<FuncSites> Funcs => funcs;

    /// <summary>The traps of one of the functions.</summary>
    public ReadOnlySpan<Site> Of(FuncSites func) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(sites).Slice(func.First, func.Count);

    /// <summary>A trap of the function that is being measured; gives the offset back.</summary>
    public int Add(CoreInstr.Trap trap, int offset)
    {
        sites.Add(new Site(offset, trap));
        return offset;
    }

    /// <summary>The traps since the last call belong to this function.</summary>
    public void EndFunc(FuncIdx func)
    {
        int first = funcs.Count == 0 ? 0 : funcs[^1].First + funcs[^1].Count;
        if (sites.Count > first)
            funcs.Add(new FuncSites(func, first, sites.Count - first));
    }

    internal readonly record struct Site(int Offset, CoreInstr.Trap Trap);

    internal readonly record struct FuncSites(FuncIdx Func, int First, int Count);
}
