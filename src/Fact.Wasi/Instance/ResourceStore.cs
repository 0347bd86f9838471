using System.Collections.Generic;
using Fact.Values;
using Fact.Wasi.Errors;

namespace Fact.Wasi.Instance;

/// <summary>The resources of one type that an instance has. The instance has the handles, of which there are limits; what they stand for is here.</summary>
/// <typeparam name="T">What is in it.</typeparam>
/// <param name="name">What messages call the type.</param>
internal sealed class ResourceStore<T>(string name)
    where T : class
{
    private readonly List<T?> items = [];
    private readonly Stack<uint> free = new();

    /// <summary>The type, which no other instance has.</summary>
    public ResourceType Type { get; } = new(name);

    /// <summary>Those that there are.</summary>
    public IEnumerable<T> All
    {
        get
        {
            foreach (var item in items)
            {
                if (item is not null)
                    yield return item;
            }
        }
    }

    /// <summary>Makes a handle that owns a resource.</summary>
    public ComponentValue New(T item)
    {
        if (free.TryPop(out uint index))
        {
            items[(int)index] = item;
        }
        else
        {
            index = (uint)items.Count;
            items.Add(item);
        }
        return new ComponentValue.Own(HostHandle.New(Type, index));
    }

    /// <summary>The resource that a handle stands for.</summary>
    public T Get(ComponentValue handle) =>
        handle is ComponentValue.Borrow(var borrowed) && ReferenceEquals(borrowed.Type, Type) && items[(int)borrowed.Rep] is { } item
            ? item
            : throw new WasiTrapException($"a borrowed handle of the resource \"{Type.Name}\" is expected: the component imports the function with another type");

    /// <summary>Takes out what no handle owns any more.</summary>
    public T? Remove(ulong rep)
    {
        var item = items[(int)rep];
        items[(int)rep] = null;
        free.Push((uint)rep);
        return item;
    }
}
