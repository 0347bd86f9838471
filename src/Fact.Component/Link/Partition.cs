using System;
using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>
/// Divides the adapters into modules, in order, so that each module can be instantiated before what needs it. An adapter
/// starts a new module where it needs an adapter of the module in progress: as its callee or one of its options, or
/// because it needs a core instance and, up to that, anything was instantiated or defined with one; and where with it the
/// module in progress would have more than engines take.
/// </summary>
internal sealed class Partition(Graph graph, EngineLimits limits)
{
    private readonly ModuleSize size = new(graph, limits);
    private readonly List<uint> moduleOf = [];
    private uint modules;
    private int effectsSeen;
    private int instancesSeen;
    private bool needsModuleInProgress;

    /// <summary>The module of each adapter: not decreasing.</summary>
    public IReadOnlyList<uint> Run()
    {
        bool isEmpty = true;
        size.Clear();
        foreach (var adapter in graph.Adapters)
        {
            needsModuleInProgress = false;
            Needs(adapter.Lift.Options);
            Needs(adapter.Lower.Options);
            Needs(adapter.Callee);
            bool fits = size.Add(adapter);
            if ((needsModuleInProgress || !fits) && !isEmpty)
            {
                modules++;
                size.Clear();
                size.Add(adapter);
            }
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
                // The order of effects is fixed, so an instance needs all before it.
                while (instancesSeen <= instance.Value)
                    See(graph.Effects[effectsSeen++]);
                break;
            case CoreDef.Trampoline:
                break;
        }
    }

    private void See(Effect effect)
    {
        switch (effect)
        {
            case Effect.Instantiate(_, _, var args):
                instancesSeen++;
                foreach (var arg in args)
                {
                    if (arg.Def is CoreDef.Adapter)
                        Needs(arg.Def);
                    else if (arg.Def is CoreDef.Trampoline(var id) && graph.OptionsOf(id) is { } options)
                        Needs(graph.AdapterOf(options.Realloc), graph.AdapterOf(options.Callback), graph.AdapterOf(options.PostReturn));
                }
                break;
            case Effect.Define(_, var dtor):
                Needs(graph.AdapterOf(dtor));
                break;
        }
    }

    private void Needs(params ReadOnlySpan<CoreDef.Adapter?> adapters)
    {
        foreach (var adapter in adapters)
        {
            if (adapter is not null)
                Needs((CoreDef)adapter);
        }
    }
}
