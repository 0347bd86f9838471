using System.Globalization;

namespace Fact.Host.Tasks;

/// <summary>What is wrong with handles.</summary>
internal static class Handles
{
    /// <summary>The handle is of something else.</summary>
    public static TrapSignal WrongKind(uint index, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"handle index {index} is not {expected}"));
}
