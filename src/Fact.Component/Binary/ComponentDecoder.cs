using System;
using Fact.Component.Ast;
using Fact.Ir;
using LanguageExt;

namespace Fact.Component.Binary;

/// <summary>
/// Decodes the binary format of components.
/// Accepted beside the current encoding, because older binaries have them: <c>backpressure.set</c> (<c>0x08</c>),
/// <c>resource.drop async</c> (<c>0x07</c>), and the byte after <c>thread.yield</c>, <c>waitable-set.wait</c> and
/// <c>waitable-set.poll</c> that was <c>async</c> before it was <c>cancellable</c>. The thread built-ins
/// <c>0x28</c> to <c>0x2d</c> have had several meanings; they are read with the current one, and so are
/// <c>0x40</c> to <c>0x42</c>, where some tools leave out the <c>shared</c> byte.
/// Values (a gated feature: sections 9 and 12, and their sort) are not supported and reported as such.
/// </summary>
internal static class ComponentDecoder
{
    /// <summary>
    /// Decodes a component. The result refers to the memory that it is given, which must not change from then on.
    /// Any input is safe: time is linear in its length, memory too, and nesting is limited.
    /// Spec: component (Binary.md).
    /// </summary>
    /// <param name="bytes">The binary.</param>
    /// <returns>
    /// The component; or the first mistake, with the byte offset it was found at: a violation of the grammar, a name
    /// that is malformed or comes twice in its scope, or an excess over a limit that Wasmtime has as well.
    /// Indices are not checked.
    /// </returns>
    public static Either<Diagnostic, ComponentAst> Decode(ReadOnlyMemory<byte> bytes)
    {
        var reader = new ByteReader(bytes, origin: 0);
        var component = Component(ref reader);
        return reader.Failed ? reader.Error : component;
    }

    internal static ComponentAst Component(ref ByteReader r)
    {
        long start = r.Offset;
        int length = r.Remaining;
        Preamble.Component(ref r);
        var content = new ComponentContent();
        while (r.Remaining > 0)
            SectionDecoder.Section(ref r, content);
        var definitions = content.Definitions.ToEquatableArray();
        ExternScope.RequireDistinct(ref r, definitions.AsSpan());
        return new ComponentAst(start, length, definitions, content.CustomSections.ToEquatableArray(), content.Names);
    }
}
