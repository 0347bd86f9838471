using System.Linq;
using Fact.Ir;
using FsCheck;
using FsCheck.Fluent;

namespace Fact.Properties.Generators;

/// <summary>Names of fields, cases, flags and parameters.</summary>
public static class Labels
{
    /// <summary>So many names that differ in more than case.</summary>
    public static Gen<EquatableArray<string>> Distinct(int count) =>
        from word in Gen.Elements("a", "field", "x-y", "HTTP-", "a-rather-long-name-with-many-words-")
        from first in Gen.Elements(0, 0, 0, 7, 95)
        select Enumerable.Range(first, count).Select(i => word + i).ToEquatableArray();
}
