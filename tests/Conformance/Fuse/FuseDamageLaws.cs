using System;
using System.Linq;
using Fact.Model.Laws;
using Fact.Properties;
using Xunit;
using Xunit.Abstractions;

namespace Fact.Conformance.Fuse;

/// <summary>
/// Damaged components are fused and wrapped, or there is an error; they never throw, hang or overflow the stack. What comes of them is valid. Some places of each file
/// are tried, and
/// as many more as <c>FACT_FUZZ_CASES</c> says.
/// </summary>
public sealed class FuseDamageLaws(ITestOutputHelper output)
{
    private const int LongerOnes = 200_000;

    [SeededCorpusFact]
    public void Damaged_components_are_fused_and_wrapped_or_refused()
    {
        var random = Fuzz.Random();
        var components = Properties.Corpus.Components.Where(component => component.Bytes.Length < LongerOnes).ToList();
        int cases = Fuzz.Cases ?? 2_000, made = 0;
        for (int i = 0; i < cases; i++)
        {
            var (name, bytes) = components[random.Next(components.Count)];
            int at = random.Next(bytes.Length);
            byte original = bytes[at], value = (byte)(random.Next(3) switch { 0 => original ^ (1 << random.Next(8)), 1 => original + 1, _ => random.Next(256) });
            bytes[at] = value;
            if (Try(bytes, $"{name} with 0x{value:x2} at {at}"))
                made++;
            bytes[at] = original;
        }
        output.WriteLine($"{made} of {cases} made");
        Assert.True(made > cases / 50, $"only {made} of {cases}");
    }

    private static bool Try(byte[] bytes, string what)
    {
        try
        {
            if (!Fuser.TryFuse(bytes, FuseOptions.Default, out var fused, out var errors))
            {
                Assert.All(errors, error => Assert.NotEmpty(error.Message));
                return false;
            }
            if (!Wrapper.TryWrap(fused, out var wrapped, out errors))
                throw new InvalidOperationException(errors.ToString());
            string? difference = Properties.Facade.SameType.Difference(bytes, [.. wrapped]);
            // Some types are not even comparable with themselves, written twice.
            return difference is null || Properties.Facade.SameType.Difference(bytes, bytes) is not null ? true : throw new InvalidOperationException(difference);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException(what, error);
        }
    }
}
