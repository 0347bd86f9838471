using System;
using Fact.Component.Plan;
using Fact.Ir;
using LanguageExt;

namespace Fact.Fuse;

/// <summary>How to call a fused module as JSON, as <c>docs/fuse.md</c> and <c>docs/fused.schema.json</c> describe it.</summary>
internal static class FusedJson
{
    /// <summary>The version of the format: it goes up when a reader of the old one would misread the new one.</summary>
    public const int Version = 1;

    /// <summary>The text as UTF-8; or that it would be too large.</summary>
    public static Either<Diagnostic, ReadOnlyMemory<byte>> ToUtf8(FusedComponent fused, string file)
    {
        using var json = new JsonSink("the description of the module");
        json.Root("version", Version);
        json.Root("file", file);
        json.Root("initialize", fused.Initialize);
        json.Root("imports", fused.Imports, (json, import) => json.Object(import, (json, import) =>
        {
            Import(json, import.Import!);
            Func(json, fused.Plan, import);
        }));
        json.Root("exports", fused.Exports, (json, export) => json.Object(export, (json, export) =>
        {
            json.Name("name", export.Export);
            Func(json, fused.Plan, export);
            json.Name("postReturn", export.PostReturn);
        }));
        json.Root("resources", fused.Resources, (json, resource) => json.Object(resource, (json, resource) =>
        {
            json.Id("resource", resource.Resource.Value);
            json.Array("path", resource.Path, static (json, name) => json.Name(name));
            json.Flag("imported", fused.Plan.Tables.Resources[(int)resource.Resource.Value] is PlanResource.Imported);
            Intrinsic(json, "drop", resource.Drop);
            Intrinsic(json, "new", resource.New);
            Intrinsic(json, "rep", resource.Rep);
            json.Name("destructor", resource.Destructor);
        }));
        json.Root("resourceTables", fused.Plan.Tables.ResourceTables, static (json, table) => json.Object(table, static (json, table) =>
            json.Id("resource", table.Resource.Value)));
        json.Root("dropped", fused.Dropped, static (json, section) => json.Name(section));
        json.Mentioned(withTypes: true);
        return json.Finish();
    }

    private static void Func(JsonSink json, LinkPlan plan, FusedFunction func)
    {
        json.Array("path", func.Path, static (json, name) => json.Name(name));
        json.MadeName("signature", TypeText.Of(func.Type, plan.Tables.ResourceNames(id => plan.Tables.Resources[(int)id.Value].Name ?? $"resource{id.Value}")));
        json.FuncType("type", func.Type);
        json.CoreType("coreType", func.CoreType);
        json.Text("stringEncoding", EncodingNames.Of(func.StringEncoding));
        json.Name("memory", func.Memory);
        json.Name("realloc", func.Realloc);
    }

    private static void Import(JsonSink json, CoreImportName import)
    {
        json.Name("module", import.Module);
        json.Name("name", import.Name);
    }

    private static void Intrinsic(JsonSink json, string member, CoreImportName? import)
    {
        if (import is null)
            json.Null(member);
        else
            json.Object(member, import, Import);
    }
}
