using Fact.Ir;

namespace Fact.Lower.Abi;

/// <summary>Makes the types without parts.</summary>
internal static class Scalars
{
    public static AbiType Make(int id, PrimitiveType type) => type switch
    {
        PrimitiveType.String => new AbiType.String(id, Budget.Call),
        PrimitiveType.Bool => new AbiType.Scalar(id, type, Features.None, 6),
        PrimitiveType.Char => new AbiType.Scalar(id, type, Features.None, 5),
        _ => new AbiType.Scalar(id, type, Features.Bitwise, 4),
    };

    public static AbiType Flags(int id, string[] names)
    {
        bool everyBit = names.Length is 8 or 16 or 32;
        return new AbiType.Flags(id, names, everyBit ? Features.Bitwise : Features.None, everyBit ? 4 : 6);
    }

    public static AbiType Handle(int id, TransferKind kind, uint table) => new AbiType.Handle(id, kind, table, 6);
}
