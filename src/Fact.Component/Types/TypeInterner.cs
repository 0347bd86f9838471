using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Makes value types and function types, each once. One interner serves one check and is not shared between threads.</summary>
internal sealed class TypeInterner
{
    private static readonly CheckedValType[] Primitives = MakePrimitives();

    private readonly Dictionary<CheckedValType, CheckedValType> types = new(ByShape.Instance);
    private readonly Dictionary<CheckedFuncType, CheckedFuncType> funcs = new(FuncByShape.Instance);

    /// <summary>The type of a kind without parts.</summary>
    public static CheckedValType Primitive(ValKind kind) => Primitives[(int)kind];

    /// <summary>The one object for a type.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="parts">Its parts, interned.</param>
    /// <param name="number">The length of a fixed-length list, the resource of a handle.</param>
    public CheckedValType Intern(
        ValKind kind, EquatableArray<string> labels, EquatableArray<CheckedValType?> parts, uint number = 0)
    {
        return Intern(new TypeShape(kind, labels, parts, number));
    }

    /// <summary>The one object for a type that differs from another in its parts alone.</summary>
    /// <param name="type">The other type.</param>
    /// <param name="parts">The parts, interned.</param>
    public CheckedValType Intern(CheckedValType type, EquatableArray<CheckedValType?> parts) => Intern(new TypeShape(type, parts));

    private CheckedValType Intern(TypeShape shape)
    {
        if (types.GetAlternateLookup<TypeShape>().TryGetValue(shape, out var known))
            return known;
        var made = new CheckedValType(shape);
        types.Add(made, made);
        return made;
    }

    /// <summary>The one object for a function type.</summary>
    public CheckedFuncType Intern(CheckedFuncType made)
    {
        if (funcs.TryGetValue(made, out var known))
            return known;
        funcs.Add(made, made);
        return made;
    }

    private static CheckedValType[] MakePrimitives()
    {
        var all = new CheckedValType[(int)ValKind.ErrorContext + 1];
        for (int i = 0; i < all.Length; i++)
            all[i] = new CheckedValType(new TypeShape((ValKind)i, [], [], 0));
        return all;
    }

    private sealed class ByShape : IEqualityComparer<CheckedValType>, IAlternateEqualityComparer<TypeShape, CheckedValType>
    {
        public static readonly ByShape Instance = new();

        public bool Equals(CheckedValType? x, CheckedValType? y) => ReferenceEquals(x, y);

        public bool Equals(TypeShape shape, CheckedValType type) => shape.IsOf(type);

        public int GetHashCode(CheckedValType type) => type.GetHashCode();

        public int GetHashCode(TypeShape shape) => shape.GetHashCode();

        public CheckedValType Create(TypeShape shape) => new(shape);
    }

    private sealed class FuncByShape : IEqualityComparer<CheckedFuncType>
    {
        public static readonly FuncByShape Instance = new();

        public bool Equals(CheckedFuncType? x, CheckedFuncType? y) => x!.SameShape(y!);

        public int GetHashCode(CheckedFuncType type) => type.GetHashCode();
    }
}
