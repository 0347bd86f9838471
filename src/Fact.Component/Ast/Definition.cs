namespace Fact.Component.Ast;

/// <summary>
/// One definition of a component. Sections only group neighbours, so a component is the sequence of its definitions
/// in binary order; each adds to the index spaces what its case says.
/// </summary>
internal closed record Definition
{
    private Definition(long offset) => Offset = offset;

    /// <summary>Byte offset of the definition from the start of the input.</summary>
    public long Offset { get; init; }

    /// <summary>A core module, not looked into; adds a core module. <see cref="Binary.CoreModuleSurface"/> reads its
    /// imports and exports.</summary>
    /// <param name="Offset">Byte offset of the module's first byte from the start of the input.</param>
    /// <param name="Bytes">The binary of the module.</param>
    public sealed record CoreModule(long Offset, RawBytes Bytes) : Definition(Offset);

    /// <summary>Adds a core instance.</summary>
    /// <param name="Offset">Byte offset of the definition from the start of the input.</param>
    /// <param name="Expr">How it comes about.</param>
    public sealed record CoreInstance(long Offset, CoreInstanceExpr Expr) : Definition(Offset);

    /// <summary>Adds core types: one, or as many as the recursion group has.</summary>
    /// <param name="Offset">Byte offset of the definition from the start of the input.</param>
    /// <param name="Defined">The type.</param>
    public sealed record CoreType(long Offset, CoreDefType Defined) : Definition(Offset);

    /// <summary>Adds a component, nested in this one.</summary>
    /// <param name="Offset">Byte offset of the nested component's first byte from the start of the input.</param>
    /// <param name="Ast">The component.</param>
    public sealed record Component(long Offset, ComponentAst Ast) : Definition(Offset);

    /// <summary>Adds a component instance.</summary>
    /// <param name="Offset">Byte offset of the definition from the start of the input.</param>
    /// <param name="Expr">How it comes about.</param>
    public sealed record Instance(long Offset, InstanceExpr Expr) : Definition(Offset);

    /// <summary>Adds to the index space of what is aliased.</summary>
    /// <param name="Offset">Byte offset of the definition from the start of the input.</param>
    /// <param name="Target">What is aliased.</param>
    public sealed record Alias(long Offset, Ast.Alias Target) : Definition(Offset);

    /// <summary>Adds a type.</summary>
    /// <param name="Offset">Byte offset of the definition from the start of the input.</param>
    /// <param name="Defined">The type.</param>
    public sealed record Type(long Offset, DefType Defined) : Definition(Offset);

    /// <summary>Adds a component function (<c>canon lift</c>) or a core function (all others).</summary>
    /// <param name="Offset">Byte offset of the definition from the start of the input.</param>
    /// <param name="Function">The canonical function.</param>
    public sealed record Canon(long Offset, Ast.Canon Function) : Definition(Offset);

    /// <summary>Imports; adds to the index space of what is imported.</summary>
    /// <param name="Offset">Byte offset of the definition from the start of the input.</param>
    /// <param name="Name">The import name.</param>
    /// <param name="Extern">The type of what is imported.</param>
    public sealed record Import(long Offset, ExternName Name, ExternType Extern) : Definition(Offset);

    /// <summary>Exports; adds to the index space of what is exported, as an alias would.</summary>
    /// <param name="Offset">Byte offset of the definition from the start of the input.</param>
    /// <param name="Name">The export name.</param>
    /// <param name="Item">What is exported.</param>
    /// <param name="Ascribed">The type ascribed to the export, if one is.</param>
    public sealed record Export(long Offset, ExternName Name, SortIdx Item, ExternType? Ascribed) : Definition(Offset);
}
