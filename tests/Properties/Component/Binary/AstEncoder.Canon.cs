using System.Collections.Generic;
using Fact.Component;
using Fact.Component.Ast;

namespace Fact.Properties.Component.Binary;

internal static partial class AstEncoder
{
    private static void Canon(Out o, Canon function)
    {
        switch (function)
        {
            case Canon.Lift x:
                Opts(o.Byte(0x00).Byte(0x00).U32(x.Callee.Value), x.Opts).U32(x.Type.Value);
                break;
            case Canon.Lower x:
                Opts(o.Byte(0x01).Byte(0x00).U32(x.Callee.Value), x.Opts);
                break;
            case Canon.ResourceNew x:
                o.Byte(0x02).U32(x.Resource.Value);
                break;
            case Canon.ResourceDrop x:
                o.Byte(x.IsAsync ? 0x07 : 0x03).U32(x.Resource.Value);
                break;
            case Canon.ResourceRep x:
                o.Byte(0x04).U32(x.Resource.Value);
                break;
            case Canon.Plain x:
                o.Byte((int)x.Which);
                break;
            case Canon.TaskReturn x:
                ResultList(o.Byte(0x09), x.Result);
                Opts(o, x.Opts);
                break;
            case Canon.ContextGet x:
                CoreValType(o.Byte(0x0a), x.Type);
                o.U32(x.Slot);
                break;
            case Canon.ContextSet x:
                CoreValType(o.Byte(0x0b), x.Type);
                o.U32(x.Slot);
                break;
            case Canon.SubtaskCancel x:
                o.Byte(0x06).Flag(x.IsAsync);
                break;
            case Canon.Stream x:
                o.Byte(new[] { 0x0e, 0x13, 0x14, 0x2e }[(int)x.Op]).U32(x.Type.Value);
                break;
            case Canon.StreamCopy x:
                Opts(o.Byte(x.Op == CopyOp.Read ? 0x0f : 0x10).U32(x.Type.Value), x.Opts);
                break;
            case Canon.StreamCancel x:
                o.Byte(x.Op == CopyOp.Read ? 0x11 : 0x12).U32(x.Type.Value).Flag(x.IsAsync);
                break;
            case Canon.Future x:
                o.Byte(new[] { 0x15, 0x1a, 0x1b, 0x2f }[(int)x.Op]).U32(x.Type.Value);
                break;
            case Canon.FutureCopy x:
                Opts(o.Byte(x.Op == CopyOp.Read ? 0x16 : 0x17).U32(x.Type.Value), x.Opts);
                break;
            case Canon.FutureCancel x:
                o.Byte(x.Op == CopyOp.Read ? 0x18 : 0x19).U32(x.Type.Value).Flag(x.IsAsync);
                break;
            case Canon.ErrorContextNew x:
                Opts(o.Byte(0x1c), x.Opts);
                break;
            case Canon.ErrorContextDebugMessage x:
                Opts(o.Byte(0x1d), x.Opts);
                break;
            case Canon.WaitableSetWait x:
                o.Byte(0x20).Flag(x.IsCancellable).U32(x.Memory.Value);
                break;
            case Canon.WaitableSetPoll x:
                o.Byte(0x21).Flag(x.IsCancellable).U32(x.Memory.Value);
                break;
            case Canon.ThreadSwitch x:
                o.Byte((int)x.Op).Flag(x.IsCancellable);
                break;
            case Canon.ThreadNewIndirect x:
                o.Byte(0x27).U32(x.Type.Value).U32(x.Table.Value);
                break;
            case Canon.ThreadSpawnRef x:
                o.Byte(0x40).Flag(x.IsShared).U32(x.Type.Value);
                break;
            case Canon.ThreadSpawnIndirect x:
                o.Byte(0x41).Flag(x.IsShared).U32(x.Type.Value).U32(x.Table.Value);
                break;
            case Canon.ThreadAvailableParallelism x:
                o.Byte(0x42).Flag(x.IsShared);
                break;
        }
    }

    private static Out Opts(Out o, CanonOpts opts)
    {
        var list = new List<(int Opcode, uint? Index)>();
        if (opts.IsGc)
            list.Add((0x09, null));
        if (opts.CoreType is { } type)
            list.Add((0x08, type.Value));
        if (opts.StringEncoding is { } encoding)
            list.Add((encoding == Fact.Ir.StringEncoding.Utf8 ? 0x00 : encoding == Fact.Ir.StringEncoding.Utf16 ? 0x01 : 0x02, null));
        if (opts.Memory is { } memory)
            list.Add((0x03, memory.Value));
        if (opts.Realloc is { } realloc)
            list.Add((0x04, realloc.Value));
        if (opts.PostReturn is { } postReturn)
            list.Add((0x05, postReturn.Value));
        if (opts.IsAsync)
            list.Add((0x06, null));
        if (opts.Callback is { } callback)
            list.Add((0x07, callback.Value));
        return o.Vec<(int Opcode, uint? Index)>([.. list], static (o, opt) =>
        {
            o.Byte(opt.Opcode);
            if (opt.Index is { } index)
                o.U32(index);
        });
    }
}
