using System.Diagnostics;
using Fact.Ir;
using Fact.Lower.Code;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>What becomes of code units.</summary>
internal enum UnitChange : byte
{
    /// <summary>Bytes stay bytes.</summary>
    Bytes,

    /// <summary>Code units of 16 bits stay that.</summary>
    Pairs,

    /// <summary>Bytes become code units of 16 bits.</summary>
    Widen,

    /// <summary>Code units of 16 bits become bytes.</summary>
    Narrow,
}

/// <summary>Which code units cannot be converted that simply.</summary>
internal enum Unfit : byte
{
    None,
    NotAscii,
    NotLatin1,
    Surrogate,
}

/// <summary>Code units that are read, looked at and written together, in a word of 64 bits or in one or two vectors.</summary>
internal sealed class Chunk
{
    private const ulong EveryByte = 0x0101_0101_0101_0101, EveryPair = 0x0001_0001_0001_0001;

    private readonly RoutineCode c;
    private readonly FuncBuilder b;
    private readonly UnitChange change;
    private readonly Unfit unfit;
    private readonly bool stores;
    private readonly LocalId first, second;

    /// <param name="code">The routine.</param>
    /// <param name="change">What becomes of the code units.</param>
    /// <param name="unfit">Which of them it cannot be done to.</param>
    /// <param name="units">How many there are: a power of two, up to 32 bytes of them.</param>
    /// <param name="stores">Whether they are written, and not only looked at.</param>
    public Chunk(RoutineCode code, UnitChange change, Unfit unfit, uint units, bool stores = true)
    {
        (c, b, this.change, this.unfit, this.stores, Units) = (code, code.B, change, unfit, stores, units);
        SourceBytes = units * (change is UnitChange.Pairs or UnitChange.Narrow ? 2u : 1u);
        TargetBytes = stores ? units * (change is UnitChange.Pairs or UnitChange.Widen ? 2u : 1u) : 0;
        first = b.Local(IsVector ? CoreValType.V128 : CoreValType.I64, "units");
        second = SourceBytes > 16 ? b.Local(CoreValType.V128, "units") : first;
    }

    /// <summary>The most code units that are converted at once: two vectors of them, or a word.</summary>
    public static uint Most(RoutineCode code, UnitChange change) => code.Simd ? 4 * Word(change) : Word(change);

    /// <summary>The code units of a word.</summary>
    public static uint Word(UnitChange change) => change is UnitChange.Pairs or UnitChange.Narrow ? 4u : 8u;

    public uint Units { get; }

    public uint SourceBytes { get; }

    public uint TargetBytes { get; }

    /// <summary>Whether there is nothing to look at.</summary>
    public bool FitsAlways => unfit == Unfit.None;

    private bool IsVector => SourceBytes > 8;

    /// <summary>Reads it from the source.</summary>
    public void Load(LocalId address)
    {
        c.Load(
            SourceBytes switch { 1 => MemoryOp.I64Load8U, 2 => MemoryOp.I64Load16U, 4 => MemoryOp.I64Load32U, 8 => MemoryOp.I64Load, _ => MemoryOp.V128Load },
            address);
        b.Set(first);
        if (second == first)
            return;
        c.Load(MemoryOp.V128Load, address, 16);
        b.Set(second);
    }

    /// <summary>Pushes whether it has a code unit that it cannot be done to, or another chunk like it has.</summary>
    public void PushUnfit(Chunk? other = null)
    {
        if (unfit == Unfit.Surrogate)
        {
            PushHasSurrogate();
            if (other is null)
                return;
            other.PushHasSurrogate();
            b.Op(PlainOp.I32Or);
            return;
        }
        PushAll();
        if (other is not null)
        {
            other.PushAll();
            b.Op(IsVector ? PlainOp.V128Or : PlainOp.I64Or);
        }
        ulong bits = (unfit, change) switch
        {
            (Unfit.NotAscii, UnitChange.Bytes or UnitChange.Widen) => 0x80 * EveryByte,
            (Unfit.NotAscii, _) => 0xFF80 * EveryPair,
            (Unfit.NotLatin1, UnitChange.Pairs or UnitChange.Narrow) => 0xFF00 * EveryPair,
            _ => throw new UnreachableException(),
        };
        if (IsVector)
        {
            c.V128(bits);
            b.Op(PlainOp.V128And);
            b.Op(PlainOp.V128AnyTrue);
            return;
        }
        c.I64(bits, PlainOp.I64And);
        c.I64(0, PlainOp.I64Ne);
    }

