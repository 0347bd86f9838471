using System;
using Fact.Ir;
using LanguageExt;

namespace Fact.Component.Binary;

/// <summary>
/// What a core module shows: its imports and exports with their types. Enough to link it; it does not say that the
/// module is valid, because code, element and data sections are not looked into, and which types match which is for the
/// checker to say.
/// </summary>
/// <param name="Types">Its recursion groups in binary order: together they are its type index space.</param>
/// <param name="Imports">Its imports in binary order.</param>
/// <param name="Exports">Its exports in binary order.</param>
internal sealed record CoreModuleSurface(
    EquatableArray<CoreModuleSurface.TypeGroup> Types,
    EquatableArray<CoreModuleImport> Imports,
    EquatableArray<CoreModuleSurface.Export> Exports)
{
    /// <summary>The tables that it defines.</summary>
    public EquatableArray<CoreTableType> Tables { get; init; }

    /// <summary>The memories that it defines.</summary>
    public EquatableArray<CoreMemoryType> Memories { get; init; }

    /// <summary>Whether it may make objects that are garbage-collected: structs, arrays, exceptions.</summary>
    public bool HasObjects { get; init; }

    /// <summary>Whether it defines or imports a tag: without one it cannot throw an exception.</summary>
    public bool HasTags { get; init; }

    /// <summary>Whether it has a start function.</summary>
    public bool HasStart { get; init; }

    /// <summary>Reads the surface of a core module.</summary>
    /// <param name="bytes">The binary.</param>
    /// <param name="offset">What to add to positions in error offsets: where the module begins in a larger input.</param>
    /// <returns>The surface; or the first mistake with its byte offset: malformed sections up to the exports,
    /// sections out of order, indices out of range, sizes that no table or memory can have, export names that come twice.</returns>
    public static Either<Diagnostic, CoreModuleSurface> Read(ReadOnlyMemory<byte> bytes, long offset = 0)
    {
        var reader = new ByteReader(bytes, offset);
        var surface = CoreModuleReader.Module(ref reader);
        return reader.Failed ? reader.Error : surface;
    }

    /// <summary>A recursion group of the type section.</summary>
    /// <param name="Offset">Byte offset of the group.</param>
    /// <param name="Group">Its types.</param>
    public sealed record TypeGroup(long Offset, CoreRecType Group);

    /// <summary>One export.</summary>
    /// <param name="Name">The export name.</param>
    /// <param name="Type">The type of what is exported.</param>
    /// <param name="Index">Its position in its index space: two exports of one definition have the same.</param>
    public sealed record Export(string Name, CoreExternType Type, uint Index);
}
