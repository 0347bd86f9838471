using System;
using System.Buffers;
using System.Runtime.CompilerServices;

namespace Fact.Emit;

/// <summary>A growing list in a pooled array, for the local mutation inside one pass. Not for storing: dispose it in the function that made it.</summary>
internal struct Scratch<T> : IDisposable
{
    private T[] items;

    public Scratch(int capacity) => items = ArrayPool<T>.Shared.Rent(capacity);

    public int Count { get; private set; }

    public readonly ref T this[int index] => ref items[index];

    public readonly Span<T> AsSpan() => items.AsSpan(0, Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T item)
    {
        var array = items;
        int count = Count;
        if ((uint)count >= (uint)array.Length)
            array = Grow(count + 1);
        array[count] = item;
        Count = count + 1;
    }

    /// <summary>Appends that many default values and gives them as a span, which is valid until the list grows.</summary>
    public Span<T> AddDefaults(int count)
    {
        int start = Count, end = checked(start + count);
        if (end > items.Length)
            Grow(end);
        Count = end;
        var added = items.AsSpan(start, count);
        added.Clear();
        return added;
    }

    public T Pop() => items[--Count];

    public void Clear() => Count = 0;

    public void Dispose()
    {
        var returned = items;
        items = [];
        Count = 0;
        ArrayPool<T>.Shared.Return(returned, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T[] Grow(int needed)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(needed, 2 * items.Length));
        items.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<T>.Shared.Return(items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        return items = larger;
    }
}
