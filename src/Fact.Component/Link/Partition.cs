using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>
/// Divides the adapters into modules, in order, so that each module can be instantiated before what needs it. An adapter
/// starts a new module where it needs an adapter of the module in progress: as its callee or one of its options, or
/// because it needs a core instance that was, or any before it was, instantiated with one.
/// </summary>
internal sealed class Partition(Graph graph)
{
    private readonly List<uint> moduleOf = [];
    private uint modules;
    private int instancesSeen;
    private bool needsModuleInProgress;

    /// <summary>The module of each adapter: not decreasing.</summary>
    public IReadOnlyList<uint> Run()
    {
        bool isEmpty = true;
        foreach (var adapter in graph.Adapters)
        {
            needsModuleInProgress = false;
            Needs(adapter.Lift.Options);
            Needs(adapter.Lower.Options);
            Needs(adapter.Callee);
            if (needsModuleInProgress && !isEmpty)
                modules++;
            moduleOf.Add(modules);
            isEmpty = false;
        }
        return moduleOf;
    }

    private void Needs(CanonicalOptions options)
    {
        if (options.Memory is { } memory)
            Needs(graph.CoreMemories.Items[(int)memory.Id.Value]);
        Needs(options.Realloc);
        Needs(options.Callback);
        Needs(options.PostReturn);
    }

    private void Needs(CoreFuncId? func)
    {
        if (func is { } id)
            Needs(graph.CoreFuncs.Items[(int)id.Value]);
    }

    private void Needs(CoreDef def)
    {
        switch (def)
        {
            case CoreDef.Adapter(var id):
                needsModuleInProgress |= moduleOf[(int)id.Value] == modules;
                break;
            case CoreDef.Export(var instance, _):
                // The order of instantiation is fixed, so an instance needs all before it.
                for (; instancesSeen <= instance.Value; instancesSeen++)
                {
                    foreach (var arg in graph.CoreInstances[instancesSeen].Args)
                    {
                        if (arg.Def is CoreDef.Adapter(var needed))
                            needsModuleInProgress |= moduleOf[(int)needed.Value] == modules;
                    }
                }
                break;
            case CoreDef.Trampoline:
                break;
        }
    }
}
