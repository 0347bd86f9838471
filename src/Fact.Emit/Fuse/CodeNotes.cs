using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// What the functions of a module name by numbers, and where: found in one walk over each body, when it is first asked for. Time and memory are linear in the code.
/// </summary>
internal sealed class CodeNotes(CoreModuleParts module)
{
    private const int I32Const = 0x41, CallIndirect = 0x11, ReturnCallIndirect = 0x13, TableGet = 0x25, TableSize = 0xFC010;

    private readonly (int Start, int Count)[] ranges = new (int, int)[module.Bodies.Length];
    private readonly Dictionary<int, CodeProblem> problems = [];
    private CodeNote[] notes = new CodeNote[64];
    private int count;

    /// <summary>The module.</summary>
    public CoreModuleParts Module => module;

    /// <summary>What a body names, in its order; of one that is no good, what stands before the mistake.</summary>
    public ReadOnlySpan<CodeNote> Of(int body)
    {
        ref var range = ref ranges[body];
        if (range.Start == 0)
        {
            int start = count;
            Walk(body);

            // Beginnings count from 1, so that 0 is what was not walked.
            range = (start + 1, count - start);
        }
        return notes.AsSpan(range.Start - 1, range.Count);
    }

    /// <summary>What is wrong with a body that was asked for; null where nothing is.</summary>
    public CodeProblem? Problem(int body) => problems.TryGetValue(body, out var problem) ? problem : null;

    /// <summary>The immediate that a reader is at, as a note; false where it names nothing.</summary>
    public static bool TryNote(ref BodyReader reader, out CodeNote note)
    {
        note = default;
        NoteKind kind;
        switch (reader.Kind)
        {
            case ImmediateKind.Func:
                kind = reader.Opcode == References.RefFunc ? NoteKind.RefFunc : NoteKind.Call;
                break;
            case ImmediateKind.Type:
                kind = NoteKind.Type;
                break;
            case ImmediateKind.Table:
                kind = reader.Opcode is CallIndirect or ReturnCallIndirect or TableGet or TableSize ? NoteKind.Table : NoteKind.WrittenTable;
                break;
            case ImmediateKind.Memory:
                kind = NoteKind.Memory;
                break;
            case ImmediateKind.Access:
                kind = NoteKind.Access;
                break;
            case ImmediateKind.Global:
                kind = NoteKind.Global;
                break;
            case ImmediateKind.Tag:
                kind = NoteKind.Tag;
                break;
            case ImmediateKind.Elem:
                kind = NoteKind.Elem;
                break;
            case ImmediateKind.Data:
                kind = NoteKind.Data;
                break;
            case ImmediateKind.BlockTypeIndex:
                kind = NoteKind.BlockType;
                break;
            case ImmediateKind.ValType:
                if ((CoreValType)reader.Value is not { IsRef: true, Heap.Defined: not null })
                    return false;
                kind = NoteKind.ValType;
                break;
            case ImmediateKind.HeapType:
                if (new CoreHeapType(reader.Value).Defined is null)
                    return false;
                kind = NoteKind.HeapType;
                break;
            case ImmediateKind.None or ImmediateKind.Label or ImmediateKind.Local or ImmediateKind.Field or ImmediateKind.Length
                or ImmediateKind.I32 or ImmediateKind.I64 or ImmediateKind.F32 or ImmediateKind.F64 or ImmediateKind.V128 or ImmediateKind.Lanes
                or ImmediateKind.Lane or ImmediateKind.Zero or ImmediateKind.Ordering or ImmediateKind.CastFlags or ImmediateKind.EmptyBlock
                or ImmediateKind.Offset or ImmediateKind.Count or ImmediateKind.LocalCount or ImmediateKind.CatchKind or ImmediateKind.HandlerKind:
                return false;
            default:
                throw Broken.No("single immediate of kind", (int)reader.Kind);
        }
        note = new CodeNote(reader.ImmediateStart, (byte)(reader.At - reader.ImmediateStart), kind, (byte)reader.AlignLog2, reader.Value);
        return true;
    }

    private void Walk(int body)
    {
        var reader = BodyReader.Function(module.Slice(module.Bodies[body]));
        int constant = -1;
        uint value = 0;
        while (reader.Next())
        {
            int opcode = reader.Opcode;
            if (opcode == I32Const)
            {
                constant = reader.Start;
                value = reader.NextImmediate() ? (uint)reader.Value : 0;
                continue;
            }
            int slot = -1;
            if (constant >= 0)
            {
                if (opcode is CallIndirect or ReturnCallIndirect)
                {
                    slot = count;
                    Add(default);
                }
            }
            while (reader.NextImmediate())
            {
                if (TryNote(ref reader, out var note))
                    Add(note);
            }
            if (slot >= 0)
                EndConstantCall(slot, constant, reader.At, value);
            constant = -1;
        }
        if (reader.Problem is { } problem)
            problems.Add(body, problem);
    }

    // The call has two notes of its own, if it is whole.
    private void EndConstantCall(int slot, int start, int end, uint value)
    {
        if (count == slot + 3)
        {
            notes[slot] = new CodeNote(start, (byte)(end - start), NoteKind.ConstantCall, 0, value);
            return;
        }
        notes.AsSpan(slot + 1, count - slot - 1).CopyTo(notes.AsSpan(slot));
        count--;
    }

    private void Add(CodeNote note)
    {
        if (count == notes.Length)
            Array.Resize(ref notes, 2 * count);
        notes[count++] = note;
    }
}

/// <summary>Something that code names by a number.</summary>
/// <param name="Start">Where the number is: bytes from the first one of the code.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Kind">What it is the number of.</param>
/// <param name="AlignLog2">Of an access, the binary logarithm of the promised alignment in bytes.</param>
/// <param name="Value">The number; of a type, its bits.</param>
internal readonly record struct CodeNote(int Start, byte Length, NoteKind Kind, byte AlignLog2, ulong Value);

/// <summary>What a number in code is the number of.</summary>
internal enum NoteKind : byte
{
    /// <summary>A function that is called.</summary>
    Call,

    /// <summary>A function that a reference is made to.</summary>
    RefFunc,

    /// <summary>A type.</summary>
    Type,

    /// <summary>The type of a block.</summary>
    BlockType,

    /// <summary>A value type that mentions a type; the value is that of <see cref="CoreValType"/>.</summary>
    ValType,

    /// <summary>A heap type that is a type; the value is the <see cref="CoreHeapType.Bits"/>.</summary>
    HeapType,

    /// <summary>A table that is read, or called through.</summary>
    Table,

    /// <summary>A table whose elements or size may change, or that elements are copied from.</summary>
    WrittenTable,

    /// <summary>A memory.</summary>
    Memory,

    /// <summary>A memory that is accessed; the alignment belongs to the number.</summary>
    Access,

    /// <summary>A global.</summary>
    Global,

    /// <summary>An exception tag.</summary>
    Tag,

    /// <summary>An element segment.</summary>
    Elem,

    /// <summary>A data segment.</summary>
    Data,

    /// <summary>A constant and the call through a table that takes it for the index, which is the value. The next two notes are those of the call.</summary>
    ConstantCall,
}
