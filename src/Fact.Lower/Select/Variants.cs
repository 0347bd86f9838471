using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Select;

/// <summary>
/// Variants, enums, options and results: the discriminant is checked and copied, then the payload of its case. Spec: <c>load_variant</c>, <c>store_variant</c>,
/// <c>lift_flat_variant</c>, <c>lower_flat_variant</c>.
/// </summary>
internal static class Variants
{
    public static void Write(Scope s, Copy.Cases copy, in Source source, in Target target)
    {
        var b = s.Code;
        int size = copy.DiscriminantSize;
        var discriminant = PushDiscriminant(s, size, source);
        b.I32(copy.Count);
        b.Op(PlainOp.I32GeU);
        Guards.TrapIf(s, TrapCode.InvalidDiscriminant);

        Operand.Begin(s, target, Log2(size));
        b.Get(discriminant);
        Operand.End(s, target, StoreOp(size), Log2(size), CoreValType.I32);
        var writer = new ArmWriter(s, copy, source.At(copy.Source.Offsets[0], 1), target, target.At(copy.Target.Offsets[0], 1), discriminant);
        Dispatches.Write(writer);
    }

    /// <summary>Pushes the discriminant of the source, and says which local holds it.</summary>
    private static LocalId PushDiscriminant(Scope s, int size, in Source source)
    {
        var b = s.Code;
        if (!source.InMemory && b.TypeOf(source.Slots![source.First]) == CoreValType.I32)
        {
            var slot = source.Slots[source.First];
            b.Get(slot);
            return slot;
        }
        Operand.Push(s, source, LoadOp(size), Log2(size), CoreValType.I32);
        return b.TeeNew(CoreValType.I32, "case");
    }

    private static byte Log2(int size) => (byte)(size >> 1);

    private static MemoryOp LoadOp(int size) => size switch
    {
        1 => MemoryOp.I32Load8U,
        2 => MemoryOp.I32Load16U,
        _ => MemoryOp.I32Load,
    };

    private static MemoryOp StoreOp(int size) => size switch
    {
        1 => MemoryOp.I32Store8,
        2 => MemoryOp.I32Store16,
        _ => MemoryOp.I32Store,
    };
}
