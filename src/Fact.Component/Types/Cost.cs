using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>What work costs, in the steps of <see cref="ComponentLimits.CheckSteps"/>: as much as it takes time or memory, whichever is more.</summary>
internal static class Cost
{
    /// <summary>To look at a type, import, export or part once.</summary>
    public const long Look = 1;

    /// <summary>To make a type again that has so many parts, and find out whether it is there.</summary>
    public static long Make(int parts) => 8 + (3 * (long)parts);

    /// <summary>To copy an import or export of a name, which is hashed.</summary>
    public static long Copy(string name) => 10 + Find(name);

    /// <summary>To find an import or export by its name.</summary>
    public static long Find(string name) => 2 + (name.Length / 64);

    /// <summary>To keep where a resource type is.</summary>
    public static long Keep(EquatableArray<string> path) => 10 + path.Length;
}
