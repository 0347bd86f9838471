using System;
using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fact.Ir;

namespace Fact.Component.Plan;

/// <summary>
/// The JSON form of a link plan, as <c>docs/plan.md</c> describes it. It has everything that a host needs beside the component
/// itself, whose core modules it gives by offset and length, and the files of the adapter modules.
/// The size is linear in that of the plan: a type is written once, and mentioned by number.
/// </summary>
public static class PlanJson
{
    /// <summary>The version of the format: it goes up when a reader of the old one would misread the new one.</summary>
    public const int Version = 1;

    /// <summary>Writes a plan as UTF-8.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="component">The plan with its compiled adapter modules.</param>
    /// <param name="fileName">The name of the file that an adapter module is in; by default <c>adapters-0.wasm</c> and so on.</param>
    public static void Write(IBufferWriter<byte> output, CompiledComponent component, Func<AdapterModuleId, string>? fileName = null) =>
        Write(output, component.Plan, component.AdapterModules, fileName);

    /// <summary>Writes a plan as UTF-8.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="adapterModules">The compiled adapter modules in the order of the plan; where there are none, the plan is
    /// written without what their imports denote.</param>
    /// <param name="fileName">The name of the file that an adapter module is in; by default <c>adapters-0.wasm</c> and so on.</param>
    public static void Write(
        IBufferWriter<byte> output,
        LinkPlan plan,
        EquatableArray<AdapterModule> adapterModules = default,
        Func<AdapterModuleId, string>? fileName = null)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var json = new JsonSink(writer, new TypeTable());
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        json.Array("coreModules", plan.CoreModules, static (json, module) => json.Object(
            module,
            static (json, module) =>
            {
                json.Number("offset", module.Offset);
                json.Number("length", module.Bytes.Length);
            }));
        AdapterModulesJson.Write(json, plan, adapterModules, fileName ?? (static id => $"adapters-{id.Value}.wasm"));
        json.Array("initializers", plan.Initializers, InitializersJson.Initializer);
        json.Array("coreFuncs", plan.CoreFuncs, (json, def) => DefsJson.Def(json, plan, def));
        json.Array("coreMemories", plan.CoreMemories, (json, def) => DefsJson.Def(json, plan, def));
        json.Array("trampolines", plan.Trampolines, TrampolinesJson.Trampoline);
        json.Array("options", plan.Options, DefsJson.Options);
        json.Array("instances", plan.Instances, static (json, instance) => json.Object(
            instance,
            static (json, instance) =>
            {
                json.OptionalText("name", instance.Name);
                json.Id("parent", instance.Parent?.Value);
                json.Number("offset", instance.Offset);
            }));
        TablesJson.Write(json, plan.Tables);
        ExternsJson.Imports(json, plan);
        json.Array("exports", plan.Exports, ExternsJson.Export);
        json.Types();
        writer.WriteEndObject();
    }
}
