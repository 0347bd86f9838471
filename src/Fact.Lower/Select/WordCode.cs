using System;
using System.Collections.Generic;
using Fact.Ir;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Writes arithmetic on 64-bit words with constants, of which those that are needed more than once are in locals.</summary>
internal sealed class WordCode(FuncBuilder b)
{
    public const ulong AllBits = ulong.MaxValue;

    private readonly Dictionary<ulong, LocalId> locals = [];

    /// <summary>Puts constants into locals.</summary>
    public void Declare(params ReadOnlySpan<ulong> words)
    {
        foreach (ulong word in words)
        {
            if (word == AllBits || locals.ContainsKey(word))
                continue;
            b.Emit(Instr.Const((long)word));
            locals.Add(word, b.SetNew(CoreValType.I64, "mask"));
        }
    }

    public void Push(ulong word)
    {
        if (locals.TryGetValue(word, out var local))
            b.Get(local);
        else
            b.Emit(Instr.Const((long)word));
    }

    /// <summary>Clears all bits of the word on the stack but those of a mask.</summary>
    public void And(ulong mask)
    {
        if (mask == AllBits)
            return;
        Push(mask);
        b.Op(PlainOp.I64And);
    }

    /// <summary>Shifts the word on the stack.</summary>
    public void Shift(int bits, PlainOp op)
    {
        if (bits == 0)
            return;
        b.Emit(Instr.Const((long)bits));
        b.Op(op);
    }
}
