using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>How a function declares its locals.</summary>
/// <param name="Declarations">How many declarations there are.</param>
/// <param name="Locals">How many locals these declare.</param>
/// <param name="Start">Where the first declaration begins: bytes from the first one of the body.</param>
/// <param name="End">Where they end.</param>
internal readonly record struct LocalsHeader(uint Declarations, uint Locals, int Start, int End)
{
    /// <summary>That of a body, as far as it is good.</summary>
    public static LocalsHeader Of(ReadOnlySpan<byte> body)
    {
        var reader = BodyReader.Function(body);
        reader.Next();
        uint declarations = reader.NextImmediate() ? (uint)reader.Value : 0, locals = 0;
        int start = reader.At;
        while (reader.NextImmediate())
            locals += reader.Kind == ImmediateKind.LocalCount ? (uint)reader.Value : 0;
        return new LocalsHeader(declarations, locals, start, reader.At);
    }
}
