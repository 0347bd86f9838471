using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Lower;
using Fact.Lower.Passes;
using Fact.Model;
using Fact.Model.Guests;
using Fact.Properties.Generators;
using Wasmtime;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>
/// One call through an adapter in the engine, and the same call by the specification's functions over copies of the memories:
/// arguments, results, allocator calls, handles, memories and traps must agree.
/// </summary>
internal sealed class Differential : IDisposable
{
    private readonly AdapterRig rig;
    private readonly Adapter adapter;
    private readonly List<CoreValue> arguments, returned;
    private readonly int maxParams, maxResults, maxTaskResults;
    private readonly ulong? returnPointer;
    private readonly List<string> transfers = [];
    private readonly bool elidesScopes;

    public Differential(AdapterPlan plan, int seed, CompileOptions options, PassList passes)
    {
        adapter = plan.Build();
        rig = new(adapter, options with { TrapInfo = options.TrapInfo || options.Assertions }, passes: passes);
        elidesScopes = passes.Passes.Any(pass => pass is ElideCallScope);
        var random = new Random(seed);
        maxParams = plan.Lower.Async ? SpecAbi.MaxFlatAsyncParams : SpecAbi.MaxFlatParams;
        maxResults = plan.Lower.Async ? 0 : SpecAbi.MaxFlatResults;
        maxTaskResults = plan.Lift.Async ? SpecAbi.MaxFlatParams : SpecAbi.MaxFlatResults;
        arguments = rig.Lower.Setup.LowerFlatValues(maxParams, Values(rig.Lower, rig.Lower.Params, random), rig.Lower.Params);
        returned = rig.Lift.Setup.LowerFlatValues(maxTaskResults, Values(rig.Lift, rig.Lift.Results, random), rig.Lift.Results);
        if (rig.Lower.Setup.Abi.FlattenTypes(rig.Lower.Results, maxResults) is null)
        {
            var tuple = new ValType.Tuple([.. rig.Lower.Results]);
            returnPointer = rig.Lower.Room(rig.Lower.Setup.Abi.Alignment(tuple), rig.Lower.Setup.Abi.ElemSize(tuple));
        }
    }

    /// <summary>Spoils something that a guest can spoil.</summary>
    public void Corrupt(Random random)
    {
        switch (random.Next(5))
        {
            case 0 or 1:
                Corrupt(random.Next(2) == 0 ? rig.Lower : rig.Lift, random);
                break;
            case 2:
                Corruption.Corrupt(arguments, random);
                break;
            case 3:
                Corruption.Corrupt(returned, random);
                break;
            default:
                var guest = random.Next(2) == 0 ? rig.Lower : rig.Lift;
                guest.Heap.Answer = Corruption.Answer((ulong)guest.Bytes.Length, random);
                break;
        }
    }

    private static void Corrupt(Guest guest, Random random)
    {
        if (guest.Memory is not null)
            Corruption.Corrupt(guest.Bytes[(int)Guest.SetupStart..(int)guest.Setup.Heap.Next], random);
    }

    /// <summary>Whether both sides have one memory: then the specification, which lifts everything first, reads what the adapter may already have written over.</summary>
    public bool OneMemory => rig.Lower.Memory == rig.Lift.Memory;

    /// <summary>Runs both and compares. Gives back whether the call trapped.</summary>
    public bool Run()
    {
        var (lowerModel, liftModel) = Models();
        bool shared = OneMemory && rig.Lower.Memory is not null;
        var (lowerHeap, liftHeap) = (lowerModel.Heap, liftModel.Heap);
        List<CoreValue>? expectedArguments = null, expectedResults = null;
        string? reason = null;
        try
        {
            var values = lowerModel.LiftFlatValues(maxParams, new CoreValueIter.Values(arguments), rig.Lower.Params);
            expectedArguments = liftModel.LowerFlatValues(SpecAbi.MaxFlatParams, values, rig.Lift.Params);
            var results = liftModel.LiftFlatValues(maxTaskResults, new CoreValueIter.Values(returned), rig.Lift.Results);
            expectedResults = lowerModel.LowerFlatValues(maxResults, results, rig.Lower.Results, returnPointer);
        }
        catch (SpecTrap trap)
        {
            reason = trap.Message;
        }

        Watch();
        CoreValue[] actual;
        try
        {
            actual = rig.Call([.. arguments, .. returnPointer is { } ptr ? [new CoreValue(rig.Lower.Setup.Abi.Ptr, ptr)] : Array.Empty<CoreValue>()]);
        }
        catch (WasmtimeException e)
        {
            bool insists = rig.Options.Assertions && TrapReport.Of(rig, e).Message == "assertion failure: upper bits are unset";
            Assert.True(reason is not null || insists, $"the adapter traps and the specification does not: {e.Message}");
            return true;
        }
        Assert.True(reason is null, $"the specification traps and the adapter does not: {reason}");
        Assert.Equal(expectedArguments, rig.Received!);
        if (!adapter.Lower.Options.Async)
            Assert.Equal(expectedResults, actual);
        Assert.Equal(lowerHeap.Calls, rig.Lower.Heap.Calls);
        Assert.Equal(liftHeap.Calls, rig.Lift.Heap.Calls);
        Assert.Equal(transfers, rig.Events.Where(e => e.What.StartsWith("transfer", StringComparison.Ordinal))
            .Select(e => $"{e.What[9..]} {string.Join(' ', e.Arguments.Items)}"));
        AssertSame(lowerModel.Contents, rig.Lower.Bytes, "caller");
        AssertSame(liftModel.Contents, rig.Lift.Bytes, "callee");
        Assert.DoesNotContain("-", rig.FlagsText(), StringComparison.Ordinal);
        Brackets();
        return false;
    }

