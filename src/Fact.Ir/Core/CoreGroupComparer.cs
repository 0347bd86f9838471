using System;
using System.Collections.Generic;

namespace Fact.Ir;

/// <summary>
/// Compares recursion groups. The hash takes in every part by itself, in order and mixed well: those of records add theirs up,
/// so that input can be made whose types all have the same.
/// </summary>
internal sealed class CoreGroupComparer : IEqualityComparer<EquatableArray<CoreSubType>>
{
    public static readonly CoreGroupComparer Instance = new();

    public bool Equals(EquatableArray<CoreSubType> x, EquatableArray<CoreSubType> y) => x == y;

    public int GetHashCode(EquatableArray<CoreSubType> group)
    {
        var hash = default(HashCode);
        foreach (var type in group)
        {
            hash.Add(type.IsFinal);
            hash.Add(type.Type.IsShared);
            foreach (var super in type.Supertypes)
                hash.Add(super.Value);
            Add(ref hash, type.Type.Describes);
            Add(ref hash, type.Type.Descriptor);
            Add(ref hash, type.Type.Shape);
        }
        return hash.ToHashCode();
    }

    private static void Add(ref HashCode hash, CoreShape shape)
    {
        switch (shape)
        {
            case CoreShape.Func(var func):
                Add(ref hash, func.Params);
                Add(ref hash, func.Results);
                break;
            case CoreShape.Struct(var fields):
                hash.Add(fields.Length);
                foreach (var field in fields)
                    Add(ref hash, field);
                break;
            case CoreShape.Array(var element):
                Add(ref hash, element);
                break;
            case CoreShape.Cont(var continued):
                hash.Add(continued.Value);
                break;
        }
    }

    private static void Add(ref HashCode hash, EquatableArray<CoreValType> types)
    {
        hash.Add(types.Length);
        foreach (var type in types)
            Add(ref hash, type);
    }

    private static void Add(ref HashCode hash, CoreFieldType field)
    {
        hash.Add(field.IsMutable);
        switch (field.Type)
        {
            case CoreStorageType.Packed(var bits):
                hash.Add(bits);
                break;
            case CoreStorageType.Value(var type):
                Add(ref hash, type);
                break;
        }
    }

    // A number of 64 bits is one half with the other for its own hash: what is said of a reference would make up for another index.
    private static void Add(ref HashCode hash, CoreValType type)
    {
        hash.Add((uint)type);
        hash.Add((uint)((ulong)type >> 32));
    }

    private static void Add(ref HashCode hash, CoreTypeIdx? index) => hash.Add(index?.Value ?? uint.MaxValue);
}
