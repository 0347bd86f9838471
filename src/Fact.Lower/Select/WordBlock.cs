using System;
using System.Buffers.Binary;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Select;

/// <summary>Blocks of 64-bit words: 8 bytes at a time. All integers in a word are computed at once, and none carries into the next.</summary>
internal sealed class WordBlock(Scope s, BlockRules rules) : BlockCode(s, rules, WordBytes)
{
    private const int WordBytes = 8, UnrolledBytes = 32;
    private const ulong AllBits = WordCode.AllBits, AllBools = 0x0101_0101_0101_0101;

    private readonly WordCode code = new(s.Code);
    private WordChecks? checks;

    // For each word of a block.
    private ulong[] bools = [], kept = [], copied = [], byCase = [];

    public override int Unrolled => Math.Max(1, UnrolledBytes / (int)Bytes);

    public override void Prepare()
    {
        bools = Words(Constant(0, field => field.Rule == FieldRule.ToBool ? 1 : null));
        kept = Words(Constant(0xFF, field => field.Rule switch { FieldRule.ToBool => 0, FieldRule.Mask => field.Operand, _ => null }));
        copied = Words(Copied());
        checks = new(S.Code, code, value => Words(Constant(0, value)));
        checks.Prepare();
        byte[] cases = new byte[Bytes], fields = Covered();
        ForPayload((at, _) => cases[at] = fields[at]);
        byCase = Words(cases);
        for (int i = 0; i < bools.Length; i++)
        {
            // What more than one word or block may need.
            if (bools[i] != 0)
                code.Declare(bools[i], bools[i] * 0x7F);
            if (copied[i] != AllBits)
                code.Declare(copied[i], ~copied[i]);
            if (kept[i] != AllBits && (kept[i] & copied[i]) != 0)
                code.Declare(kept[i] & copied[i]);
        }
    }

    public override void Write(in Source source, in Target target, int blocks, LabelId invalid)
    {
        var b = S.Code;
        int words = (int)Bytes / WordBytes;
        var values = new LocalId[blocks * words];
        var cases = new LocalId?[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            b.Get(source.Address);
            S.Access(MemoryOp.I64Load, source.Side, (uint)i * WordBytes, 0);
            values[i] = b.SetNew(CoreValType.I64, "block");
            if (byCase[i % words] != 0)
                cases[i] = CopiedByCase(values[i - (i % words) + (int)(Rules.Payload!.Discriminant / WordBytes)], i % words);
        }
        checks!.Write(values, cases, invalid);
        if (!Array.TrueForAll(bools, word => word == AllBools))
        {
            Store(values, cases, target);
            return;
        }
        // Most booleans are 0 or 1.
        for (int i = 0; i < values.Length; i++)
        {
            b.Get(values[i]);
            if (i > 0)
                b.Op(PlainOp.I64Or);
        }
        code.And(~AllBools);
        b.Op(PlainOp.I64Eqz);
        b.If(CoreFuncType.Empty);
        for (int i = 0; i < values.Length; i++)
        {
            b.Get(target.Address);
            b.Get(values[i]);
            S.Access(MemoryOp.I64Store, target.Side, (uint)i * WordBytes, 0);
        }
        b.Else();
        Store(values, cases, target);
        b.End();
    }

    private void Store(LocalId[] values, LocalId?[] cases, in Target target)
    {
        var b = S.Code;
        for (int i = 0; i < values.Length; i++)
        {
            int word = i % bools.Length;
            uint offset = (uint)i * WordBytes;
            b.Get(target.Address);
            Normalized(values[i], word, cases[i] is null ? copied[word] : AllBits);
            if (cases[i] is { } mask)
            {
                // old ^ ((old ^ new) & mask)
                b.Get(target.Address);
                S.Access(MemoryOp.I64Load, target.Side, offset, 0);
                var old = b.TeeNew(CoreValType.I64, "old");
                b.Op(PlainOp.I64Xor);
                b.Get(mask);
                b.Op(PlainOp.I64And);
                b.Get(old);
                b.Op(PlainOp.I64Xor);
            }
            else if (copied[word] != AllBits)
            {
                b.Get(target.Address);
                S.Access(MemoryOp.I64Load, target.Side, offset, 0);
                code.And(~copied[word]);
                b.Op(PlainOp.I64Or);
            }
            S.Access(MemoryOp.I64Store, target.Side, offset, 0);
        }
    }

    /// <summary>
    /// The bits of a word that are copied, where the bytes of the payload that not both cases have are copied in one: the lowest bit of the discriminants, 0 or 1,
    /// becomes all of these bits.
    /// </summary>
    private LocalId CopiedByCase(LocalId discriminants, int word)
    {
        var b = S.Code;
        var payload = Rules.Payload!;
        uint size = Rules.Size;
        int first = 8 * (int)(payload.Discriminant % WordBytes);
        bool inFirst = payload.Sizes[0] > payload.Sizes[1];
        b.Get(discriminants);
        if (size >= WordBytes)
        {
            // All bits, or none: 0 - case, or case - 1.
            code.Shift(first, PlainOp.I64ShrU);
            code.And(1);
            if (inFirst)
            {
                b.Emit(Instr.Const(1L));
                b.Op(PlainOp.I64Sub);
            }
            else
            {
                var bit = b.SetNew(CoreValType.I64, "case");
                b.Emit(Instr.Const(0L));
                b.Get(bit);
                b.Op(PlainOp.I64Sub);
            }
        }
        else
        {
            ulong bits = 0;
            for (uint at = payload.Discriminant; at < WordBytes; at += size)
                bits |= 1UL << (8 * (int)at);
            code.And(bits);
            if (inFirst)
            {
                code.Push(bits);
                b.Op(PlainOp.I64Xor);
            }
            var bit = b.TeeNew(CoreValType.I64, "cases");
            int from = 8 * (int)(payload.Offset + uint.Min(payload.Sizes[0], payload.Sizes[1]) - payload.Discriminant);
            int to = 8 * (int)(payload.Offset + uint.Max(payload.Sizes[0], payload.Sizes[1]) - payload.Discriminant);
            code.Shift(to, PlainOp.I64Shl);
            b.Get(bit);
            code.Shift(from, PlainOp.I64Shl);
            b.Op(PlainOp.I64Sub);
        }
        code.And(byCase[word]);
        if (copied[word] != 0)
        {
            code.Push(copied[word]);
            b.Op(PlainOp.I64Or);
        }
        return b.SetNew(CoreValType.I64, "copied");
    }

    /// <summary>Pushes a word as the target gets it; bits that it does not get are 0.</summary>
    private void Normalized(LocalId value, int word, ulong mask)
    {
        var b = S.Code;
        ulong keep = kept[word] & mask;
        if (keep != 0)
        {
            b.Get(value);
            code.And(keep);
        }
        if (bools[word] == 0)
            return;
        // (value & 7f) + 7f has bit 7 where the lower bits are not all 0.
        b.Get(value);
        code.And(bools[word] * 0x7F);
        code.Push(bools[word] * 0x7F);
        b.Op(PlainOp.I64Add);
        b.Get(value);
        b.Op(PlainOp.I64Or);
        code.Shift(7, PlainOp.I64ShrU);
        code.And(bools[word]);
        if (keep != 0)
            b.Op(PlainOp.I64Or);
    }

    private static ulong[] Words(byte[] bytes)
    {
        ulong[] words = new ulong[bytes.Length / WordBytes];
        for (int i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * WordBytes));
        return words;
    }
}
