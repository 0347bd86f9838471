using System;
using System.Collections.Generic;

namespace Fact.Ir;

/// <summary>Finds a name that comes twice, in time linear in the number of names.</summary>
internal static class DistinctNames
{
    // Up to here comparing all pairs is faster than a hash set.
    private const int Few = 8;

    /// <summary>
    /// The index of the first item whose label equals that of an earlier one, or −1. Labels mostly differ, which is seen by sorted numbers without a set of strings.
    /// </summary>
    /// <param name="items">The items.</param>
    /// <param name="label">The label of an item.</param>
    public static int FirstRepeated<T>(ReadOnlySpan<T> items, Func<T, string> label)
    {
        const int most = 256;
        Span<int> hashes = items.Length <= most ? stackalloc int[items.Length] : new int[items.Length];
        for (int i = 0; i < hashes.Length; i++)
            hashes[i] = LabelComparer.QuickHash(label(items[i]));
        return AllDiffer(hashes) ? -1 : FirstRepeated(items, label, LabelComparer.Instance);
    }

    private static bool AllDiffer(Span<int> hashes)
    {
        if (hashes.Length <= Few)
        {
            for (int i = 1; i < hashes.Length; i++)
            {
                if (hashes[..i].Contains(hashes[i]))
                    return false;
            }
            return true;
        }
        if (AllMarkOwnBits(hashes))
            return true;
        hashes.Sort();
        for (int i = 1; i < hashes.Length; i++)
        {
            if (hashes[i] == hashes[i - 1])
                return false;
        }
        return true;
    }

    /// <summary>Whether each marks a bit of its own among many: then all differ, which is seen without sorting them.</summary>
    private static bool AllMarkOwnBits(ReadOnlySpan<int> hashes)
    {
        const int numberBits = 11, wordBits = 64;
        if (hashes.Length > wordBits)
            return false; // Some of so many mark the same bit anyway.
        Span<ulong> words = stackalloc ulong[(1 << numberBits) / wordBits];
        words.Clear();
        foreach (int hash in hashes)
        {
            uint number = ((uint)hash * 0x9E3779B1) >> (32 - numberBits);
            ulong bit = 1UL << (int)(number % wordBits);
            ref ulong word = ref words[(int)(number / wordBits)];
            if ((word & bit) != 0)
                return false;
            word |= bit;
        }
        return true;
    }

    /// <summary>
    /// The index of the first item whose name equals that of an earlier one, or −1.
    /// </summary>
    /// <param name="items">The items.</param>
    /// <param name="name">The name of an item.</param>
    /// <param name="comparer">When names are equal; those of the parts of a type by <see cref="LabelComparer"/>.</param>
    public static int FirstRepeated<T>(ReadOnlySpan<T> items, Func<T, string> name, IEqualityComparer<string> comparer)
    {
        if (items.Length > Few)
        {
            var seen = new HashSet<string>(items.Length, comparer);
            for (int i = 0; i < items.Length; i++)
            {
                if (!seen.Add(name(items[i])))
                    return i;
            }
            return -1;
        }
        for (int i = 1; i < items.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (comparer.Equals(name(items[i]), name(items[j])))
                    return i;
            }
        }
        return -1;
    }
}
