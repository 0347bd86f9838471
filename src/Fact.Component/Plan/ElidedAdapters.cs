using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Plan;

/// <summary>Makes plans in which some adapters are left out: whoever is given such an adapter is given its callee.</summary>
internal sealed class ElidedAdapters
{
    private readonly LinkPlan plan;
    private readonly bool[] elided;

    // What stands for an adapter that is left out; null for one that stays.
    private readonly CoreDef?[] targets;
    private readonly AdapterModuleId?[] newModules;

    private ElidedAdapters(LinkPlan plan, bool[] elided)
    {
        (this.plan, this.elided) = (plan, elided);
        targets = new CoreDef?[elided.Length];
        for (int i = 0; i < elided.Length; i++)
        {
            // A callee was there before the adapter was found, so an adapter that is one comes first.
            if (elided[i])
                targets[i] = Of(plan.CoreFuncs[(int)plan.Adapters[i].Adapter.Callee.Value]);
        }
        newModules = new AdapterModuleId?[plan.AdapterModules.Length];
    }

    /// <summary>The plan without some of its adapters, and without the modules that have no others. The adapters are still listed, without a module.</summary>
    /// <param name="plan">A plan, in which some may be left out already.</param>
    /// <param name="elided">For each adapter whether it is left out.</param>
    public static LinkPlan Remove(LinkPlan plan, bool[] elided) => System.Array.IndexOf(elided, true) < 0 ? plan : new ElidedAdapters(plan, elided).Run();

    private LinkPlan Run()
    {
        var modules = Modules();
        return plan with
        {
            Adapters = Adapters(),
            AdapterModules = modules,
            Initializers = Initializers(),
            CoreFuncs = CoreFuncs(),
        };
    }

    private CoreDef Of(CoreDef def) => def is CoreDef.Adapter(var id) && targets[id.Value] is { } target ? target : def;

    private EquatableArray<PlanAdapterModule> Modules()
    {
        var left = new List<Adapter>?[plan.AdapterModules.Length];
        var first = new AdapterId[left.Length];
        for (int i = 0; i < elided.Length; i++)
        {
            if (elided[i] || plan.Adapters[i].Module is not { } module)
                continue;
            if (left[module.Value] is null)
                first[module.Value] = new AdapterId((uint)i);
            (left[module.Value] ??= []).Add(plan.Adapters[i].Adapter);
        }
        var kept = new List<PlanAdapterModule>();
        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] is not { } adapters)
                continue;
            newModules[i] = new AdapterModuleId((uint)kept.Count);
            kept.Add(new PlanAdapterModule(first[i], adapters.ToEquatableArray()));
        }
        return kept.ToEquatableArray();
    }

    private EquatableArray<PlanAdapter> Adapters()
    {
        var adapters = new PlanAdapter[elided.Length];
        for (int i = 0; i < adapters.Length; i++)
        {
            var adapter = plan.Adapters[i];
            adapters[i] = adapter with { Module = elided[i] || adapter.Module is not { } module ? null : newModules[module.Value] };
        }
        return EquatableArray.Seal(adapters);
    }

    private EquatableArray<Initializer> Initializers()
    {
        var initializers = new List<Initializer>(plan.Initializers.Length);
        foreach (var initializer in plan.Initializers)
        {
            switch (initializer)
            {
                case Initializer.InstantiateCoreModule core:
                    initializers.Add(core with { Args = Args(core.Args) });
                    break;
                case Initializer.InstantiateAdapterModule(var module):
                    if (newModules[(int)module.Value] is { } kept)
                        initializers.Add(new Initializer.InstantiateAdapterModule(kept));
                    break;
                case Initializer.DefineResource:
                    initializers.Add(initializer);
                    break;
            }
        }
        return initializers.ToEquatableArray();
    }

    private EquatableArray<CoreArg> Args(EquatableArray<CoreArg> args)
    {
        CoreArg[]? changed = null;
        for (int i = 0; i < args.Length; i++)
        {
            var def = Of(args[i].Def);
            if (!ReferenceEquals(def, args[i].Def))
                (changed ??= [.. args.AsSpan()])[i] = args[i] with { Def = def };
        }
        return changed is null ? args : EquatableArray.Seal(changed);
    }

    private EquatableArray<CoreDef> CoreFuncs()
    {
        var funcs = new CoreDef[plan.CoreFuncs.Length];
        for (int i = 0; i < funcs.Length; i++)
            funcs[i] = Of(plan.CoreFuncs[i]);
        return EquatableArray.Seal(funcs);
    }
}
