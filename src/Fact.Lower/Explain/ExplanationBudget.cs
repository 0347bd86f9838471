namespace Fact.Lower.Explain;

/// <summary>How much may be said of adapters that belong together: without a limit it would be as much as there are adapters, times the types that they share.</summary>
/// <param name="adapters">How many they are.</param>
internal sealed class ExplanationBudget(int adapters)
{
    /// <summary>So many characters count as a node.</summary>
    private const int CharsPerNode = 50;

    /// <summary>How many nodes of plans may still be looked at; less than none where it is spent.</summary>
    public long Left { get; private set; } = InputLimits.Explained + ((long)InputLimits.ExplainedPerAdapter * adapters);

    /// <summary>Whether there is nothing left.</summary>
    public bool IsSpent => Left < 0;

    public void SpendNodes(long count) => Left -= count;

    public void SpendText(long length) => Left -= length / CharsPerNode;
}
