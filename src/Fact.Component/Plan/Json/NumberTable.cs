using System.Collections.Generic;

namespace Fact.Component.Plan;

/// <summary>Numbers things in the order in which they are mentioned; equal ones are one.</summary>
internal sealed class NumberTable<T>
    where T : class
{
    private readonly List<T> items = [];
    private readonly Dictionary<T, int> numbers = [];
    // Things that are mentioned again are mostly the same object, and need not be looked at again: names can be long.
    private readonly Dictionary<T, int> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>How many there are.</summary>
    public int Count => items.Count;

    /// <summary>The thing of a number.</summary>
    public T this[int number] => items[number];

    /// <summary>The number of a thing, which gets one where it has none.</summary>
    /// <param name="item">The thing.</param>
    /// <param name="isKept">Whether others than the caller have the object; one that was made for the occasion is not remembered.</param>
    public int Number(T item, bool isKept = true)
    {
        if (known.TryGetValue(item, out int number))
            return number;
        if (!numbers.TryGetValue(item, out number))
        {
            number = items.Count;
            numbers.Add(item, number);
            items.Add(item);
        }
        if (isKept)
            known.Add(item, number);
        return number;
    }
}
