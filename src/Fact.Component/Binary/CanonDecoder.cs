using System;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>Canonical functions. Spec: canon (Binary.md, "Canonical Definitions").</summary>
internal static class CanonDecoder
{
    private static readonly string[] OptNames =
        ["", "", "string-encoding", "memory", "realloc", "post-return", "async", "callback", "core-type", "gc"];

    /// <summary>Reads a <c>canon</c>.</summary>
    public static Canon Canon(ref ByteReader r)
    {
        byte opcode = r.Byte();
        switch (opcode)
        {
            case 0x00:
                RequireFuncSort(ref r, "lift");
                var callee = new CoreFuncIdx(r.U32());
                var opts = Opts(ref r);
                return new Canon.Lift(callee, opts, Type(ref r));
            case 0x01:
                RequireFuncSort(ref r, "lower");
                return new Canon.Lower(new FuncIdx(r.U32()), Opts(ref r));
            case 0x02:
                return new Canon.ResourceNew(Type(ref r));
            case 0x03:
            case 0x07:
                return new Canon.ResourceDrop(Type(ref r), IsAsync: opcode == 0x07);
            case 0x04:
                return new Canon.ResourceRep(Type(ref r));
            case 0x09:
                return new Canon.TaskReturn(ValTypeDecoder.ResultList(ref r), Opts(ref r));
            case 0x0a:
                return new Canon.ContextGet(SlotType(ref r), r.U32());
            case 0x0b:
                return new Canon.ContextSet(SlotType(ref r), r.U32());
            case 0x06:
                return new Canon.SubtaskCancel(IsAsync(ref r));
            case 0x1c:
                return new Canon.ErrorContextNew(Opts(ref r));
            case 0x1d:
                return new Canon.ErrorContextDebugMessage(Opts(ref r));
            case 0x20:
                return new Canon.WaitableSetWait(IsCancellable(ref r), new CoreMemoryIdx(r.U32()));
            case 0x21:
                return new Canon.WaitableSetPoll(IsCancellable(ref r), new CoreMemoryIdx(r.U32()));
            case 0x0c:
                return new Canon.ThreadSwitch(ThreadSwitchOp.Yield, IsCancellable(ref r));
            case >= 0x29 and <= 0x2d:
                RequireZero(ref r);
                return new Canon.ThreadSwitch((ThreadSwitchOp)opcode, IsCancellable: false);
            case 0x05 or 0x08 or 0x0d or 0x1e or 0x1f or (>= 0x22 and <= 0x26) or 0x28:
                return new Canon.Plain((PlainBuiltin)opcode);
            case >= 0x0e and <= 0x14:
                return Stream(ref r, opcode);
            case >= 0x15 and <= 0x1b:
                return Future(ref r, opcode);
            case 0x2e:
                return new Canon.Stream(EndOp.Forward, Type(ref r));
            case 0x2f:
                return new Canon.Future(EndOp.Forward, Type(ref r));
            case 0x27:
                return new Canon.ThreadNewIndirect(CoreType(ref r), Table(ref r));
            case 0x40:
                return new Canon.ThreadSpawnRef(IsShared(ref r), CoreType(ref r));
            case 0x41:
                return new Canon.ThreadSpawnIndirect(IsShared(ref r), CoreType(ref r), Table(ref r));
            case 0x42:
                return new Canon.ThreadAvailableParallelism(IsShared(ref r));
            default:
                r.FailOpcode(opcode, "canonical function");
                return null!;
        }
    }

    private static Canon Stream(ref ByteReader r, byte opcode)
    {
        var type = Type(ref r);
        return opcode switch
        {
            0x0e => new Canon.Stream(EndOp.New, type),
            0x0f => new Canon.StreamCopy(CopyOp.Read, type, Opts(ref r)),
            0x10 => new Canon.StreamCopy(CopyOp.Write, type, Opts(ref r)),
            0x11 => new Canon.StreamCancel(CopyOp.Read, type, IsAsync(ref r)),
            0x12 => new Canon.StreamCancel(CopyOp.Write, type, IsAsync(ref r)),
            0x13 => new Canon.Stream(EndOp.DropReadable, type),
            _ => new Canon.Stream(EndOp.DropWritable, type),
        };
    }

