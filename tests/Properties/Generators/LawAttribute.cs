using System;
using System.Globalization;
using FsCheck.Xunit;

namespace Fact.Properties.Generators;

/// <summary>
/// A law that is tried on generated arguments. The same arguments every time, so that a build does not fail by chance;
/// <c>FACT_FUZZ_CASES=n</c> tries n others each time. What FsCheck says of a failure contains a seed, and
/// <c>FACT_FUZZ_SEED=seed</c> repeats it; the first half of a seed is enough for others.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LawAttribute : PropertyAttribute
{
    private static readonly int? Asked =
        int.TryParse(Environment.GetEnvironmentVariable("FACT_FUZZ_CASES"), CultureInfo.InvariantCulture, out int n) ? n : null;

    /// <param name="cases">How many arguments are tried where the environment does not say.</param>
    public LawAttribute(int cases = 100)
    {
        MaxTest = Asked ?? cases;
        EndSize = 80;
        QuietOnSuccess = true;
        Arbitrary = [typeof(Arbitraries), typeof(WildGen)];
        string? seed = Environment.GetEnvironmentVariable("FACT_FUZZ_SEED");
        if (seed is { Length: > 0 } || Asked is null)
            Replay = seed is not { Length: > 0 } ? "20250614,4711" : seed.Contains(',') ? seed : seed + ",4711";
    }
}
