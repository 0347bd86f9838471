using System.Collections.Generic;
using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Model;
using Fact.Properties.Generators;
using Wasmtime;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>Calls with an asynchronous side, which the host prepares and starts.</summary>
public sealed class AsyncTests
{
    public static TheoryData<bool, bool> Pairings => new()
    {
        { false, true },
        { true, true },
        { true, false },
    };

    private static SidePlan Side(bool isAsync, StringEncoding encoding = StringEncoding.Utf8, MemoryPlan memory = MemoryPlan.WhereNeeded) =>
        new(encoding, memory, isAsync, Callback: true);

    [Theory]
    [MemberData(nameof(Pairings))]
    public void The_host_is_told_everything_it_needs(bool lowerAsync, bool liftAsync)
    {
        foreach (var encoding in System.Enum.GetValues<StringEncoding>())
        {
            using var rig = Make.Rig(
                new([new("a", Make.U8), new("b", Make.U64)], Make.U32),
                Side(lowerAsync),
                Side(liftAsync, encoding),
                kinship: Kinship.ParentToChild);
            rig.Host.TaskReturn = () => [new(CoreValType.I32, 77)];
            rig.Callee = _ => [new(CoreValType.I32, liftAsync ? 0u : 77u)];
            ulong at = lowerAsync ? rig.Lower.Room(4, 4) : 0;
            ulong[] results = lowerAsync ? rig.CallBits(1, 2, at) : rig.CallBits(1, 2);
            var prepared = rig.Host.Prepared!;
            Assert.Equal((1u, 3u, 30u, (uint)encoding), (prepared.Lower, prepared.Lift, prepared.TaskReturn, prepared.Encoding));
            Assert.Equal(lowerAsync ? -2 : 1, prepared.ResultCount);
            Assert.Equal(lowerAsync ? [1, 2, at] : [1, 2], prepared.Arguments.Items.Select(value => value.Bits));
            var started = rig.Host.Started!;
            Assert.Equal(2u, started.ParamCount);
            Assert.Equal(lowerAsync ? 1u : null, started.ResultCount);
            Assert.Equal(lowerAsync ? liftAsync ? 1u : 0u : null, started.Flags);
            Assert.Equal([1UL, 2], rig.Received!.Select(value => value.Bits));
            if (lowerAsync)
            {
                Assert.Equal([AsyncHost.Returned], results);
                Assert.Equal(Make.Bits(77), rig.Lower.Setup.Load(at, Make.U32));
            }
            else
            {
                Assert.Equal([77UL], results);
            }
        }
    }

    private static readonly (ValType? Result, int SyncCount)[] ResultCounts =
    [
        (null, 0),
        (Make.U64, 1),
        (Make.Text, 2),
        (new ValType.Tuple([Make.U8, Make.Text, new ValType.Option(Make.F32)]), 5),
        (new ValType.FixedLengthList(Make.U8, 16), 16),
        (new ValType.FixedLengthList(Make.U8, 17), int.MaxValue),
    ];

    [Fact]
    public void The_number_of_results_is_not_limited_for_a_synchronous_caller_and_a_code_for_an_asynchronous()
    {
        foreach (var (result, count) in ResultCounts)
        {
            Assert.Equal(count, Count(new([], result), lowerAsync: false, liftAsync: true));
            Assert.Equal(result is null ? -1 : -2, Count(new([], result), lowerAsync: true, liftAsync: true));
            Assert.Equal(result is null ? -1 : -2, Count(new([], result), lowerAsync: true, liftAsync: false));
        }

        static int Count(ComponentFuncType type, bool lowerAsync, bool liftAsync)
        {
            using var rig = Make.Rig(type, Side(lowerAsync), Side(liftAsync));
            try
            {
                rig.Call(rig.Lower.Side.CoreType.Params.Items.Select(t => new CoreValue(t, 0x400)));
            }
            catch (System.Exception e) when (e is WasmtimeException or System.ArgumentException)
            {
                // The host of this test returns nothing, which may be too little.
            }
            return rig.Host.Prepared!.ResultCount;
        }
    }

