using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>Sizes that tables and memories can have. Spec: <c>Limits_ok</c>, <c>Memtype_ok</c>, <c>Tabletype_ok</c>.</summary>
internal static class CoreSizes
{
    /// <summary>What is wrong with the size of a memory; null where nothing is.</summary>
    public static string? Problem(CoreMemoryType type)
    {
        // 2^32 bytes for 32-bit addresses, 2^64 for 64-bit ones, in pages of the memory's size.
        int bits = (type.Limits.Is64 ? 64 : 32) - type.PageSizeLog2;
        ulong most = bits >= 64 ? ulong.MaxValue : 1UL << bits;
        if (type.Limits.Min > most || type.Limits.Max > most)
            return $"a memory of {(type.Limits.Min > most ? type.Limits.Min : type.Limits.Max)} pages has more than the {most} that can be addressed";
        if (type.Limits is { IsShared: true, Max: null })
            return "a shared memory needs a maximum size";
        return Ordered(type.Limits, "memory", "pages");
    }

    /// <summary>What is wrong with the size of a table; null where nothing is.</summary>
    public static string? Problem(CoreTableType type) => Ordered(type.Limits, "table", "elements");

    private static string? Ordered(CoreLimits limits, string what, string unit) => limits.Min > limits.Max
        ? $"a {what} of at least {limits.Min} {unit} cannot be one of at most {limits.Max}"
        : null;
}
