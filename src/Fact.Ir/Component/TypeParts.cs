using System;

namespace Fact.Ir;

/// <summary>The types in a type, without their names.</summary>
internal static class TypeParts
{
    public static ReadOnlySpan<ValType> Of(EquatableArray<ValType> types) => types.AsSpan();

    public static ReadOnlySpan<ValType> Of(EquatableArray<Field> fields)
    {
        var types = new ValType[fields.Length];
        for (int i = 0; i < types.Length; i++)
            types[i] = fields[i].Type;
        return types;
    }

    public static ReadOnlySpan<ValType?> Of(EquatableArray<Case> cases)
    {
        var types = new ValType?[cases.Length];
        for (int i = 0; i < types.Length; i++)
            types[i] = cases[i].Type;
        return types;
    }
}
