using System;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>
/// Copies bytes, whose number is known when they are copied: up to 32 by loads and stores, more by <c>memory.copy</c>, which takes as long for few bytes as for
/// some hundreds. Both ranges were checked to be in their memories; nothing outside of them is read or written, and both may overlap.
/// <code>
/// (if (bytes - 8 &lt;= 24)   ;; without sign
///   (then first word, last word, which may have bytes in common; and the two between them, where there are more than 16 bytes)
///   (else (if (bytes &gt;= 8)
///     (then memory.copy)
///     (else the same with halves of words; fewer bytes one after another))))
/// </code>
/// </summary>
/// <param name="s">The function being built.</param>
/// <param name="from">The side that the bytes come from.</param>
/// <param name="src">Their address.</param>
/// <param name="to">The side that they go to.</param>
/// <param name="dst">The address there.</param>
/// <param name="bytes">How many they are, as an integer of the first side.</param>
internal readonly ref struct ShortCopies(Scope s, Side from, LocalId src, Side to, LocalId dst, LocalId bytes)
{
    private const uint Word = 8, Most = 4 * Word;

    private readonly FuncBuilder b = s.Code;

    /// <summary>Copies them.</summary>
    /// <param name="unit">Bytes that a multiple of is copied: 1, 2, 4, or any other number.</param>
    /// <param name="alignment">What both addresses are multiples of.</param>
    public void Write(uint unit, uint alignment)
    {
        // Words between the first and the last are stored when those are not loaded yet, so nothing may overlap.
        bool isOneMemory = from.MemoryNumber == to.MemoryNumber;
        byte align = (byte)Math.Min(3, System.Numerics.BitOperations.Log2(alignment));
        var ptr = from.Ptr;
        b.Get(bytes);
        ptr.Const(b, Word);
        ptr.Sub(b);
        var last = b.TeeNew(ptr.Type, "last");
        ptr.Const(b, (isOneMemory ? Most / 2 : Most) - Word + 1);
        ptr.LtU(b);
        b.If(CoreFuncType.Empty);
        if (!isOneMemory)
            MiddleWords(last, align);
        Both(last, 3, align);
        b.Else();
        if (unit % Word == 0)
        {
            All();
        }
        else
        {
            b.Get(bytes);
            ptr.Const(b, Word);
            ptr.LtU(b);
            b.If(CoreFuncType.Empty);
            Few(unit, align, last);
            b.Else();
            All();
            b.End();
        }
        b.End();
    }

    /// <summary>Copies all of them, however many they are.</summary>
    public void All()
    {
        b.Get(dst);
        b.Get(src);
        b.Get(bytes);
        if (from.Ptr.Is64 && !to.Ptr.Is64)
            b.Op(PlainOp.I32WrapI64);
        b.Emit(new Instr.MemoryCopy(to.Memory!, from.Memory!));
    }

    /// <summary>The second word, and the last but one.</summary>
    private void MiddleWords(LocalId last, byte align)
    {
        b.Get(last);
        from.Ptr.Const(b, Word);
        from.Ptr.GtU(b);
        b.If(CoreFuncType.Empty);
        b.Get(dst);
        b.Get(src);
        s.Access(MemoryOp.I64Load, from, Word, align);
        s.Access(MemoryOp.I64Store, to, Word, align);
        PushTarget(last);
        to.Ptr.Const(b, Word);
        to.Ptr.Sub(b);
        PushSource(last);
        from.Ptr.Const(b, Word);
        from.Ptr.Sub(b);
        s.Access(MemoryOp.I64Load, from, 0, align);
        s.Access(MemoryOp.I64Store, to, 0, align);
        b.End();
    }

    /// <summary>Fewer than a word.</summary>
    private void Few(uint unit, byte align, LocalId last)
    {
        var ptr = from.Ptr;
        if (unit % 4 == 0)
        {
            IfAny();
            One(2, align);
            b.End();
            return;
        }
        b.Get(bytes);
        ptr.Const(b, 4);
        ptr.LtU(b);
        b.If(CoreFuncType.Empty);
        IfAny();
        if (unit % 2 == 0)
            One(1, align);
        else
            Bytes(last);
        b.End();
        b.Else();
        Move(last, 4);
        Both(last, 2, align);
        b.End();
    }

    /// <summary>One to three bytes: the first, the one in the middle, and the last.</summary>
    private void Bytes(LocalId last)
    {
        var ptr = from.Ptr;
        b.Get(dst);
        b.Get(src);
        s.Access(MemoryOp.I32Load8U, from, 0, 0);
        b.Get(bytes);
        ptr.Const(b, 1);
        ptr.ShrU(b);
        b.Set(last);
        PushTarget(last);
        PushSource(last);
        s.Access(MemoryOp.I32Load8U, from, 0, 0);
        Move(last, 1);
        PushTarget(last);
        PushSource(last);
        s.Access(MemoryOp.I32Load8U, from, 0, 0);
        for (int i = 0; i < 3; i++)
            s.Access(MemoryOp.I32Store8, to, 0, 0);
    }

    private void IfAny()
    {
        b.Get(bytes);
        from.Ptr.ToBool(b);
        b.If(CoreFuncType.Empty);
    }

    private void One(byte log2, byte align)
    {
        b.Get(dst);
        b.Get(src);
        s.Access(ConstantCopies.Load(log2), from, 0, Math.Min(log2, align));
        s.Access(ConstantCopies.Store(log2), to, 0, Math.Min(log2, align));
    }

    /// <summary>The first and the last word or part of one, both loaded before either is stored.</summary>
    private void Both(LocalId last, byte log2, byte align)
    {
        align = Math.Min(align, log2);
        b.Get(dst);
        b.Get(src);
        s.Access(ConstantCopies.Load(log2), from, 0, align);
        PushTarget(last);
        PushSource(last);
        s.Access(ConstantCopies.Load(log2), from, 0, align);
        s.Access(ConstantCopies.Store(log2), to, 0, align);
        s.Access(ConstantCopies.Store(log2), to, 0, align);
    }

    /// <summary>Lets a local be so many bytes before the end.</summary>
    private void Move(LocalId last, uint beforeEnd)
    {
        b.Get(bytes);
        from.Ptr.Const(b, beforeEnd);
        from.Ptr.Sub(b);
        b.Set(last);
    }

    private void PushSource(LocalId at)
    {
        b.Get(src);
        b.Get(at);
        from.Ptr.Add(b);
    }

    private void PushTarget(LocalId at)
    {
        b.Get(dst);
        b.Get(at);
        from.Ptr.ConvertTo(b, to.Ptr);
        to.Ptr.Add(b);
    }
}
