using System.Globalization;
using Fact.Values;

namespace Fact.Host.Resources;

/// <summary>What is said of handles that are wrong, whoever keeps them.</summary>
internal static class HandleFaults
{
    /// <summary>There is no handle of an index.</summary>
    public static string Unknown(uint index) => "unknown handle index " + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>The handle of an index is of something else than a resource.</summary>
    public static string NoResource(uint index) => "handle index " + index.ToString(CultureInfo.InvariantCulture) + " is not a resource";

    /// <summary>There are as many handles as may be.</summary>
    public static string TooMany(uint handles) =>
        string.Create(CultureInfo.InvariantCulture, $"cannot allocate another handle: the component has {handles}, the limit of this host");

    /// <summary>A handle is of another type than is expected of its index.</summary>
    public static string WrongType(uint index, ResourceType expected, ResourceType found) =>
        "handle index " + index.ToString(CultureInfo.InvariantCulture) + " used with the wrong type, expected "
        + Kind(expected) + " but found " + (expected.DefinedBy is null == found.DefinedBy is null ? "a different " : "") + Kind(found);

    private static string Kind(ResourceType type) => type.DefinedBy is null ? "host resource" : "guest-defined resource";
}
