using System;
using System.Linq;
using System.Text;
using Fact.Ir;
using Fact.Values;

namespace Fact.Host.Canonical;

/// <summary>
/// What a function passes where that is numbers, booleans and characters alone: each is one core value, and there is nothing to allocate or to look up.
/// </summary>
/// <param name="Params">The types of the parameters.</param>
/// <param name="Result">The type of the result; null where there is none.</param>
internal sealed record ScalarTypes(EquatableArray<PrimitiveType> Params, PrimitiveType? Result)
{
    /// <summary>What a function passes; null where something else is among it.</summary>
    public static ScalarTypes? Of(ComponentFuncType type) =>
        type.Params.Length <= CanonicalAbi.MaxFlatParams && type.Params.Items.All(param => IsScalar(param.Type)) && (type.Result is null || IsScalar(type.Result))
            ? new([.. type.Params.Items.Select(param => ((ValType.Primitive)param.Type).Type)], (type.Result as ValType.Primitive)?.Type)
            : null;

    /// <summary>The bits of a value; false where it does not belong to the type.</summary>
    public static bool TryLower(ComponentValue? value, PrimitiveType type, out ulong bits)
    {
        (bool fits, bits) = (type, value) switch
        {
            (PrimitiveType.Bool, ComponentValue.Bool v) => (true, v.Value ? 1u : 0u),
            (PrimitiveType.S8, ComponentValue.S8 v) => (true, (uint)(int)v.Value),
            (PrimitiveType.U8, ComponentValue.U8 v) => (true, v.Value),
            (PrimitiveType.S16, ComponentValue.S16 v) => (true, (uint)(int)v.Value),
            (PrimitiveType.U16, ComponentValue.U16 v) => (true, v.Value),
            (PrimitiveType.S32, ComponentValue.S32 v) => (true, (uint)v.Value),
            (PrimitiveType.U32, ComponentValue.U32 v) => (true, v.Value),
            (PrimitiveType.S64, ComponentValue.S64 v) => (true, (ulong)v.Value),
            (PrimitiveType.U64, ComponentValue.U64 v) => (true, v.Value),
            (PrimitiveType.F32, ComponentValue.F32 v) => (true, v.Bits),
            (PrimitiveType.F64, ComponentValue.F64 v) => (true, v.Bits),
            (PrimitiveType.Char, ComponentValue.Char v) => (true, (uint)v.Value.Value),
            _ => (false, 0UL),
        };
        return fits;
    }

    /// <summary>The value that bits are; null where they are no character. Spec: <c>lift_flat</c>.</summary>
    public static ComponentValue? Lift(ulong bits, PrimitiveType type) => type switch
    {
        PrimitiveType.Bool => ComponentValues.Bool((uint)bits != 0),
        PrimitiveType.S8 => ComponentValues.S8((sbyte)bits),
        PrimitiveType.U8 => ComponentValues.U8((byte)bits),
        PrimitiveType.S16 => ComponentValues.S16((short)bits),
        PrimitiveType.U16 => ComponentValues.U16((ushort)bits),
        PrimitiveType.S32 => ComponentValues.S32((int)bits),
        PrimitiveType.U32 => ComponentValues.U32((uint)bits),
        PrimitiveType.S64 => ComponentValues.S64((long)bits),
        PrimitiveType.U64 => ComponentValues.U64(bits),
        PrimitiveType.F32 => new ComponentValue.F32((uint)bits),
        PrimitiveType.F64 => new ComponentValue.F64(bits),
        PrimitiveType.Char => Rune.IsValid((uint)bits) ? ComponentValues.Char(new Rune((uint)bits)) : null,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool IsScalar(ValType type) => type is ValType.Primitive { Type: not PrimitiveType.String };
}
