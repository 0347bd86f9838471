using System.Diagnostics;
using Fact.Ir;

namespace Fact.Lower.Abi;

/// <summary>Makes the types without parts.</summary>
internal static class Scalars
{
    private static readonly CoreValType[] I32 = [CoreValType.I32];
    private static readonly CoreValType[] I64 = [CoreValType.I64];
    private static readonly CoreValType[] F32 = [CoreValType.F32];
    private static readonly CoreValType[] F64 = [CoreValType.F64];

    /// <summary>The layout of a string or list: pointer and length.</summary>
    public static readonly Layout Pair32 = new(4, 8, [CoreValType.I32, CoreValType.I32], []);

    /// <summary>The same for 64-bit pointers.</summary>
    public static readonly Layout Pair64 = new(8, 16, [CoreValType.I64, CoreValType.I64], []);

    private static readonly Layout Size1 = new(1, 1, I32, []);
    private static readonly Layout Size2 = new(2, 2, I32, []);
    private static readonly Layout Size4 = new(4, 4, I32, []);
    private static readonly Layout Size8 = new(8, 8, I64, []);
    private static readonly Layout Float4 = new(4, 4, F32, []);
    private static readonly Layout Float8 = new(8, 8, F64, []);

    public static AbiType Make(int id, PrimitiveType type) => type switch
    {
        PrimitiveType.Bool => new AbiType.Scalar(id, type, Features.None, 6, Size1),
        PrimitiveType.S8 or PrimitiveType.U8 => new AbiType.Scalar(id, type, Features.Bitwise, 4, Size1),
        PrimitiveType.S16 or PrimitiveType.U16 => new AbiType.Scalar(id, type, Features.Bitwise, 4, Size2),
        PrimitiveType.S32 or PrimitiveType.U32 => new AbiType.Scalar(id, type, Features.Bitwise, 4, Size4),
        PrimitiveType.S64 or PrimitiveType.U64 => new AbiType.Scalar(id, type, Features.Bitwise, 4, Size8),
        PrimitiveType.F32 => new AbiType.Scalar(id, type, Features.Bitwise, 4, Float4),
        PrimitiveType.F64 => new AbiType.Scalar(id, type, Features.Bitwise, 4, Float8),
        PrimitiveType.Char => new AbiType.Scalar(id, type, Features.None, 5, Size4),
        PrimitiveType.String => new AbiType.String(id, Budget.Call, Pair32, Pair64),
        _ => throw new UnreachableException(),
    };

    public static AbiType Flags(int id, string[] names)
    {
        int n = names.Length;
        bool everyBit = n is 8 or 16 or 32;
        return new AbiType.Flags(id, names, everyBit ? Features.Bitwise : Features.None, everyBit ? 4 : 6, n <= 8 ? Size1 : n <= 16 ? Size2 : Size4);
    }

    public static AbiType Handle(int id, TransferKind kind, uint table) => new AbiType.Handle(id, kind, table, 6, Size4);
}
