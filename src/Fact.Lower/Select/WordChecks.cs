using System;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Checks the integers and chars of blocks of words: a bit that stands for each is set where it is not valid.</summary>
/// <param name="b">The function being built.</param>
/// <param name="code">Arithmetic on words.</param>
/// <param name="constants">The words of a block whose fields have the integer that a function says, and are 0 otherwise.</param>
internal sealed class WordChecks(FuncBuilder b, WordCode code, Func<Func<BlockField, uint?>, ulong[]> constants)
{
    /// <summary>Bits that a char may have, the one above, and those of them that are the same in all surrogates.</summary>
    private const uint CharBits = 0x1FFFFF, CharOverflow = CharBits + 1, SurrogateBits = CharBits & ~(CharRange.Surrogates - 1);

    /// <summary>Bits that chars below all surrogates do not have, also when so much is added.</summary>
    private const uint BeyondLowChars = 0xFFFF0000, LowCharRoom = 0x10000 - CharRange.FirstSurrogate;

    private const ulong TwoChars = 0x1_0000_0001;

    // The highest bits of integers that are bounded by them or less, and of the others.
    private readonly ulong[] low = constants(field => IsLow(field) ? HighBit(field) : null);
    private readonly ulong[] high = constants(field => field.Rule == FieldRule.Below && !IsLow(field) ? HighBit(field) : null);

    // What sets the highest bit, or has it set, when it is added to an integer that is not valid.
    private readonly ulong[] room = constants(field => field.Rule == FieldRule.Below ? (IsLow(field) ? HighBit(field) : 2 * HighBit(field)) - field.Operand : null);
    private readonly ulong[] chars = constants(field => field.Rule == FieldRule.Char ? 1 : null);

    private int Words => low.Length;

    /// <summary>Puts constants into locals.</summary>
    public void Prepare()
    {
        for (int word = 0; word < Words; word++)
        {
            if (low[word] != 0)
                code.Declare(room[word]);
            if (chars[word] != 0)
            {
                code.Declare(chars[word] * CharBits, chars[word] * (CharOverflow - CharRange.End), chars[word] * CharOverflow);
                code.Declare(chars[word] * CharRange.FirstSurrogate, chars[word] * SurrogateBits, chars[word] * LowCharRoom);
            }
        }
    }

    /// <summary>Branches where something in the words of some blocks is not valid.</summary>
    /// <param name="values">The words.</param>
    /// <param name="cases">For each the mask of what is looked at; null where that is all.</param>
    /// <param name="invalid">Where to.</param>
    public void Write(LocalId[] values, LocalId?[] cases, LabelId invalid)
    {
        if (Array.TrueForAll(chars, word => word == TwoChars))
        {
            // Most text is below the surrogates.
            Accumulate(values.Length, i =>
            {
                b.Get(values[i]);
                code.Push(TwoChars * LowCharRoom);
                b.Op(PlainOp.I64Add);
                b.Get(values[i]);
                b.Op(PlainOp.I64Or);
            });
            code.And(TwoChars * BeyondLowChars);
            IsNotZero();
            b.If(CoreFuncType.Empty);
            Accumulate(values.Length, i => Chars(values[i], null, TwoChars));
            IsNotZero();
            b.Emit(Instr.BranchIf(invalid));
            b.End();
            return;
        }
        bool isChecked = false;
        for (int word = 0; word < Words; word++)
        {
            int[] same = [.. Enumerable.Range(0, values.Length).Where(i => i % Words == word)];
            if (low[word] != 0)
                Or(() => Accumulate(same.Length, i => Low(values[same[i]], cases[same[i]], word)), low[word]);
            if (high[word] != 0)
                Or(() => Accumulate(same.Length, i => High(values[same[i]], cases[same[i]], word)), high[word]);
            if (chars[word] != 0)
                Or(() => Accumulate(same.Length, i => Chars(values[same[i]], cases[same[i]], chars[word])), WordCode.AllBits);
        }
        if (!isChecked)
            return;
        IsNotZero();
        b.Emit(Instr.BranchIf(invalid));

        void Or(Action push, ulong mask)
        {
            push();
            code.And(mask);
            if (isChecked)
                b.Op(PlainOp.I64Or);
            isChecked = true;
        }
    }

    private static bool IsLow(BlockField field) => field.Rule == FieldRule.Below && field.Operand <= HighBit(field);

    private static uint HighBit(BlockField field) => 1u << (int)((8 * field.Size) - 1);

    /// <summary>What is too large has the highest bit, or gets it. Only what has it already could carry into the next integer.</summary>
    private void Low(LocalId value, LocalId? mask, int word)
    {
        Value(value, mask);
        code.Push(room[word]);
        b.Op(PlainOp.I64Add);
        Value(value, mask);
        b.Op(PlainOp.I64Or);
    }

    /// <summary>What is too large has the highest bit, and the rest of it sets it again.</summary>
    private void High(LocalId value, LocalId? mask, int word)
    {
        Value(value, mask);
        code.And(~(low[word] | high[word]));
        code.Push(room[word]);
        b.Op(PlainOp.I64Add);
        Value(value, mask);
        b.Op(PlainOp.I64And);
    }

    /// <summary>Not 0: bits that no char has; or the lowest of them, set by addition where a char is too large; or where addition to what differs from surrogates does
    /// not set it.</summary>
    private void Chars(LocalId value, LocalId? mask, ulong ones)
    {
        Value(value, mask);
        code.And(ones * CharBits);
        var bits = b.TeeNew(CoreValType.I64, "chars");
        Value(value, mask);
        if (ones != TwoChars)
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
        code.Push(WordCode.AllBits);
        b.Op(PlainOp.I64Xor);
        b.Op(PlainOp.I64Or);
        code.And(ones * CharOverflow);
        b.Op(PlainOp.I64Or);
    }

    private void Value(LocalId value, LocalId? mask)
    {
        b.Get(value);
        if (mask is not { } local)
            return;
        b.Get(local);
        b.Op(PlainOp.I64And);
    }

    /// <summary>Pushes the disjunction of words.</summary>
    private void Accumulate(int count, Action<int> push)
    {
        for (int i = 0; i < count; i++)
        {
            push(i);
            if (i > 0)
                b.Op(PlainOp.I64Or);
        }
    }

    private void IsNotZero()
    {
        b.Emit(Instr.Const(0L));
        b.Op(PlainOp.I64Ne);
    }
}
