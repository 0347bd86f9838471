using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Plan;

/// <summary>What numbers in types refer to.</summary>
internal static class TablesJson
{
    /// <summary>The lists of resource types, tables and result tuples.</summary>
    public static void Write(JsonSink json, PlanTables tables)
    {
        json.Root("resources", tables.Resources, static (json, resource) => json.Object(resource, static (json, resource) =>
        {
            json.Name("name", resource.Name);
            switch (resource)
            {
                case PlanResource.Imported(var item):
                    json.Kind("imported");
                    json.Id("item", item.Value);
                    break;
                case PlanResource.Defined(var instance, var rep, var dtor):
                    json.Kind("defined");
                    json.Id("instance", instance.Value);
                    json.Text("rep", CoreText.Of(rep));
                    json.Id("dtor", dtor?.Value);
                    break;
            }
        }));
        json.Root("resourceTables", tables.ResourceTables, static (json, table) => json.Object(table, static (json, table) =>
        {
            json.Id("instance", table.Instance.Value);
            json.Id("resource", table.Resource.Value);
        }));
        json.Root("streamTables", tables.StreamTables, Channel);
        json.Root("futureTables", tables.FutureTables, Channel);
        json.Root("errorContextTables", tables.ErrorContextTables, static (json, instance) => json.Object(
            instance, static (json, instance) => json.Id("instance", instance.Value)));
        json.Root("resultTuples", tables.ResultTuples, static (json, types) => json.Array(types, static (json, type) => json.Type(type)));
        uint first = 0;
        json.Root("recTypes", tables.CoreTypes, (json, group) =>
        {
            json.Text(CoreGroupText.Of(group, first));
            first += (uint)group.Types.Length;
        });
    }

    private static void Channel(JsonSink json, ChannelTable table) => json.Object(table, static (json, table) =>
    {
        json.Id("instance", table.Instance.Value);
        json.Type("element", table.Element);
    });
}
