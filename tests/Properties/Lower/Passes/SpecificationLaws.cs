using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Lower.Passes;
using Fact.Model;
using Fact.Model.Guests;
using Fact.Model.Laws;
using Fact.Model.Plans;
using Xunit;

namespace Fact.Properties.Lower.Passes;

/// <summary>The plan that no pass has touched is what the specification says: values are lifted and lowered again.</summary>
public sealed class SpecificationLaws
{
    [Law(400, Arbitrary = [typeof(PlanScenarios)])]
    public void A_plan_means_what_the_specification_says(PlanScenario scenario)
    {
        scenario = scenario.Tame();
        try
        {
            Compare(scenario, new(scenario));
        }
        catch (SpecTrap)
        {
            // More values than the memory of a guest holds.
        }
    }

    private static void Compare(PlanScenario scenario, PlanWorld world)
    {
        var expected = new Expected(world);
        bool hasBadAnswers = world.Lower.Heap.Answer is not null || world.Lift.Heap.Answer is not null;
        var outcome = world.Run(scenario.Planned(PassList.None));
        Assert.True(outcome.Returns == expected.Reason is null, $"{outcome.End}; the specification: {expected.Reason ?? "returns"}");
        if (expected.Reason is not null)
        {
            // The specification lifts everything before it lowers anything; so if it is both that go wrong, the one or the other comes first.
            if (outcome.Code != TrapCode.AllocationOutOfBounds && !hasBadAnswers)
                Assert.Contains(expected.Reason, Reasons(outcome.Code));
            return;
        }
        Assert.Equal(expected.Arguments, world.Received);
        if (!scenario.Plan.Lower.Async)
            Assert.Equal(expected.Results, outcome.Results);
        Assert.Equal(expected.Lower.Heap.Calls, world.Lower.Heap.Calls);
        Assert.Equal(expected.Lift.Heap.Calls, world.Lift.Heap.Calls);
        Assert.Equal(expected.Transfers, outcome.Events.Where(IsTransfer).Select(e => $"{e.What} {string.Join(' ', e.Arguments.Items.Take(3))}"));
        Assert.Equal(expected.Lower.Contents.ToArray(), outcome.Lower);
        Assert.Equal(expected.Lift.Contents.ToArray(), outcome.Lift);
    }

    private static bool IsTransfer(PlanEvent e) => e.What.StartsWith("transfer", StringComparison.Ordinal);

    private static string[] Reasons(TrapCode? code) => code switch
    {
        null or TrapCode.InvalidUtf8 or TrapCode.InvalidUtf16 => ["invalid string"],
        TrapCode.InvalidDiscriminant => ["invalid discriminant"],
        TrapCode.InvalidChar => ["char too large", "surrogate"],
        TrapCode.UnalignedPointer => ["unaligned", "unaligned list", "unaligned string"],
        TrapCode.ListTooLong => ["list too long"],
        TrapCode.ListOutOfBounds => ["list out of bounds"],
        TrapCode.StringTooLong => ["string too long"],
        TrapCode.StringOutOfBounds => ["string out of bounds"],
        TrapCode.PointerOutOfBounds => ["out of bounds"],
        _ => [],
    };

    /// <summary>The call by the specification's functions, over copies of the memories.</summary>
    private sealed class Expected
    {
        public Expected(PlanWorld world)
        {
            byte[] liftBytes = [.. world.Lift.Bytes], lowerBytes = world.OneMemory ? liftBytes : [.. world.Lower.Bytes];
            Heap liftHeap = world.Lift.Heap.Copy(), lowerHeap = world.Lower.Heap == world.Lift.Heap ? liftHeap : world.Lower.Heap.Copy();
            Lower = world.Lower.Spec(lowerBytes, lowerHeap, transfer: Transfer);
            Lift = world.Lift.Spec(liftBytes, liftHeap, transfer: Transfer);
            try
            {
                var values = Lower.LiftFlatValues(world.MaxParams, new CoreValueIter.Values(world.Arguments), world.Lower.Params);
                Arguments = Lift.LowerFlatValues(SpecAbi.MaxFlatParams, values, world.Lift.Params);
                var results = Lift.LiftFlatValues(world.MaxReturned, new CoreValueIter.Values(world.Returned), world.Lift.Results);
                Results = Lower.LowerFlatValues(world.MaxResults, results, world.Lower.Results, world.ReturnPointer);
            }
            catch (SpecTrap trap)
            {
                Reason = trap.Message;
            }
        }

        public SpecSide Lower { get; }

        public SpecSide Lift { get; }

        public List<CoreValue> Arguments { get; } = [];

        public List<CoreValue> Results { get; } = [];

        public List<string> Transfers { get; } = [];

        /// <summary>Why it traps; null where it does not.</summary>
        public string? Reason { get; }

        private uint Transfer(TransferKind kind, uint handle, uint from, uint to)
        {
            Transfers.Add($"transfer {kind} {handle} {from} {to}");
            return PlanWorld.Moved(kind, handle, from, to);
        }
    }
}
