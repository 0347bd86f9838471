using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Bench.Host;
using Xunit;

namespace Fact.Conformance.Benchmarks;

/// <summary>What <c>bench -- host</c> measures: each case says by itself whether what comes out is right.</summary>
public sealed class HostCaseTests : IDisposable
{
    private const uint Times = 3;

    private readonly HostSides sides = new();

    [Fact]
    public void Every_call_gets_on_both_sides_what_it_should() => Run(HostCases.Calls(sides));

    [Fact]
    public void Every_component_is_opened_and_instantiated_on_both_sides() => Run(HostCases.Components(sides, largest: 50));

    [Fact]
    public void No_two_cases_have_one_name()
    {
        string[] names = [.. HostCases.Calls(sides).Concat(HostCases.Components(sides, largest: 1)).Select(one => one.Name)];

        Assert.Equal(names.Length, names.Distinct().Count());
    }

    private static void Run(IEnumerable<HostCase> cases)
    {
        foreach (var one in cases)
        {
            one.Ours(Times);
            one.Theirs(Times);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => sides.Dispose();
}
