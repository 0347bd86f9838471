using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Externs;

/// <summary>
/// A type as one type index stands for it. Two indices that alias each other are one node; an import or export of a type makes another. What is in a definition is
/// looked up in the scope that it is written in, where indices are positions that do not change, so a node costs nothing but itself. Nodes are told apart by reference.
/// </summary>
internal closed record TypeNode
{
    private TypeNode()
    {
    }

    /// <summary>The instance that exports it; null where that is none. Of a type that a component exports itself it is what the instantiation gave.</summary>
    public ExternInstance? Owner { get; init; }

    /// <summary>The name that the instance exports it by; empty where there is none.</summary>
    public string Name { get; init; } = "";

    /// <summary>A value type.</summary>
    /// <param name="Definition">The definition.</param>
    /// <param name="Scope">What its indices mean.</param>
    public sealed record Value(DefValType Definition, TypeScope Scope) : TypeNode;

    /// <summary>A function type.</summary>
    /// <param name="Definition">The definition.</param>
    /// <param name="Scope">What its indices mean.</param>
    public sealed record Func(FuncType Definition, TypeScope Scope) : TypeNode;

    /// <summary>An instance type.</summary>
    /// <param name="Declarators">Its declarators.</param>
    /// <param name="Scope">The scope around it.</param>
    public sealed record Instance(EquatableArray<Declarator> Declarators, TypeScope Scope) : TypeNode;

    /// <summary>A component type.</summary>
    /// <param name="Declarators">Its declarators.</param>
    /// <param name="Scope">The scope around it.</param>
    public sealed record Component(EquatableArray<Declarator> Declarators, TypeScope Scope) : TypeNode;

    /// <summary>A resource type where it comes into being.</summary>
    /// <param name="Number">Its number among those that instantiating the root defines, in order; null where an import or a declaration leaves it open.</param>
    public sealed record Resource(int? Number) : TypeNode;

    /// <summary>A type that is equal to another, and has a name of its own: what an import or export introduces.</summary>
    /// <param name="Of">The other.</param>
    public sealed record Named(TypeNode Of) : TypeNode;
}

/// <summary>Something that can be imported or exported.</summary>
internal closed record ExternNode
{
    private ExternNode()
    {
    }

    /// <summary>A function of a type.</summary>
    public sealed record Func(TypeNode FuncType) : ExternNode;

    /// <summary>A type.</summary>
    public sealed record Type(TypeNode Node) : ExternNode;

    /// <summary>An instance.</summary>
    public sealed record Instance(ExternInstance Node) : ExternNode;

    /// <summary>A component: what it is, or its type where that alone is known.</summary>
    public sealed record Component(ComponentAst? Ast, TypeScope Scope, TypeNode? ComponentType) : ExternNode;

    /// <summary>A core module, with its type where that alone is known.</summary>
    public sealed record CoreModule(CoreTypeNode.Module? ModuleType) : ExternNode;
}

/// <summary>An import or export.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Node">What it is.</param>
internal sealed record ExternItem(ExternName Name, ExternNode Node);

/// <summary>The imports and exports of a component or component type, each in order.</summary>
/// <param name="Imports">What it imports.</param>
/// <param name="Exports">What it exports.</param>
/// <param name="Defined">The resource types that instantiating it defines, those of its instances included, in the order of definition.</param>
internal sealed record ExternLists(EquatableArray<ExternItem> Imports, EquatableArray<ExternItem> Exports, EquatableArray<TypeNode> Defined);
