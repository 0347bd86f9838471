using System;
using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>The eight bytes that tell core modules, components and everything else apart. Spec: preamble.</summary>
internal static class Preamble
{
    private static ReadOnlySpan<byte> Magic => "\0asm"u8;

    private static ReadOnlySpan<byte> ModuleVersion => [0x01, 0x00, 0x00, 0x00];

    private static ReadOnlySpan<byte> ComponentVersion => [0x0d, 0x00, 0x01, 0x00];

    /// <summary>Reads the preamble of a component.</summary>
    public static void Component(ref ByteReader r)
    {
        long start = r.Offset;
        bool isText = r.Peek() is (byte)'(' or (byte)';';
        if (!Read(ref r, Magic))
        {
            r.Fail(DiagnosticCode.NotAComponent, isText
                ? "this is WebAssembly text, not a binary: convert it first"
                : "this is not a WebAssembly binary: it does not begin with \\0asm", start);
            return;
        }
        var version = r.Raw(4).Span;
        if (r.Failed || version.SequenceEqual(ComponentVersion))
            return;
        if (version.SequenceEqual(ModuleVersion))
            r.Fail(DiagnosticCode.NotAComponent, "this is a core module, not a component: only components have adapters", start + 4);
        else if (version[2] == 0x01 && version[3] == 0x00)
            r.Fail(DiagnosticCode.NotAComponent, $"version {version[0] | (version[1] << 8)} of components is not supported, only 13", start + 4);
        else
            r.Fail(DiagnosticCode.NotAComponent, "this is neither a component nor a core module: unknown version and layer", start + 4);
    }

    /// <summary>Reads the preamble of a core module.</summary>
    public static void Module(ref ByteReader r)
    {
        long start = r.Offset;
        if (!Read(ref r, Magic) || !Read(ref r, ModuleVersion))
            r.Fail("core module does not begin with \\0asm and version 1", start);
    }

    private static bool Read(ref ByteReader r, ReadOnlySpan<byte> expected)
    {
        foreach (byte next in expected)
        {
            if (r.Byte() != next)
                return false;
        }
        return !r.Failed;
    }
}
