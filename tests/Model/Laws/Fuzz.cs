using System;
using System.Globalization;

namespace Fact.Model.Laws;

/// <summary>
/// How much laws try, and where their randomness starts: the same everywhere and every time, so that a build does not fail by chance, unless
/// the environment says otherwise.
/// </summary>
public static class Fuzz
{
    private const int UsualSeed = 1;

    private static readonly string Given = Environment.GetEnvironmentVariable("FACT_FUZZ_SEED") is { Length: > 0 } seed ? seed : Text(UsualSeed);

    /// <summary>How many cases each law tries: <c>FACT_FUZZ_CASES</c>; null where laws know themselves.</summary>
    public static int? Cases { get; } = Number(Environment.GetEnvironmentVariable("FACT_FUZZ_CASES"));

    /// <summary>Where randomness starts: <c>FACT_FUZZ_SEED</c>, or of a pair of numbers, as FsCheck prints them, the first.</summary>
    public static int Seed { get; } = unchecked((int)(ulong.TryParse(Given.Split(',')[0], CultureInfo.InvariantCulture, out ulong n) ? n : UsualSeed));

    /// <summary>The seed as FsCheck takes it.</summary>
    public static string Replay { get; } = Given.Contains(',', StringComparison.Ordinal) ? Given : Text(Seed) + ",4711";

    /// <summary>Randomness that the seed and a number determine.</summary>
    public static Random Random(int number = 0) => new(unchecked((Seed * 1_000_003) + number));

    /// <summary>The command that does again what was just done.</summary>
    /// <param name="assembly">The test project.</param>
    /// <param name="method">The full name of the test method.</param>
    /// <param name="cases">How many cases it tries; null where that is not for the environment to say.</param>
    public static string Again(string assembly, string method, int? cases) =>
        $"Again: FACT_FUZZ_SEED={Replay}{(cases is { } n ? " FACT_FUZZ_CASES=" + Text(n) : "")} "
        + $"dotnet test tests/{assembly} -c Release --filter FullyQualifiedName={method}";

    private static int? Number(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out int n) ? n : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
