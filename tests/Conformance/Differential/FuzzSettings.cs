using System;
using System.Globalization;
using Fact.Model.Laws;

namespace Fact.Conformance.Differential;

/// <summary>How much to try, from the environment.</summary>
internal static class FuzzSettings
{
    /// <summary>The number of cases: <c>FACT_FUZZ_CASES</c>.</summary>
    public static int Cases { get; } = Fuzz.Cases ?? 2000;

    /// <summary>The number of cases that are run as fused components: <c>FACT_FUZZ_FUSED</c>; a tenth of the others where it is not said.</summary>
    public static int FusedCases { get; } = Number("FACT_FUZZ_FUSED") ?? Cases / 10;

    /// <summary>Where randomness starts: <c>FACT_FUZZ_SEED</c>.</summary>
    public static int Seed { get; } = Fuzz.Seed;

    /// <summary>The one pair to run, of those that the seed gives: <c>FACT_FUZZ_PAIR</c>.</summary>
    public static int? Pair { get; } = Number("FACT_FUZZ_PAIR");

    /// <summary>The seed of a pair.</summary>
    public static int SeedOf(int pair) => unchecked((Seed * 1_000_003) + pair);

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : null;
}
