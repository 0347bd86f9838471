using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Tables through which calls go to functions that are known: each is defined inside and not seen from outside, active segments at known places are all that sets its
/// elements, and they are applied before any code can reach it. That no code changes it is for others to find out.
/// </summary>
internal sealed class ConstantTables
{
    private readonly FuseProgram program;
    private readonly MergeNumbers numbers;
    private readonly Definitions definitions;
    private readonly ActiveSegments segments;
    private readonly HashSet<uint> exported = [];
    private readonly Dictionary<uint, Dictionary<uint, uint>?> known = [];

    // How many parts before one have start functions.
    private readonly int[] starts;

    public ConstantTables(FuseProgram program, MergeNumbers numbers, Definitions definitions, ActiveSegments segments)
    {
        (this.program, this.numbers, this.definitions, this.segments) = (program, numbers, definitions, segments);
        foreach (var export in program.Exports)
        {
            if (export.Kind == CoreExternKind.Table)
                exported.Add(numbers.Parts[export.Part].Of(CoreExternKind.Table)[(int)export.Index]);
        }
        starts = new int[program.Parts.Length + 1];
        for (int part = 0; part < program.Parts.Length; part++)
            starts[part + 1] = starts[part] + (program.Parts[part].Module.Start is null ? 0 : 1);
    }

    /// <summary>The functions in a table, by their numbers, by index; null where they may change, or nobody knows.</summary>
    public IReadOnlyDictionary<uint, uint>? Of(uint table)
    {
        if (!known.TryGetValue(table, out var elements))
            known.Add(table, elements = Read(table));
        return elements;
    }

    /// <summary>Code changes the table.</summary>
    public void Changes(uint table) => known[table] = null;

    private Dictionary<uint, uint>? Read(uint table)
    {
        if (exported.Contains(table) || definitions.Of(CoreExternKind.Table, table) is not var (owner, _))
            return null;
        var elements = new Dictionary<uint, uint>();
        foreach (uint number in segments.OfTable(table))
        {
            var (part, index) = definitions.OfElement(number);
            var segment = program.Parts[part].Module.Elements[index];
            var active = (SegmentMode.Active)segment.Mode;

            // Whatever runs before the segment is applied must be older than the table.
            if (starts[part] != starts[owner] || !segments.Fits(part, segment, active) || segments.Place(part, active.At) is not { } place)
                return null;
            Read(part, segment, (uint)place, elements);
        }
        return elements;
    }

    private void Read(int part, CoreElementSegment segment, uint place, Dictionary<uint, uint> elements)
    {
        var items = program.Parts[part].Module.Slice(segment.Items);
        var funcs = numbers.Parts[part].Of(CoreExternKind.Func);
        int at = 0;
        for (uint i = 0; i < (uint)segment.Count; i++)
        {
            ulong? function = segment.Type is null ? Index(items, ref at) : Referenced(items, ref at);
            if (function is { } index && index < (uint)funcs.Length)
                elements[place + i] = funcs[(int)index];
            else
                elements.Remove(place + i);
        }
    }

    private static ulong Index(ReadOnlySpan<byte> items, ref int at)
    {
        string? problem = null;
        return Leb128.ReadUnsigned(items, ref at, 32, ref problem);
    }

    // The function that an expression is a reference to; null where it is another thing.
    private static ulong? Referenced(ReadOnlySpan<byte> items, ref int at)
    {
        var reader = BodyReader.Constant(items[at..]);
        ulong? function = null;
        for (int instructions = 0; reader.Next(); instructions++)
        {
            if (instructions == 0 && reader.Opcode == References.RefFunc && reader.NextImmediate())
                function = reader.Value;
            else if (instructions != 1)
                function = null;
        }
        at += reader.At;
        return function;
    }
}
