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

/// <summary>Code units that are read, looked at and written together, in words of 64 bits or in vectors: all of them are read before one is written.</summary>
internal sealed class Chunk
{
    private const ulong EveryByte = 0x0101_0101_0101_0101, EveryPair = 0x0001_0001_0001_0001;

    private readonly RoutineCode c;
    private readonly FuncBuilder b;
    private readonly UnitChange change;
    private readonly Unfit unfit;
    private readonly bool stores, isVector;
    private readonly LocalId[] pieces;

    /// <param name="code">The routine.</param>
    /// <param name="change">What becomes of the code units.</param>
    /// <param name="unfit">Which of them it cannot be done to.</param>
    /// <param name="units">How many there are: a power of two.</param>
    /// <param name="stores">Whether they are written, and not only looked at.</param>
    public Chunk(RoutineCode code, UnitChange change, Unfit unfit, uint units, bool stores = true)
    {
        (c, b, this.change, this.unfit, this.stores, Units) = (code, code.B, change, unfit, stores, units);
        SourceBytes = units * (change is UnitChange.Pairs or UnitChange.Narrow ? 2u : 1u);
        TargetBytes = stores ? units * (change is UnitChange.Pairs or UnitChange.Widen ? 2u : 1u) : 0;
        isVector = code.Simd && SourceBytes > 8;
        pieces = new LocalId[System.Math.Max(1, SourceBytes / (isVector ? 16 : 8))];
        for (int i = 0; i < pieces.Length; i++)
            pieces[i] = b.Local(isVector ? CoreValType.V128 : CoreValType.I64, "units");
    }

    /// <summary>The most code units that are converted at once: 32 bytes of them, or two words where each takes much code.</summary>
    public static uint Most(RoutineCode code, UnitChange change) => (!code.Simd && change is UnitChange.Widen or UnitChange.Narrow ? 2u : 4) * Word(change);

    /// <summary>The code units of a word.</summary>
    public static uint Word(UnitChange change) => change is UnitChange.Pairs or UnitChange.Narrow ? 4u : 8u;

    public uint Units { get; }

    public uint SourceBytes { get; }

    public uint TargetBytes { get; }

    /// <summary>Whether there is nothing to look at.</summary>
    public bool FitsAlways => unfit == Unfit.None;

    /// <summary>Reads it from the source.</summary>
    public void Load(LocalId address)
    {
        var load = SourceBytes switch
        {
            1 => MemoryOp.I64Load8U,
            2 => MemoryOp.I64Load16U,
            4 => MemoryOp.I64Load32U,
            _ => isVector ? MemoryOp.V128Load : MemoryOp.I64Load,
        };
        for (int i = 0; i < pieces.Length; i++)
        {
            c.Load(load, address, (uint)i * SourceBytes / (uint)pieces.Length);
            b.Set(pieces[i]);
        }
    }

    /// <summary>Pushes whether it has a code unit that it cannot be done to, or another chunk like it has.</summary>
    public void PushUnfit(Chunk? other = null)
    {
        PushAll(isFirst: true);
        other?.PushAll(isFirst: false);
        if (isVector)
        {
            if (unfit != Unfit.Surrogate)
                c.V128(UnfitBits, PlainOp.V128And);
            b.Op(PlainOp.V128AnyTrue);
            return;
        }
        ulong bits = unfit == Unfit.Surrogate ? 0x8000 * EveryPair : UnfitBits;
        c.I64(bits, PlainOp.I64And);
        c.I64(unfit == Unfit.Surrogate ? bits : 0, PlainOp.I64Ne);
    }

    /// <summary>Writes it to the destination.</summary>
    public void Store(LocalId address)
    {
        if (!stores)
            return;
        uint pieceBytes = TargetBytes / (uint)pieces.Length;
        for (int i = 0; i < pieces.Length; i++)
        {
            uint offset = (uint)i * pieceBytes;
            switch (change)
            {
                case UnitChange.Bytes or UnitChange.Pairs:
                    b.Get(address);
                    b.Get(pieces[i]);
                    StorePiece(pieceBytes, offset);
                    break;
                case UnitChange.Widen:
                    Widen(address, pieces[i], offset);
                    break;
                case UnitChange.Narrow when isVector:
                    // Two vectors become one, or one half of one.
                    b.Get(address);
                    b.Get(pieces[i]);
                    b.Get(pieces[pieces.Length == 1 ? 0 : ++i]);
                    b.Op(PlainOp.I8x16NarrowI16x8U);
                    if (pieces.Length == 1)
                        b.Emit(new Instr.Lane(LaneOp.I64x2ExtractLane, 0));
                    c.Store(pieces.Length == 1 ? MemoryOp.I64Store : MemoryOp.V128Store, offset);
                    break;
                case UnitChange.Narrow:
                    b.Get(address);
                    b.Get(pieces[i]);
                    if (Units > 1)
                        ShiftOver(8, PlainOp.I64ShrU, 0x0000_FFFF_0000_FFFF);
                    if (Units > 2)
                        ShiftOver(16, PlainOp.I64ShrU, null);
                    StorePiece(pieceBytes, offset);
                    break;
                default:
                    throw new UnreachableException();
            }
        }
    }

