using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>Where the bodies of the functions of a core module are. What is in them is not looked at: an engine may refuse the module for it.</summary>
internal sealed class FunctionBodies
{
    private const byte CodeSection = 10;

    private readonly ReadOnlyMemory<byte> module;
    private readonly List<(int Start, int Length)> bodies = [];

    private FunctionBodies(ReadOnlyMemory<byte> module) => this.module = module;

    /// <summary>How many functions have a body.</summary>
    public int Count => bodies.Count;

    /// <summary>A body: locals and code.</summary>
    /// <param name="index">Its number among the functions that are not imported.</param>
    public ReadOnlySpan<byte> this[int index] => module.Span.Slice(bodies[index].Start, bodies[index].Length);

    /// <summary>Finds the bodies; null where the code section is malformed. Time is linear in the number of sections and functions.</summary>
    /// <param name="module">A module whose sections are well-formed.</param>
    public static FunctionBodies? Read(ReadOnlyMemory<byte> module)
    {
        var found = new FunctionBodies(module);
        var reader = new ByteReader(module, origin: 0);
        Preamble.Module(ref reader);
        while (reader.Remaining > 0 && !reader.Failed)
        {
            byte id = reader.Byte();
            int outer = reader.Enter(reader.U32());
            if (id == CodeSection)
                found.Section(ref reader);
            else
                reader.Rest();
            reader.Leave(outer, "core section");
        }
        return reader.Failed ? null : found;
    }

    private void Section(ref ByteReader r)
    {
        for (int left = r.Count((uint)EngineLimits.Common.Functions, "function body"); left > 0 && !r.Failed; left--)
        {
            uint size = r.U32();
            bodies.Add(((int)r.Offset, (int)size));
            r.Raw(size);
        }
    }
}
