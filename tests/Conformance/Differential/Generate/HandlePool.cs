using System.Collections.Generic;
using System.Linq;

namespace Fact.Conformance.Differential.Generate;

/// <summary>The handles that a guest has from the beginning and has not passed on.</summary>
/// <param name="choice">Where randomness comes from.</param>
/// <param name="first">The first of them.</param>
public sealed class HandlePool(Choice choice, int first)
{
    private readonly List<uint>[] owned =
        [.. Enumerable.Range(0, 2).Select(type => Enumerable.Range(first + (type * Handles.Stock), Handles.Stock).Select(i => (uint)i).ToList())];
    private readonly HashSet<uint> lent = [];

    /// <summary>Begins a new call: what was lent is back.</summary>
    public void NextCall() => lent.Clear();

    /// <summary>
    /// An owned handle that may be given away, which it then is; 0, which is none, where there is no more. Now and then one that is lent in the same call, which may not.
    /// </summary>
    public uint Take(int type)
    {
        uint[] busy = [.. owned[type].Where(lent.Contains)];
        if (busy.Length > 0 && choice.OneIn(8))
            return choice.Of<uint>(busy);
        uint[] free = [.. owned[type].Where(h => !lent.Contains(h))];
        if (free.Length == 0)
            return 0;
        uint handle = choice.Of<uint>(free);
        owned[type].Remove(handle);
        return handle;
    }

    /// <summary>A handle that may be lent.</summary>
    public uint Lend(int type)
    {
        if (owned[type].Count == 0)
            return 0;
        uint handle = choice.Of<uint>(owned[type]);
        lent.Add(handle);
        return handle;
    }
}