    private static Canon Future(ref ByteReader r, byte opcode)
    {
        var type = Type(ref r);
        return opcode switch
        {
            0x15 => new Canon.Future(EndOp.New, type),
            0x16 => new Canon.FutureCopy(CopyOp.Read, type, Opts(ref r)),
            0x17 => new Canon.FutureCopy(CopyOp.Write, type, Opts(ref r)),
            0x18 => new Canon.FutureCancel(CopyOp.Read, type, IsAsync(ref r)),
            0x19 => new Canon.FutureCancel(CopyOp.Write, type, IsAsync(ref r)),
            0x1a => new Canon.Future(EndOp.DropReadable, type),
            _ => new Canon.Future(EndOp.DropWritable, type),
        };
    }

    private static CanonOpts Opts(ref ByteReader r)
    {
        int count = r.Count(DecoderLimits.CanonOpts, "canonical option");
        if (count == 0)
            return CanonOpts.None;
        Span<uint?> given = stackalloc uint?[(int)OptKind.Gc + 1];
        for (int i = 0; i < count && !r.Failed; i++)
        {
            long start = r.Offset;
            byte opcode = r.Byte();
            // The three string encodings are one option with three values.
            var kind = opcode <= 0x02 ? OptKind.StringEncoding : (OptKind)opcode;
            if (kind > OptKind.Gc)
            {
                r.Fail($"0x{opcode:x2} is not a canonical option (0x00 to 0x09)", start);
                break;
            }
            if (given[(int)kind] is not null)
                r.Fail(DiagnosticCode.CanonicalOption, $"canonical option {OptNames[(int)kind]} is given twice", start);
            given[(int)kind] = kind switch
            {
                OptKind.StringEncoding => opcode,
                OptKind.Async or OptKind.Gc => 0,
                _ => r.U32(),
            };
        }
        return new CanonOpts
        {
            StringEncoding = given[(int)OptKind.StringEncoding] is { } encoding ? Encoding(encoding) : null,
            Memory = given[(int)OptKind.Memory] is { } memory ? new CoreMemoryIdx(memory) : null,
            Realloc = Func(given[(int)OptKind.Realloc]),
            PostReturn = Func(given[(int)OptKind.PostReturn]),
            IsAsync = given[(int)OptKind.Async] is not null,
            Callback = Func(given[(int)OptKind.Callback]),
            CoreType = given[(int)OptKind.CoreType] is { } type ? new CoreTypeIdx(type) : null,
            IsGc = given[(int)OptKind.Gc] is not null,
        };
    }

    private static Ir.StringEncoding Encoding(uint opcode) => opcode switch
    {
        0x00 => Ir.StringEncoding.Utf8,
        0x01 => Ir.StringEncoding.Utf16,
        _ => Ir.StringEncoding.Latin1OrUtf16,
    };

    private static CoreFuncIdx? Func(uint? index) => index is { } value ? new CoreFuncIdx(value) : null;

    private static CoreValType SlotType(ref ByteReader r)
    {
        long start = r.Offset;
        var type = CoreTypeDecoder.ValType(ref r);
        if (type is not (CoreValType.I32 or CoreValType.I64))
            r.Fail("type of a context slot is neither i32 nor i64", start);
        return type;
    }

    private static void RequireFuncSort(ref ByteReader r, string what)
    {
        byte sort = r.Byte();
        if (sort != 0x00)
            r.FailOpcode(sort, $"sort that canon {what} takes (only 0x00, a function)");
    }

    private static TypeIdx Type(ref ByteReader r) => new(r.U32());

    private static CoreTypeIdx CoreType(ref ByteReader r) => new(r.U32());

    private static CoreTableIdx Table(ref ByteReader r) => new(r.U32());

    private static bool IsAsync(ref ByteReader r) => r.Flag("async");

    // The specification requires 0 here too, but components of Wasmtime 36 can have 1.
    private static bool IsCancellable(ref ByteReader r) => r.Flag("cancellable");

    private static void RequireZero(ref ByteReader r)
    {
        if (r.Byte() != 0x00)
            r.Fail("the byte that was the immediate cancellable must be 0", r.Offset - 1);
    }

    private static bool IsShared(ref ByteReader r) => r.Flag("shared");

    private enum OptKind : byte
    {
        StringEncoding = 0x02,
        Memory = 0x03,
        Realloc = 0x04,
        PostReturn = 0x05,
        Async = 0x06,
        Callback = 0x07,
        CoreType = 0x08,
        Gc = 0x09,
    }
}
