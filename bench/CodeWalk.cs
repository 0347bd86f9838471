using System;
using System.Collections.Generic;
using System.Diagnostics;
using Fact.Emit;
using Fact.Ir;

namespace Fact.Bench;

/// <summary>How fast code is read instruction by instruction and immediate by immediate, without building anything: ten megabytes of function bodies.</summary>
internal sealed class CodeWalk
{
    private const int Most = 10_000_000;

    private readonly byte[] code = new byte[Most];
    private readonly List<Range> bodies = [];

    /// <summary>Takes the functions of a component's adapter modules, as often as it takes.</summary>
    public CodeWalk(Subject subject)
    {
        Case = new("walk", 1, Walk);
        while (true)
        {
            foreach (var func in subject.Funcs)
            {
                if (Bytes + Instructions.Length(func, null) > Most)
                    return;
                int end = Instructions.Func(code, Bytes, func);
                bodies.Add(Bytes..end);
                Bytes = end;
            }
        }
    }

    /// <summary>The bytes of all bodies.</summary>
    public int Bytes { get; private set; }

    /// <summary>Walks over all bodies once.</summary>
    public Case Case { get; }

    private void Walk()
    {
        foreach (var body in bodies)
        {
            var reader = BodyReader.Function(code.AsSpan(body));
            while (reader.Next())
            {
                while (reader.NextImmediate())
                {
                }
            }
            if (reader.Problem is { } problem)
                throw new UnreachableException(problem.ToString());
        }
    }
}
