using System;
using Fact.Ir;
using Fact.Lower.Abi;
using Fact.Lower.Code;

namespace Fact.Lower.Value;

/// <summary>
/// Variants, enums, options and results. Spec: <c>load_variant</c>, <c>store_variant</c>, <c>lift_flat_variant</c>,
/// <c>lower_flat_variant</c>.
/// </summary>
/// <remarks>
/// Cases whose payloads are translated alike share an arm, so the code of a variant is linear in its different payloads,
/// with one entry of a <c>br_table</c> for each case.
/// </remarks>
internal static class Variants
{
    public static void Variant(Scope s, AbiType.Variant from, in Source source, AbiType.Variant to, in Target target)
    {
        var b = s.Code;
        var arms = Arms.Of(from, to);
        var discriminant = PushDiscriminant(s, from, source);
        b.I32(from.Names.Length);
        b.Op(PlainOp.I32GeU);
        Guards.TrapIf(s, TrapCode.InvalidDiscriminant);

        var toLayout = to.For(target.Side.Ptr.Type);
        if (arms.SameNumbers)
        {
            Operand.Begin(s, target, Log2(to.DiscriminantSize));
            b.Get(discriminant);
            Operand.End(s, target, StoreOp(to.DiscriminantSize), Log2(to.DiscriminantSize), CoreValType.I32);
        }
        if (arms.SameNumbers && from.Flavor == VariantFlavor.Enum)
            return;
        int discriminantSlots = arms.SameNumbers ? 1 : 0;
        var writer = new ArmWriter(
            s,
            from,
            source.At(from.For(source.Side.Ptr.Type).Offsets[0], 1),
            to,
            target,
            target.At(toLayout.Offsets[0], 1),
            target.InMemory ? [] : toLayout.FlatTypes!,
            target.InMemory ? CoreFuncType.Empty : ResultOf(target, toLayout.FlatTypes!.Length, discriminantSlots),
            arms,
            discriminant);
        Dispatch.Write(writer, arms, discriminant);
    }

    /// <summary>Pushes the discriminant of the source, and says which local holds it.</summary>
    private static LocalId PushDiscriminant(Scope s, AbiType.Variant from, in Source source)
    {
        var b = s.Code;
        if (!source.InMemory && b.TypeOf(source.Slots![source.First]) == CoreValType.I32)
        {
            var slot = source.Slots[source.First];
            b.Get(slot);
            return slot;
        }
        Operand.Push(s, source, LoadOp(from.DiscriminantSize), Log2(from.DiscriminantSize), CoreValType.I32);
        return b.TeeNew(CoreValType.I32, "case");
    }

    /// <summary>The slots that an arm leaves on the operand stack: the payload's, and the discriminant's where arms differ in it.</summary>
    private static CoreFuncType ResultOf(in Target target, int slots, int without)
    {
        if (slots == without)
            return CoreFuncType.Empty;
        return new([], EquatableArray.Create<CoreValType>(target.Slots.AsSpan(target.First + without, slots - without)));
    }

    private static byte Log2(int size) => (byte)(size >> 1);

    private static MemoryOp LoadOp(int size) => size switch
    {
        1 => MemoryOp.I32Load8U,
        2 => MemoryOp.I32Load16U,
        _ => MemoryOp.I32Load,
    };

    internal static MemoryOp StoreOp(int size) => size switch
    {
        1 => MemoryOp.I32Store8,
        2 => MemoryOp.I32Store16,
        _ => MemoryOp.I32Store,
    };
}
