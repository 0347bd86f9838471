using System.Collections.Generic;

namespace Fact.Host.Tasks;

/// <summary>Something that can be in an <see cref="IndexedHeap{T}"/>, one at a time.</summary>
internal interface IHeapItem
{
    /// <summary>The least is the first. It does not change while it is in a heap.</summary>
    long Order { get; }

    /// <summary>Where it is in the heap; negative where it is in none.</summary>
    int Place { get; set; }
}

/// <summary>Things of which the first is at hand, and that can be taken out wherever they are, in logarithmic time.</summary>
/// <typeparam name="T">What is in it.</typeparam>
internal sealed class IndexedHeap<T>
    where T : class, IHeapItem
{
    private readonly List<T> items = [];

    /// <summary>How many there are.</summary>
    public int Count => items.Count;

    /// <summary>The first at 0, the others in some order that depends on nothing but what was done.</summary>
    public T this[int index] => items[index];

    /// <summary>Puts something in.</summary>
    public void Add(T item)
    {
        items.Add(item);
        Up(item, items.Count - 1);
    }

    /// <summary>Takes something out that is in it.</summary>
    public void Remove(T item)
    {
        int place = item.Place;
        var last = items[^1];
        items.RemoveAt(items.Count - 1);
        item.Place = -1;
        if (last == item)
            return;
        Up(last, place);
        Down(last, last.Place);
    }

    private void Up(T item, int place)
    {
        for (int parent; place > 0 && items[parent = (place - 1) / 2].Order > item.Order; place = parent)
            Put(items[parent], place);
        Put(item, place);
    }

    private void Down(T item, int place)
    {
        for (int child; (child = (2 * place) + 1) < items.Count; place = child)
        {
            if (child + 1 < items.Count && items[child + 1].Order < items[child].Order)
                child++;
            if (items[child].Order >= item.Order)
                break;
            Put(items[child], place);
        }
        Put(item, place);
    }

    private void Put(T item, int place)
    {
        items[place] = item;
        item.Place = place;
    }
}
