using System;
using System.Diagnostics;
using Fact.Ir;
using Fact.Lower.Abi;

namespace Fact.Component.Types;

/// <summary>
/// A value type whose indices are resolved and whose resources are abstract. Equal types are one object (see
/// <see cref="TypeInterner"/>), so types are compared by reference, and walks with a memo are linear in the number of
/// different types whatever the size of the written-out type.
/// </summary>
internal sealed class CheckedValType : LaidOutType
{
    private readonly int hash;

    internal CheckedValType(in TypeShape shape)
        : base(LayoutsOf(shape))
    {
        (Kind, Labels, LabelsHash, Parts, Number) = (shape.Kind, shape.Labels, shape.LabelsHash, shape.Parts, shape.Number);
        int depth = 0;
        var traits = OwnTraits(Kind);
        foreach (var part in Parts)
        {
            if (part is null)
                continue;
            depth = Math.Max(depth, part.Depth);
            traits |= part.Traits;
        }
        if (Kind is ValKind.Stream or ValKind.Future)
            traits &= ~TypeTraits.Pointer;
        (hash, Depth, Traits) = (shape.GetHashCode(), depth + 1, traits);
    }

    /// <summary>The kind.</summary>
    public ValKind Kind { get; }

    /// <summary>The labels of a record, variant, flags or enum; empty otherwise.</summary>
    public EquatableArray<string> Labels { get; }

    /// <summary>The hash code of the labels.</summary>
    public int LabelsHash { get; }

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

    /// <summary>The resource type of an own or borrow.</summary>
    public ResourceId Resource => new(Number);

    /// <summary>Whether any of the traits is there.</summary>
    public bool Has(TypeTraits traits) => (Traits & traits) != 0;

    /// <inheritdoc/>
    public override int GetHashCode() => hash;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    private static Layouts LayoutsOf(in TypeShape shape) => shape.Kind switch
    {
        <= ValKind.String => Layouts.Of((PrimitiveType)shape.Kind),
        ValKind.List or ValKind.Map => Layouts.Pair,
        ValKind.Record or ValKind.Tuple => Layouts.Record(shape.Parts.AsSpan()!),
        ValKind.FixedLengthList => Layouts.FixedList(shape.Parts[0]!, shape.Number),
        ValKind.Variant or ValKind.Result => Layouts.Variant(shape.Parts.Length, shape.Parts.AsSpan()),
        ValKind.Option => Layouts.Variant(2, shape.Parts.AsSpan()),
        ValKind.Enum => Layouts.Variant(shape.Labels.Length, []),
        ValKind.Flags => Layouts.Flags(shape.Labels.Length),
        ValKind.ErrorContext or ValKind.Own or ValKind.Borrow or ValKind.Stream or ValKind.Future => Layouts.Handle,
        _ => throw new UnreachableException(),
    };

    private static TypeTraits OwnTraits(ValKind kind) => kind switch
    {
        ValKind.Borrow => TypeTraits.Borrow | TypeTraits.Resource | TypeTraits.Table,
        ValKind.Own => TypeTraits.Resource | TypeTraits.Table,
        ValKind.Stream or ValKind.Future or ValKind.ErrorContext => TypeTraits.Table,
        ValKind.String or ValKind.List or ValKind.Map => TypeTraits.Pointer,
        _ => kind.MustBeNamed() ? TypeTraits.Named : TypeTraits.None,
    };
}
