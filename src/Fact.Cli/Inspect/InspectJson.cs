using System;
using Fact.Component;
using Fact.Component.Plan;
using Fact.Ir;
using LanguageExt;

namespace Fact.Cli.Inspect;

/// <summary>The report on a component for programs. The form is documented in <c>docs/cli.md</c>.</summary>
internal static class InspectJson
{
    /// <summary>The report as UTF-8, with a line break at its end; or that it would be too large.</summary>
    public static Either<Diagnostic, ReadOnlyMemory<byte>> ToUtf8(CompiledComponent component, ReportNames names, EquatableArray<AdapterReport> adapters)
    {
        var plan = component.Plan;
        using var json = new JsonSink("the report");
        json.Root("adapters", adapters, static (json, report) => json.Object(report, Adapter));
        json.Root("modules", plan.AdapterModules, static (json, module) => json.Object(module, static (json, module) =>
            json.Array("adapters", module.Adapters, static (json, adapter) => json.Text(adapter.Name))));
        EquatableArray<RuntimeReport> runtime = component.Runtime is { } module ? [RuntimeReport.Of(plan, module)] : [];
        json.Root("runtimeModules", runtime, static (json, report) => json.Object(report, static (json, report) =>
        {
            json.Number("tables", report.Tables);
            json.Number("builtins", report.Builtins);
            json.Number("flags", report.Flags);
            json.Number("drops", report.Drops);
            json.Number("bytes", report.Bytes);
        }));
        json.Root("instances", plan.Instances, static (json, instance) => json.Object(instance, static (json, instance) =>
        {
            json.Name("name", instance.Name);
            json.Id("parent", instance.Parent?.Value);
            json.Number("offset", instance.Offset);
        }));
        int next = 0;
        json.Root("resources", plan.Tables.Resources, (json, resource) => json.Object(resource, (json, resource) =>
        {
            json.Text("name", names.Resource(next++));
            switch (resource)
            {
                case PlanResource.Imported imported:
                    json.Text("imported", names.Import(imported.Item));
                    break;
                case PlanResource.Defined defined:
                    json.Number("definedBy", defined.Instance.Value);
                    json.Flag("destructor", defined.Dtor is not null);
                    break;
            }
        }));
        json.Root("wit", WitText.Of(plan, names), static (json, line) => json.Text(line));
        json.Mentioned(withTypes: false);
        return json.Finish();
    }

    private static void Adapter(JsonSink json, AdapterReport report)
    {
        json.Text("name", report.Adapter.Name);
        json.Name("func", report.FuncName);
        json.Name("interface", report.Interface);
        json.Id("module", report.Module);
        json.Text("signature", report.Signature);
        json.Number("bytes", report.Bytes);
        json.Number("helperBytes", report.HelperBytes);
        json.Object("caller", report.Adapter.Lower, Side);
        json.Object("callee", report.Adapter.Lift, static (json, side) =>
        {
            Side(json, side);
            json.Flag("callback", side.Options.Callback is not null);
            json.Flag("postReturn", side.Options.PostReturn is not null);
        });
        json.Object("needs", report, static (json, report) =>
        {
            json.Array("flags", report.Flags, static (json, instance) => json.Number(instance));
            json.Array("intrinsics", report.Intrinsics, static (json, intrinsic) => json.Text(intrinsic));
        });
    }

    private static void Side(JsonSink json, AdapterSide side)
    {
        json.Number("instance", side.Instance.Id.Value);
        json.Flag("async", side.Options.Async);
        json.Text("stringEncoding", EncodingNames.Of(side.Options.StringEncoding));
        if (side.Options.Memory is { } memory)
        {
            json.Object("memory", memory.Type, static (json, type) =>
            {
                json.Number("addressBits", type.Is64 ? 64 : 32);
                json.Number("pageSize", 1L << type.PageSizeLog2);
            });
        }
        else
        {
            json.Null("memory");
        }
        json.Flag("realloc", side.Options.Realloc is not null);
        json.Object("coreType", side.CoreType, TypesJson.Core);
    }
}