    private ulong UnfitBits => (unfit, change) switch
    {
        (Unfit.NotAscii, UnitChange.Bytes or UnitChange.Widen) => 0x80 * EveryByte,
        (Unfit.NotAscii, _) => 0xFF80 * EveryPair,
        (Unfit.NotLatin1, UnitChange.Pairs or UnitChange.Narrow) => 0xFF00 * EveryPair,
        _ => throw new UnreachableException(),
    };

    /// <summary>
    /// Pushes all pieces as one, in which unfit code units show; as one with what is on the stack, if there is something. In words, surrogates show by bits that are
    /// not set.
    /// </summary>
    private void PushAll(bool isFirst)
    {
        foreach (var piece in pieces)
        {
            b.Get(piece);
            if (unfit == Unfit.Surrogate && isVector)
            {
                c.V128(0xF800 * EveryPair, PlainOp.V128And);
                c.V128(0xD800 * EveryPair, PlainOp.I16x8Eq);
            }
            else if (unfit == Unfit.Surrogate)
            {
                c.I64(0xF800 * EveryPair, PlainOp.I64And);
                c.I64(0xD800 * EveryPair, PlainOp.I64Xor);
                Words.PushNotZero(c);
            }
            if (!isFirst)
                b.Op(isVector ? PlainOp.V128Or : unfit == Unfit.Surrogate ? PlainOp.I64And : PlainOp.I64Or);
            isFirst = false;
        }
    }

    private void Widen(LocalId address, LocalId piece, uint offset)
    {
        b.Get(address);
        b.Get(piece);
        if (isVector)
        {
            b.Op(PlainOp.I16x8ExtendLowI8x16U);
            c.Store(MemoryOp.V128Store, offset);
            b.Get(address);
            b.Get(piece);
            b.Op(PlainOp.I16x8ExtendHighI8x16U);
            c.Store(MemoryOp.V128Store, offset + 16);
        }
        else if (Units >= 8 && c.Simd)
        {
            b.Op(PlainOp.I64x2Splat);
            b.Op(PlainOp.I16x8ExtendLowI8x16U);
            c.Store(MemoryOp.V128Store, offset);
        }
        else if (Units >= 8)
        {
            c.I64(uint.MaxValue, PlainOp.I64And);
            Spread();
            c.Store(MemoryOp.I64Store, offset);
            b.Get(address);
            b.Get(piece);
            c.I64(32, PlainOp.I64ShrU);
            Spread();
            c.Store(MemoryOp.I64Store, offset + 8);
        }
        else
        {
            if (Units > 1)
                Spread();
            StorePiece(TargetBytes, offset);
        }
    }

    /// <summary>Spreads the four lower bytes on the stack over 64 bits.</summary>
    private void Spread()
    {
        ShiftOver(16, PlainOp.I64Shl, 0x0000_FFFF_0000_FFFF);
        ShiftOver(8, PlainOp.I64Shl, 0x00FF_00FF_00FF_00FF);
    }

    private void ShiftOver(int bits, PlainOp shift, ulong? mask)
    {
        var word = b.TeeNew(CoreValType.I64, "word");
        b.Get(word);
        c.I64((ulong)bits, shift);
        b.Op(PlainOp.I64Or);
        if (mask is { } kept)
            c.I64(kept, PlainOp.I64And);
    }

    private void StorePiece(uint bytes, uint offset) => c.Store(
        bytes switch
        {
            1 => MemoryOp.I64Store8,
            2 => MemoryOp.I64Store16,
            4 => MemoryOp.I64Store32,
            8 => MemoryOp.I64Store,
            16 => MemoryOp.V128Store,
            _ => throw new UnreachableException(),
        },
        offset);
}
