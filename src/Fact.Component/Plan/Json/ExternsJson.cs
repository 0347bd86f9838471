using System;
using Fact.Ir;

namespace Fact.Component.Plan;

/// <summary>Imports and exports.</summary>
internal static class ExternsJson
{
    /// <summary>The lists of imports, of the types of instances and core modules among them, and of imported items.</summary>
    public static void Imports(JsonSink json, LinkPlan plan)
    {
        json.Root("imports", plan.Imports, static (json, import) => Named(json, import.Name, import.Extern));
        json.Root("instanceTypes", plan.InstanceTypes, static (json, exports) => json.Object(exports, static (json, exports) =>
            json.Array("exports", exports, static (json, export) => Named(json, export.Name, export.Extern))));
        var types = CoreRecType.IndexSpace(plan.Tables.CoreTypes);
        Func<CoreTypeIdx, CoreFuncType> funcType = index => types[(int)index.Value].Func!;
        json.Root("coreModuleTypes", plan.CoreModuleTypes, (json, type) => json.Object((type, funcType), CoreModule));
        json.Root("importedItems", plan.ImportedItems, static (json, item) => json.Object(item, static (json, item) =>
        {
            json.Id("import", item.Import.Value);
            json.Array("path", item.Path, static (json, name) => json.Name(name));
        }));
    }

    /// <summary>The lists of exports and of the instances among them.</summary>
    public static void Exports(JsonSink json, LinkPlan plan)
    {
        json.Root("exports", plan.Exports, Export);
        json.Root("exportedInstances", plan.ExportedInstances, static (json, exports) => json.Object(exports, static (json, exports) =>
            json.Array("exports", exports, Export)));
    }

    private static void Export(JsonSink json, PlanExport export) => json.Object(export, static (json, export) =>
    {
        json.Name("name", export.Name);
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
            case ExportItem.Instance(var id):
                json.Kind("instance");
                json.Id("instance", id.Value);
                break;
            case ExportItem.Type(var bound):
                json.Kind("type");
                json.Object("type", bound, Bound);
                break;
        }
    });

    private static void Named(JsonSink json, string name, PlanExtern type) => json.Object((name, type), static (json, at) =>
    {
        json.Name("name", at.name);
        switch (at.type)
        {
            case PlanExtern.Func(var func):
                json.Kind("func");
                json.FuncType("type", func);
                break;
            case PlanExtern.CoreModule(var module):
                json.Kind("core-module");
                json.Id("type", module.Value);
                break;
            case PlanExtern.Instance(var instance):
                json.Kind("instance");
                json.Id("type", instance.Value);
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

    private static void CoreModule(JsonSink json, (PlanCoreModuleType Type, Func<CoreTypeIdx, CoreFuncType> FuncType) module)
    {
        json.Array("imports", module.Type.Imports, (json, import) => json.Object(import, (json, import) =>
        {
            json.Name("module", import.Module);
            json.Name("name", import.Name);
            Core(json, import.Type, module.FuncType);
        }));
        json.Array("exports", module.Type.Exports, (json, export) => json.Object(export, (json, export) =>
        {
            json.Name("name", export.Name);
            Core(json, export.Type, module.FuncType);
        }));
    }

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
    private static void Core(JsonSink json, CoreExternType type, Func<CoreTypeIdx, CoreFuncType> funcType)
    {
        json.Kind(CoreText.Of(type.Kind));
        json.MadeName("type", CoreText.Of(type, funcType));
        if (type is CoreExternType.Func(var func, _))
            json.Id("typeIndex", func.Value);
        else if (type is CoreExternType.Tag(var tag))
            json.Id("typeIndex", tag.Value);
    }
}
