using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Fact.Emit;

/// <summary>
/// What to throw when a program breaks an invariant. Texts are made here, away from the code that checks: there they would cost time and stack
/// even though nothing is ever thrown.
/// </summary>
internal static class Broken
{
    /// <summary>Something is named that is not there.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static UnreachableException No(string what, int number) => new($"no {what} {number}");
}
