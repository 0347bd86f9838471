using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>The instantiation of a component in progress: its index spaces, and where it is.</summary>
internal sealed class Frame
{
    /// <summary>Begins an instantiation.</summary>
    /// <param name="instance">The number of the new component instance.</param>
    /// <param name="definition">The component.</param>
    /// <param name="caller">Who instantiates it; null for the root.</param>
    /// <param name="step">The step of the caller that does; null for the root.</param>
    /// <param name="args">What it gets for its imports.</param>
    /// <param name="types">How it sees types.</param>
    public Frame(
        InstanceId instance, ComponentDef definition, Frame? caller, Step.Instantiate? step, Dictionary<string, Item> args, FrameTypes types)
    {
        (Node, Definition, Caller, Step, Args, Types) = (new(instance, caller?.Node), definition, caller, step, args, types);
    }

    /// <summary>The component instance.</summary>
    public InstanceId Instance => Node.Id;

    /// <summary>The component instance in the tree of instances.</summary>
    public InstanceNode Node { get; }

    /// <summary>The component.</summary>
    public ComponentDef Definition { get; }

    /// <summary>Who instantiates it.</summary>
    public Frame? Caller { get; }

    /// <summary>The step of the caller that does.</summary>
    public Step.Instantiate? Step { get; }

    /// <summary>What it gets for its imports.</summary>
    public Dictionary<string, Item> Args { get; }

    /// <summary>How it sees types.</summary>
    public FrameTypes Types { get; }

    /// <summary>How many steps are done.</summary>
    public int Done { get; set; }

    public List<ModuleDef> CoreModules { get; } = [];

    public List<CoreInstanceDef> CoreInstances { get; } = [];

    public List<CoreDef> CoreFuncs { get; } = [];

    public List<CoreDef> CoreTables { get; } = [];

    public List<CoreDef> CoreMemories { get; } = [];

    public List<CoreDef> CoreGlobals { get; } = [];

    public List<CoreDef> CoreTags { get; } = [];

    public List<FuncDef> Funcs { get; } = [];

    public List<InstanceDef> ComponentInstances { get; } = [];

    public List<ComponentDef> Components { get; } = [];

    /// <summary>The list of core definitions of a sort.</summary>
    public List<CoreDef> Core(CoreExternKind sort) => sort switch
    {
        CoreExternKind.Func => CoreFuncs,
        CoreExternKind.Table => CoreTables,
        CoreExternKind.Memory => CoreMemories,
        CoreExternKind.Global => CoreGlobals,
        _ => CoreTags,
    };

    /// <summary>The definition at an index.</summary>
    /// <param name="item">The index space and the index.</param>
    /// <param name="type">The type, where it is a type.</param>
    public Item At(Ast.SortIdx item, CheckedType? type) => item.Sort switch
    {
        Ast.Sort.CoreModule => new Item.CoreModule(CoreModules[(int)item.Index]),
        Ast.Sort.Func => new Item.Func(Funcs[(int)item.Index]),
        Ast.Sort.Instance => new Item.Instance(ComponentInstances[(int)item.Index]),
        Ast.Sort.Component => new Item.Component(Components[(int)item.Index]),
        _ => new Item.Type(type is CheckedType.Resource(var id) ? Types.Resource(id) : null),
    };

    /// <summary>Adds a definition to its index space.</summary>
    public void Push(Item item)
    {
        switch (item)
        {
            case Item.CoreModule(var def):
                CoreModules.Add(def);
                break;
            case Item.Func(var def):
                Funcs.Add(def);
                break;
            case Item.Instance(var def):
                ComponentInstances.Add(def);
                break;
            case Item.Component(var def):
                Components.Add(def);
                break;
            case Item.Type:
                break;
        }
    }
}
