using System.Linq;
using System.Text;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Model;
using Fact.Properties.Generators;
using Xunit;
using Import = Fact.Ir.Import;

namespace Fact.Conformance.Behaviour;

/// <summary>What of an asynchronous call is between the adapter and the host: handles, callbacks, post-return, and when each part runs.</summary>
public sealed class AsyncHostTests
{
    public static TheoryData<bool, bool> Pairings => AsyncTests.Pairings;

    private static SidePlan Side(bool isAsync, StringEncoding encoding = StringEncoding.Utf8, MemoryPlan memory = MemoryPlan.WhereNeeded) =>
        new(encoding, memory, isAsync, Callback: true);

    private static readonly (ValType Type, TransferKind Kind)[] Kinds =
    [
        (new ValType.Own(new(3)), TransferKind.Own),
        (new ValType.Stream(new(3)), TransferKind.Stream),
        (new ValType.Future(new(3)), TransferKind.Future),
        (new ValType.ErrorContext(new(3)), TransferKind.ErrorContext),
    ];

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Handles_of_every_kind_go_over_and_come_back_inside_of_other_values(bool lowerAsync, bool liftAsync)
    {
        foreach (var (handle, kind) in Kinds)
        {
            var type = new ValType.List(new ValType.Record([new("h", handle), new("o", new ValType.Option(handle))]));
            using (var rig = Make.Rig(Make.Takes(handle, type), Side(lowerAsync, memory: MemoryPlan.With64), Side(liftAsync)))
            {
                rig.Pass(new SpecValue.Handle(kind, 7, 3), Pairs(kind, 3));
                Assert.Equal(["7 3 103", "8 3 103", "9 3 103", "8 3 103"], Transfers(rig, kind));
                Assert.DoesNotContain(rig.Events.SkipWhile(e => e.What != "started"), e => e.What == $"transfer {kind}");
            }
            using (var rig = Make.Rig(Make.Gives(type), Side(lowerAsync), Side(liftAsync, memory: MemoryPlan.With64)))
            {
                rig.Return(Pairs(kind, 103));
                Assert.Equal(["8 103 3", "9 103 3", "8 103 3"], Transfers(rig, kind));
                Assert.DoesNotContain(rig.Events.TakeWhile(e => e.What != "returning"), e => e.What == $"transfer {kind}");
            }
        }
    }

    private static SpecValue Pairs(TransferKind kind, uint table) => Make.List(
        Make.Record(("h", new SpecValue.Handle(kind, 8, table)), ("o", Make.Case("some", new SpecValue.Handle(kind, 9, table)))),
        Make.Record(("h", new SpecValue.Handle(kind, 8, table)), ("o", Make.Case("none"))));

