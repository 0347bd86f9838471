using System;
using System.Buffers.Binary;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>
/// The bytes of a vector that are copied, where elements are variants whose cases have payloads of different sizes. A vector has whole elements: a block is one.
/// </summary>
internal abstract class VectorCases(FuncBuilder b, BlockCode block)
{
    private const int VectorBytes = 16;

    /// <summary>Whether something in the payload is checked, which must not happen in cases that do not have it.</summary>
    public bool AreChecked { get; } = block.IsPayloadChecked;

    protected FuncBuilder Code => b;

    public static VectorCases Of(FuncBuilder b, BlockCode block, Func<UInt128, LocalId> local)
    {
        var sizes = block.Rules.Payload!.Sizes;
        return sizes.Length == 2 ? new Two(b, block, local) : new Many(b, block, local);
    }

    /// <summary>The mask of the bytes that are copied of a vector.</summary>
    public abstract LocalId Mask(LocalId value);

    /// <summary>A byte of a vector: which it is, and which of the payload; null where that it is copied, or not, does not depend on the case.</summary>
    private delegate byte ByteOf(uint at, uint? byteOfPayload, bool isCopied);

    private static UInt128 Vector(BlockCode block, ByteOf value)
    {
        byte[] bytes = new byte[VectorBytes], copied = block.Copied(), fields = block.Covered();
        uint?[] payload = new uint?[VectorBytes];
        block.ForPayload((at, byteOfPayload) => payload[at] = fields[at] != 0 ? byteOfPayload : null);
        for (uint at = 0; at < VectorBytes; at++)
            bytes[at] = value(at, payload[at], copied[at] != 0);
        return BinaryPrimitives.ReadUInt128LittleEndian(bytes);
    }

    private static byte Discriminant(BlockRules rules, uint at) => (byte)(at - (at % rules.Size) + rules.Payload!.Discriminant);

    /// <summary>Two cases: the bytes whose discriminant is that of the larger, and those that stand for it.</summary>
    private sealed class Two : VectorCases
    {
        private readonly UInt128 lanes;
        private readonly LocalId larger, always;

        public Two(FuncBuilder b, BlockCode block, Func<UInt128, LocalId> local)
            : base(b, block)
        {
            var rules = block.Rules;
            bool isFirst = rules.Payload!.Sizes[0] > rules.Payload.Sizes[1];
            byte yes = isFirst ? (byte)0 : (byte)1, no = (byte)(1 - yes);
            // Of the second operand: what is compared as equal, and what is not.
            always = local(Vector(block, (at, _, _) => at == 0 ? yes : no));
            larger = local(Vector(block, (_, _, _) => yes));
            lanes = Vector(
                block,
                (at, byteOfPayload, isCopied) => byteOfPayload is not null ? Discriminant(rules, at) : isCopied ? (byte)VectorBytes : (byte)(VectorBytes + 1));
        }

        public override LocalId Mask(LocalId value)
        {
            Code.Get(value);
            Code.Get(always);
            Code.Emit(new Instr.Shuffle(lanes));
            Code.Get(larger);
            Code.Op(PlainOp.I8x16Eq);
            return Code.SetNew(CoreValType.V128, "copied");
        }
    }

    /// <summary>More cases: the sizes of the payloads are looked up, and are greater than the number of the byte where the payload has it.</summary>
    private sealed class Many : VectorCases
    {
        private readonly LocalId sizes, discriminants, numbers, copied;

        public Many(FuncBuilder b, BlockCode block, Func<UInt128, LocalId> local)
            : base(b, block)
        {
            var rules = block.Rules;
            var payload = rules.Payload!;
            sizes = local(Vector(block, (at, _, _) => at < payload.Sizes.Length ? (byte)payload.Sizes[(int)at] : (byte)0));
            discriminants = local(Vector(block, (at, _, _) => Discriminant(rules, at)));
            numbers = local(Vector(block, (_, byteOfPayload, _) => byteOfPayload is { } number ? (byte)number : byte.MaxValue));
            copied = local(Vector(block, (_, _, isCopied) => isCopied ? byte.MaxValue : (byte)0));
        }

        public override LocalId Mask(LocalId value)
        {
            Code.Get(sizes);
            Code.Get(value);
            Code.Get(discriminants);
            Code.Op(PlainOp.I8x16Swizzle);
            Code.Op(PlainOp.I8x16Swizzle);
            Code.Get(numbers);
            Code.Op(PlainOp.I8x16GtU);
            Code.Get(copied);
            Code.Op(PlainOp.V128Or);
            return Code.SetNew(CoreValType.V128, "copied");
        }
    }
}
