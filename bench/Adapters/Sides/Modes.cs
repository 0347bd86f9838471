using System.Collections.Generic;
using Fact.Host;
using Fact.Ir;

namespace Fact.Bench.Adapters;

/// <summary>The ways to compile adapters that are worth a comparison.</summary>
internal static class Modes
{
    /// <summary>A way, with a short name.</summary>
    internal sealed record Mode(string Name, HostOptions Options);

    /// <summary>The host's default first, then all that is imported and short, then one thing changed after the other.</summary>
    public static IReadOnlyList<Mode> All { get; } =
    [
        new("ours", new HostOptions()),
        Of("imported", Imported),
        Of("no barrier", Imported with { ExceptionBarrier = false }),
        Of("wasm text", Imported with { Transcoders = Transcoders.Wasm }),
        Of("simd", Imported with { Transcoders = Transcoders.Simd }),
        Of("handles", Imported with { HandleTables = HandleTables.Wasm }),
        Of("speed", Imported with { Optimize = Optimize.Speed }),
        Of("all", Imported with { Transcoders = Transcoders.Simd, HandleTables = HandleTables.Wasm, Optimize = Optimize.Speed }),
    ];

    private static CompileOptions Imported => new HostOptions().Compile with
    {
        Transcoders = Transcoders.Imported,
        HandleTables = HandleTables.Imported,
        Optimize = Optimize.Size,
    };

    private static Mode Of(string name, CompileOptions compile) => new(name, new HostOptions { Compile = compile });
}
