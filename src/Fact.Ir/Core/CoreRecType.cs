using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace Fact.Ir;

/// <summary>A recursion group: <c>core:rectype</c>.</summary>
/// <param name="Types">Its types; a type outside a group is a group of one.</param>
/// <param name="IsExplicit">Whether the binary writes the group (<c>0x4e</c>) or a lone type.</param>
public sealed record CoreRecType(EquatableArray<CoreSubType> Types, bool IsExplicit)
{
    /// <summary>The type index space that recursion groups make together.</summary>
    public static EquatableArray<CoreSubType> IndexSpace(IEnumerable<CoreRecType> groups) => groups.SelectMany(group => group.Types.Items).ToEquatableArray();
}

/// <summary>A type of a recursion group: <c>core:subtype</c>.</summary>
/// <param name="IsFinal">Whether it can have no subtypes.</param>
/// <param name="Supertypes">What it is declared to be a subtype of.</param>
/// <param name="Type">What it is.</param>
public sealed record CoreSubType(bool IsFinal, EquatableArray<CoreTypeIdx> Supertypes, CoreCompType Type)
{
    /// <summary>What it says of parameters and results, if it is a function type.</summary>
    public CoreFuncType? Func => (Type.Shape as CoreShape.Func)?.Type;
}

/// <summary>What a core type is: <c>core:comptype</c>, with the prefixes that proposals add to it.</summary>
/// <param name="IsShared">Whether <c>shared</c> is said.</param>
/// <param name="Describes">The type that this one is the descriptor of, if any.</param>
/// <param name="Descriptor">The descriptor of this type, if any.</param>
/// <param name="Shape">The type proper.</param>
public sealed record CoreCompType(bool IsShared, CoreTypeIdx? Describes, CoreTypeIdx? Descriptor, CoreShape Shape);

/// <summary>The shape of a core type.</summary>
public closed record CoreShape
{
    private CoreShape()
    {
    }

    /// <summary>A function.</summary>
    /// <param name="Type">Its type.</param>
    public sealed record Func(CoreFuncType Type) : CoreShape;

    /// <summary>A structure.</summary>
    /// <param name="Fields">Its fields.</param>
    public sealed record Struct(EquatableArray<CoreFieldType> Fields) : CoreShape;

    /// <summary>An array.</summary>
    /// <param name="Element">Its elements.</param>
    public sealed record Array(CoreFieldType Element) : CoreShape;

    /// <summary>A continuation.</summary>
    /// <param name="Type">The function type that it continues.</param>
    public sealed record Cont(CoreTypeIdx Type) : CoreShape;
}

/// <summary>The type of a core function. Spec: <c>functype</c>.</summary>
/// <param name="Params">The types of its parameters.</param>
/// <param name="Results">The types of its results.</param>
public sealed record CoreFuncType(EquatableArray<CoreValType> Params, EquatableArray<CoreValType> Results)
{
    /// <summary>The type <c>() -> ()</c>.</summary>
    public static CoreFuncType Empty { get; } = new([], []);

    // Computed once, when it is first asked for: a type is looked for wherever something has it. 0 until then.
    private int hash;

    private CoreFuncType(CoreFuncType original) => (Params, Results) = (original.Params, original.Results);

    /// <summary>Whether the other type has the same parameters and results.</summary>
    public bool Equals(CoreFuncType? other) =>
        ReferenceEquals(this, other) || (other is not null && Same(Params.AsSpan(), other.Params.AsSpan()) && Same(Results.AsSpan(), other.Results.AsSpan()));

    /// <summary>A hash that who makes the types cannot know: many types may have been made to be looked for.</summary>
    public override int GetHashCode() => hash != 0 ? hash : hash = Hash();

    private int Hash()
    {
        var all = default(HashCode);
        all.Add(Params.Length);
        all.AddBytes(MemoryMarshal.AsBytes(Params.AsSpan()));
        all.AddBytes(MemoryMarshal.AsBytes(Results.AsSpan()));
        int made = all.ToHashCode();
        return made == 0 ? 1 : made;
    }

    // By their bits, all at once.
    private static bool Same(ReadOnlySpan<CoreValType> a, ReadOnlySpan<CoreValType> b) => MemoryMarshal.AsBytes(a).SequenceEqual(MemoryMarshal.AsBytes(b));
}

/// <summary>A field of a structure, or the elements of an array.</summary>
/// <param name="Type">What is stored.</param>
/// <param name="IsMutable">Whether it can be assigned.</param>
public sealed record CoreFieldType(CoreStorageType Type, bool IsMutable);

/// <summary>What a field stores.</summary>
public closed record CoreStorageType
{
    private CoreStorageType()
    {
    }

    /// <summary>A value.</summary>
    /// <param name="Type">Its type.</param>
    public sealed record Value(CoreValType Type) : CoreStorageType;

    /// <summary>A packed integer.</summary>
    /// <param name="Bits">Its width: 8 or 16.</param>
    public sealed record Packed(int Bits) : CoreStorageType;
}
