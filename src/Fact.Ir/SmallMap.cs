using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fact.Ir;

/// <summary>
/// A map that begins as a short list: most sets of adapters have few of everything, and a hash table for each kind of thing would cost more than their code.
/// It is part of whoever has it: a copy of it is another map.
/// </summary>
/// <param name="expected">How many entries there may be: a hash table starts that large, once there is one.</param>
internal struct SmallMap<TKey, TValue>(int expected)
    where TKey : struct, IEquatable<TKey>
{
    /// <summary>Up to here comparing all keys is faster than a hash table.</summary>
    private const int Few = 8;

    private const int First = 2;

    private Entry[]? few;
    private Dictionary<TKey, TValue?>? many;
    private int count;

    /// <summary>The value of a key, if it has one.</summary>
    public readonly bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (many is not null)
            return many.TryGetValue(key, out value!);
        foreach (ref var entry in few.AsSpan(0, count))
        {
            if (entry.Key.Equals(key))
            {
                value = entry.Value!;
                return true;
            }
        }
        value = default;
        return false;
    }

    /// <summary>The value of a key; that of one that had none is the default, and there to be written before anything else is done with the map.</summary>
    public ref TValue? GetOrAdd(TKey key, out bool known)
    {
        if (many is null)
        {
            foreach (ref var entry in few.AsSpan(0, count))
            {
                if (entry.Key.Equals(key))
                {
                    known = true;
                    return ref entry.Value;
                }
            }
            if (count < Few)
            {
                known = false;
                return ref Append(key);
            }
            many = Table();
        }
        return ref CollectionsMarshal.GetValueRefOrAddDefault(many, key, out known);
    }

    /// <summary>Gives a key a value, which has none.</summary>
    public void Add(TKey key, TValue value)
    {
        if (!TryAdd(key, value))
            throw new UnreachableException("the key has a value");
    }

    /// <summary>Gives a key a value unless it has one; whether it had none.</summary>
    public bool TryAdd(TKey key, TValue value)
    {
        ref var place = ref GetOrAdd(key, out bool known);
        if (!known)
            place = value;
        return !known;
    }

    private ref TValue? Append(TKey key)
    {
        if (few is null)
            few = new Entry[First];
        else if (count == few.Length)
            Array.Resize(ref few, Few);
        ref var entry = ref few[count++];
        entry.Key = key;
        return ref entry.Value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Dictionary<TKey, TValue?> Table()
    {
        var table = new Dictionary<TKey, TValue?>(Math.Max(expected, 2 * Few));
        foreach (ref var entry in few.AsSpan(0, count))
            table.Add(entry.Key, entry.Value);
        few = null;
        return table;
    }

    private struct Entry
    {
        public TKey Key;
        public TValue? Value;
    }
}
