using System;
using Fact.Component;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Properties.Component.Binary;

internal sealed partial class AstMaker
{
    private static readonly PlainBuiltin[] PlainBuiltins = Enum.GetValues<PlainBuiltin>();
    private static readonly ThreadSwitchOp[] ThreadSwitchOps = Enum.GetValues<ThreadSwitchOp>();

    private Canon Canon() => random.Next(25) switch
    {
        0 => new Canon.Lift(new(Index()), Opts(), new(Index())),
        1 => new Canon.Lower(new(Index()), Opts()),
        2 => new Canon.ResourceNew(new(Index())),
        3 => new Canon.ResourceDrop(new(Index()), Coin()),
        4 => new Canon.ResourceRep(new(Index())),
        5 => new Canon.Plain(PlainBuiltins[random.Next(PlainBuiltins.Length)]),
        6 => new Canon.TaskReturn(Maybe(ValType), Opts()),
        7 => new Canon.ContextGet(IntegerType(), Index()),
        8 => new Canon.ContextSet(IntegerType(), Index()),
        9 => new Canon.SubtaskCancel(Coin()),
        10 => new Canon.Stream((EndOp)random.Next(4), new(Index())),
        11 => new Canon.StreamCopy(Copy(), new(Index()), Opts()),
        12 => new Canon.StreamCancel(Copy(), new(Index()), Coin()),
        13 => new Canon.Future((EndOp)random.Next(4), new(Index())),
        14 => new Canon.FutureCopy(Copy(), new(Index()), Opts()),
        15 => new Canon.FutureCancel(Copy(), new(Index()), Coin()),
        16 => new Canon.ErrorContextNew(Opts()),
        17 => new Canon.ErrorContextDebugMessage(Opts()),
        18 => new Canon.WaitableSetWait(Coin(), new(Index())),
        19 => new Canon.WaitableSetPoll(Coin(), new(Index())),
        20 => ThreadSwitch(ThreadSwitchOps[random.Next(ThreadSwitchOps.Length)]),
        21 => new Canon.ThreadNewIndirect(new(Index()), new(Index())),
        22 => new Canon.ThreadSpawnRef(Coin(), new(Index())),
        23 => new Canon.ThreadSpawnIndirect(Coin(), new(Index()), new(Index())),
        _ => new Canon.ThreadAvailableParallelism(Coin()),
    };

    private Canon.ThreadSwitch ThreadSwitch(ThreadSwitchOp op) => new(op, IsCancellable: op == ThreadSwitchOp.Yield && Coin());

    private CopyOp Copy() => (CopyOp)random.Next(2);

    private CanonOpts Opts() => new()
    {
        StringEncoding = Coin() ? null : (Fact.Ir.StringEncoding)random.Next(3),
        Memory = Coin() ? null : new CoreMemoryIdx(Index()),
        Realloc = Coin() ? null : new CoreFuncIdx(Index()),
        PostReturn = Coin() ? null : new CoreFuncIdx(Index()),
        IsAsync = Coin(),
        Callback = Coin() ? null : new CoreFuncIdx(Index()),
        CoreType = Coin() ? null : new CoreTypeIdx(Index()),
        IsGc = Coin(),
    };
}
