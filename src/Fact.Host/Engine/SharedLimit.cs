using System;
using System.Collections.Generic;
using System.Linq;

namespace Fact.Host.Engine;

/// <summary>What may grow: a memory in bytes, or a table in elements.</summary>
/// <param name="Min">Its size at first.</param>
/// <param name="Max">The size that it cannot exceed by its own type.</param>
internal readonly record struct Growable(UInt128 Min, UInt128 Max);

/// <summary>
/// Shares a limit out. The engine has limits for each memory and each table, but no hook for their growth; so that they cannot exceed a limit together,
/// each of them gets the same greatest size, the largest that is safe if all of them grow to it.
/// </summary>
internal static class SharedLimit
{
    /// <summary>The greatest size for each, such that all together never exceed the limit; null where already their first sizes do.</summary>
    /// <remarks>One whose first size is greater than that does not grow.</remarks>
    public static UInt128? Each(IReadOnlyCollection<Growable> all, UInt128 limit)
    {
        if (Together(all, 0) > limit)
            return null;
        if (Together(all, limit) <= limit)
            return limit;
        UInt128 fits = 0, exceeds = limit;
        while (exceeds - fits > 1)
        {
            var middle = fits + ((exceeds - fits) / 2);
            if (Together(all, middle) <= limit)
                fits = middle;
            else
                exceeds = middle;
        }
        return fits;
    }

    /// <summary>What all of them can have together, if each may grow to a size.</summary>
    public static UInt128 Together(IEnumerable<Growable> all, UInt128 each) =>
        all.Aggregate(UInt128.Zero, (sum, one) => sum + UInt128.Max(one.Min, UInt128.Min(one.Max, each)));
}
