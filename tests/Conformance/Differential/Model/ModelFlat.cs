using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Conformance.Differential.Model;

/// <summary>Core values that are taken one after another. Spec: <c>CoreValueIter</c>.</summary>
internal sealed class ModelFlat(IReadOnlyList<ulong> values)
{
    private int at;

    /// <summary>The next value; what its type has no room for is cut off, which is the same as coming from a joined type.</summary>
    public ulong Next(CoreValType type) => Mask(type, values[at++]);

    /// <summary>The next values, as those of a payload.</summary>
    public ModelFlat Take(IReadOnlyList<CoreValType> types) => new([.. types.Select(Next)]);

    /// <summary>The bits that a core type has room for.</summary>
    public static ulong Mask(CoreValType type, ulong bits) => type is CoreValType.I32 or CoreValType.F32 ? (uint)bits : bits;
}
