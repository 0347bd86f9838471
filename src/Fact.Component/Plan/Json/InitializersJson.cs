namespace Fact.Component.Plan;

/// <summary>What to do while a component is instantiated.</summary>
internal static class InitializersJson
{
    /// <summary>An element of the list of initializers.</summary>
    public static void Initializer(JsonSink json, Initializer initializer) => json.Object(initializer, static (json, initializer) =>
    {
        switch (initializer)
        {
            case Plan.Initializer.InstantiateCoreModule(var instance, var module, var args):
                json.Kind("instantiate-core-module");
                json.Id("instance", instance.Value);
                Source(json, "module", module);
                json.Array("imports", args, static (json, arg) => json.Object(arg, static (json, arg) =>
                {
                    json.Name("module", arg.Module);
                    json.Name("name", arg.Name);
                    json.Object("from", arg.Def, DefsJson.Members);
                }));
                break;
            case Plan.Initializer.InstantiateAdapterModule(var module):
                json.Kind("instantiate-adapter-module");
                json.Id("module", module.Value);
                break;
            case Plan.Initializer.DefineResource(var resource):
                json.Kind("define-resource");
                json.Id("resource", resource.Value);
                break;
        }
    });

    /// <summary>A member that says where a core module comes from.</summary>
    public static void Source(JsonSink json, string name, ModuleSource source) => json.Object(name, source, static (json, source) =>
    {
        switch (source)
        {
            case ModuleSource.Embedded(var id):
                json.Kind("embedded");
                json.Id("coreModule", id.Value);
                break;
            case ModuleSource.Imported(var item):
                json.Kind("imported");
                json.Id("item", item.Value);
                break;
        }
    });
}
