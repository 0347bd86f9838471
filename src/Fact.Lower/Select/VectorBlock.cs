using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Select;

/// <summary>Blocks of vectors: 16 bytes at a time.</summary>
internal sealed class VectorBlock(Scope s, BlockRules rules) : BlockCode(s, rules, VectorBytes)
{
    private const int VectorBytes = 16, UnrolledBytes = 64;

    private readonly Dictionary<UInt128, LocalId> locals = [];
    private VectorCases? cases;

    // For each vector of a block: the constants that it needs; null where it is not what they are for.
    private LocalId?[] bools = [], kept = [], most8 = [], most16 = [], most32 = [], surrogates = [], afterSurrogates = [], copied = [];

    public override int Unrolled => Math.Max(1, UnrolledBytes / (int)Bytes);

    public override void Prepare()
    {
        bools = Locals(0xFF, field => field.Rule == FieldRule.ToBool ? 1 : null);
        kept = Locals(0xFF, field => field.Rule == FieldRule.Mask ? field.Operand : null);
        most8 = Locals(0xFF, field => field is { Rule: FieldRule.Below, Size: 1 } ? field.Operand - 1 : null);
        most16 = Locals(0xFF, field => field is { Rule: FieldRule.Below, Size: 2 } ? field.Operand - 1 : null);
        most32 = Locals(0xFF, field => field.Rule == FieldRule.Char ? CharRange.Count - 1 : field is { Rule: FieldRule.Below, Size: 4 } ? field.Operand - 1 : null);
        surrogates = Locals(0, field => field.Rule == FieldRule.Char ? CharRange.FirstSurrogate : null);
        afterSurrogates = Locals(0, field => field.Rule == FieldRule.Char ? CharRange.Surrogates : null);
        copied = Locals(Copied(), 0xFF);
        cases = Rules.Payload is null ? null : VectorCases.Of(S.Code, this, Local);
    }

    public override void Write(in Source source, in Target target, int blocks, LabelId invalid)
    {
        var b = S.Code;
        int vectors = (int)Bytes / VectorBytes;
        var values = new LocalId[blocks * vectors];
        var masks = new LocalId?[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            b.Get(source.Address);
            S.Access(MemoryOp.V128Load, source.Side, (uint)i * VectorBytes, 0);
            values[i] = b.SetNew(CoreValType.V128, "block");
            masks[i] = cases?.Mask(values[i]) ?? copied[i % vectors];
        }
        if (IsChecked(values, masks, vectors))
        {
            b.Op(PlainOp.V128AnyTrue);
            b.Emit(Instr.BranchIf(invalid));
        }
        for (int i = 0; i < values.Length; i++)
        {
            b.Get(target.Address);
            b.Get(values[i]);
            Combine(bools[i % vectors], PlainOp.I8x16MinU);
            Combine(kept[i % vectors], PlainOp.V128And);
            if (masks[i] is { } mask)
            {
                b.Get(target.Address);
                S.Access(MemoryOp.V128Load, target.Side, (uint)i * VectorBytes, 0);
                b.Get(mask);
                b.Op(PlainOp.V128Bitselect);
            }
            S.Access(MemoryOp.V128Store, target.Side, (uint)i * VectorBytes, 0);
        }
    }

    /// <summary>Pushes a vector that is not 0 where something is not valid; says whether anything is checked at all.</summary>
    private bool IsChecked(LocalId[] values, LocalId?[] copied, int vectors)
    {
        bool isChecked = false;
        for (int vector = 0; vector < vectors; vector++)
        {
            Check(most8[vector], vector, PlainOp.I8x16MaxU, PlainOp.I8x16SubSatU);
            Check(most16[vector], vector, PlainOp.I16x8MaxU, PlainOp.I16x8SubSatU);
            Check(most32[vector], vector, PlainOp.I32x4MaxU, PlainOp.I32x4GtU);
        }
        return isChecked;

        void Check(LocalId? most, int vector, PlainOp max, PlainOp exceeds)
        {
            if (most is not { } limit)
                return;
            var b = S.Code;
            for (int i = vector; i < values.Length; i += vectors)
            {
                b.Get(values[i]);
                if (cases is { AreChecked: true })
                    Combine(copied[i], PlainOp.V128And);
                if (max == PlainOp.I32x4MaxU)
                {
                    Combine(surrogates[vector], PlainOp.V128Xor);
                    Combine(afterSurrogates[vector], PlainOp.I32x4Sub);
                }
                if (i > vector)
                    b.Op(max);
            }
            b.Get(limit);
            b.Op(exceeds);
            if (isChecked)
                b.Op(PlainOp.V128Or);
            isChecked = true;
        }
    }

    private void Combine(LocalId? constant, PlainOp op)
    {
        if (constant is not { } local)
            return;
        S.Code.Get(local);
        S.Code.Op(op);
    }

    private LocalId?[] Locals(byte others, Func<BlockField, uint?> value) => Locals(Constant(others, value), others);

    /// <summary>A local for each vector of a block; none for one whose bytes are all without effect.</summary>
    private LocalId?[] Locals(byte[] block, byte? without)
    {
        var vectors = new LocalId?[block.Length / VectorBytes];
        for (int i = 0; i < vectors.Length; i++)
        {
            var bytes = block.AsSpan(i * VectorBytes, VectorBytes);
            if (without is not { } neutral || bytes.ContainsAnyExcept(neutral))
                vectors[i] = Local(BinaryPrimitives.ReadUInt128LittleEndian(bytes));
        }
        return vectors;
    }

    private LocalId Local(UInt128 bits)
    {
        if (locals.TryGetValue(bits, out var local))
            return local;
        Push(bits);
        local = S.Code.SetNew(CoreValType.V128, "mask");
        locals.Add(bits, local);
        return local;
    }

    /// <summary>Pushes a constant: in full, or as a repeated integer where that is shorter.</summary>
    private void Push(UInt128 bits)
    {
        var b = S.Code;
        ulong low = (ulong)bits;
        uint word = (uint)low;
        if (low != (ulong)(bits >> 64) || word != (uint)(low >> 32))
        {
            b.Emit(new Instr.V128Const(bits));
        }
        else if ((word & 0xFF) * 0x01010101u == word)
        {
            b.I32((sbyte)word);
            b.Op(PlainOp.I8x16Splat);
        }
        else
        {
            b.I32((int)word);
            b.Op(PlainOp.I32x4Splat);
        }
    }
}
