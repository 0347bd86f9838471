using System.Collections.Generic;

namespace Fact.Bench.Adapters;

/// <summary>All that is measured.</summary>
internal static class AdapterCases
{
    /// <summary>The cases, those with goals in each group first.</summary>
    public static IEnumerable<AdapterCase> All => [.. ScalarCases.All, .. ListCases.All, .. HandleCases.All, .. StringCases.All];
}
