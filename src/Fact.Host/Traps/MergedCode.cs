using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Binary;
using Fact.Emit;
using Fact.Ir;
using Wasmtime;

namespace Fact.Host.Traps;

/// <summary>Where something happened in an adapter module.</summary>
/// <param name="Module">What the module says of its traps.</param>
/// <param name="Func">The function.</param>
/// <param name="Offset">Bytes from the start of its body.</param>
internal readonly record struct TrapPlace(AdapterTraps Module, uint Func, ulong Offset);

/// <summary>A module of which a merged one was made.</summary>
/// <param name="Module">The module.</param>
/// <param name="Functions">What became of the functions that it defines.</param>
/// <param name="Traps">What it says of its traps; null for those of guests.</param>
internal sealed record MergedSource(CoreModuleParts Module, EquatableArray<FunctionFate> Functions, AdapterTraps? Traps);

/// <summary>
/// Finds for places in a merged module those in the modules that it was made of. Code has the same instructions in both, but numbers in them take more or fewer bytes.
/// Nothing is read before the first trap asks.
/// </summary>
/// <param name="bytes">The merged module.</param>
/// <param name="name">The name that backtraces give it; no other module has it.</param>
/// <param name="parts">What it was made of: those of their functions that it has are in it one after the other.</param>
internal sealed class MergedCode(ReadOnlyMemory<byte> bytes, string name, IReadOnlyList<MergedSource> parts)
{
    private readonly Lazy<CoreModuleParts> merged = new(() => CoreModuleDecoder.Decode(bytes).Match(
        Right: module => module,
        Left: error => throw new System.Diagnostics.UnreachableException(error.ToString())));

    /// <summary>The place of a frame; null where it is none in an adapter module.</summary>
    public TrapPlace? Find(TrapFrame frame)
    {
        if (frame.ModuleName != name || frame.ModuleOffset < frame.FunctionOffset || Body(frame.ModuleOffset - frame.FunctionOffset) is not { } body)
            return null;
        int index = body;
        foreach (var part in parts)
        {
            int kept = part.Functions.Items.Count(fate => fate == FunctionFate.Kept);
            if (index >= kept)
            {
                index -= kept;
                continue;
            }
            if (part.Traps is null)
                return null;
            int source = part.Functions.Items.Index().Where(function => function.Item == FunctionFate.Kept).ElementAt(index).Index;
            uint imported = (uint)part.Module.Imports.Items.Count(import => import.Type is CoreExternType.Func);
            ulong offset = Translate(merged.Value.Slice(merged.Value.Bodies[body]), part.Module.Slice(part.Module.Bodies[source]), frame.FunctionOffset);
            return new TrapPlace(part.Traps, imported + (uint)source, offset);
        }
        return null;
    }

    /// <summary>The number of the body that begins at an offset; null where none does.</summary>
    private int? Body(ulong start)
    {
        var bodies = merged.Value.Bodies.AsSpan();
        int low = 0, high = bodies.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if ((ulong)bodies[middle].Start < start)
                low = middle + 1;
            else
                high = middle;
        }
        return low < bodies.Length && (ulong)bodies[low].Start == start ? low : null;
    }

    /// <summary>The offset of the same instruction in another copy of some code.</summary>
    private static ulong Translate(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, ulong offset)
    {
        BodyReader reader = BodyReader.Function(from), other = BodyReader.Function(to);
        ulong found = 0;
        while (reader.Next() && other.Next() && (ulong)reader.Start <= offset)
            found = (ulong)other.Start;
        return found;
    }
}
