using Fact.Ir;

namespace Fact.Component.Ast;

/// <summary>A core type that a component defines: <c>core:deftype</c>.</summary>
public closed record CoreDefType
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
public closed record CoreModuleDeclarator
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

/// <summary>The type of a core import or export, with type indices: <c>core:externtype</c>.</summary>
public closed record CoreExternType
{
    private CoreExternType()
    {
    }

    /// <summary>A function.</summary>
    /// <param name="Type">The index of its type.</param>
    /// <param name="IsExact">Whether <c>exact</c> is said: no proper subtype.</param>
    public sealed record Func(CoreTypeIdx Type, bool IsExact) : CoreExternType;

    /// <summary>A table.</summary>
    /// <param name="Type">Its type.</param>
    public sealed record Table(CoreTableType Type) : CoreExternType;

    /// <summary>A memory.</summary>
    /// <param name="Type">Its type.</param>
    public sealed record Memory(CoreMemoryType Type) : CoreExternType;

    /// <summary>A global.</summary>
    /// <param name="Type">Its type.</param>
    public sealed record Global(CoreGlobalType Type) : CoreExternType;

    /// <summary>An exception tag.</summary>
    /// <param name="Type">The index of its function type.</param>
    public sealed record Tag(CoreTypeIdx Type) : CoreExternType;
}

/// <summary>A table type.</summary>
/// <param name="Element">The reference type of its elements.</param>
/// <param name="Limits">Its size, in elements.</param>
public sealed record CoreTableType(CoreValType.Ref Element, CoreLimits Limits);

/// <summary>A memory type.</summary>
/// <param name="Limits">Its size, in pages.</param>
/// <param name="PageSizeLog2">The base-2 logarithm of the page size in bytes: 16 where nothing is said.</param>
public sealed record CoreMemoryType(CoreLimits Limits, uint PageSizeLog2);

/// <summary>A global type.</summary>
/// <param name="Type">The type of its value.</param>
/// <param name="IsMutable">Whether it can be assigned.</param>
/// <param name="IsShared">Whether <c>shared</c> is said.</param>
public sealed record CoreGlobalType(CoreValType Type, bool IsMutable, bool IsShared);

/// <summary>Limits of a table or memory.</summary>
/// <param name="Min">The size it starts with.</param>
/// <param name="Max">The size it may grow to, or null where nothing is said.</param>
/// <param name="Is64">Whether it is indexed by i64 instead of i32.</param>
/// <param name="IsShared">Whether threads share it.</param>
public sealed record CoreLimits(ulong Min, ulong? Max, bool Is64, bool IsShared);
