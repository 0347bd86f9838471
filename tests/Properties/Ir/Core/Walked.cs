using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Properties.Core;

/// <summary>An instruction as the reader of bodies showed it.</summary>
/// <param name="Opcode">Its opcode.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Immediates">Its immediates.</param>
internal sealed record Walked(int Opcode, int Start, int End, List<(ImmediateKind Kind, ulong Value)> Immediates)
{
    /// <summary>All instructions of a body, as far as they can be read, and what is wrong with it.</summary>
    public static (List<Walked> Instructions, CodeProblem? Problem) Body(ReadOnlySpan<byte> body) => All(BodyReader.Function(body));

    /// <summary>All instructions of a constant expression, as far as they can be read, and what is wrong with it.</summary>
    public static (List<Walked> Instructions, CodeProblem? Problem) Constant(ReadOnlySpan<byte> bytes) => All(BodyReader.Constant(bytes));

    private static (List<Walked> Instructions, CodeProblem? Problem) All(BodyReader reader)
    {
        List<Walked> walked = [];
        while (reader.Next())
        {
            List<(ImmediateKind, ulong)> immediates = [];
            int end = reader.At;
            while (reader.NextImmediate())
            {
                if (reader.ImmediateStart != end)
                    throw new InvalidOperationException($"an immediate begins at {reader.ImmediateStart}, and the one before it ends at {end}");
                end = reader.At;
                immediates.Add((reader.Kind, reader.Value));
            }
            if (reader.Problem is null)
                walked.Add(new(reader.Opcode, reader.Start, reader.At, immediates));
        }
        return (walked, reader.Problem);
    }
}
