using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>A list in which each value is once; the position of a value is its number.</summary>
internal sealed class Interned<T>
    where T : notnull
{
    private readonly List<T> items = [];
    private readonly Dictionary<T, uint> numbers = new(Comparer.Instance);

    /// <summary>The values in order.</summary>
    public IReadOnlyList<T> Items => items;

    /// <summary>The number of a value, which is added where it is new.</summary>
    public uint Number(T item)
    {
        if (!numbers.TryGetValue(item, out uint number))
        {
            number = (uint)items.Count;
            numbers.Add(item, number);
            items.Add(item);
        }
        return number;
    }

    /// <summary>The values as they are now.</summary>
    public EquatableArray<T> ToArray() => items.Seal();

    // The hash of a record of numbers is known to who chooses these; where it goes in a table, to nobody.
    private sealed class Comparer : IEqualityComparer<T>
    {
        public static readonly Comparer Instance = new();

        public bool Equals(T? x, T? y) => EqualityComparer<T>.Default.Equals(x, y);

        public int GetHashCode(T item) => HashCode.Combine(item);
    }
}
