using Fact.Ir;

namespace Fact.Lower.Plan;

/// <summary>The names that the parts of an adapter are exported by.</summary>
internal static class PartNames
{
    public static string AsyncStart(Adapter adapter) => "[async-start]" + adapter.Name;

    public static string AsyncReturn(Adapter adapter) => "[async-return]" + adapter.Name;

    public static string Callee(Adapter adapter) => "[adapter-callee]" + adapter.Name;
}
