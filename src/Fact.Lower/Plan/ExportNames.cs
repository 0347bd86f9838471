using Fact.Ir;

namespace Fact.Lower.Plan;

/// <summary>The names of an adapter's exports.</summary>
internal static class ExportNames
{
    public static string AsyncStart(Adapter adapter) => "[async-start]" + adapter.Name;

    public static string AsyncReturn(Adapter adapter) => "[async-return]" + adapter.Name;

    public static string Callee(Adapter adapter) => "[adapter-callee]" + adapter.Name;
}
