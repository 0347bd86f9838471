using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>Puts the graph into the order of instantiation: an adapter module comes right before what first needs it.</summary>
internal sealed class PlanBuilder(Graph graph, IReadOnlyList<uint> moduleOf)
{
    private readonly List<Initializer> initializers = [];
    private uint adapterModulesDone;

    /// <summary>The plan of a linked component.</summary>
    /// <param name="imports">Its imports.</param>
    /// <param name="exports">Its exports.</param>
    /// <param name="modules">The core modules inside it.</param>
    public LinkPlan Build(ImportList imports, ExportList exports, List<EmbeddedModule> modules)
    {
        var adapterModules = AdapterModules();
        foreach (var effect in graph.Effects)
        {
            switch (effect)
            {
                case Effect.Instantiate(var id, var module, var args):
                    foreach (var arg in args)
                        Need(arg.Def);
                    initializers.Add(new Initializer.InstantiateCoreModule(id, Source(module), args));
                    break;
                case Effect.Define(var resource, var dtor):
                    Need(graph.AdapterOf(dtor));
                    initializers.Add(new Initializer.DefineResource(resource));
                    break;
            }
        }
        NeedThrough((uint)adapterModules.Count);
        return new LinkPlan(
            CoreModules(modules),
            Adapters(),
            [.. adapterModules],
            initializers.Seal(),
            graph.CoreFuncs.ToArray(),
            graph.CoreMemories.ToArray(),
            graph.Trampolines.ToArray(),
            graph.Options.ToArray(),
            [.. graph.Instances],
            graph.Tables.ToPlan(graph.CoreTypes.Groups),
            imports.Imports.Seal(),
            imports.InstanceTypes.Seal(),
            imports.CoreModuleTypes.Seal(),
            graph.ImportedItems.ToArray(),
            exports.Exports,
            exports.Instances)
        {
            ImportedTypes = imports.Types.Seal(),
        };
    }

    /// <summary>Where a core module comes from.</summary>
    public ModuleSource Source(ModuleDef module) => module switch
    {
        ModuleDef.Embedded(var embedded) => new ModuleSource.Embedded(new CoreModuleId(embedded.Index)),
        ModuleDef.Imported(var path, _) => new ModuleSource.Imported(graph.Item(path)),
    };

    private void Need(CoreDef def)
    {
        switch (def)
        {
            case CoreDef.Adapter adapter:
                Need(adapter);
                break;
            case CoreDef.Trampoline(var id):
                // What the host calls on behalf of a trampoline must be there when the trampoline can be called.
                if (graph.OptionsOf(id) is { } options)
                {
                    Need(graph.AdapterOf(options.Realloc));
                    Need(graph.AdapterOf(options.Callback));
                    Need(graph.AdapterOf(options.PostReturn));
                }
                break;
            case CoreDef.Export:
                break;
        }
    }

    private void Need(CoreDef.Adapter? adapter)
    {
        if (adapter is not null)
            NeedThrough(moduleOf[(int)adapter.Id.Value] + 1);
    }

    // What an adapter module needs itself was there before its first adapter was found, so before what needs the module.
    private void NeedThrough(uint count)
    {
        for (; adapterModulesDone < count; adapterModulesDone++)
            initializers.Add(new Initializer.InstantiateAdapterModule(new AdapterModuleId(adapterModulesDone)));
    }

    private List<PlanAdapterModule> AdapterModules()
    {
        var modules = new List<PlanAdapterModule>();
        for (int first = 0; first < moduleOf.Count;)
        {
            int end = first + 1;
            while (end < moduleOf.Count && moduleOf[end] == moduleOf[first])
                end++;
            modules.Add(new PlanAdapterModule(new AdapterId((uint)first), [.. graph.Adapters.GetRange(first, end - first)]));
            first = end;
        }
        return modules;
    }

    private EquatableArray<PlanAdapter> Adapters()
    {
        var adapters = new PlanAdapter[moduleOf.Count];
        for (int i = 0; i < adapters.Length; i++)
        {
            var origin = graph.AdapterOrigins[i];
            adapters[i] = new PlanAdapter(graph.Adapters[i], new AdapterModuleId(moduleOf[i]), origin.Offset)
            {
                FuncName = origin.Name.Name,
                Interface = origin.Name.Interface,
            };
        }
        return adapters.Seal();
    }

    private static EquatableArray<PlanCoreModule> CoreModules(List<EmbeddedModule> modules)
    {
        var plan = new PlanCoreModule[modules.Count];
        for (int i = 0; i < plan.Length; i++)
            plan[i] = new PlanCoreModule(modules[i].Offset, modules[i].Bytes);
        return plan.Seal();
    }
}
