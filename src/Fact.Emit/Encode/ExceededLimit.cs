using System.Globalization;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>What a module has too much of for engines: one of <see cref="EngineLimits"/>.</summary>
/// <param name="What">What it is: "memories".</param>
/// <param name="Found">How many the module would have.</param>
/// <param name="Most">How many engines take.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Adapter">The position of the adapter whose own code has it; null where the adapters of the module have it together.</param>
internal sealed record ExceededLimit(string What, long Found, long Most, string Remedy, int? Adapter = null)
{
    /// <summary>One sentence.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"the module would have {Found} {What}, and engines take {Most}; {Remedy}");
}
