using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Copies code of a part into the merged module: what mentions something by its number gets the new number, and all bytes between are copied as they are. Time is
/// linear in the code. Code that is not understood is an error, never a copy.
/// </summary>
/// <param name="code">The code of the part, and what it names.</param>
/// <param name="numbers">The new numbers.</param>
/// <param name="references">Which functions have references.</param>
/// <param name="constants">The globals whose values can be written out.</param>
/// <param name="inlining">Which calls become code; null where none does.</param>
internal sealed class CodeCopy(CodeNotes code, PartNumbers numbers, References references, GlobalConstants constants, InlineCopy? inlining = null)
{
    private const byte Call = 0x10, ReturnCall = 0x12, ReturnCallIndirect = 0x13, Return = 0x0F;
    private const uint HasMemory = 1 << 6;

    private int copied;

    /// <summary>What is wrong with the code that was copied, and where in it; null where nothing is.</summary>
    public CodeProblem? Problem { get; private set; }

    /// <summary>Of what kind that is.</summary>
    public DiagnosticCode ProblemCode { get; private set; } = DiagnosticCode.Malformed;

    /// <summary>How many calls go to another function than they named, or to one in place of a table.</summary>
    public int DirectCalls { get; private set; }

    /// <summary>How many calls became code.</summary>
    public int InlinedCalls { get; private set; }

    /// <summary>How many calls became code in code that stands in place of calls.</summary>
    public int NestedCalls { get; private set; }

    /// <summary>Copies the body of a function, without its size.</summary>
    public void Body(int function, Sink to)
    {
        var body = code.Module.Slice(code.Module.Bodies[function]);
        var notes = code.Of(function);
        copied = 0;
        if (inlining?.Into(function, body) is var (locals, header, longest))
        {
            BodyWith(locals, longest, header, notes, body, to);
            return;
        }
        if (!Code(notes, body, null, 0, to))
            return;
        Problem = code.Problem(function);
        to.Bytes(body[copied..]);
    }

    // What locals there are is known when the code is there.
    private void BodyWith(InlineLocals locals, int longest, LocalsHeader header, ReadOnlySpan<CodeNote> notes, ReadOnlySpan<byte> body, Sink to)
    {
        Sink declarations = new(), instructions = new();
        int declared = 0;
        while (declared < notes.Length && notes[declared].Start < header.End)
            declared++;
        copied = header.Start;
        if (!Code(notes[..declared], body, null, 0, declarations))
            return;
        declarations.Bytes(body[copied..header.End]);
        copied = header.End;
        if (!Code(notes[declared..], body, locals, longest, instructions))
            return;
        to.Unsigned(header.Declarations + locals.Declarations);
        to.Bytes(declarations);
        locals.Write(to);
        to.Bytes(instructions);
        to.Bytes(body[copied..]);
    }

