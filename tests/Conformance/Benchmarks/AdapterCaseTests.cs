using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Bench.Adapters;
using Fact.Host;
using Wasmtime;
using Xunit;

namespace Fact.Conformance.Benchmarks;

/// <summary>What <c>bench -- adapters</c> measures: a case that does not do what it says measures nothing.</summary>
public sealed class AdapterCaseTests : IDisposable
{
    private readonly Side reference = new WasmtimeSide();
    private readonly Side[] ours = [new FactSide("default", new HostOptions()), .. Modes.All.TakeLast(1).Select(mode => new FactSide(mode.Name, mode.Options))];

    /// <summary>The cases.</summary>
    public static IEnumerable<object[]> Names => AdapterCases.All.Select(one => new object[] { one.Name });

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_case_runs_and_both_sides_get_the_same(string name)
    {
        var one = AdapterCases.All.First(candidate => candidate.Name == name);
        byte[] component = Module.ConvertText(one.Text);
        using var theirs = CaseOutcome.Start(reference, one, component, out var expected);

        foreach (var side in ours)
        {
            using var running = CaseOutcome.Start(side, one, component, out var outcome);
            Assert.Equal(expected, outcome);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_that_can_be_fused_does_the_same_as_one_core_module(string name)
    {
        var one = AdapterCases.All.First(candidate => candidate.Name == name);
        byte[] component = Module.ConvertText(one.Text);
        using var fused = new FusedSide("fused", Modes.All[^1].Options.Compile);
        try
        {
            using var running = CaseOutcome.Start(fused, one, component, out var outcome);
            using var theirs = CaseOutcome.Start(reference, one, component, out var expected);
            Assert.Equal(expected, outcome);
        }
        catch (NotSupportedException)
        {
            // Adapters that need their host for strings and handles.
            Assert.Matches("string|own|borrow|resource", name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Calls_leave_something_that_tells_whether_they_were_made(string name)
    {
        var one = AdapterCases.All.First(candidate => candidate.Name == name);
        if (one.Bytes == 0)
            return;
        using var running = reference.Instantiate(Module.ConvertText(one.Text));
        running.Prepare(one.Prepare);
        var before = new CaseOutcome(0, running.CallerSum(), running.CalleeSum());

        Assert.NotEqual(before, CaseOutcome.AfterCalls(running));
    }

    [Fact]
    public void No_two_cases_have_one_name() => Assert.Equal(AdapterCases.All.Count(), AdapterCases.All.Select(one => one.Name).Distinct().Count());

    /// <inheritdoc/>
    public void Dispose()
    {
        reference.Dispose();
        foreach (var side in ours)
            side.Dispose();
    }
}
