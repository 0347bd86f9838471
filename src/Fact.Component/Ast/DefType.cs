using Fact.Ir;

namespace Fact.Component.Ast;

/// <summary>A type that a component defines: <c>deftype</c>.</summary>
internal closed record DefType
{
    private DefType()
    {
    }

    /// <summary>A type of values.</summary>
    /// <param name="Type">The type.</param>
    public sealed record Value(DefValType Type) : DefType;

    /// <summary>A type of functions.</summary>
    /// <param name="Type">The type.</param>
    public sealed record Func(FuncType Type) : DefType;

    /// <summary>A type of components.</summary>
    /// <param name="Declarators">Its declarators in binary order; none of them is wrong for a component.</param>
    public sealed record Component(EquatableArray<Declarator> Declarators) : DefType;

    /// <summary>A type of instances.</summary>
    /// <param name="Declarators">Its declarators in binary order; none of them is an import.</param>
    public sealed record Instance(EquatableArray<Declarator> Declarators) : DefType;

    /// <summary>A new resource type.</summary>
    /// <param name="Rep">The core type that represents it: i32, or i64 where that proposal is in use.</param>
    /// <param name="Dtor">The core function to call when the last owner drops a resource, if any.</param>
    public sealed record Resource(CoreValType Rep, CoreFuncIdx? Dtor) : DefType;
}

/// <summary>A function type: <c>functype</c>.</summary>
/// <param name="IsAsync">Whether the type is <c>async</c> (<c>0x43</c>): calls may block.</param>
/// <param name="Params">Its parameters.</param>
/// <param name="Result">Its result, if any.</param>
internal sealed record FuncType(bool IsAsync, EquatableArray<LabelValType> Params, ValTypeMention? Result);

/// <summary>
/// One declarator of a component type or an instance type: <c>componentdecl</c> and <c>instancedecl</c>.
/// Each type has index spaces of its own, which start empty.
/// </summary>
internal closed record Declarator
{
    private Declarator(long offset) => Offset = offset;

    /// <summary>Byte offset of the declarator from the start of the input.</summary>
    public long Offset { get; init; }

    /// <summary>Defines a core type.</summary>
    /// <param name="Offset">Byte offset of the declarator from the start of the input.</param>
    /// <param name="Defined">The type.</param>
    public sealed record CoreType(long Offset, CoreDefType Defined) : Declarator(Offset);

    /// <summary>Defines a type.</summary>
    /// <param name="Offset">Byte offset of the declarator from the start of the input.</param>
    /// <param name="Defined">The type.</param>
    public sealed record Type(long Offset, DefType Defined) : Declarator(Offset);

    /// <summary>Aliases a definition.</summary>
    /// <param name="Offset">Byte offset of the declarator from the start of the input.</param>
    /// <param name="Target">What is aliased.</param>
    public sealed record Alias(long Offset, Ast.Alias Target) : Declarator(Offset);

    /// <summary>Declares an import; only in component types.</summary>
    /// <param name="Offset">Byte offset of the declarator from the start of the input.</param>
    /// <param name="Name">The import name.</param>
    /// <param name="Extern">The type of what is imported.</param>
    public sealed record Import(long Offset, ExternName Name, ExternType Extern) : Declarator(Offset);

    /// <summary>Declares an export.</summary>
    /// <param name="Offset">Byte offset of the declarator from the start of the input.</param>
    /// <param name="Name">The export name.</param>
    /// <param name="Extern">The type of what is exported.</param>
    public sealed record Export(long Offset, ExternName Name, ExternType Extern) : Declarator(Offset);
}
