using System;
using System.Collections.Generic;
using BenchmarkDotNet.Attributes;

namespace Fact.Bench;

/// <summary>Every step of the pipeline by itself, and what users call: <c>Compile</c> and <c>All</c>.</summary>
[MemoryDiagnoser]
public class PipelineBenchmarks
{
    private Subject subject = null!;

    /// <summary>Which component.</summary>
    [ParamsSource(nameof(Components))]
    public string Component { get; set; } = "";

    /// <summary>The components at hand.</summary>
    public static IEnumerable<string> Components()
    {
        if (Subject.Synthetic() is not null)
            yield return "synthetic";
        foreach (int size in Sizes.All)
            yield return $"generated-{size}";
    }

    /// <summary>Makes the component.</summary>
    [GlobalSetup]
    public void Setup() => subject = Component == "synthetic"
        ? Subject.Synthetic()!
        : Subject.Of(int.Parse(Component.AsSpan(Component.IndexOf('-') + 1)));

    /// <summary>Bytes to syntax tree.</summary>
    [Benchmark]
    public object Decode() => subject.Decode();

    /// <summary>Syntax tree to link plan: types checked, instances inlined, adapters found.</summary>
    [Benchmark]
    public object Link() => subject.Link();

    /// <summary>Adapters to symbolic functions.</summary>
    [Benchmark]
    public object Lower() => subject.Lower();

    /// <summary>Equal helpers become one.</summary>
    [Benchmark]
    public object Canonicalize() => subject.Canonicalize();

    /// <summary>Ids become indices.</summary>
    [Benchmark]
    public object Resolve() => subject.Resolve();

    /// <summary>Instructions become bytes.</summary>
    [Benchmark]
    public int Encode() => subject.Encode();

    /// <summary>Adapters to bytes.</summary>
    [Benchmark]
    public int Compile() => subject.Compile();

    /// <summary>Component to bytes.</summary>
    [Benchmark]
    public int All() => subject.All();
}

/// <summary>The sizes of generated components: most components that people make have one to five adapters.</summary>
internal static class Sizes
{
    public static int[] All { get; } = [1, 5, 10, 100, 1_000, 10_000];
}
