using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Copies elements in blocks, as long as there are enough for one and all in it are valid.</summary>
internal static class BlockLoop
{
    /// <summary>
    /// What it leaves to be copied one after another: fewer elements than a block has; all from the first block with an invalid one on, of which nothing was written; and
    /// all where source and target overlap. The last block begins before the end of the one before it: what was copied already is copied again.
    /// <code>
    /// (block $rest
    ///   (br_if $rest (count &lt; n))
    ///   (br_if $rest (dst - src &lt; bytes || src - dst &lt; bytes))   ;; in one memory
    ///   (block $few
    ///     (br_if $few (count &lt; many * n))
    ///     (loop $again many blocks, or (br $rest); (br_if $again (count &gt;= many * n)))
    ///     (br_if $rest (count == 0)))
    ///   (loop $again
    ///     (if (count &lt; n) (then back by n - count elements))
    ///     a block, or (br $rest)
    ///     (br_if $again count)))
    /// </code>
    /// </summary>
    public static void Write(Scope s, Copy.Blocks copy, in Source source, in Target target, LocalId count, Ptr countType)
    {
        var b = s.Code;
        var block = BlockCode.Of(s, copy.Rules);
        uint n = block.Bytes / copy.Rules.Size;
        int many = s.Options.Optimize == Optimize.Speed ? block.Unrolled : 1;
        var rest = b.Block(CoreFuncType.Empty);
        BranchIfFewer(b, count, countType, n, rest);
        if (source.Side.MemoryNumber == target.Side.MemoryNumber)
            BranchIfOverlapping(s, copy.Rules.Size, source, target, count, countType, rest);
        block.Prepare();
        if (many > 1)
        {
            var few = b.Block(CoreFuncType.Empty);
            BranchIfFewer(b, count, countType, n * (uint)many, few);
            var again = b.Loop(CoreFuncType.Empty);
            block.Write(source, target, many, rest);
            Advance(s, copy.Rules.Size, n * (uint)many, source, target, count, countType);
            b.Get(count);
            countType.Const(b, n * (uint)many);
            countType.GeU(b);
            b.Emit(Instr.BranchIf(again));
            b.End();
            b.Get(count);
            countType.Eqz(b);
            b.Emit(Instr.BranchIf(rest));
            b.End();
        }
        One(s, block, n, copy.Rules.Size, source, target, count, countType, rest);
        b.End();
    }

    private static void One(Scope s, BlockCode block, uint n, uint size, in Source source, in Target target, LocalId count, Ptr countType, LabelId rest)
    {
        var b = s.Code;
        var again = b.Loop(CoreFuncType.Empty);
        b.Get(count);
        countType.Const(b, n);
        countType.LtU(b);
        b.If(CoreFuncType.Empty);
        countType.Const(b, n);
        b.Get(count);
        countType.Sub(b);
        countType.MulConst(b, size);
        var back = b.SetNew(countType.Type, "back");
        Back(b, source.Side.Ptr, source.Address, back, countType);
        Back(b, target.Side.Ptr, target.Address, back, countType);
        countType.Const(b, n);
        b.Set(count);
        b.End();
        block.Write(source, target, 1, rest);
        Advance(s, size, n, source, target, count, countType);
        b.Get(count);
        countType.ToBool(b);
        b.Emit(Instr.BranchIf(again));
        b.End();
    }

    private static void BranchIfFewer(FuncBuilder b, LocalId count, Ptr countType, uint than, LabelId label)
    {
        b.Get(count);
        countType.Const(b, than);
        countType.LtU(b);
        b.Emit(Instr.BranchIf(label));
    }

    private static void BranchIfOverlapping(Scope s, uint size, in Source source, in Target target, LocalId count, Ptr countType, LabelId label)
    {
        var b = s.Code;
        var ptr = source.Side.Ptr;
        b.Get(count);
        countType.ConvertTo(b, ptr);
        ptr.MulConst(b, size);
        var bytes = b.SetNew(ptr.Type, "bytes");
        Distance(target.Address, source.Address);
        Distance(source.Address, target.Address);
        b.Op(PlainOp.I32Or);
        b.Emit(Instr.BranchIf(label));

        void Distance(LocalId to, LocalId from)
        {
            b.Get(to);
            b.Get(from);
            ptr.Sub(b);
            b.Get(bytes);
            ptr.LtU(b);
        }
    }

    private static void Back(FuncBuilder b, Ptr ptr, LocalId address, LocalId bytes, Ptr bytesType)
    {
        b.Get(address);
        b.Get(bytes);
        bytesType.ConvertTo(b, ptr);
        ptr.Sub(b);
        b.Set(address);
    }

    private static void Advance(Scope s, uint size, uint elements, in Source source, in Target target, LocalId count, Ptr countType)
    {
        var b = s.Code;
        Lists.Advance(s, source.Side.Ptr, source.Address, elements * size);
        Lists.Advance(s, target.Side.Ptr, target.Address, elements * size);
        b.Get(count);
        countType.Const(b, elements);
        countType.Sub(b);
        b.Set(count);
    }
}
