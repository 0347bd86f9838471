using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fact.Ir;

/// <summary>
/// An immutable sequence that is equal to another when its elements are: what every record of the IR holds its
/// sequences in. (An <see cref="ImmutableArray{T}"/> in a record compares by reference.)
/// The default value is the empty sequence.
/// </summary>
[CollectionBuilder(typeof(EquatableArray), nameof(EquatableArray.Create))]
public readonly struct EquatableArray<T> : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
{
    private readonly ImmutableArray<T> items;

    /// <summary>Takes over an immutable array without copying it.</summary>
    public EquatableArray(ImmutableArray<T> items) => this.items = items;

    /// <summary>The elements as an <see cref="ImmutableArray{T}"/>, never its default value.</summary>
    public ImmutableArray<T> Items => items.IsDefault ? [] : items;

    /// <summary>The number of elements.</summary>
    public int Length => items.IsDefault ? 0 : items.Length;

    int IReadOnlyCollection<T>.Count => Length;

    /// <summary>Whether there is no element.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The element at a position from 0.</summary>
    public T this[int index] => items[index];

    /// <summary>The elements as a span: the fast way to walk them.</summary>
    public ReadOnlySpan<T> AsSpan() => items.AsSpan();

    /// <inheritdoc/>
    public bool Equals(EquatableArray<T> other)
    {
        ReadOnlySpan<T> a = AsSpan(), b = other.AsSpan();
        if (a.Length != b.Length)
            return false;
        if (a == b)
            return true;
        for (int i = 0; i < a.Length; i++)
        {
            if (!EqualityComparer<T>.Default.Equals(a[i], b[i]))
                return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in AsSpan())
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>Whether two sequences have equal elements in the same order.</summary>
    public static bool operator ==(EquatableArray<T> left, EquatableArray<T> right) => left.Equals(right);

    /// <summary>Whether two sequences differ.</summary>
    public static bool operator !=(EquatableArray<T> left, EquatableArray<T> right) => !left.Equals(right);

    /// <summary>Walks the elements without allocating.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)Items).GetEnumerator();

    /// <summary>The elements between brackets, for test failures and debuggers.</summary>
    public override string ToString() => "[" + string.Join(", ", Items) + "]";
}

/// <summary>Makes <see cref="EquatableArray{T}"/> values.</summary>
public static class EquatableArray
{
    /// <summary>Copies the elements of a span; collection expressions call this.</summary>
    public static EquatableArray<T> Create<T>(ReadOnlySpan<T> items) => new(ImmutableArray.Create(items));

    /// <summary>Takes over an array, which must not be written to from then on.</summary>
    internal static EquatableArray<T> Seal<T>(this T[] items) => new(ImmutableCollectionsMarshal.AsImmutableArray(items));

    /// <summary>One element: a collection expression would make it in one array and copy it to another.</summary>
    internal static EquatableArray<T> One<T>(T item) => Seal(new[] { item });

    /// <summary>Copies a list.</summary>
    internal static EquatableArray<T> Seal<T>(this List<T> items) => Seal(items.ToArray());

    /// <summary>Takes the elements of any sequence.</summary>
    public static EquatableArray<T> ToEquatableArray<T>(this IEnumerable<T> items) =>
        // Most are lists, which need no enumerator.
        new(items is List<T> list ? list.Seal().Items : [.. items]);
}
