using System;
using Fact.Ir;
using LanguageExt;

namespace Fact.Component.Plan;

/// <summary>
/// The JSON form of a link plan, as <c>docs/plan.md</c> describes it. It has everything that a host needs beside the component
/// itself, whose core modules it gives by offset and length, and the files of the adapter modules.
/// The size is linear in that of the plan: types, instances and long names are written once, and mentioned by number.
/// </summary>
public static class PlanJson
{
    /// <summary>The version of the format: it goes up when a reader of the old one would misread the new one.</summary>
    public const int Version = 3;

    /// <summary>A plan as UTF-8.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="adapterModules">What the compiled adapter modules need and give, in the order of the plan; where there are none, the plan is
    /// written without what their imports denote.</param>
    /// <param name="files">What files are called, and of what it is the plan; null for the defaults.</param>
    /// <param name="runtimeModule">What the runtime module needs and gives; null where the host keeps handles.</param>
    /// <returns>The text; or that it would have more than 64 MiB, which only components have that were made to.</returns>
    public static Either<Diagnostic, ReadOnlyMemory<byte>> ToUtf8(
        LinkPlan plan,
        EquatableArray<ModuleInterface> adapterModules = default,
        PlanFiles? files = null,
        ModuleInterface? runtimeModule = null)
    {
        files ??= new PlanFiles();
        using var json = new JsonSink("the link plan");
        json.Root("version", Version);
        if (files.Component is { } component)
        {
            json.RootObject("component", component, static (json, component) =>
            {
                json.Text("file", component.File);
                json.Number("length", component.Length);
                json.Text("sha256", component.Sha256);
            });
        }
        uint next = 0;
        json.Root("coreModules", plan.CoreModules, (json, module) => json.Object(
            module,
            (json, module) =>
            {
                var id = new CoreModuleId(next++);
                json.Number("offset", module.Offset);
                json.Number("length", module.Bytes.Length);
                if (files.CoreModule is { } name)
                    json.Text("file", name(id));
            }));
        RuntimeModuleJson.Write(json, runtimeModule, files.RuntimeModule);
        AdapterModulesJson.Write(json, plan, adapterModules, files.AdapterModule);
        json.Root("initializers", plan.Initializers, InitializersJson.Initializer);
        json.Root("coreFuncs", plan.CoreFuncs, (json, def) => DefsJson.Def(json, plan, def));
        json.Root("coreMemories", plan.CoreMemories, (json, def) => DefsJson.Def(json, plan, def));
        json.Root("trampolines", plan.Trampolines, (json, trampoline) => TrampolinesJson.Trampoline(json, trampoline, runtimeModule is not null));
        json.Root("options", plan.Options, DefsJson.Options);
        json.Root("instances", plan.Instances, static (json, instance) => json.Object(
            instance,
            static (json, instance) =>
            {
                json.Name("name", instance.Name);
                json.Id("parent", instance.Parent?.Value);
                json.Number("offset", instance.Offset);
            }));
        TablesJson.Write(json, plan.Tables);
        ExternsJson.Imports(json, plan);
        ExternsJson.Exports(json, plan);
        json.Mentioned(withTypes: true);
        return json.Finish();
    }
}
