namespace Fact.Bench.Adapters;

/// <summary>
/// Something that an adapter does, in a component that does it in a loop of its own: the component exports <c>prepare</c>, which makes the arguments,
/// <c>run</c>, which makes so many calls with them, and <c>caller-sum</c> and <c>callee-sum</c>, which tell what a side got.
/// </summary>
/// <param name="Name">What is done.</param>
/// <param name="Text">The component. Cases that differ only in what they prepare have the same one.</param>
internal sealed record AdapterCase(string Name, string Text)
{
    /// <summary>What <c>prepare</c> is called with.</summary>
    public Preparation Prepare { get; init; } = new(0, 0, 0, 0);

    /// <summary>How many bytes the caller's argument has, where that is what the time depends on.</summary>
    public int? Bytes { get; init; }

    /// <summary>How many times faster than the engine's own adapters ours are to be; null where nothing is asked for.</summary>
    public double? Goal { get; init; }

    /// <summary>The same of the component as one core module.</summary>
    public double? FusedGoal { get; init; }
}

/// <summary>What the caller is told about its arguments.</summary>
/// <param name="Pattern">Where in the caller's memory the bytes are that are repeated.</param>
/// <param name="PatternBytes">How many they are.</param>
/// <param name="Times">How often they are repeated; for lists that are computed, how many elements there are.</param>
/// <param name="Length">The length that is passed.</param>
internal sealed record Preparation(uint Pattern, uint PatternBytes, uint Times, uint Length);
