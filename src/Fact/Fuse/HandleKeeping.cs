using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;

namespace Fact.Fuse;

/// <summary>
/// Who keeps the handles of a fused component. Where no more than one component instance has any, and a host can name their types, they are those that the host keeps
/// for the module: it gives out the indices that the instance would have. Else a part of the module keeps them, with a table for each instance.
/// </summary>
internal static class HandleKeeping
{
    /// <summary>Whether the handles are the host's.</summary>
    public static bool IsOutside(LinkPlan plan, BorderResources resources)
    {
        var tables = plan.Tables.ResourceTables;
        return !tables.IsEmpty
            && tables.Items.All(table => table.Instance == tables[0].Instance && resources.HasName(table.Resource))
            && !plan.Adapters.Items.Any(adapter => adapter.Adapter.Lower.Type.Has(TypeContents.Resources));
    }
}