    // False where something names nothing.
    private bool Code(ReadOnlySpan<CodeNote> notes, ReadOnlySpan<byte> body, InlineLocals? locals, int longest, Sink to)
    {
        for (int i = 0; i < notes.Length; i++)
        {
            ref readonly var note = ref notes[i];
            if (note.Kind == NoteKind.ConstantCall)
            {
                i += Known(notes.Slice(i, 3), body, to) ? 2 : 0;
            }
            else if (locals is not null && note.Kind == NoteKind.Call && inlining!.At(body[note.Start - 1], note.Value, longest) is { } inlined)
            {
                to.Bytes(body[copied..(note.Start - 1)]);
                copied = note.Start + note.Length;
                inlining.Write(inlined, locals, isNested: false, to);
                InlinedCalls++;
            }
            else if (!Number(note, body, to, inBody: true))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Copies code of another function of the part that stands in place of a call.</summary>
    /// <param name="inlined">The function.</param>
    /// <param name="own">What its locals are.</param>
    /// <param name="locals">What is left for those of functions in place of calls in it; null where these stay.</param>
    /// <param name="to">Where it goes.</param>
    public void Inlined(InlineBody inlined, ReadOnlySpan<uint> own, InlineLocals? locals, Sink to)
    {
        int before = copied;
        var body = code.Module.Slice(code.Module.Bodies[inlined.Index]);
        var reader = BodyReader.Function(body);
        reader.Next();
        copied = inlined.Start;
        var notes = code.Of(inlined.Index);
        while (reader.Next())
        {
            int opcode = reader.Opcode;
            while (!notes.IsEmpty && notes[0].Start < reader.Start)
                notes = notes[1..];
            if (!notes.IsEmpty && notes[0].Kind == NoteKind.ConstantCall && notes[0].Start == reader.Start && Known(notes, body, to))
            {
                reader.Next();
                continue;
            }
            if (opcode == Return)
            {
                to.Bytes(body[copied..reader.Start]);
                to.Op(Opcodes.Br, (uint)reader.Depth);
                copied = reader.At;
            }
            while (reader.NextImmediate())
            {
                if (reader.Kind == ImmediateKind.Local)
                {
                    to.Bytes(body[copied..reader.ImmediateStart]);
                    to.Unsigned(own[(int)reader.Value]);
                    copied = reader.At;
                }
                else if (locals is not null && reader.Kind == ImmediateKind.Func && inlining!.At(opcode, reader.Value, InlinePlan.LongestBody) is { } nested)
                {
                    to.Bytes(body[copied..reader.Start]);
                    inlining.Write(nested, locals, isNested: true, to);
                    NestedCalls++;
                    copied = reader.At;
                }
                else if (CodeNotes.TryNote(ref reader, out var note) && !Number(note, body, to, inBody: true))
                {
                    throw Broken.No("thing that code in place of a call names at", note.Start);
                }
            }
        }
        to.Bytes(body[copied..]);
        copied = before;
    }

    /// <summary>Copies a constant expression.</summary>
    /// <param name="range">The expression, its <c>end</c> included.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="withEnd">Whether its <c>end</c> is copied.</param>
    public ConstantKind Constant(ByteRange range, Sink to, bool withEnd = true)
    {
        var expression = code.Module.Slice(range);
        var reader = BodyReader.Constant(expression);
        copied = 0;
        var kind = ConstantKind.Plain;
        while (reader.Next())
        {
            int opcode = reader.Opcode;
            bool isRead = opcode == GlobalConstants.GlobalGet && reader.NextImmediate();
            if (isRead && constants.Find(reader.Value, numbers) is { IsEmpty: false } value)
            {
                to.Bytes(expression[copied..reader.Start]);
                to.Bytes(value.Span);
                copied = reader.At;
                continue;
            }
            if (!GlobalConstants.IsPlain(opcode) && kind == ConstantKind.Plain)
                kind = ConstantKind.Computed;
            if (isRead && !Immediate(ref reader, expression, to))
                return kind;
            if (isRead && constants.IsDefined(reader.Value, numbers))
                kind = ConstantKind.ReadsGlobals;
            while (reader.NextImmediate())
            {
                if (!Immediate(ref reader, expression, to))
                    return kind;
            }
        }
        Problem = reader.Problem;
        to.Bytes(expression[copied..(withEnd || Problem is not null ? expression.Length : expression.Length - 1)]);
        return kind;
    }

    private bool Immediate(ref BodyReader reader, ReadOnlySpan<byte> expression, Sink to) =>
        !CodeNotes.TryNote(ref reader, out var note) || Number(note, expression, to, inBody: false);

    // Writes a call through a table whose callee is known as a call of that; false where it is not known.
    private bool Known(ReadOnlySpan<CodeNote> notes, ReadOnlySpan<byte> body, Sink to)
    {
        if (Direct(notes[0].Value, notes[1], notes[2]) is not { } callee)
            return false;
        to.Bytes(body[copied..notes[0].Start]);
        copied = notes[0].Start + notes[0].Length;
        to.Byte(body[notes[1].Start - 1] == ReturnCallIndirect ? ReturnCall : Call);
        to.Unsigned(callee);
        DirectCalls++;
        return true;
    }

    private uint? Direct(ulong slot, in CodeNote type, in CodeNote table) =>
        table.Value < (uint)numbers.Tables.Length && type.Value < (uint)numbers.Types.Length
            ? numbers.Tables[(int)table.Value]?.Callee((uint)slot, numbers.Types[type.Value])
            : null;

    // Writes the number if it is another than it was; false where it names nothing.
    private bool Number(in CodeNote note, ReadOnlySpan<byte> bytes, Sink to, bool inBody)
    {
        switch (note.Kind)
        {
            case NoteKind.Call:
                if (!Unsigned(note, numbers.Calls, "function", bytes, to))
                    return false;
                if (numbers.Calls[(int)note.Value] != numbers.Of(CoreExternKind.Func)[(int)note.Value])
                    DirectCalls++;
                return true;
            case NoteKind.RefFunc:
                if (!Unsigned(note, numbers.Of(CoreExternKind.Func), "function", bytes, to))
                    return false;
                references.Add(numbers.Of(CoreExternKind.Func)[(int)note.Value], inBody);
                return true;
            case NoteKind.Type:
                return Unsigned(note, numbers.Types, "core type", bytes, to);
            case NoteKind.Table or NoteKind.WrittenTable:
                return Unsigned(note, numbers.Of(CoreExternKind.Table), "table", bytes, to);
            case NoteKind.Memory:
                return Unsigned(note, numbers.Of(CoreExternKind.Memory), "memory", bytes, to);
            case NoteKind.Global:
                return Unsigned(note, numbers.Of(CoreExternKind.Global), "global", bytes, to);
            case NoteKind.Tag:
                return Unsigned(note, numbers.Of(CoreExternKind.Tag), "tag", bytes, to);
            case NoteKind.Elem:
                return Unsigned(note, numbers.Elements, "element segment", bytes, to);
            case NoteKind.Data:
                return Unsigned(note, numbers.Data, "data segment", bytes, to);
            case NoteKind.Access:
                return Access(note, bytes, to);
            case NoteKind.BlockType:
                if (!Known(note, note.Value, numbers.Types.Length, "core type"))
                    return false;
                if (Changed(numbers.Types[note.Value], note, bytes, to))
                    to.Signed(numbers.Types[note.Value]);
                return true;
            case NoteKind.ValType:
                var type = (CoreValType)note.Value;
                if (!Known(note, type.Heap.Defined!.Value.Value, numbers.Types.Length, "core type"))
                    return false;
                if (Changed((ulong)numbers.Renumber(type), note, bytes, to))
                    to.ValType(numbers.Renumber(type));
                return true;
            case NoteKind.HeapType:
                return HeapType(note, bytes, to);
            default:
                throw Broken.No("number of a kind", (int)note.Kind);
        }
    }

    private bool Unsigned(in CodeNote note, ReadOnlySpan<uint> space, string what, ReadOnlySpan<byte> bytes, Sink to)
    {
        if (!Known(note, note.Value, space.Length, what))
            return false;
        uint number = space[(int)note.Value];
        if (Changed(number, note, bytes, to))
            to.Unsigned(number);
        return true;
    }

    private bool Access(in CodeNote note, ReadOnlySpan<byte> bytes, Sink to)
    {
        var memories = numbers.Of(CoreExternKind.Memory);
        if (!Known(note, note.Value, memories.Length, "memory"))
            return false;
        uint memory = memories[(int)note.Value];
        if (!Changed(memory, note, bytes, to))
            return true;
        to.Unsigned((uint)note.AlignLog2 | (memory == 0 ? 0 : HasMemory));
        if (memory != 0)
            to.Unsigned(memory);
        return true;
    }

    private bool HeapType(in CodeNote note, ReadOnlySpan<byte> bytes, Sink to)
    {
        var type = new CoreHeapType(note.Value);
        var index = type.Defined!.Value;
        if (!Known(note, index.Value, numbers.Types.Length, "core type"))
            return false;
        var renumbered = new CoreHeapType(numbers.Renumber(index), type.IsExact);
        if (Changed(renumbered.Bits, note, bytes, to))
            to.HeapType(renumbered);
        return true;
    }

    // Copies what stands before the number, if that is another now.
    private bool Changed(ulong value, in CodeNote note, ReadOnlySpan<byte> bytes, Sink to)
    {
        if (value == note.Value)
            return false;
        if (value == PartNumbers.None)
            throw Broken.No("kept thing that code names at", note.Start);
        to.Bytes(bytes[copied..note.Start]);
        copied = note.Start + note.Length;
        return true;
    }

    private bool Known(in CodeNote note, ulong index, int count, string what)
    {
        if (index < (uint)count)
            return true;
        ProblemCode = DiagnosticCode.NotDefined;
        Problem = new CodeProblem($"there is no {what} {index}: the module has {count}", note.Start);
        return false;
    }
}

/// <summary>What a constant expression is made of.</summary>
internal enum ConstantKind
{
    /// <summary>Of numbers and functions: its value is the same wherever it is written.</summary>
    Plain,

    /// <summary>Of something else, objects for example.</summary>
    Computed,

    /// <summary>Of globals that the merged module defines.</summary>
    ReadsGlobals,
}