    public void Dispose() => rig.Dispose();

    private (SpecSide Lower, SpecSide Lift) Models()
    {
        byte[] liftBytes = rig.Lift.Bytes.ToArray(), lowerBytes = OneMemory ? liftBytes : rig.Lower.Bytes.ToArray();
        Heap liftHeap = rig.Lift.Heap.Copy(), lowerHeap = rig.Lower.Heap == rig.Lift.Heap ? liftHeap : rig.Lower.Heap.Copy();
        return (rig.Lower.Spec(() => lowerBytes, lowerHeap, transfer: Transfer), rig.Lift.Spec(() => liftBytes, liftHeap, transfer: Transfer));
    }

    private uint Transfer(TransferKind kind, uint handle, uint from, uint to)
    {
        transfers.Add($"{kind} {handle} {from} {to}");
        return rig.Transfer(kind, handle, from, to);
    }

    /// <summary>The guests, who look at the flags whenever they run.</summary>
    private void Watch()
    {
        InstanceId lower = adapter.Lower.Instance.Id, lift = adapter.Lift.Instance.Id;
        bool sync = !adapter.Lower.Options.Async && !adapter.Lift.Options.Async;
        InstanceId[] entered = rig.Options.Reentrance == Reentrance.Trap ? [.. Around(adapter.Lift.Instance).Except(Around(adapter.Lower.Instance))] : [];
        rig.DuringRealloc = who => Assert.Equal(0, Flag(who == "lift-realloc" ? lift : lower) & 1);
        rig.Callee = _ =>
        {
            Assert.Equal(1, Flag(lift) & 1);
            if (sync)
                Assert.All(rig.Flags, flags => Assert.Equal(entered.Contains(new(flags.Key)) ? 0 : 2, Flag(new(flags.Key)) & 2));
            return adapter.Lift.Options.Async ? [.. adapter.Lift.CoreType.Results.Items.Select(type => new CoreValue(type, 0))] : [.. returned];
        };
        rig.Host.TaskReturn = () => [.. returned];
        rig.PostReturn = arguments =>
        {
            Assert.Equal(returned, arguments);
            Assert.Equal(0, Flag(lift) & 1);
        };
    }

    private static IEnumerable<InstanceId> Around(InstanceNode? instance)
    {
        for (; instance is not null; instance = instance.Parent)
            yield return instance.Id;
    }

    private int Flag(InstanceId instance) => (int)rig.Flags[instance.Value].GetValue()!;

    private void Brackets()
    {
        string[] expected = !adapter.Lower.Options.Async && !adapter.Lift.Options.Async && (!elidesScopes || rig.Lower.Params.Any(SpecAbi.ContainsBorrow))
            ? ["enter-call", "exit-call"]
            : [];
        Assert.Equal(expected, rig.Events.Select(e => e.What).Where(what => what is "enter-call" or "exit-call"));
        if (expected.Length > 0)
            Assert.Equal(("enter-call", "exit-call"), (rig.Events[0].What, rig.Events[^1].What));
        if (adapter.Lift.Options.PostReturn is not null && !adapter.Lower.Options.Async)
            Assert.Equal("post-return", rig.Events.Last(e => e.What != "exit-call").What);
    }

    private static SpecValue[] Values(Guest guest, IEnumerable<ValType> types, Random random)
    {
        var values = new ValueGen(random, guest.Side.Options.StringEncoding);
        return [.. types.Select(values.Of).ToArray()];
    }

    private static void AssertSame(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string whose)
    {
        int at = expected.CommonPrefixLength(actual);
        Assert.True(at == actual.Length, at == actual.Length ? "" : $"the memory of the {whose} differs at {at}: {actual[at]:x2} instead of {expected[at]:x2}");
    }
}
