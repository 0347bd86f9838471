using System;
using FsCheck.Xunit;
using Xunit.Sdk;

namespace Fact.Model.Laws;

/// <summary>
/// A law that is tried on generated arguments. <c>FACT_FUZZ_CASES</c> says how many, <c>FACT_FUZZ_SEED</c> which ones. Where it does not hold, it says how to
/// see that again; the pair of numbers that FsCheck prints is a seed too, the one of the arguments that failed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Fact.Model.Laws." + nameof(LawDiscoverer), "Model")]
public sealed class LawAttribute : PropertyAttribute
{
    /// <param name="cases">How many arguments are tried where the environment does not say.</param>
    public LawAttribute(int cases = 100)
    {
        MaxTest = Fuzz.Cases ?? cases;
        EndSize = 80;
        QuietOnSuccess = true;
        Replay = Fuzz.Replay;
    }
}
