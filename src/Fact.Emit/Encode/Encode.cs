using System;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>A resolved module becomes the bytes of a core WebAssembly module: measured first, then written once into a buffer of exactly that length.</summary>
internal static class Encode
{
    /// <summary>Encodes a module. Spec: <c>module</c> in the binary format.</summary>
    public static ImmutableArray<byte> Run(ResolvedModule module, EncodeOptions options)
    {
        var sizes = new SectionSizes(module, options);
        return Run(module, sizes);
    }

    /// <summary>Encodes a module that was measured.</summary>
    internal static ImmutableArray<byte> Run(ResolvedModule module, SectionSizes sizes)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)sizes.Total);
        int length = Write(bytes, module, sizes);
        return length == bytes.Length
            ? ImmutableCollectionsMarshal.AsImmutableArray(bytes)
            : throw new UnreachableException("a module is not as long as it was measured");
    }

    /// <summary>The number of bytes that <see cref="Run(ResolvedModule, EncodeOptions)"/> makes.</summary>
    public static long Length(ResolvedModule module, EncodeOptions options)
    {
        var sizes = new SectionSizes(module, options);
        return sizes.Total;
    }

    private static int Write(Span<byte> to, ResolvedModule module, SectionSizes sizes)
    {
        "\0asm\x01\0\0\0"u8.CopyTo(to);
        int at = 8;
        if (!module.Types.IsEmpty)
            at = Sections.Write(to, Sections.Header(to, at, SectionId.Type, sizes.Types), module.Types);
        if (!module.Imports.IsEmpty)
            at = Sections.Write(to, Sections.Header(to, at, SectionId.Import, sizes.Imports), module.Imports);
        if (!module.Funcs.IsEmpty)
            at = Sections.WriteTypes(to, Sections.Header(to, at, SectionId.Function, sizes.Funcs), module.Funcs);
        var own = module.Own.Items;
        if (!own.Tables.IsEmpty)
            at = ItemSections.Write(to, Sections.Header(to, at, SectionId.Table, sizes.Tables), own.Tables);
        if (!own.Memories.IsEmpty)
            at = ItemSections.Write(to, Sections.Header(to, at, SectionId.Memory, sizes.Memories), own.Memories);
        if (!own.Globals.IsEmpty)
            at = ItemSections.Write(to, Sections.Header(to, at, SectionId.Global, sizes.Globals), own.Globals);
        if (!module.Exports.IsEmpty || !module.Own.Exports.IsEmpty)
            at = Sections.Write(to, Sections.Header(to, at, SectionId.Export, sizes.Exports), module.Exports, module.Own.Exports);
        if (!module.Funcs.IsEmpty)
            at = Sections.WriteCode(to, Sections.Header(to, at, SectionId.Code, sizes.Code), module.Funcs, sizes.Bodies);
        if (!module.Own.Data.IsEmpty)
            at = ItemSections.Write(to, Sections.Header(to, at, SectionId.Data, sizes.Data), module.Own.Data);
        return sizes.WriteCustomSections(to, at);
    }
}
