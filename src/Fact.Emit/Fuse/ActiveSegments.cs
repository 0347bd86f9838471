using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Which segments are applied to a table or memory when it is instantiated, and whether that can fail.</summary>
internal sealed class ActiveSegments
{
    private const int I32Const = 0x41, I64Const = 0x42, GlobalGet = 0x23, End = 0x0B;

    // Globals that have the values of globals: more than that nobody writes.
    private const int LongestChain = 8;

    private readonly FuseProgram program;
    private readonly MergeNumbers numbers;
    private readonly Definitions definitions;
    private readonly Dictionary<uint, List<uint>> ofTable = [], ofMemory = [];

    public ActiveSegments(FuseProgram program, MergeNumbers numbers, Definitions definitions)
    {
        (this.program, this.numbers, this.definitions) = (program, numbers, definitions);
        for (int part = 0; part < program.Parts.Length; part++)
        {
            var module = program.Parts[part].Module;
            var own = numbers.Parts[part];
            for (int i = 0; i < module.Elements.Length; i++)
            {
                if (module.Elements[i].Mode is SegmentMode.Active(var target, _))
                    Add(ofTable, own.Of(CoreExternKind.Table)[(int)target], own.Elements[i]);
            }
            for (int i = 0; i < module.Data.Length; i++)
            {
                if (module.Data[i].Mode is SegmentMode.Active(var target, _))
                    Add(ofMemory, own.Of(CoreExternKind.Memory)[(int)target], own.Data[i]);
            }
        }
    }

    /// <summary>The element segments of a table, in the order in which they are applied.</summary>
    public IReadOnlyList<uint> OfTable(uint table) => ofTable.TryGetValue(table, out var segments) ? segments : [];

    /// <summary>The data segments of a memory, in the order in which they are applied.</summary>
    public IReadOnlyList<uint> OfMemory(uint memory) => ofMemory.TryGetValue(memory, out var segments) ? segments : [];

    /// <summary>Whether an active element segment fits into its table, whatever happens.</summary>
    public bool Fits(int part, CoreElementSegment segment, SegmentMode.Active active)
    {
        uint table = numbers.Parts[part].Of(CoreExternKind.Table)[(int)active.Target];
        return definitions.Of(CoreExternKind.Table, table) is var (owner, index)
            && Place(part, active.At) is { } place
            && Fits(place, (ulong)segment.Count, program.Parts[owner].Module.Tables[index].Type.Limits.Min, 0);
    }

    /// <summary>Whether an active data segment fits into its memory, whatever happens.</summary>
    public bool Fits(int part, CoreDataSegment segment, SegmentMode.Active active)
    {
        uint memory = numbers.Parts[part].Of(CoreExternKind.Memory)[(int)active.Target];
        return definitions.Of(CoreExternKind.Memory, memory) is var (owner, index)
            && program.Parts[owner].Module.Memories[index] is var type
            && Place(part, active.At) is { } place
            && Fits(place, (ulong)segment.Content.Length, type.Limits.Min, type.PageSizeLog2);
    }

    /// <summary>The number that a constant expression is; null where it is another thing, or not known.</summary>
    public ulong? Place(int part, ByteRange expression)
    {
        for (int steps = 0; steps < LongestChain; steps++)
        {
            var reader = BodyReader.Constant(program.Parts[part].Module.Slice(expression));
            if (!reader.Next())
                return null;
            int opcode = reader.Opcode;
            if (opcode is not (I32Const or I64Const or GlobalGet) || !reader.NextImmediate())
                return null;
            ulong value = reader.Value;
            if (!reader.Next() || reader.Opcode != End)
                return null;
            if (opcode != GlobalGet)
                return opcode == I32Const ? (uint)value : value;
            var globals = numbers.Parts[part].Of(CoreExternKind.Global);
            if (value >= (uint)globals.Length || definitions.Of(CoreExternKind.Global, globals[(int)value]) is not var (owner, index))
                return null;
            var global = program.Parts[owner].Module.Globals[index];
            if (global.Type.IsMutable)
                return null;
            (part, expression) = (owner, global.Init);
        }
        return null;
    }

    private static bool Fits(ulong place, ulong length, ulong size, int sizeLog2)
    {
        var bytes = (UInt128)size << sizeLog2;
        return (UInt128)place + length <= bytes;
    }

    private static void Add(Dictionary<uint, List<uint>> to, uint target, uint segment)
    {
        if (!to.TryGetValue(target, out var segments))
            to.Add(target, segments = []);
        segments.Add(segment);
    }
}
