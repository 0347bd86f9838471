using System;
using System.Buffers.Binary;

namespace Fact.Ir;

internal ref partial struct BodyReader
{
    private const byte EmptyBlockType = 0x40, MaxLane = 31;
    private const uint HasMemory = 1 << 6;

    private bool Read(ImmediateKind kind)
    {
        switch (kind)
        {
            case ImmediateKind.Label:
                return Number(32) && (Value <= (uint)control.Depth || Fail($"label {Value} names no block: {control.Depth} are open", ImmediateStart));
            case ImmediateKind.Func or ImmediateKind.Type or ImmediateKind.Table or ImmediateKind.Memory or ImmediateKind.Local or ImmediateKind.Global
                or ImmediateKind.Tag or ImmediateKind.Elem or ImmediateKind.Data or ImmediateKind.Field or ImmediateKind.Length:
                return Number(32);
            case ImmediateKind.Offset:
                return Number(64);
            case ImmediateKind.I32:
                return Signed(32);
            case ImmediateKind.I64:
                return Signed(64);
            case ImmediateKind.F32:
                return Bytes(4) && Set(BinaryPrimitives.ReadUInt32LittleEndian(bytes[ImmediateStart..]));
            case ImmediateKind.F64:
                return Bytes(8) && Set(BinaryPrimitives.ReadUInt64LittleEndian(bytes[ImmediateStart..]));
            case ImmediateKind.V128:
                return Bytes(16);
            case ImmediateKind.Lanes:
                return Bytes(16) && (!bytes[ImmediateStart..at].ContainsAnyExceptInRange((byte)0, MaxLane) || Fail("a lane to shuffle is more than 31", ImmediateStart));
            case ImmediateKind.Lane:
                return Byte(byte.MaxValue, "");
            case ImmediateKind.Zero:
                return Byte(0, "the zero byte of atomic.fence");
            case ImmediateKind.Ordering:
                return Byte(1, "an order of memory accesses (0x00 or 0x01)");
            case ImmediateKind.CastFlags:
                return Byte(3, "the flags of a cast (0x00 to 0x03)");
            case ImmediateKind.CatchKind:
                return Byte(3, "the kind of a handler (0x00 to 0x03)")
                    && Item(Value < 2 ? Pair(ImmediateKind.Tag, ImmediateKind.Label) : (uint)ImmediateKind.Label);
            case ImmediateKind.HandlerKind:
                return Byte(1, "the kind of a handler (0x00 or 0x01)")
                    && Item(Value == 0 ? Pair(ImmediateKind.Tag, ImmediateKind.Label) : (uint)ImmediateKind.Tag);
            case ImmediateKind.HeapType:
                return HeapType();
            case ImmediateKind.ValType:
                return ValType();
            case ImmediateKind.BlockType:
                return BlockType();
            case ImmediateKind.Labels:
                return Vector(ImmediateKind.Label);
            case ImmediateKind.ValTypes:
                return Vector(ImmediateKind.ValType);
            case ImmediateKind.Catches:
                return Vector(ImmediateKind.CatchKind);
            case ImmediateKind.Handlers:
                return Vector(ImmediateKind.HandlerKind);
            case ImmediateKind.Locals:
                return Vector(ImmediateKind.LocalCount);
            case ImmediateKind.LocalCount:
                return LocalCount();
            default:
                return Access();
        }
    }

    private bool Number(int bits)
    {
        string? problem = null;
        Value = Leb128.ReadUnsigned(bytes, ref at, bits, ref problem);
        return problem is null || FailAt(problem);
    }

    private bool Signed(int bits)
    {
        string? problem = null;
        Value = (ulong)Leb128.ReadSigned(bytes, ref at, bits, ref problem);
        return problem is null || FailAt(problem);
    }

    private bool Byte(byte most, string what)
    {
        if (!Bytes(1))
            return false;
        Value = bytes[ImmediateStart];
        return Value <= most || Fail($"0x{Value:x2} is not {what}", ImmediateStart);
    }

    private bool Bytes(int count)
    {
        if (bytes.Length - at < count)
            return FailAt(Leb128.Ended);
        at += count;
        return Set(0);
    }

    private bool Set(ulong value)
    {
        Value = value;
        return true;
    }

    private bool HeapType()
    {
        string? problem = null;
        Value = CoreTypeReader.HeapType(bytes, ref at, ref problem).Bits;
        return problem is null || FailAt(problem);
    }

    private bool ValType()
    {
        string? problem = null;
        Value = (ulong)CoreTypeReader.ValType(bytes, ref at, ref problem);
        return problem is null || FailAt(problem);
    }

    private bool BlockType()
    {
        if ((uint)at < (uint)bytes.Length && bytes[at] == EmptyBlockType)
        {
            Kind = ImmediateKind.EmptyBlock;
            at++;
            return Set(0);
        }
        // A positive number has no sign in its first byte, or goes on after it.
        if ((uint)at < (uint)bytes.Length && (bytes[at] & 0xC0) == 0x40)
        {
            Kind = ImmediateKind.ValType;
            return ValType();
        }
        Kind = ImmediateKind.BlockTypeIndex;
        return Signed(33) && ((long)Value >= 0 || Fail("not the type of a block", ImmediateStart));
    }

    // Every item has at least a byte.
    private bool Vector(ImmediateKind item)
    {
        Kind = ImmediateKind.Count;
        if (!Number(32))
            return false;
        if (Value > (uint)(bytes.Length - at))
            return Fail($"{Value} items announced, but only {bytes.Length - at} bytes are left", ImmediateStart);
        items = (int)Value;
        itemKind = item;
        return true;
    }

    private bool Item(uint kinds)
    {
        ofItem = kinds;
        return true;
    }

    private static uint Pair(ImmediateKind first, ImmediateKind second) => (uint)first | ((uint)second << 8);

    private bool LocalCount()
    {
        if (!Number(32))
            return false;
        locals += Value;
        int most = EngineLimits.Common.Locals;
        return locals <= (uint)most ? Item((uint)ImmediateKind.ValType) : Fail($"{locals} locals are more than the {most} that a function may have", ImmediateStart);
    }

    private bool Access()
    {
        Kind = ImmediateKind.Access;
        if (!Number(32))
            return false;
        if (Value >= 2 * HasMemory)
            return Fail($"0x{Value:x} is not the alignment of an access to memory", ImmediateStart);
        AlignLog2 = (int)(Value & ~HasMemory);
        bool hasMemory = (Value & HasMemory) != 0;
        Value = 0;
        ofItem = (uint)ImmediateKind.Offset;
        return !hasMemory || Number(32);
    }
}
