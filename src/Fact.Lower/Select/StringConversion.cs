using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;
using Fact.Lower.Runtime.Transcode;

namespace Fact.Lower.Select;

/// <summary>The steps that the conversions of strings share, and the locals that they work on.</summary>
/// <param name="s">The function being built.</param>
/// <param name="source">The side that has the string.</param>
/// <param name="target">The side that gets it.</param>
/// <param name="src">Its address.</param>
/// <param name="srcLen">Its length in code units, without the tag once <see cref="UntagSource"/> ran.</param>
/// <param name="dst">The address that it gets.</param>
/// <param name="dstLen">The length that it gets, in code units, tagged where it is UTF-16 in <c>latin1+utf16</c>.</param>
internal sealed class StringConversion(Scope s, Side source, Side target, LocalId src, LocalId srcLen, LocalId dst, LocalId dstLen)
{
    private readonly FuncBuilder b = s.Code;

    public Scope Scope => s;

    public Ptr SourcePtr => source.Ptr;

    public Ptr TargetPtr => target.Ptr;

    public LocalId Src => src;

    public LocalId SrcLen => srcLen;

    public LocalId Dst => dst;

    public LocalId DstLen => dstLen;

    /// <summary>Pushes whether the length has the UTF-16 tag, its highest bit. Spec: <c>utf16_tag</c>.</summary>
    public void SourceIsTagged() => IsTagged(SourcePtr, srcLen);

    /// <summary>Pushes whether the length of the target has the UTF-16 tag.</summary>
    public void TargetIsTagged() => IsTagged(TargetPtr, dstLen);

    /// <summary>Clears the tag.</summary>
    public void UntagSource()
    {
        b.Get(srcLen);
        b.Emit(SourcePtr.Is64 ? Instr.Const(long.MaxValue) : Instr.Const(int.MaxValue));
        SourcePtr.And(b);
        b.Set(srcLen);
    }

    /// <summary>Sets the tag.</summary>
    public void TagTarget()
    {
        b.Get(dstLen);
        b.Emit(TargetPtr.Is64 ? Instr.Const(long.MinValue) : Instr.Const(int.MinValue));
        TargetPtr.Or(b);
        b.Set(dstLen);
    }

    /// <summary>Traps unless the source has at most the limit of bytes, is aligned and lies in its memory.</summary>
    public void CheckSource(uint unitSize, uint alignment)
    {
        b.Get(srcLen);
        SourcePtr.Const(b, (uint)s.Options.ByteLimit / unitSize);
        SourcePtr.GtU(b);
        Guards.TrapIf(s, TrapCode.StringTooLong);
        var bytes = srcLen;
        if (unitSize != 1)
        {
            b.Get(srcLen);
            SourcePtr.MulConst(b, unitSize);
            bytes = b.SetNew(SourcePtr.Type, "src_bytes");
        }
        Ranges.Check(s, source, src, alignment, ByteCount.In(bytes), TrapCode.StringOutOfBounds);
    }

    /// <summary>Pushes the length of the source, times a factor, as an integer of the target.</summary>
    public void PushSrcLen(uint factor)
    {
        b.Get(srcLen);
        SourcePtr.ConvertTo(b, TargetPtr);
        TargetPtr.MulConst(b, factor);
    }

    /// <summary>Allocates that many bytes; they are on the stack. Spec: <c>allocate</c>.</summary>
    public LocalId Allocate(uint alignment)
    {
        var bytes = b.SetNew(TargetPtr.Type, "bytes");
        Ranges.Allocate(s, target, alignment, ByteCount.In(bytes));
        b.Set(dst);
        return bytes;
    }

    /// <summary>Pushes what <c>realloc</c> is told of the allocation so far. The new size follows.</summary>
    public void BeginReallocate(LocalId oldBytes, uint alignment)
    {
        b.Get(dst);
        b.Get(oldBytes);
        TargetPtr.Const(b, alignment);
    }

    /// <summary>Reallocates to the size on the stack. Spec: <c>reallocate</c>.</summary>
    public void EndReallocate()
    {
        s.Helpers.Reallocate(s, target);
        b.Set(dst);
    }

    /// <summary>Pushes address and length of the whole source.</summary>
    public void PushSource()
    {
        b.Get(src);
        b.Get(srcLen);
    }

    /// <summary>Pushes address and length of what follows the units that were read.</summary>
    public void PushRestOfSource(LocalId read, uint unitSize)
    {
        b.Get(src);
        b.Get(read);
        SourcePtr.MulConst(b, unitSize);
        SourcePtr.Add(b);
        b.Get(srcLen);
        b.Get(read);
        SourcePtr.Sub(b);
    }

    /// <summary>Calls a transcoder, of the host or of the module.</summary>
    /// <param name="op">Which one.</param>
    /// <param name="onlyAscii">Whether there is room for ASCII alone, so that it will stop at what is not.</param>
    public void Transcode(TranscodeOp op, bool onlyAscii = false) => b.Emit(s.Options.Transcoders == Transcoders.Imported
        ? Imports.Call(new Import.Transcode(op, source.Memory!, target.Memory!))
        : s.Helpers.Transcoder(StringRoutines.Of(op, onlyAscii), source, target).Call(s.Path));

    /// <summary>Has a transcoder convert all of the source, or what there is room for, to the start of the destination. Its results are on the stack.</summary>
    /// <param name="op">Which one.</param>
    /// <param name="room">The size of the destination, for one that asks for it: there is room for ASCII alone.</param>
    public void TranscodeSource(TranscodeOp op, LocalId? room = null)
    {
        if (s.Options is { Optimize: Optimize.Speed, Transcoders: not Transcoders.Imported })
            ShortStrings.OrCall(new(b, source.Memory!, target.Memory!, s.Options.Simd, src, srcLen, dst), op, Call);
        else
            Call();

        void Call()
        {
            PushSource();
            b.Get(dst);
            if (room is { } size)
                b.Get(size);
            Transcode(op, onlyAscii: room is not null);
        }
    }

    /// <summary>Allocates so many bytes for each code unit of the source, and calls a transcoder with all of it, whose results are on the stack.</summary>
    /// <returns>The number of bytes.</returns>
    public LocalId AllocateAndTranscode(uint bytesPerUnit, uint alignment, TranscodeOp op)
    {
        PushSrcLen(bytesPerUnit);
        var bytes = Allocate(alignment);
        TranscodeSource(op);
        return bytes;
    }

    /// <summary>Conversions that keep the number of code units. Spec: <c>store_string_copy</c>.</summary>
    public void Copy(TranscodeOp op, uint targetUnitSize, uint alignment)
    {
        AllocateAndTranscode(targetUnitSize, alignment, op);
        PushSrcLen(1);
        b.Set(dstLen);
    }

    /// <summary>Debug builds: traps where the transcoder's answer, on the stack as a condition, is impossible.</summary>
    public void AssertNot() => Guards.TrapIf(s, TrapCode.AssertTranscodeResult);

    private void IsTagged(Ptr ptr, LocalId length)
    {
        b.Get(length);
        b.Emit(ptr.Is64 ? Instr.Const(0L) : Instr.Const(0));
        b.Op(ptr.Is64 ? PlainOp.I64LtS : PlainOp.I32LtS);
    }
}
