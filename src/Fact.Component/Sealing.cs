using System.Collections.Generic;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Component;

/// <summary>Makes immutable sequences without copying more than once.</summary>
internal static class Sealing
{
    /// <summary>Takes over an array, which must not be written to from then on.</summary>
    public static EquatableArray<T> Seal<T>(this T[] items) => new(ImmutableCollectionsMarshal.AsImmutableArray(items));

    /// <summary>Copies a list.</summary>
    public static EquatableArray<T> Seal<T>(this List<T> items) => Seal(items.ToArray());
}