    [Theory]
    [InlineData(true, true, true, 3u, 1u, 1u)]
    [InlineData(true, true, false, 3u, 1u, 1u)]
    [InlineData(true, false, false, 3u, 0u, 0u)]
    public void An_asynchronous_caller_tells_the_numbers_of_core_parameters_and_results(bool lower, bool lift, bool callback, uint parameters, uint results, uint flags)
    {
        using var rig = Make.Rig(Make.Takes(Make.U8, Make.Text), new(Async: lower), new(Async: lift, Callback: callback));
        rig.CallBits(1, 0x400, 0);
        Assert.Equal((parameters, (uint?)results, (uint?)flags), (rig.Host.Started!.ParamCount, rig.Host.Started.ResultCount, rig.Host.Started.Flags));
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Strings_of_other_encodings_and_widths_go_over_and_come_back(bool lowerAsync, bool liftAsync)
    {
        foreach (var (lower, lift) in new[] { (MemoryPlan.With32, MemoryPlan.With64), (MemoryPlan.With64, MemoryPlan.With32) })
        {
            using (var rig = Make.Rig(Make.Takes(Make.Text), Side(lowerAsync, StringEncoding.Utf16, lower), Side(liftAsync, StringEncoding.Latin1OrUtf16, lift)))
                Assert.Equal("h\u00E9\u20AC", ((SpecValue.Text)rig.Pass(Make.String(rig.Lower, "h\u00E9\u20AC")).Single()).Value);
            using (var rig = Make.Rig(Make.Gives(Make.Text), Side(lowerAsync, StringEncoding.Utf16, lower), Side(liftAsync, StringEncoding.Utf8, lift)))
                Assert.Equal("h\u00E9\u20AC", ((SpecValue.Text)rig.Return(Make.String(rig.Lift, "h\u00E9\u20AC"))).Value);
        }
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Lists_of_records_go_over_and_come_back(bool lowerAsync, bool liftAsync)
    {
        var type = new ValType.List(new ValType.Record([new("x", Make.U8), new("y", new ValType.Option(Make.U64))]));
        var value = Make.List(Make.Record(("x", Make.Bits(1)), ("y", Make.Case("none"))),
            Make.Record(("x", Make.Bits(2)), ("y", Make.Case("some", Make.Bits(ulong.MaxValue)))));
        using (var rig = Make.Rig(Make.Takes(type), Side(lowerAsync), Side(liftAsync, memory: MemoryPlan.With64)))
            Assert.Equal([value], rig.Pass(value));
        using (var rig = Make.Rig(Make.Gives(type), Side(lowerAsync), Side(liftAsync, memory: MemoryPlan.With64)))
            Assert.Equal(value, rig.Return(value));
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Resources_are_moved_when_the_call_starts_and_when_it_returns(bool lowerAsync, bool liftAsync)
    {
        using var rig = Make.Rig(new([new("p", new ValType.Own(new(3)))], new ValType.Own(new(4))), Side(lowerAsync), Side(liftAsync));
        rig.Host.TaskReturn = () => [new(CoreValType.I32, 8)];
        rig.Callee = _ => [new(CoreValType.I32, liftAsync ? 0u : 8u)];
        ulong at = lowerAsync ? rig.Lower.Room(4, 4) : 0;
        rig.CallBits(lowerAsync ? [7, at] : [7]);
        Assert.Equal(
            ["prepare-call", "start-call", "transfer Own", "started", "callee", "returning", "transfer Own", "returned"],
            rig.Events.Select(e => e.What));
        Assert.Equal(["7 3 103", "8 104 4"], rig.Events.Where(e => e.What == "transfer Own").Select(e => string.Join(' ', e.Arguments.Items)));
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Parameters_beyond_the_limits_travel_in_memory(bool lowerAsync, bool liftAsync)
    {
        // Four are flat for an asynchronous caller, sixteen for a callee and a synchronous caller.
        foreach (int count in new[] { 4, 5, 16, 17 })
        {
            using var rig = Make.Rig(Make.Takes(Enumerable.Repeat(Make.U64, count)), Side(lowerAsync, memory: MemoryPlan.With64), Side(liftAsync));
            SpecValue[] values = [.. Enumerable.Range(1, count).Select(i => Make.Bits((ulong)i))];
            Assert.Equal(values, rig.Pass(values));
            Assert.Equal(lowerAsync && count > 4 || count > 16 ? 1 : count, rig.Host.Prepared!.Arguments.Length);
            Assert.Equal((uint)(count > 16 ? 1 : count), rig.Host.Started!.ParamCount);
            Assert.Equal(count > 16 ? [(0UL, 0UL, 8UL, 8UL * (ulong)count)] : Enumerable.Empty<(ulong, ulong, ulong, ulong)>(), rig.Lift.Reallocs);
        }
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Results_beyond_the_limits_travel_in_memory(bool lowerAsync, bool liftAsync)
    {
        foreach (int count in new[] { 1, 2, 16, 17 })
        {
            foreach (var (lower, lift) in new[] { (MemoryPlan.With32, MemoryPlan.With64), (MemoryPlan.With64, MemoryPlan.With32) })
            {
                using var rig = Make.Rig(Make.Gives(new ValType.Tuple([.. Enumerable.Repeat(Make.U16, count)])), Side(lowerAsync, memory: lower),
                    Side(liftAsync, memory: lift));
                var value = Make.Tuple(Enumerable.Range(1, count).Select(i => Make.Bits((ulong)i)));
                Assert.Equal(value, rig.Return(value));
                Assert.Empty(rig.Lower.Reallocs);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void The_return_pointer_has_the_type_of_the_callers_addresses(bool lowerAsync, bool liftAsync)
    {
        foreach (var (lower, lift, pointer) in new[] { (MemoryPlan.With32, MemoryPlan.With64, CoreValType.I32), (MemoryPlan.With64, MemoryPlan.With32, CoreValType.I64) })
        {
            using var rig = Make.Rig(Make.Gives(new ValType.Tuple([Make.U8, Make.F32])), Side(lowerAsync, memory: lower), Side(liftAsync, memory: lift));
            var export = rig.Module.Exports.Items.Single(e => e.Name == "[async-return]adapter0").Type;
            CoreValType[] expected = liftAsync
                ? [CoreValType.I32, CoreValType.F32, pointer]
                : [lift == MemoryPlan.With64 ? CoreValType.I64 : CoreValType.I32, pointer];
            Assert.Equal(expected, export.Params.Items.ToArray());
            Assert.Empty(export.Results.Items.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void The_address_that_results_go_to_is_checked(bool lowerAsync, bool liftAsync)
    {
        foreach (var (at, message) in new[] { (0x402UL, "pointer not aligned correctly"), (0x1FFFCUL, "pointer out of bounds of memory") })
        {
            using var rig = Make.Rig(Make.Gives(new ValType.Tuple([Make.U32, Make.U32])), Side(lowerAsync), Side(liftAsync));
            rig.Host.TaskReturn = () => [new(CoreValType.I32, 1), new(CoreValType.I32, 2)];
            rig.Callee = _ => [new(CoreValType.I32, liftAsync ? 0u : 0x400u)];
            var report = rig.Traps(at);
            Assert.Equal((message, "result"), (report.Message, report.Path));
        }
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void While_values_are_lowered_their_side_may_not_be_left(bool lowerAsync, bool liftAsync)
    {
        using var rig = Make.Rig(new([new("p", Make.Text)], Make.Text), Side(lowerAsync), Side(liftAsync));
        CoreValue[] flat = liftAsync
            ? [.. rig.Lift.Setup.LowerFlatValues(SpecAbi.MaxFlatParams, [Make.String(rig.Lift, "x")], [Make.Text])]
            : [new(CoreValType.I32, rig.Lift.Put(Make.String(rig.Lift, "x"), Make.Text))];
        rig.Host.TaskReturn = () => flat;
        rig.Callee = _ => liftAsync ? [new(CoreValType.I32, 0)] : flat;
        rig.CallBits(0x400, 0, rig.Lower.Room(4, 8));
        Assert.Equal(
            ["prepare-call [1:LE 2:LE]", "start-call [1:LE 2:LE]", "lift-realloc [1:LE 2:-E]", "started [1:LE 2:LE]", "callee [1:LE 2:LE]", "returning [1:LE 2:LE]",
                "lower-realloc [1:-E 2:LE]", "returned [1:LE 2:LE]"],
            rig.Story.Where(e => !e.StartsWith("Utf8", System.StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Who_may_not_be_left_may_not_call(bool lowerAsync, bool liftAsync)
    {
        using var rig = Make.Rig(new([], null), Side(lowerAsync), Side(liftAsync));
        rig.Flags[1].SetValue(2);
        Assert.Equal("cannot leave instance", rig.Traps().Message);
        Assert.Null(rig.Host.Prepared);
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Invalid_parameters_trap_when_the_call_starts(bool lowerAsync, bool liftAsync)
    {
        using var rig = Make.Rig(Make.Takes(Make.Char), Side(lowerAsync), Side(liftAsync));
        Assert.Equal("invalid char value specified", rig.Traps(0x110000).Message);
        Assert.NotNull(rig.Host.Started);
        Assert.Null(rig.Received);
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void The_parts_and_the_callee_are_exported(bool lowerAsync, bool liftAsync)
    {
        using var rig = Make.Rig(Make.Takes(Make.U8), Side(lowerAsync), Side(liftAsync));
        Assert.Equal(
            ["adapter0", "[async-start]adapter0", "[async-return]adapter0", "[adapter-callee]adapter0"],
            rig.Module.Exports.Items.Select(export => export.Name));
        rig.Call("[adapter-callee]adapter0", [new(CoreValType.I32, 5)]);
        Assert.Equal([new CoreValue(CoreValType.I32, 5)], rig.Received!);
    }

    [Fact]
    public void Adapters_with_the_same_callback_start_calls_by_the_same_import()
    {
        var first = AdapterPlan.Of(Make.Takes(Make.U8), new(Async: true), new(Async: true, Callback: true));
        var second = AdapterPlan.Of(Make.Takes(Make.Text), new(Async: true), new(Async: true, Callback: true)) with { Number = 1 };
        var third = AdapterPlan.Of(Make.Takes(Make.U8), new(Async: true), new(PostReturn: true)) with { Number = 2 };
        var module = Compiled.Module([first.Build(), second.Build(), third.Build()], CompileOptions.Default);
        Assert.Equal(
            ["[start-call]adapter0", "[start-call]adapter2"],
            module.Imports.Items.Where(import => import.Module == "async").Select(import => import.Name));
        Assert.Equal(
            ["[prepare-call]adapter0", "[prepare-call]adapter1", "[prepare-call]adapter2"],
            module.Imports.Items.Where(import => import.Module == "sync").Select(import => import.Name));
    }
}
