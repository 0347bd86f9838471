using System;

namespace Fact.Ir;

// The hash of a name is kept beside it: types are made again with other parts, and their names can be long.

/// <summary>A part of a record.</summary>
/// <param name="Name">Its name, a label.</param>
/// <param name="Type">Its type.</param>
/// <exception cref="ArgumentNullException">The name or the type is null.</exception>
public readonly record struct Field(string Name, ValType Type)
{
    /// <summary>Its name, a label.</summary>
    public string Name { get; } = Given.NotNull(Name, nameof(Name));

    /// <summary>Its type.</summary>
    public ValType Type { get; init => field = Given.NotNull(value, nameof(Type)); } = Given.NotNull(Type, nameof(Type));

    internal int NameHash { get; } = Name.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A case of a variant, with its payload if it has one.</summary>
/// <param name="Name">Its name, a label.</param>
/// <param name="Type">The type of the payload; null where there is none.</param>
/// <exception cref="ArgumentNullException">The name is null.</exception>
public readonly record struct Case(string Name, ValType? Type)
{
    /// <summary>Its name, a label.</summary>
    public string Name { get; } = Given.NotNull(Name, nameof(Name));

    internal int NameHash { get; } = Name.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A parameter of a component function.</summary>
/// <param name="Name">Its name, a label.</param>
/// <param name="Type">Its type.</param>
/// <exception cref="ArgumentNullException">The name or the type is null.</exception>
public readonly record struct Param(string Name, ValType Type)
{
    /// <summary>Its name, a label.</summary>
    public string Name { get; } = Given.NotNull(Name, nameof(Name));

    /// <summary>Its type.</summary>
    public ValType Type { get; init => field = Given.NotNull(value, nameof(Type)); } = Given.NotNull(Type, nameof(Type));

    internal int NameHash { get; } = Name.GetHashCode(StringComparison.Ordinal);
}
