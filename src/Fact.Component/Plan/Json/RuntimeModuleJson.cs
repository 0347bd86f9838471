using Fact.Ir;

namespace Fact.Component.Plan;

/// <summary>The runtime module, with what its imports denote.</summary>
internal static class RuntimeModuleJson
{
    /// <summary>The list of runtime modules, which has one element; nothing where the host keeps handles.</summary>
    public static void Write(JsonSink json, ModuleInterface? runtime, string file)
    {
        if (runtime is null)
            return;
        json.Root("runtimeModules", (EquatableArray<ModuleInterface>)[runtime], (json, module) => json.Object(module, (json, module) =>
        {
            json.Text("file", file);
            AdapterModulesJson.Interface(json, module);
        }));
    }
}
