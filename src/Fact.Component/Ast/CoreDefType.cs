using Fact.Ir;

namespace Fact.Component.Ast;

/// <summary>A core type that a component defines: <c>core:deftype</c>.</summary>
internal closed record CoreDefType
{
    private CoreDefType()
    {
    }

    /// <summary>A recursion group; adds one core type for each of its types.</summary>
    /// <param name="Group">The group.</param>
    public sealed record Rec(CoreRecType Group) : CoreDefType;

    /// <summary>A type of core modules.</summary>
    /// <param name="Declarators">Its declarators in binary order.</param>
    public sealed record Module(EquatableArray<CoreModuleDeclarator> Declarators) : CoreDefType;
}

/// <summary>One declarator of a module type: <c>core:moduledecl</c>.</summary>
internal closed record CoreModuleDeclarator
{
    private CoreModuleDeclarator()
    {
    }

    /// <summary>Declares an import.</summary>
    /// <param name="Module">The module name.</param>
    /// <param name="Name">The name in it.</param>
    /// <param name="Extern">The type of what is imported.</param>
    public sealed record Import(string Module, string Name, CoreExternType Extern) : CoreModuleDeclarator;

    /// <summary>Defines types in the index space of the module type.</summary>
    /// <param name="Group">The types.</param>
    public sealed record Type(CoreRecType Group) : CoreModuleDeclarator;

    /// <summary>Aliases a core type of an enclosing scope.</summary>
    /// <param name="Count">How many scopes outward; 0 is the module type itself.</param>
    /// <param name="Index">Position in that scope's core type index space.</param>
    public sealed record OuterAlias(uint Count, CoreTypeIdx Index) : CoreModuleDeclarator;

    /// <summary>Declares an export.</summary>
    /// <param name="Name">The export name.</param>
    /// <param name="Extern">The type of what is exported.</param>
    public sealed record Export(string Name, CoreExternType Extern) : CoreModuleDeclarator;
}
