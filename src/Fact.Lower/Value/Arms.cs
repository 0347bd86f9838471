using System;
using System.Collections.Generic;
using Fact.Lower.Abi;

namespace Fact.Lower.Value;

/// <summary>Which cases of a variant are translated alike.</summary>
internal sealed class Arms
{
    private Arms(int[] armOf, int[] firstCase, int[] numberOf, bool sameNumbers) =>
        (ArmOf, FirstCase, NumberOf, SameNumbers) = (armOf, firstCase, numberOf, sameNumbers);

    /// <summary>For each case of the source its arm.</summary>
    public int[] ArmOf { get; }

    /// <summary>For each arm the first case that takes it.</summary>
    public int[] FirstCase { get; }

    /// <summary>For each case of the source its number in the target.</summary>
    public int[] NumberOf { get; }

    /// <summary>Whether every case has the same number on both sides: then the discriminant is copied.</summary>
    public bool SameNumbers { get; }

    public static Arms Of(AbiType.Variant from, AbiType.Variant to) =>
        ReferenceEquals(from, to) ? from.OwnArms ??= Make(from, to) : Make(from, to);

    private static Arms Make(AbiType.Variant from, AbiType.Variant to)
    {
        int count = from.Names.Length;
        bool same = Records.SameNames(from.Names, to.Names);
        int[] numberOf = new int[count];
        if (!same)
        {
            var numbers = new Dictionary<string, int>(to.Names.Length, StringComparer.Ordinal);
            for (int i = 0; i < to.Names.Length; i++)
                numbers[to.Names[i]] = i;
            for (int i = 0; i < count; i++)
                numberOf[i] = numbers[from.Names[i]];
        }
        else
        {
            for (int i = 0; i < count; i++)
                numberOf[i] = i;
        }

        int[] armOf = new int[count];
        int[] first = new int[Math.Min(count, 4)];
        int arms = 0;
        Dictionary<(int, int, int), int>? known = count > 8 ? [] : null;
        for (int i = 0; i < count; i++)
        {
            int arm = known is null ? Find(i) : FindIn(known, i);
            if (arm == arms)
            {
                if (arms == first.Length)
                    Array.Resize(ref first, arms * 2);
                first[arms++] = i;
            }
            armOf[i] = arm;
        }
        return new(armOf, first[..arms], numberOf, same);

        int Find(int i)
        {
            for (int arm = 0; arm < arms; arm++)
            {
                if (Key(i) == Key(first[arm]))
                    return arm;
            }
            return arms;
        }

        int FindIn(Dictionary<(int, int, int), int> known, int i)
        {
            if (known.TryGetValue(Key(i), out int arm))
                return arm;
            known.Add(Key(i), arms);
            return arms;
        }

        (int, int, int) Key(int i) =>
            (from.Cases[i]?.Id ?? -1, to.Cases[numberOf[i]]?.Id ?? -1, same ? 0 : numberOf[i]);
    }
}
