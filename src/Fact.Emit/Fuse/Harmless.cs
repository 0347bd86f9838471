using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Expressions of which nothing is seen when they are evaluated: objects may be too large.</summary>
internal static class Harmless
{
    /// <summary>Whether all elements of a segment are so.</summary>
    public static bool Is(CoreModuleParts module, CoreElementSegment segment) => segment.Type is null || All(module.Slice(segment.Items), segment.Count);

    /// <summary>Whether an expression is so.</summary>
    public static bool Is(CoreModuleParts module, ByteRange expression) => All(module.Slice(expression), 1);

    private static bool All(ReadOnlySpan<byte> expressions, int count)
    {
        for (int at = 0; count > 0; count--)
        {
            var reader = BodyReader.Constant(expressions[at..]);
            while (reader.Next())
            {
                if (!GlobalConstants.IsPlain(reader.Opcode) && reader.Opcode != GlobalConstants.GlobalGet)
                    return false;
            }
            if (reader.Problem is not null)
                return false;
            at += reader.At;
        }
        return true;
    }
}
