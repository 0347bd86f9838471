using System;
using System.Buffers.Binary;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Select;

/// <summary>Blocks of 64-bit words: 8 bytes at a time. All integers in a word are computed at once, and none carries into the next.</summary>
internal sealed class WordBlock(Scope s, BlockRules rules) : BlockCode(s, rules, WordBytes)
{
    private const int WordBytes = 8, UnrolledBytes = 32;
    private const ulong AllBits = WordCode.AllBits;

    /// <summary>Bits that a char may have, the one above, and those of them that are the same in all surrogates.</summary>
    private const uint CharBits = 0x1FFFFF, CharOverflow = CharBits + 1, SurrogateBits = CharBits & ~(CharRange.Surrogates - 1);

    private readonly WordCode code = new(s.Code);

    // For each word of a block.
    private ulong[] bools = [], kept = [], copied = [], low = [], high = [], bounds = [], chars = [], byCase = [];

    public override int Unrolled => Math.Max(1, UnrolledBytes / (int)Bytes);

    public override void Prepare()
    {
        bools = Words(Constant(0, field => field.Rule == FieldRule.ToBool ? 1 : null));
        kept = Words(Constant(0xFF, field => field.Rule switch { FieldRule.ToBool => 0, FieldRule.Mask => field.Operand, _ => null }));
        copied = Words(Copied());
        low = Words(Constant(0, field => IsLow(field) ? HighBit(field) : null));
        high = Words(Constant(0, field => field.Rule == FieldRule.Below && !IsLow(field) ? HighBit(field) : null));
        bounds = Words(Constant(0, field => field.Rule == FieldRule.Below ? (IsLow(field) ? HighBit(field) : 2 * HighBit(field)) - field.Operand : null));
        chars = Words(Constant(0, field => field.Rule == FieldRule.Char ? 1 : null));
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
            if ((low[i] | high[i]) != 0)
                code.Declare(~(low[i] | high[i]), bounds[i]);
            if (chars[i] != 0)
            {
                code.Declare(chars[i] * CharBits, chars[i] * (CharOverflow - CharRange.End), chars[i] * CharOverflow);
                code.Declare(chars[i] * CharRange.FirstSurrogate, chars[i] * SurrogateBits);
            }
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
        if (IsChecked(values, cases, words))
        {
            b.Emit(Instr.Const(0L));
            b.Op(PlainOp.I64Ne);
            b.Emit(Instr.BranchIf(invalid));
        }
        for (int i = 0; i < values.Length; i++)
        {
            uint offset = (uint)i * WordBytes;
            b.Get(target.Address);
            Normalized(values[i], i % words, cases[i] is null ? copied[i % words] : AllBits);
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
            else if (copied[i % words] != AllBits)
            {
                b.Get(target.Address);
                S.Access(MemoryOp.I64Load, target.Side, offset, 0);
                code.And(~copied[i % words]);
                b.Op(PlainOp.I64Or);
            }
            S.Access(MemoryOp.I64Store, target.Side, offset, 0);
        }
    }

    private static bool IsLow(BlockField field) => field.Rule == FieldRule.Below && field.Operand <= HighBit(field);

    private static uint HighBit(BlockField field) => 1u << (int)((8 * field.Size) - 1);

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

    /// <summary>Pushes a word that is not 0 where something is not valid; says whether anything is checked at all.</summary>
    private bool IsChecked(LocalId[] values, LocalId?[] cases, int words)
    {
        var b = S.Code;
        bool isChecked = false;
        for (int i = 0; i < values.Length; i++)
        {
            int word = i % words;
            ulong integers = low[word] | high[word];
            if (integers != 0)
            {
                // (value without the highest bits) + bound: the highest bit is set where the rest is not below the bound.
                Value(i);
                code.And(~integers);
                code.Push(bounds[word]);
                b.Op(PlainOp.I64Add);
                if (low[word] != 0 && high[word] != 0)
                {
                    var sum = b.TeeNew(CoreValType.I64, "sum");
                    Value(i);
                    b.Op(PlainOp.I64Or);
                    code.And(low[word]);
                    b.Get(sum);
                    Value(i);
                    b.Op(PlainOp.I64And);
                    code.And(high[word]);
                    b.Op(PlainOp.I64Or);
                }
                else
                {
                    Value(i);
                    b.Op(low[word] != 0 ? PlainOp.I64Or : PlainOp.I64And);
                    code.And(integers);
                }
                Next();
            }
            if (chars[word] != 0)
            {
                Chars(i, chars[word]);
                Next();
            }
        }
        return isChecked;

        void Value(int i)
        {
            b.Get(values[i]);
            if (cases[i] is not { } mask)
                return;
            b.Get(mask);
            b.Op(PlainOp.I64And);
        }

        void Next()
        {
            if (isChecked)
                b.Op(PlainOp.I64Or);
            isChecked = true;
        }

        // Not 0: bits that no char has; or the lowest of them, set by addition where a char is too large; or where adding to what differs from surrogates does not set it.
        void Chars(int i, ulong ones)
        {
            Value(i);
            code.And(ones * CharBits);
            var bits = b.TeeNew(CoreValType.I64, "chars");
            Value(i);
            code.And(ones * uint.MaxValue);
            b.Op(PlainOp.I64Xor);
            b.Get(bits);
            code.Push(ones * (CharOverflow - CharRange.End));
            b.Op(PlainOp.I64Add);
            b.Get(bits);
            code.Push(ones * CharRange.FirstSurrogate);
            b.Op(PlainOp.I64Xor);
            code.And(ones * SurrogateBits);
            code.Push(ones * SurrogateBits);
            b.Op(PlainOp.I64Add);
            code.Push(AllBits);
            b.Op(PlainOp.I64Xor);
            b.Op(PlainOp.I64Or);
            code.And(ones * CharOverflow);
            b.Op(PlainOp.I64Or);
        }
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
