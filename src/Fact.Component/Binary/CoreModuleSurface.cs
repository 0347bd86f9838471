using System;
using Fact.Component.Ast;
using LanguageExt;

namespace Fact.Component.Binary;

/// <summary>
/// What a core module shows: its imports and exports with their types. Enough to link it; it does not say that the
/// module is valid, because code, element and data sections are not looked into.
/// </summary>
/// <param name="Imports">Its imports in binary order.</param>
/// <param name="Exports">Its exports in binary order.</param>
public sealed record CoreModuleSurface(
    Ir.EquatableArray<CoreModuleSurface.Import> Imports,
    Ir.EquatableArray<CoreModuleSurface.Export> Exports)
{
    /// <summary>Reads the surface of a core module.</summary>
    /// <param name="bytes">The binary.</param>
    /// <param name="offset">What to add to positions in error offsets: where the module begins in a larger input.</param>
    /// <returns>The surface; or the first mistake with its byte offset: malformed sections up to the exports,
    /// sections out of order, indices out of range, export names that come twice.</returns>
    public static Either<ComponentError, CoreModuleSurface> Read(ReadOnlyMemory<byte> bytes, long offset = 0)
    {
        var reader = new ByteReader(bytes, offset);
        var surface = CoreModuleReader.Module(ref reader);
        return reader.Failed ? reader.Error : surface;
    }

    /// <summary>One import.</summary>
    /// <param name="Module">The module name.</param>
    /// <param name="Name">The name in it.</param>
    /// <param name="Type">The type of what is imported.</param>
    public sealed record Import(string Module, string Name, CoreEntityType Type);

    /// <summary>One export.</summary>
    /// <param name="Name">The export name.</param>
    /// <param name="Type">The type of what is exported.</param>
    /// <param name="Index">Its position in its index space: two exports of one definition have the same.</param>
    public sealed record Export(string Name, CoreEntityType Type, uint Index);
}

/// <summary>The type of a core import or export, with function types in place.</summary>
public closed record CoreEntityType
{
    private CoreEntityType()
    {
    }

    /// <summary>A function.</summary>
    /// <param name="Type">Its type; concrete heap types in it keep the module's own indices.</param>
    public sealed record Func(CoreFuncType Type) : CoreEntityType;

    /// <summary>A table.</summary>
    /// <param name="Type">Its type.</param>
    public sealed record Table(CoreTableType Type) : CoreEntityType;

    /// <summary>A memory.</summary>
    /// <param name="Type">Its type.</param>
    public sealed record Memory(CoreMemoryType Type) : CoreEntityType;

    /// <summary>A global.</summary>
    /// <param name="Type">Its type.</param>
    public sealed record Global(CoreGlobalType Type) : CoreEntityType;

    /// <summary>An exception tag.</summary>
    /// <param name="Type">The types of what it carries, as parameters.</param>
    public sealed record Tag(CoreFuncType Type) : CoreEntityType;
}
