using Fact.Ir;
using Fact.Lower.Code;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>
/// The code of a routine that is being written, and what all routines do with their strings. The parameters are used up on the way: they say what is left of the
/// source, and where the next unit goes. Lengths are counted down, and not compared with an end: a string may end where addresses do.
/// </summary>
/// <param name="b">What the code is written with.</param>
/// <param name="from">The memory of the source.</param>
/// <param name="to">The memory of the destination.</param>
/// <param name="simd">Whether there may be vectors.</param>
/// <param name="src">Holds the address of the source.</param>
/// <param name="len">Holds its length in code units.</param>
/// <param name="dst">Holds the address of the destination.</param>
internal sealed class RoutineCode(FuncBuilder b, Import.Memory from, Import.Memory to, bool simd, LocalId src, LocalId len, LocalId dst)
{
    /// <summary>The code of a function that has these as its first parameters.</summary>
    public RoutineCode(FuncBuilder b, Import.Memory from, Import.Memory to, bool simd)
        : this(b, from, to, simd, new(0), new(1), new(2))
    {
    }

    public FuncBuilder B => b;

    public Import.Memory From => from;

    public Import.Memory To => to;

    public bool Simd => simd;

    public Ptr SourcePtr { get; } = new(from.Type.Is64);

    public Ptr TargetPtr { get; } = new(to.Type.Is64);

    /// <summary>The address of what is left of the source.</summary>
    public LocalId Src => src;

    /// <summary>The code units that are left of the source.</summary>
    public LocalId Len => len;

    /// <summary>Where the next code unit goes.</summary>
    public LocalId Dst => dst;

    /// <summary>Whether source and destination may have bytes in common.</summary>
    public bool OneMemory { get; } = from == to;

    /// <summary>Pushes what is at an address of the source.</summary>
    public void Load(MemoryOp op, LocalId address, uint offset = 0)
    {
        b.Get(address);
        b.Access(op, new(offset, 0), from);
    }

    /// <summary>Stores what is on the stack, above its address, to the destination.</summary>
    public void Store(MemoryOp op, uint offset = 0) => b.Access(op, new(offset, 0), to);

    public void I64(ulong value) => b.I64((long)value);

    public void I64(ulong value, PlainOp op)
    {
        I64(value);
        b.Op(op);
    }

    public void I32(int value, PlainOp op)
    {
        b.I32(value);
        b.Op(op);
    }

    /// <summary>Pushes a vector of equal parts of 64 bits.</summary>
    public void V128(ulong half) => b.Emit(new Instr.V128Const(new(half, half)));

    public void V128(ulong half, PlainOp op)
    {
        V128(half);
        b.Op(op);
    }

    /// <summary>Goes on behind so many bytes and code units of the source, and so many bytes of the destination.</summary>
    public void Advance(uint sourceBytes, uint units, uint targetBytes)
    {
        Add(SourcePtr, src, sourceBytes);
        b.Get(len);
        SourcePtr.Const(b, units);
        SourcePtr.Sub(b);
        b.Set(len);
        Add(TargetPtr, dst, targetBytes);
    }

    /// <summary>Goes on behind as many bytes of the source, each a code unit, as an i32 says.</summary>
    public void AdvanceSource(LocalId bytes)
    {
        Add(SourcePtr, src, bytes);
        b.Get(len);
        b.Get(bytes);
        new Ptr(false).ConvertTo(b, SourcePtr);
        SourcePtr.Sub(b);
        b.Set(len);
    }

    /// <summary>Adds an i32, without sign, to an address.</summary>
    public void Add(Ptr ptr, LocalId local, LocalId value)
    {
        b.Get(local);
        b.Get(value);
        new Ptr(false).ConvertTo(b, ptr);
        ptr.Add(b);
        b.Set(local);
    }

    public void Add(Ptr ptr, LocalId local, uint value)
    {
        if (value == 0)
            return;
        b.Get(local);
        ptr.Const(b, value);
        ptr.Add(b);
        b.Set(local);
    }

    /// <summary>Pushes whether so many code units are left.</summary>
    public void HasUnits(uint units)
    {
        b.Get(len);
        SourcePtr.Const(b, units);
        SourcePtr.GeU(b);
    }

    /// <summary>Opens a block for where so many code units are left.</summary>
    public LabelId IfUnits(uint units)
    {
        HasUnits(units);
        return b.If(CoreFuncType.Empty);
    }

    public LabelId If() => b.If(CoreFuncType.Empty);

    /// <summary>Traps where the i32 on the stack is not zero.</summary>
    public void TrapIf(TrapCode code) => b.TrapIf(code, null);

    public void Return() => b.Op(PlainOp.Return);

    public void Branch(LabelId label) => b.Br(label);

    public void BranchIf(LabelId label) => b.BrIf(label);

    /// <summary>Copies a local into a new one.</summary>
    public LocalId Keep(LocalId local, string name)
    {
        b.Get(local);
        return b.SetNew(b.TypeOf(local), name);
    }

    /// <summary>Pushes how far a local is behind one that it started from.</summary>
    public void PushSince(Ptr ptr, LocalId local, LocalId start)
    {
        b.Get(local);
        b.Get(start);
        ptr.Sub(b);
    }

    /// <summary>Pushes the length that is left, times a factor.</summary>
    public void PushLen(uint factor)
    {
        b.Get(len);
        SourcePtr.MulConst(b, factor);
    }

    /// <summary>Pushes the length that is left, as an integer of the destination, times a factor.</summary>
    public void PushLenOfTarget(uint factor)
    {
        b.Get(len);
        SourcePtr.ConvertTo(b, TargetPtr);
        TargetPtr.MulConst(b, factor);
    }

    /// <summary>Pushes destination, source and the bytes of the units that are left, for a copy of all of them. The engine copies as if it had read all first.</summary>
    public void CopyRest(uint unitBytes)
    {
        b.Get(dst);
        b.Get(src);
        b.Get(len);
        SourcePtr.MulConst(b, unitBytes);
        MemoryCopy();
    }

    /// <summary>Copies bytes: address in the destination, address in the source and a length of the source are on the stack.</summary>
    public void MemoryCopy()
    {
        if (SourcePtr.Is64 && !TargetPtr.Is64)
            b.Op(PlainOp.I32WrapI64);
        b.Emit(new Instr.MemoryCopy(to, from));
    }
}
