using System;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>
/// A value type whose indices are resolved and whose resources are abstract. Equal types are one object (see
/// <see cref="TypeInterner"/>), so types are compared by reference, and walks with a memo are linear in the number of
/// different types whatever the size of the written-out type.
/// </summary>
internal sealed class CheckedValType
{
    private readonly int hash;
    private CoreNum[]? flat32;
    private CoreNum[]? flat64;

    internal CheckedValType(ValKind kind, EquatableArray<string> labels, EquatableArray<CheckedValType?> parts, uint number)
    {
        (Kind, Labels, Parts, Number) = (kind, labels, parts, number);
        var code = default(HashCode);
        code.Add((int)kind);
        code.Add(number);
        foreach (var label in labels)
            code.Add(label.GetHashCode(StringComparison.Ordinal));
        int depth = 0;
        var traits = OwnTraits(kind);
        foreach (var part in parts)
        {
            code.Add(part is null ? 0 : part.hash);
            if (part is null)
                continue;
            depth = Math.Max(depth, part.Depth);
            traits |= part.Traits;
        }
        if (kind is ValKind.Stream or ValKind.Future)
            traits &= ~TypeTraits.Pointer;
        (hash, Depth, Traits) = (code.ToHashCode(), depth + 1, traits);
        (ElemSize, Alignment) = Layout.Of(this);
    }

    /// <summary>The kind.</summary>
    public ValKind Kind { get; }

    /// <summary>The labels of a record, variant, flags or enum; empty otherwise.</summary>
    public EquatableArray<string> Labels { get; }

    /// <summary>
    /// The types of the fields of a record or tuple, of the payloads of a variant (null where a case has none), the
    /// element of a list, option, stream or future, key and value of a map, ok and error of a result.
    /// </summary>
    public EquatableArray<CheckedValType?> Parts { get; }

    /// <summary>The length of a fixed-length list, the resource of an own or borrow; 0 otherwise.</summary>
    public uint Number { get; }

    /// <summary>How many types are nested, this one included.</summary>
    public int Depth { get; }

    /// <summary>What it contains.</summary>
    public TypeTraits Traits { get; }

    /// <summary>Its size in bytes in a 64-bit memory. Spec: <c>elem_size</c>.</summary>
    public ulong ElemSize { get; }

    /// <summary>Its alignment in bytes in a 64-bit memory. Spec: <c>alignment</c>.</summary>
    public uint Alignment { get; }

    /// <summary>The resource type of an own or borrow.</summary>
    public ResourceId Resource => new(Number);

    /// <summary>Whether any of the traits is there.</summary>
    public bool Has(TypeTraits traits) => (Traits & traits) != 0;

    /// <summary>The core types that it flattens to, or null where there are more than 16 of them. Spec: <c>flatten_type</c>.</summary>
    /// <param name="memory64">Whether pointers are 64-bit.</param>
    public CoreNum[]? Flat(bool memory64)
    {
        ref var cache = ref memory64 ? ref flat64 : ref flat32;
        cache ??= FlatTypes.Flatten(this, memory64) ?? FlatTypes.TooMany;
        return ReferenceEquals(cache, FlatTypes.TooMany) ? null : cache;
    }

    /// <summary>Whether the other type has the same labels and the same objects as parts.</summary>
    public bool SameShape(CheckedValType other)
    {
        if (Kind != other.Kind || Number != other.Number || Parts.Length != other.Parts.Length || Labels != other.Labels)
            return false;
        for (int i = 0; i < Parts.Length; i++)
        {
            if (!ReferenceEquals(Parts[i], other.Parts[i]))
                return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public override int GetHashCode() => hash;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    private static TypeTraits OwnTraits(ValKind kind) => kind switch
    {
        ValKind.Borrow => TypeTraits.Borrow | TypeTraits.Resource | TypeTraits.Table,
        ValKind.Own => TypeTraits.Resource | TypeTraits.Table,
        ValKind.Stream or ValKind.Future or ValKind.ErrorContext => TypeTraits.Table,
        ValKind.String or ValKind.List or ValKind.Map => TypeTraits.Pointer,
        _ => TypeTraits.None,
    };
}
