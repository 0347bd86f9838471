using System;
using Fact.Ir;

namespace Fact.Component.Plan;

/// <summary>What the files are called that a plan in JSON mentions.</summary>
public sealed record PlanFiles
{
    /// <summary>The file of an adapter module; by default <c>adapters-0.wasm</c> and so on.</summary>
    public Func<AdapterModuleId, string> AdapterModule { get; init; } = static id => FormattableString.Invariant($"adapters-{id.Value}.wasm");

    /// <summary>The file of the runtime module.</summary>
    public string RuntimeModule { get; init; } = "runtime.wasm";

    /// <summary>The file of a core module; null where they have none of their own, and a host takes them out of the component.</summary>
    public Func<CoreModuleId, string>? CoreModule { get; init; }

    /// <summary>Of what it is the plan; null where the plan does not say so.</summary>
    public PlanComponent? Component { get; init; }
}

/// <summary>The component that a plan is of, so that nobody runs the plan with another.</summary>
/// <param name="File">The name of its file, without a folder; null where it comes from none.</param>
/// <param name="Length">How many bytes it has, in binary form.</param>
/// <param name="Sha256">Their SHA-256, in hexadecimal digits, small letters.</param>
public sealed record PlanComponent(string? File, long Length, string Sha256)
{
    /// <summary>What is to be said of a component.</summary>
    /// <param name="file">The name of its file, without a folder; null where it comes from none.</param>
    /// <param name="bytes">The component in binary form.</param>
    public static PlanComponent Of(string? file, ReadOnlySpan<byte> bytes) => new(file, bytes.Length, Plan.Sha256.Hex(bytes));
}