    private static string[] Transfers(AdapterRig rig, TransferKind kind) =>
        [.. rig.Events.Where(e => e.What == $"transfer {kind}").Select(e => string.Join(' ', e.Arguments.Items))];

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Borrows_are_lent_when_the_call_starts_to_the_task_that_the_host_keeps(bool lowerAsync, bool liftAsync)
    {
        using var rig = Make.Rig(Make.Takes(new ValType.Borrow(new(3)), new ValType.Option(new ValType.Borrow(new(4)))), Side(lowerAsync), Side(liftAsync));
        rig.CallBits(7, 1, 8);
        Assert.Equal(["7 3 103", "8 4 104"], Transfers(rig, TransferKind.Borrow));
        Assert.Equal(["prepare-call", "start-call", "transfer Borrow", "transfer Borrow", "started", "callee", "returning", "returned"], rig.Events.Select(e => e.What));
        Assert.DoesNotContain(rig.Module.Imports.Items, import => import.Denotes is Import.ResourceEnterCall or Import.ResourceExitCall);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_post_return_of_a_synchronous_callee_is_called_by_the_host_when_the_results_are_back(bool has)
    {
        using var rig = Make.Rig(Make.Gives(Make.Text), Side(true), new(Memory: MemoryPlan.With64, PostReturn: has));
        string[] order = [];
        rig.PostReturn = _ => order = [.. rig.Events.Select(e => e.What)];
        Assert.Equal("done", ((SpecValue.Text)rig.Return(Make.String(rig.Lift, "done"))).Value);
        var start = rig.Module.Imports.Items.Select(import => import.Denotes).OfType<Import.AsyncStartCall>().Single();
        Assert.Equal(has ? new CoreFuncId(300) : null, start.PostReturnFunc);
        Assert.Null(start.CallbackFunc);
        Assert.Equal(has ? "post-return" : null, order.LastOrDefault());
        Assert.Equal(has ? ["returned [1:LE 2:LE]", "post-return [1:LE 2:-E]"] : ["returned [1:LE 2:LE]"],
            rig.Story.SkipWhile(e => !e.StartsWith("returned", System.StringComparison.Ordinal)));
        if (has)
            Assert.Equal(rig.Host.CalleeResults!.Select(value => value.Bits), rig.Events[^1].Arguments.Items);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void The_callback_of_an_asynchronous_callee_is_what_starting_it_denotes(bool lowerAsync, bool callback)
    {
        using var rig = Make.Rig(Make.Takes(Make.U8), new(Async: lowerAsync), new(Async: true, Callback: callback));
        CoreFuncId? denoted = rig.Module.Imports.Items.Select(import => import.Denotes).OfType<Import>().Select(import => import switch
        {
            Import.SyncStartCall start => start.CallbackFunc,
            Import.AsyncStartCall start => start.CallbackFunc,
            _ => null,
        }).SingleOrDefault(func => func is not null);
        Assert.Equal(callback ? new CoreFuncId(200) : null, denoted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_callers_memory_is_read_when_the_call_starts_and_written_when_it_returns(bool liftAsync)
    {
        using var rig = Make.Rig(new([new("p", Make.Text)], Make.Text), Side(true, StringEncoding.Utf16), Side(liftAsync, StringEncoding.Utf8, MemoryPlan.With64));
        rig.Host.Defers = true;
        CoreValue[] flat = liftAsync
            ? [.. rig.Lift.Setup.LowerFlatValues(SpecAbi.MaxFlatParams, [Make.String(rig.Lift, "answer")], [Make.Text])]
            : [new(CoreValType.I64, rig.Lift.Put(Make.String(rig.Lift, "answer"), Make.Text))];
        rig.Host.TaskReturn = () => flat;
        rig.Callee = _ => liftAsync ? [new(CoreValType.I32, 0)] : flat;
        ulong text = rig.Lower.Put(Encoding.Unicode.GetBytes("before"), 2), at = rig.Lower.Room(4, 8);

        Assert.Equal([AsyncHost.Starting], rig.CallBits(text, 6, at));
        Assert.Null(rig.Received);
        Assert.Empty(rig.Lift.Reallocs);

        Encoding.Unicode.GetBytes("behind", rig.Lower.Bytes[(int)text..]);
        rig.Host.Resume();
        Assert.Equal("behind", ((SpecValue.Text)rig.Lift.Setup.LiftFlatValues(SpecAbi.MaxFlatParams, new CoreValueIter.Values(rig.Received!), rig.Lift.Params)[0]).Value);
        Assert.Equal("answer", ((SpecValue.Text)rig.Lower.Setup.Load(at, Make.Text)).Value);
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Invalid_results_trap_when_they_are_brought_back(bool lowerAsync, bool liftAsync)
    {
        foreach (var (type, bits, message) in new[]
        {
            (new ValType.Enum(["a", "b"]), 2UL, "invalid variant discriminant"),
            (Make.Char, 0xD800UL, "invalid char value specified"),
        })
        {
            using var rig = Make.Rig(Make.Gives(type), Side(lowerAsync), Side(liftAsync));
            rig.Host.TaskReturn = () => [new(CoreValType.I32, bits)];
            rig.Callee = _ => [new(CoreValType.I32, liftAsync ? 0 : bits)];
            var report = rig.Traps(lowerAsync ? [rig.Lower.Room(4, 4)] : []);
            Assert.Equal((message, "result"), (report.Message, report.Path));
            Assert.NotNull(rig.Received);
        }
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Strings_and_lists_of_results_are_checked_when_they_are_brought_back(bool lowerAsync, bool liftAsync)
    {
        foreach (var (type, address, length, message) in new (ValType, uint, uint, string)[]
        {
            (Make.Text, 0x1FFFC, 3, "string out of bounds of memory"),
            (Make.Text, 0x401, 1, "pointer not aligned correctly"),
            (new ValType.List(Make.U64), 0x404, 1, "pointer not aligned correctly"),
            (new ValType.List(Make.U64), 0x400, 1 << 26, "byte size of list too large for i32"),
        })
        {
            using var rig = Make.Rig(Make.Gives(type), Side(lowerAsync), Side(liftAsync, StringEncoding.Utf16));
            ulong pair = rig.Lift.Put([.. System.BitConverter.GetBytes(address), .. System.BitConverter.GetBytes(length)], 4);
            rig.Host.TaskReturn = () => [new(CoreValType.I32, address), new(CoreValType.I32, length)];
            rig.Callee = _ => [new(CoreValType.I32, liftAsync ? 0 : pair)];
            Assert.Equal(message, rig.Traps(rig.Lower.Room(4, 8)).Message);
            Assert.Empty(rig.Lower.Reallocs);
        }
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void The_address_that_many_parameters_come_from_is_checked(bool lowerAsync, bool liftAsync)
    {
        foreach (var (at, message) in new[] { (0x404UL, "pointer not aligned correctly"), (0x1FFF8UL, "pointer out of bounds of memory") })
        {
            using var rig = Make.Rig(Make.Takes(Enumerable.Repeat(Make.U64, lowerAsync ? 5 : 17)), Side(lowerAsync), Side(liftAsync));
            var report = rig.Traps(at);
            Assert.Equal((message, "params"), (report.Message, report.Path));
            Assert.Null(rig.Received);
        }
    }
}
