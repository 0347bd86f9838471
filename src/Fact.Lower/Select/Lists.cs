using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Lists, and maps, which are lists of pairs. Spec: <c>load_list_from_range</c>, <c>store_list_into_range</c>.</summary>
internal static class Lists
{
    /// <summary>
    /// <code>
    /// (if (len &gt; limit / size) (then unreachable))   ;; before anything is multiplied
    /// (call $check-range src (align - 1) (len * size))
    /// (dst = (call $reallocate 0 0 align (len * size)))
    /// (if len (then (loop element; src += size; dst += size; (br_if (len -= 1)))))
    /// dst, len to their place
    /// </code>
    /// Where the element's bytes are its value, one <c>memory.copy</c>, or what is faster for few bytes, stands for the loop; where there are rules for its bytes, blocks
    /// stand for most of it. The order of the stores matters: an allocator may put the elements where the pair goes.
    /// </summary>
    public static void Write(Scope s, Copy.List copy, in Source source, in Target target)
    {
        var b = s.Code;
        Ptr sp = source.Side.Ptr, dp = target.Side.Ptr;
        TypeLayout from = copy.Element.Source, to = copy.Element.Target;
        uint fromSize = (uint)from.ElemSize, toSize = (uint)to.ElemSize;
        var (src, len) = Pairs.Take(s, source);

        b.Get(len);
        sp.Const(b, (uint)s.Options.ByteLimit / fromSize);
        sp.GtU(b);
        Guards.TrapIf(s, TrapCode.ListTooLong);

        var bytes = Bytes(b, len, sp, sp, fromSize);
        Ranges.Check(s, source.Side, src, from.Alignment, ByteCount.In(bytes), TrapCode.ListOutOfBounds);
        var targetBytes = fromSize == toSize && sp.Is64 == dp.Is64 ? bytes : Bytes(b, len, sp, dp, toSize);
        Ranges.Allocate(s, target.Side, to.Alignment, ByteCount.In(targetBytes));
        var dst = b.SetNew(dp.Type, "dst");

        var targetLen = len;
        if (sp.Is64 != dp.Is64)
        {
            b.Get(len);
            sp.ConvertTo(b, dp);
            targetLen = b.SetNew(dp.Type, "len");
        }
        // The operand stack keeps the pair while the loop uses up its locals; memory gets it afterwards, from copies.
        if (!target.InMemory)
            Pairs.Put(s, dst, targetLen, target);
        if (copy.Element is Copy.Bytes block)
        {
            var copies = new ShortCopies(s, source.Side, src, target.Side, dst, bytes);
            if (block.InlineShort)
                copies.Write(fromSize, from.Alignment);
            else
                copies.All();
        }
        else
        {
            LocalId at = dst, count = len;
            if (target.InMemory)
            {
                at = CopyOf(b, dst, dp, "at");
                count = targetLen == len ? CopyOf(b, len, sp, "count") : len;
            }
            Loop(s, copy.Element, Source.Memory(source.Side, src), Target.Memory(target.Side, at), count, sp);
        }
        if (target.InMemory)
            Pairs.Put(s, dst, targetLen, target);
    }

    /// <summary>The bytes of so many elements, as an integer of a side.</summary>
    private static LocalId Bytes(FuncBuilder b, LocalId len, Ptr from, Ptr to, uint size)
    {
        if (size == 1 && from.Is64 == to.Is64)
            return len;
        b.Get(len);
        from.ConvertTo(b, to);
        to.MulConst(b, size);
        return b.SetNew(to.Type, "bytes");
    }

    private static LocalId CopyOf(FuncBuilder b, LocalId local, Ptr ptr, string name)
    {
        b.Get(local);
        return b.SetNew(ptr.Type, name);
    }

    /// <summary>Translates elements, in blocks as far as they may be, and one after another; pointers and count are used up.</summary>
    public static void Loop(Scope s, Copy element, in Source source, in Target target, LocalId count, Ptr countType)
    {
        var b = s.Code;
        if (element is Copy.Blocks blocks)
            BlockLoop.Write(s, blocks, source, target, count, countType);
        b.Get(count);
        countType.ToBool(b);
        b.If(CoreFuncType.Empty);
        var again = b.Loop(CoreFuncType.Empty);
        s.Enter(PathSegment.ListElement);
        Copies.Write(s, element, source, target);
        s.Leave();
        Advance(s, source.Side.Ptr, source.Address, (uint)element.Source.ElemSize);
        Advance(s, target.Side.Ptr, target.Address, (uint)element.Target.ElemSize);
        b.Get(count);
        countType.Const(b, 1);
        countType.Sub(b);
        b.Tee(count);
        countType.ToBool(b);
        b.BrIf(again);
        b.End();
        b.End();
    }

    /// <summary>Moves an address on by so many bytes.</summary>
    public static void Advance(Scope s, Ptr ptr, LocalId address, uint size)
    {
        s.Code.Get(address);
        ptr.Const(s.Code, size);
        ptr.Add(s.Code);
        s.Code.Set(address);
    }
}