    /// <summary>Writes it to the destination.</summary>
    public void Store(LocalId address)
    {
        if (!stores)
            return;
        b.Get(address);
        switch (change, IsVector)
        {
            case (UnitChange.Widen, true):
                StoreExtended(first, PlainOp.I16x8ExtendLowI8x16U, 0);
                b.Get(address);
                StoreExtended(first, PlainOp.I16x8ExtendHighI8x16U, 16);
                if (second == first)
                    break;
                b.Get(address);
                StoreExtended(second, PlainOp.I16x8ExtendLowI8x16U, 32);
                b.Get(address);
                StoreExtended(second, PlainOp.I16x8ExtendHighI8x16U, 48);
                break;
            case (UnitChange.Widen, false) when Units == 8 && c.Simd:
                b.Get(first);
                b.Op(PlainOp.I64x2Splat);
                b.Op(PlainOp.I16x8ExtendLowI8x16U);
                c.Store(MemoryOp.V128Store);
                break;
            case (UnitChange.Widen, false):
                b.Get(first);
                if (Units == 8)
                {
                    c.I64(uint.MaxValue, PlainOp.I64And);
                    PushSpread();
                    c.Store(MemoryOp.I64Store);
                    b.Get(address);
                    b.Get(first);
                    c.I64(32, PlainOp.I64ShrU);
                    PushSpread();
                    c.Store(MemoryOp.I64Store, 8);
                    break;
                }
                if (Units > 1)
                    PushSpread();
                StoreWord(TargetBytes);
                break;
            case (UnitChange.Narrow, true):
                b.Get(first);
                b.Get(second);
                b.Op(PlainOp.I8x16NarrowI16x8U);
                if (Units == 16)
                {
                    c.Store(MemoryOp.V128Store);
                    break;
                }
                b.Emit(new Instr.Lane(LaneOp.I64x2ExtractLane, 0));
                c.Store(MemoryOp.I64Store);
                break;
            case (UnitChange.Narrow, false):
                b.Get(first);
                if (Units > 1)
                    PushShiftedOver(8, PlainOp.I64ShrU, 0x0000_FFFF_0000_FFFF);
                if (Units > 2)
                    PushShiftedOver(16, PlainOp.I64ShrU, null);
                StoreWord(TargetBytes);
                break;
            case (UnitChange.Bytes or UnitChange.Pairs, true):
                b.Get(first);
                c.Store(MemoryOp.V128Store);
                if (second == first)
                    break;
                b.Get(address);
                b.Get(second);
                c.Store(MemoryOp.V128Store, 16);
                break;
            case (UnitChange.Bytes or UnitChange.Pairs, false):
                b.Get(first);
                StoreWord(TargetBytes);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void PushAll()
    {
        b.Get(first);
        if (second == first)
            return;
        b.Get(second);
        b.Op(PlainOp.V128Or);
    }

    private void PushHasSurrogate()
    {
        if (IsVector)
        {
            PushAreSurrogates(first);
            if (second != first)
            {
                PushAreSurrogates(second);
                b.Op(PlainOp.V128Or);
            }
            b.Op(PlainOp.V128AnyTrue);
            return;
        }
        b.Get(first);
        // A surrogate leaves nothing of its 16 bits; adding then does not reach the highest of them, which nothing else does.
        c.I64(0xF800 * EveryPair, PlainOp.I64And);
        c.I64(0xD800 * EveryPair, PlainOp.I64Xor);
        Words.PushNotZero(c);
        c.I64(0x8000 * EveryPair, PlainOp.I64And);
        c.I64(0x8000 * EveryPair, PlainOp.I64Ne);
    }

    private void PushAreSurrogates(LocalId piece)
    {
        b.Get(piece);
        c.V128(0xF800 * EveryPair);
        b.Op(PlainOp.V128And);
        c.V128(0xD800 * EveryPair);
        b.Op(PlainOp.I16x8Eq);
    }

    private void StoreExtended(LocalId piece, PlainOp op, uint offset)
    {
        b.Get(piece);
        b.Op(op);
        c.Store(MemoryOp.V128Store, offset);
    }

    /// <summary>Spreads the four lower bytes on the stack over 64 bits.</summary>
    private void PushSpread()
    {
        PushShiftedOver(16, PlainOp.I64Shl, 0x0000_FFFF_0000_FFFF);
        PushShiftedOver(8, PlainOp.I64Shl, 0x00FF_00FF_00FF_00FF);
    }

    private void PushShiftedOver(int bits, PlainOp shift, ulong? mask)
    {
        var word = b.TeeNew(CoreValType.I64, "word");
        b.Get(word);
        c.I64((ulong)bits, shift);
        b.Op(PlainOp.I64Or);
        if (mask is { } kept)
            c.I64(kept, PlainOp.I64And);
    }

    private void StoreWord(uint bytes) => c.Store(bytes switch
    {
        1 => MemoryOp.I64Store8,
        2 => MemoryOp.I64Store16,
        4 => MemoryOp.I64Store32,
        8 => MemoryOp.I64Store,
        _ => throw new UnreachableException(),
    });
}
