using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The shortest way to write the type of a block.</summary>
internal static class BlockTypes
{
    private static readonly BlockType[] Values = Array.ConvertAll(
        [CoreValType.FuncRef, CoreValType.F64, CoreValType.F32, CoreValType.I64, CoreValType.I32],
        BlockType (CoreValType type) => new BlockType.Value(type));

    /// <summary>Whether only a function type can say it.</summary>
    public static bool NeedsIndex(CoreFuncType type) => !type.Params.IsEmpty || type.Results.Length > 1;

    /// <summary>The block type that says the same as a function type.</summary>
    public static BlockType Of(CoreFuncType type, TypeTable types)
    {
        if (NeedsIndex(type))
            return new BlockType.Func(types.Index(type));
        return type.Results.IsEmpty ? BlockType.None : Value(type.Results[0]);
    }

    private static BlockType Value(CoreValType type)
    {
        foreach (var value in Values)
        {
            if (((BlockType.Value)value).Type == type)
                return value;
        }
        return new BlockType.Value(type);
    }
}
