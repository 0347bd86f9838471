using System.Collections.Generic;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fact.Component.Plan;
using Fact.Ir;

namespace Fact.Cli.Inspect;

/// <summary>The report on a component for programs. The form is documented in <c>docs/cli.md</c>.</summary>
internal static class InspectJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the report, with a line break at its end.</summary>
    public static void Write(Stream to, LinkPlan plan, Names names, IReadOnlyList<AdapterReport> adapters)
    {
        using (var json = new Utf8JsonWriter(to, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("adapters");
            foreach (var report in adapters)
                Adapter(json, report);
            json.WriteEndArray();
            json.WriteStartArray("modules");
            foreach (var module in plan.AdapterModules)
                Module(json, module);
            json.WriteEndArray();
            json.WriteStartArray("instances");
            foreach (var instance in plan.Instances)
                Instance(json, instance);
            json.WriteEndArray();
            json.WriteStartArray("resources");
            for (int i = 0; i < plan.Tables.Resources.Length; i++)
                Resource(json, names, i, plan.Tables.Resources[i]);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        to.WriteByte((byte)'\n');
    }

    private static void Adapter(Utf8JsonWriter json, AdapterReport report)
    {
        json.WriteStartObject();
        json.WriteString("name", report.Adapter.Name);
        json.WriteString("func", report.FuncName);
        json.WriteNumber("module", report.Module);
        json.WriteString("signature", report.Signature);
        json.WriteStartObject("caller");
        Side(json, report.Adapter.Lower);
        json.WriteEndObject();
        json.WriteStartObject("callee");
        Side(json, report.Adapter.Lift);
        json.WriteBoolean("callback", report.Adapter.Lift.Options.Callback is not null);
        json.WriteBoolean("postReturn", report.Adapter.Lift.Options.PostReturn is not null);
        json.WriteEndObject();
        json.WriteStartObject("needs");
        Numbers(json, "flags", report.Flags);
        json.WriteStartArray("intrinsics");
        foreach (string intrinsic in report.Intrinsics)
            json.WriteStringValue(intrinsic);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Side(Utf8JsonWriter json, AdapterSide side)
    {
        json.WriteNumber("instance", side.Instance.Id.Value);
        json.WriteBoolean("async", side.Options.Async);
        json.WriteString("stringEncoding", EncodingNames.Of(side.Options.StringEncoding));
        if (side.Options.Memory is { } memory)
        {
            json.WriteStartObject("memory");
            json.WriteNumber("addressBits", memory.Type.Is64 ? 64 : 32);
            json.WriteNumber("pageSize", 1L << memory.Type.PageSizeLog2);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("memory");
        }
        json.WriteBoolean("realloc", side.Options.Realloc is not null);
        json.WriteStartObject("coreType");
        CoreTypes(json, "params", side.CoreType.Params);
        CoreTypes(json, "results", side.CoreType.Results);
        json.WriteEndObject();
    }

    private static void CoreTypes(Utf8JsonWriter json, string name, EquatableArray<CoreValType> types)
    {
        json.WriteStartArray(name);
        foreach (var type in types)
            json.WriteStringValue(JsonSink.CoreName(type));
        json.WriteEndArray();
    }

    private static void Module(Utf8JsonWriter json, PlanAdapterModule module)
    {
        json.WriteStartObject();
        json.WriteStartArray("adapters");
        foreach (var adapter in module.Adapters)
            json.WriteStringValue(adapter.Name);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Instance(Utf8JsonWriter json, PlanInstance instance)
    {
        json.WriteStartObject();
        json.WriteString("name", instance.Name);
        if (instance.Parent is { } parent)
            json.WriteNumber("parent", parent.Value);
        else
            json.WriteNull("parent");
        json.WriteNumber("offset", instance.Offset);
        json.WriteEndObject();
    }

    private static void Resource(Utf8JsonWriter json, Names names, int number, PlanResource resource)
    {
        json.WriteStartObject();
        json.WriteString("name", names.Resource(number));
        switch (resource)
        {
            case PlanResource.Imported imported:
                json.WriteString("imported", names.Import(imported.Item));
                break;
            case PlanResource.Defined defined:
                json.WriteNumber("definedBy", defined.Instance.Value);
                json.WriteBoolean("destructor", defined.Dtor is not null);
                break;
        }
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, string name, EquatableArray<uint> numbers)
    {
        json.WriteStartArray(name);
        foreach (uint number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
