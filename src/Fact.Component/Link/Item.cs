using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>What a definition is once the components around it are instantiated.</summary>
internal closed record Item
{
    private Item()
    {
    }

    /// <summary>A function.</summary>
    public sealed record Func(FuncDef Def) : Item;

    /// <summary>A core module.</summary>
    public sealed record CoreModule(ModuleDef Def) : Item;

    /// <summary>An instance.</summary>
    public sealed record Instance(InstanceDef Def) : Item;

    /// <summary>A component.</summary>
    public sealed record Component(ComponentDef Def) : Item;

    /// <summary>A type; only resource types have an identity.</summary>
    public sealed record Type(RuntimeResourceId? Resource) : Item;
}

/// <summary>A component function.</summary>
internal closed record FuncDef
{
    private FuncDef()
    {
    }

    /// <summary>The host provides it.</summary>
    public sealed record Imported(ImportedItem Path) : FuncDef;

    /// <summary>A component instance lifts it.</summary>
    /// <param name="Callee">The core function.</param>
    /// <param name="Side">Its side of calls.</param>
    /// <param name="Results">Its results.</param>
    public sealed record Lifted(CoreFuncId Callee, AdapterSide Side, ResultTupleId Results) : FuncDef;
}

/// <summary>A core module.</summary>
internal closed record ModuleDef
{
    private ModuleDef()
    {
    }

    /// <summary>It is inside the component.</summary>
    public sealed record Embedded(EmbeddedModule Module) : ModuleDef;

    /// <summary>The host provides it.</summary>
    public sealed record Imported(ImportedItem Path, CoreModuleType Type) : ModuleDef;
}

/// <summary>A component instance.</summary>
internal closed record InstanceDef
{
    private InstanceDef()
    {
    }

    /// <summary>The host provides it.</summary>
    /// <param name="Path">Where among the imports it is.</param>
    /// <param name="Type">Its type as the root sees it.</param>
    public sealed record Imported(ImportedItem Path, CheckedInstanceType Type) : InstanceDef;

    /// <summary>Definitions by name.</summary>
    public sealed record Exports(Dictionary<string, Item> Items) : InstanceDef;
}

/// <summary>A component, with the instantiation that its outer aliases refer to.</summary>
/// <param name="Component">The component.</param>
/// <param name="Outer">The instantiation of the component around it; null for the root.</param>
internal sealed record ComponentDef(CheckedComponent Component, Frame? Outer);

/// <summary>A core instance.</summary>
internal closed record CoreInstanceDef
{
    private CoreInstanceDef()
    {
    }

    /// <summary>A module was instantiated.</summary>
    public sealed record Instantiated(CoreInstanceId Id, ModuleDef Module) : CoreInstanceDef;

    /// <summary>Definitions were bundled.</summary>
    public sealed record Bundle(Dictionary<string, CoreDef> Exports) : CoreInstanceDef;
}
