using Fact.Ir;

namespace Fact.Component.Ast;

/// <summary>How a core instance comes about: <c>core:instanceexpr</c>.</summary>
internal closed record CoreInstanceExpr
{
    private CoreInstanceExpr()
    {
    }

    /// <summary>Instantiates a core module.</summary>
    /// <param name="Module">The module.</param>
    /// <param name="Args">Instances that provide the module's imports, by module name.</param>
    public sealed record Instantiate(CoreModuleIdx Module, EquatableArray<CoreInstantiateArg> Args) : CoreInstanceExpr;

    /// <summary>Bundles definitions into an instance.</summary>
    /// <param name="Exports">The bundled definitions.</param>
    public sealed record FromExports(EquatableArray<CoreInlineExport> Exports) : CoreInstanceExpr;
}

/// <summary>One instance passed to a core instantiation: <c>core:instantiatearg</c>.</summary>
/// <param name="Name">The module name that the instantiated module imports from.</param>
/// <param name="Instance">The instance whose exports satisfy those imports.</param>
internal sealed record CoreInstantiateArg(string Name, CoreInstanceIdx Instance);

/// <summary>One export of a bundled core instance: <c>core:inlineexport</c>.</summary>
/// <param name="Name">The export name.</param>
/// <param name="Item">What is exported.</param>
internal sealed record CoreInlineExport(string Name, CoreSortIdx Item);

/// <summary>How a component instance comes about: <c>instanceexpr</c>.</summary>
internal closed record InstanceExpr
{
    private InstanceExpr()
    {
    }

    /// <summary>Instantiates a component.</summary>
    /// <param name="Component">The component.</param>
    /// <param name="Args">Definitions that satisfy its imports, by name.</param>
    public sealed record Instantiate(ComponentIdx Component, EquatableArray<InstantiateArg> Args) : InstanceExpr;

    /// <summary>Bundles definitions into an instance.</summary>
    /// <param name="Exports">The bundled definitions.</param>
    public sealed record FromExports(EquatableArray<InlineExport> Exports) : InstanceExpr;
}

/// <summary>One definition passed to an instantiation: <c>instantiatearg</c>.</summary>
/// <param name="Name">The import that it satisfies.</param>
/// <param name="Item">What is passed.</param>
internal sealed record InstantiateArg(string Name, SortIdx Item);

/// <summary>One export of a bundled instance: <c>inlineexport</c>.</summary>
/// <param name="Name">The export name.</param>
/// <param name="Item">What is exported.</param>
internal sealed record InlineExport(ExternName Name, SortIdx Item);
