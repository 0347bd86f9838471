using System.Collections.Generic;
using Fact.Values;
using LanguageExt;

namespace Fact.Host.Resources;

/// <summary>
/// Things of one component instance by index: its handles, of every kind together, or its threads. Guests see the indices, so their order is the
/// specification's: 0 is never used, the index freed last is given out first. Spec: <c>Table</c>.
/// </summary>
/// <typeparam name="T">What is in it.</typeparam>
/// <param name="limit">The greatest index; at most <see cref="MaxLength"/>.</param>
internal sealed class HandleTable<T>(int limit = HandleTable<T>.MaxLength)
    where T : class
{
    /// <summary>The greatest index there is. Spec: <c>MAX_LENGTH</c>.</summary>
    public const int MaxLength = (1 << 28) - 1;

    private readonly List<T?> array = [null];
    private readonly Stack<int> free = new();

    /// <summary>How many there are.</summary>
    public int Count => array.Count - 1 - free.Count;

    /// <summary>Spec: <c>get</c>.</summary>
    public Either<Trap, T> Get(uint index)
    {
        if (index < (uint)array.Count && array[(int)index] is { } handle)
            return handle;
        return new Trap(HandleFaults.Unknown(index));
    }

    /// <summary>Spec: <c>add</c>.</summary>
    public Either<Trap, uint> Add(T handle)
    {
        if (free.TryPop(out int index))
        {
            array[index] = handle;
            return (uint)index;
        }
        if (array.Count > limit)
            return new Trap("cannot allocate another handle: index overflow");
        array.Add(handle);
        return (uint)(array.Count - 1);
    }

    /// <summary>Takes out what <see cref="Get"/> found. Spec: <c>remove</c>.</summary>
    public void Remove(uint index)
    {
        array[(int)index] = null;
        free.Push((int)index);
    }
}
