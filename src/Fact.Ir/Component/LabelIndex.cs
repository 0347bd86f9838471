using System;
using System.Collections.Generic;

namespace Fact.Ir;

/// <summary>Where the labels of a type are, of which there may be thousands, for as many values.</summary>
internal sealed class LabelIndex
{
    /// <summary>Up to here looking at all labels is faster.</summary>
    public const int Few = 16;

    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);

    /// <param name="type">A record, variant, enum or flags type.</param>
    public LabelIndex(ValType type)
    {
        for (int i = 0; i < TypeParts.LabelCount(type); i++)
            positions.TryAdd(TypeParts.LabelAt(type, i), i);
    }

    /// <summary>The position of a label; -1 where it is none of the type's.</summary>
    public int Of(string label) => positions.TryGetValue(label, out int position) ? position : -1;
}
