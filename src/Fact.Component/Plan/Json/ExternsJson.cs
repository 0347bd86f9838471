using Fact.Component.Binary;
using Fact.Component.Types;

namespace Fact.Component.Plan;

/// <summary>Imports and exports.</summary>
internal static class ExternsJson
{
    /// <summary>The lists of imports and of imported items.</summary>
    public static void Imports(JsonSink json, LinkPlan plan)
    {
        json.Array("imports", plan.Imports, static (json, import) => Named(json, import.Name, import.Extern));
        json.Array("importedItems", plan.ImportedItems, static (json, item) => json.Object(item, static (json, item) =>
        {
            json.Id("import", item.Import.Value);
            json.Array("path", item.Path, static (json, name) => json.Text(name));
        }));
    }

    /// <summary>An element of a list of exports.</summary>
    public static void Export(JsonSink json, PlanExport export) => json.Object(export, static (json, export) =>
    {
        json.Text("name", export.Name);
        switch (export.Item)
        {
            case ExportItem.Func(var type, var callee, var options, var results):
                json.Kind("func");
                json.FuncType("type", type);
                json.Id("callee", callee.Value);
                json.Id("options", options.Value);
                json.Id("results", results.Value);
                break;
            case ExportItem.CoreModule(var source):
                json.Kind("core-module");
                InitializersJson.Source(json, "source", source);
                break;
            case ExportItem.Instance(var exports):
                json.Kind("instance");
                json.Array("exports", exports, Export);
                break;
            case ExportItem.Type(var bound):
                json.Kind("type");
                json.Object("type", bound, Bound);
                break;
        }
    });

    private static void Named(JsonSink json, string name, PlanExtern type) => json.Object((name, type), static (json, at) =>
    {
        json.Text("name", at.name);
        switch (at.type)
        {
            case PlanExtern.Func(var func):
                json.Kind("func");
                json.FuncType("type", func);
                break;
            case PlanExtern.CoreModule(var imports, var exports):
                json.Kind("core-module");
                json.Array("imports", imports, static (json, import) => json.Object(import, static (json, import) =>
                {
                    json.Text("module", import.Module);
                    json.Text("name", import.Name);
                    Core(json, import.Type);
                }));
                json.Array("exports", exports, static (json, export) => json.Object(export, static (json, export) =>
                {
                    json.Text("name", export.Name);
                    Core(json, export.Type);
                }));
                break;
            case PlanExtern.Instance(var exports):
                json.Kind("instance");
                json.Array("exports", exports, static (json, export) => Named(json, export.Name, export.Extern));
                break;
            case PlanExtern.Type(var bound):
                json.Kind("type");
                json.Object("type", bound, Bound);
                break;
            case PlanExtern.Component:
                json.Kind("component");
                break;
        }
    });

    private static void Bound(JsonSink json, PlanType type)
    {
        switch (type)
        {
            case PlanType.Value(var value):
                json.Kind("value");
                json.Type("type", value);
                break;
            case PlanType.Resource(var id):
                json.Kind("resource");
                json.Id("resource", id.Value);
                break;
            case PlanType.Func(var func):
                json.Kind("func");
                json.FuncType("type", func);
                break;
            case PlanType.Other(var isComponent):
                json.Kind(isComponent ? "component" : "instance");
                break;
        }
    }

    // Core types in text form: a host hands them to an engine, which has its own notion of them.
    private static void Core(JsonSink json, CoreEntityType type)
    {
        json.Kind(CoreText.Kind(type));
        json.Text("type", CoreText.Of(type));
        if (type is CoreEntityType.Func(_, var func, _))
            json.Id("coreType", func.Value);
        else if (type is CoreEntityType.Tag(_, var tag))
            json.Id("coreType", tag.Value);
    }
}
