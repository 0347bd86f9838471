using Fact.Ir;

namespace Fact.Component.Ast;

/// <summary>An index space that the <c>component-name</c> section can name things in.</summary>
internal enum NameSort : byte
{
    /// <summary>Core functions.</summary>
    CoreFunc,

    /// <summary>Core tables.</summary>
    CoreTable,

    /// <summary>Core memories.</summary>
    CoreMemory,

    /// <summary>Core globals.</summary>
    CoreGlobal,

    /// <summary>Core tags.</summary>
    CoreTag,

    /// <summary>Core types.</summary>
    CoreType,

    /// <summary>Core modules.</summary>
    CoreModule,

    /// <summary>Core instances.</summary>
    CoreInstance,

    /// <summary>Component functions.</summary>
    Func,

    /// <summary>Values.</summary>
    Value,

    /// <summary>Types.</summary>
    Type,

    /// <summary>Components.</summary>
    Component,

    /// <summary>Component instances.</summary>
    Instance,
}

/// <summary>
/// The names that a <c>component-name</c> section gives, for tools to show. They carry no meaning: a malformed
/// section gives none, and an index may be out of range.
/// </summary>
/// <param name="Component">The name of the component itself, if given.</param>
/// <param name="Sorts">The named index spaces in binary order.</param>
internal sealed record ComponentNames(string? Component, EquatableArray<SortNames> Sorts)
{
    /// <summary>No names at all.</summary>
    public static ComponentNames Empty { get; } = new(null, []);

    /// <summary>The name of a definition, or null where it has none; the last one given wins.</summary>
    /// <param name="sort">The index space.</param>
    /// <param name="index">Position in it, from 0.</param>
    public string? Find(NameSort sort, uint index)
    {
        string? found = null;
        foreach (var names in Sorts)
        {
            if (names.Sort == sort)
                found = names.Find(index) ?? found;
        }
        return found;
    }
}

/// <summary>Names in one index space: <c>sortnames</c>.</summary>
/// <param name="Sort">The index space.</param>
/// <param name="Names">The names, in increasing order of their indices.</param>
internal sealed record SortNames(NameSort Sort, EquatableArray<NameAssoc> Names)
{
    /// <summary>The name at an index, or null.</summary>
    public string? Find(uint index)
    {
        var names = Names.AsSpan();
        int low = 0, high = names.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (names[middle].Index == index)
                return names[middle].Name;
            if (names[middle].Index < index)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return null;
    }
}

/// <summary>One name: <c>nameassoc</c>.</summary>
/// <param name="Index">Position in the index space, from 0.</param>
/// <param name="Name">The name.</param>
internal sealed record NameAssoc(uint Index, string Name);
