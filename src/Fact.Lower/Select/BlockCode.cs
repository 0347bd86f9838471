using System;
using System.Buffers.Binary;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Select;

/// <summary>Writes code that copies blocks of elements by their rules: many bytes at a time, without asking which.</summary>
internal abstract class BlockCode
{
    protected BlockCode(Scope s, BlockRules rules, uint step)
    {
        (S, Rules) = (s, rules);
        // The elements and the steps of a block are whole numbers: sizes are powers of two, or three times such.
        Bytes = rules.Size % step == 0 ? rules.Size : step % rules.Size == 0 ? step : 3 * step;
    }

    /// <summary>The code for elements.</summary>
    public static BlockCode Of(Scope s, BlockRules rules) => s.Options.Simd ? new VectorBlock(s, rules) : new WordBlock(s, rules);

    protected Scope S { get; }

    public BlockRules Rules { get; }

    /// <summary>Bytes of a block.</summary>
    public uint Bytes { get; }

    /// <summary>How many blocks of a long list are copied between two conditions.</summary>
    public abstract int Unrolled { get; }

    /// <summary>Whether something in a payload that not all cases have is checked.</summary>
    public bool IsPayloadChecked
    {
        get
        {
            foreach (ref readonly var one in Rules.Fields.AsSpan())
            {
                if (one.Rule is FieldRule.Below or FieldRule.Char && Rules.Payload is { } payload && one.Offset >= payload.Offset)
                    return true;
            }
            return false;
        }
    }

    /// <summary>Puts what all blocks need into locals.</summary>
    public abstract void Prepare();

    /// <summary>Copies blocks from address to address; branches where something in them is not valid, before anything is written.</summary>
    public abstract void Write(in Source source, in Target target, int blocks, LabelId invalid);

    /// <summary>Bytes that a block is compared or combined with: of an integer for each field, and one for all other bytes.</summary>
    /// <param name="others">The bytes outside of the fields.</param>
    /// <param name="value">The integer of a field; null where its bytes are as the others.</param>
    protected byte[] Constant(byte others, Func<BlockField, uint?> value)
    {
        byte[] bytes = new byte[Bytes];
        bytes.AsSpan().Fill(others);
        Span<byte> integer = stackalloc byte[4];
        foreach (var field in Rules.Fields)
        {
            if (value(field) is not { } one)
                continue;
            BinaryPrimitives.WriteUInt32LittleEndian(integer, one);
            for (uint at = field.Offset; at < Bytes; at += Rules.Size)
            {
                // What is kept may be longer than an integer: then all of its bytes are alike.
                for (uint i = 0; i < field.Size; i++)
                    bytes[at + i] = integer[(int)(i % 4)];
            }
        }
        return bytes;
    }

    /// <summary>All bits of the bytes that are not padding.</summary>
    public byte[] Covered() => Constant(0, _ => uint.MaxValue);

    /// <summary>All bits of the bytes that are copied in every case.</summary>
    public byte[] Copied()
    {
        byte[] bytes = Covered();
        ForPayload((at, _) => bytes[at] = 0);
        return bytes;
    }

    /// <summary>Does something for each byte of a payload that not all cases have: where it is in the block, and which of the payload it is.</summary>
    public void ForPayload(Action<uint, uint> action)
    {
        if (Rules.Payload is not { } payload)
            return;
        var (least, most) = (uint.MaxValue, 0u);
        foreach (uint size in payload.Sizes)
            (least, most) = (uint.Min(least, size), uint.Max(most, size));
        for (uint element = 0; element < Bytes; element += Rules.Size)
        {
            for (uint i = least; i < most; i++)
                action(element + payload.Offset + i, i);
        }
    }
}
