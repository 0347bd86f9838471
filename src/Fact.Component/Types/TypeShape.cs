using System;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>One level of a value type over interned parts: what there is of it before it is known whether the type is there already.</summary>
internal readonly struct TypeShape
{
    private readonly int hash;

    /// <summary>Makes a shape; see the members of <see cref="CheckedValType"/>.</summary>
    public TypeShape(ValKind kind, EquatableArray<string> labels, EquatableArray<CheckedValType?> parts, uint number)
    {
        (Kind, Labels, Parts, Number) = (kind, labels, parts, number);
        var code = default(HashCode);
        foreach (var label in labels)
            code.Add(label.GetHashCode(StringComparison.Ordinal));
        LabelsHash = code.ToHashCode();
        hash = Hash();
    }

    /// <summary>Makes the shape of another type with other parts; its labels, which can be long, are not looked at.</summary>
    public TypeShape(CheckedValType type, EquatableArray<CheckedValType?> parts)
    {
        (Kind, Labels, LabelsHash, Parts, Number) = (type.Kind, type.Labels, type.LabelsHash, parts, type.Number);
        hash = Hash();
    }

    /// <summary>The kind.</summary>
    public ValKind Kind { get; }

    /// <summary>The labels.</summary>
    public EquatableArray<string> Labels { get; }

    /// <summary>The hash code of the labels.</summary>
    public int LabelsHash { get; }

    /// <summary>The parts.</summary>
    public EquatableArray<CheckedValType?> Parts { get; }

    /// <summary>The length of a fixed-length list, the resource of an own or borrow; 0 otherwise.</summary>
    public uint Number { get; }

    /// <summary>Whether a type has this shape: the same labels, and the same objects as parts.</summary>
    public bool IsOf(CheckedValType type)
    {
        if (Kind != type.Kind || Number != type.Number || Parts.Length != type.Parts.Length || Labels != type.Labels)
            return false;
        for (int i = 0; i < Parts.Length; i++)
        {
            if (!ReferenceEquals(Parts[i], type.Parts[i]))
                return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public override int GetHashCode() => hash;

    private int Hash()
    {
        var code = default(HashCode);
        code.Add((int)Kind);
        code.Add(Number);
        code.Add(LabelsHash);
        foreach (var part in Parts)
            code.Add(part is null ? 0 : part.GetHashCode());
        return code.ToHashCode();
    }
}
