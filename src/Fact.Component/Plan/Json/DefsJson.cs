using Fact.Ir;

namespace Fact.Component.Plan;

/// <summary>Core definitions and canonical options.</summary>
internal static class DefsJson
{
    /// <summary>Where a core definition comes from, with what an adapter's number stands for.</summary>
    public static void Def(JsonSink json, LinkPlan plan, CoreDef def) => json.Object((plan, def), static (json, at) =>
    {
        Members(json, at.def);
        if (at.def is CoreDef.Adapter(var id))
        {
            var adapter = at.plan.Adapters[(int)id.Value];
            json.Id("module", adapter.Module?.Value);
            json.Text("name", adapter.Adapter.Name);
        }
    });

    /// <summary>The members that say where a core definition comes from.</summary>
    public static void Members(JsonSink json, CoreDef def)
    {
        switch (def)
        {
            case CoreDef.Export(var instance, var name):
                json.Kind("export");
                json.Id("instance", instance.Value);
                json.Name("name", name);
                break;
            case CoreDef.Adapter(var id):
                json.Kind("adapter");
                json.Id("adapter", id.Value);
                break;
            case CoreDef.Trampoline(var id):
                json.Kind("trampoline");
                json.Id("trampoline", id.Value);
                break;
        }
    }

    /// <summary>Canonical options.</summary>
    public static void Options(JsonSink json, PlanOptions options) => json.Object(options, static (json, options) =>
    {
        json.Id("instance", options.Instance.Value);
        json.Text("stringEncoding", EncodingNames.Of(options.Options.StringEncoding));
        json.Id("memory", options.Options.Memory?.Id.Value);
        json.Flag("memory64", options.Options.Memory?.Type.Is64 ?? false);
        json.Id("realloc", options.Options.Realloc?.Value);
        json.Flag("async", options.Options.Async);
        json.Id("callback", options.Options.Callback?.Value);
        json.Id("postReturn", options.Options.PostReturn?.Value);
        json.Flag("gc", options.Options.DataModel == DataModel.Gc);
        json.CoreType("coreType", options.CoreType);
    });
}
