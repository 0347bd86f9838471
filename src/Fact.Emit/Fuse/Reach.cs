using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Finds what of a program is needed: what is reached from exports, start functions, and what instantiation does and could fail at. Each body is walked once. A table
/// that code reaches needs its active segments; one that nothing reaches does not, where they fit into it.
/// </summary>
internal sealed class Reach
{
    private const int Elem = (int)CoreExternKind.Tag + 1, Data = Elem + 1, Type = Data + 1;

    private readonly FuseProgram program;
    private readonly MergeNumbers numbers;
    private readonly IReadOnlyList<CodeNotes> code;
    private readonly Definitions definitions;
    private readonly ActiveSegments segments;
    private readonly CallTargets calls;
    private readonly bool[][] seen;
    private readonly Stack<(int Space, uint Number)> work = [];

    private Reach(FuseProgram program, MergeNumbers numbers, IReadOnlyList<CodeNotes> code, uint types, MergeOptions options)
    {
        (this.program, this.numbers, this.code) = (program, numbers, code);
        definitions = new Definitions(program, numbers);
        segments = new ActiveSegments(program, numbers, definitions);
        calls = new CallTargets(program, numbers, definitions, segments, options.DirectCalls);
        seen =
        [
            .. Enumerable.Range(0, Elem).Select(kind => new bool[numbers.Count((CoreExternKind)kind)]),
            new bool[numbers.Elements], new bool[numbers.Data], new bool[types],
        ];
    }

    /// <summary>Finds it.</summary>
    public static Reached Of(FuseProgram program, MergeNumbers numbers, IReadOnlyList<CodeNotes> code, uint types, MergeOptions options)
    {
        var reach = new Reach(program, numbers, code, types, options);
        if (options.KeepAll)
            reach.All();
        reach.Roots();
        while (reach.work.TryPop(out var next))
            reach.Visit(next.Space, next.Number);
        uint[] ends = reach.calls.Ends();
        return new Reached(
            reach.seen[..Elem], reach.seen[Elem], reach.seen[Data], reach.seen[Type], ends, reach.calls.Tables(numbers.Count(CoreExternKind.Table), ends));
    }

    private void All()
    {
        for (int space = 0; space < seen.Length; space++)
        {
            for (uint number = 0; number < (uint)seen[space].Length; number++)
                Mark(space, number);
        }
    }

    private void Roots()
    {
        for (int i = 0; i < program.Imports.Length; i++)
        {
            // What is no function is looked at when the module is instantiated.
            if (MergeNumbers.Type(program, i) is var type and not CoreExternType.Func)
            {
                Mark(type.Kind, numbers.Outside[i]);
                Imported(numbers.Parts[program.Imports[i].Part], type);
            }
        }
        foreach (var export in program.Exports)
            Mark(export.Kind, numbers.Parts[export.Part].Of(export.Kind)[(int)export.Index]);
        for (int part = 0; part < program.Parts.Length; part++)
        {
            if (program.Parts[part].Module.Start is { } start)
                Mark(CoreExternKind.Func, numbers.Parts[part].Of(CoreExternKind.Func)[(int)start.Value]);
            Instantiated(part, program.Parts[part].Module, numbers.Parts[part]);
        }
    }

    private void Imported(PartNumbers own, CoreExternType type)
    {
        switch (type)
        {
            case CoreExternType.Table(var table):
                ValType(own, table.Element);
                break;
            case CoreExternType.Global(var global):
                ValType(own, global.Type);
                break;
            case CoreExternType.Tag(var tag):
                MarkType(own, tag.Value);
                break;
            case CoreExternType.Func or CoreExternType.Memory:
                break;
        }
    }

    // What may fail when the part is instantiated must be there to fail.
    private void Instantiated(int part, CoreModuleParts module, PartNumbers own)
    {
        for (int i = 0; i < module.Elements.Length; i++)
        {
            bool isSafe = module.Elements[i].Mode is not SegmentMode.Active active || segments.Fits(part, module.Elements[i], active);
            if (!isSafe || !IsHarmless(module, module.Elements[i]))
                Mark(Elem, own.Elements[i]);
        }
        for (int i = 0; i < module.Data.Length; i++)
        {
            if (module.Data[i].Mode is SegmentMode.Active active && !segments.Fits(part, module.Data[i], active))
                Mark(Data, own.Data[i]);
        }
        var tables = own.Defined(CoreExternKind.Table, module.Tables.Length);
        for (int i = 0; i < module.Tables.Length; i++)
        {
            if (module.Tables[i].Init is { } init && !IsHarmless(module, init))
                Mark(CoreExternKind.Table, tables[i]);
        }
        var globals = own.Defined(CoreExternKind.Global, module.Globals.Length);
        for (int i = 0; i < module.Globals.Length; i++)
        {
            if (!IsHarmless(module, module.Globals[i].Init))
                Mark(CoreExternKind.Global, globals[i]);
        }
    }

    private static bool IsHarmless(CoreModuleParts module, CoreElementSegment segment) => segment.Type is null || IsHarmless(module.Slice(segment.Items), segment.Count);

    private static bool IsHarmless(CoreModuleParts module, ByteRange expression) => IsHarmless(module.Slice(expression), 1);

    // Objects may be too large.
    private static bool IsHarmless(ReadOnlySpan<byte> expressions, int count)
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

    private void Visit(int space, uint number)
    {
        switch (space)
        {
            case (int)CoreExternKind.Func:
                Func(number);
                break;
            case (int)CoreExternKind.Table:
                Table(number);
                break;
            case (int)CoreExternKind.Memory:
                foreach (uint segment in segments.OfMemory(number))
                    Mark(Data, segment);
                break;
            case (int)CoreExternKind.Global:
                if (definitions.Of(CoreExternKind.Global, number) is var (globalPart, global))
                {
                    ValType(numbers.Parts[globalPart], program.Parts[globalPart].Module.Globals[global].Type.Type);
                    Constant(globalPart, program.Parts[globalPart].Module.Globals[global].Init);
                }
                break;
            case (int)CoreExternKind.Tag:
                if (definitions.Of(CoreExternKind.Tag, number) is var (tagPart, tag))
                    MarkType(numbers.Parts[tagPart], program.Parts[tagPart].Module.Tags[tag].Value);
                break;
            case Elem:
                Element(number);
                break;
            case Data:
                var (dataPart, data) = definitions.OfData(number);
                if (program.Parts[dataPart].Module.Data[data].Mode is SegmentMode.Active(var memory, var at))
                {
                    Mark(CoreExternKind.Memory, numbers.Parts[dataPart].Of(CoreExternKind.Memory)[(int)memory]);
                    Constant(dataPart, at);
                }
                break;
        }
    }

    private void Table(uint number)
    {
        if (definitions.Of(CoreExternKind.Table, number) is var (part, index))
        {
            var table = program.Parts[part].Module.Tables[index];
            ValType(numbers.Parts[part], table.Type.Element);
            if (table.Init is { } init)
                Constant(part, init);
        }
        foreach (uint segment in segments.OfTable(number))
            Mark(Elem, segment);
    }

    private void Element(uint number)
    {
        var (part, index) = definitions.OfElement(number);
        var module = program.Parts[part].Module;
        var segment = module.Elements[index];
        if (segment.Mode is SegmentMode.Active(var table, var place))
        {
            Mark(CoreExternKind.Table, numbers.Parts[part].Of(CoreExternKind.Table)[(int)table]);
            Constant(part, place);
        }
        var own = numbers.Parts[part];
        if (segment.Type is { } type)
            ValType(own, type);
        var items = module.Slice(segment.Items);
        int at = 0;
        for (int i = 0; i < segment.Count; i++)
        {
            string? problem = null;
            if (segment.Type is null)
                Mark(own, CoreExternKind.Func, Leb128.ReadUnsigned(items, ref at, 32, ref problem));
            else
                at += Constant(own, items[at..]);
        }
    }

    private void Func(uint number)
    {
        if (calls.TypeOf(number) is { } type)
            Mark(Type, type);
        if (definitions.Of(CoreExternKind.Func, number) is not var (part, index))
            return;
        var notes = code[part].Of(index);
        var own = numbers.Parts[part];
        for (int i = 0; i < notes.Length; i++)
        {
            // A call whose callee is known needs neither the table nor its type.
            if (notes[i].Kind == NoteKind.ConstantCall)
                i += KnownCall(own, (uint)notes[i].Value, notes[i + 1].Value, notes[i + 2].Value) ? 2 : 0;
            else
                Note(own, notes[i]);
        }
    }

    private bool KnownCall(PartNumbers own, uint slot, ulong type, ulong table)
    {
        if (type >= (uint)own.Types.Length || table >= (uint)own.Of(CoreExternKind.Table).Length
            || calls.Element(own.Of(CoreExternKind.Table)[(int)table], slot, own.Types[type]) is not { } callee)
        {
            return false;
        }
        Call(callee);
        return true;
    }

    private void Note(PartNumbers own, in CodeNote note)
    {
        switch (note.Kind)
        {
            case NoteKind.Call:
                if (note.Value < (uint)own.Of(CoreExternKind.Func).Length)
                    Call(own.Of(CoreExternKind.Func)[(int)note.Value]);
                break;
            case NoteKind.RefFunc:
                Mark(own, CoreExternKind.Func, note.Value);
                break;
            case NoteKind.Type or NoteKind.BlockType:
                MarkType(own, note.Value);
                break;
            case NoteKind.ValType:
                ValType(own, (CoreValType)note.Value);
                break;
            case NoteKind.HeapType:
                MarkType(own, new CoreHeapType(note.Value).Defined!.Value.Value);
                break;
            case NoteKind.Table:
                Mark(own, CoreExternKind.Table, note.Value);
                break;
            case NoteKind.WrittenTable:
                Mark(own, CoreExternKind.Table, note.Value);
                Changed(own, note.Value);
                break;
            case NoteKind.Memory or NoteKind.Access:
                Mark(own, CoreExternKind.Memory, note.Value);
                break;
            case NoteKind.Global:
                Mark(own, CoreExternKind.Global, note.Value);
                break;
            case NoteKind.Tag:
                Mark(own, CoreExternKind.Tag, note.Value);
                break;
            case NoteKind.Elem:
                if (note.Value < (uint)own.Elements.Length)
                    Mark(Elem, own.Elements[note.Value]);
                break;
            case NoteKind.Data:
                if (note.Value < (uint)own.Data.Length)
                    Mark(Data, own.Data[note.Value]);
                break;
        }
    }

    private void Call(uint function)
    {
        if (calls.Follow(function) is { } end)
            Mark(CoreExternKind.Func, end);
    }

    private void Changed(PartNumbers own, ulong index)
    {
        var tables = own.Of(CoreExternKind.Table);
        if (index >= (uint)tables.Length || calls.Change(tables[(int)index]) is not { } functions)
            return;
        foreach (uint function in functions)
            Mark(CoreExternKind.Func, function);
    }

    private int Constant(PartNumbers own, ReadOnlySpan<byte> expression)
    {
        var reader = BodyReader.Constant(expression);
        while (reader.Next())
        {
            while (reader.NextImmediate())
            {
                if (CodeNotes.TryNote(ref reader, out var note))
                    Note(own, note);
            }
        }
        return reader.At;
    }

    private void Constant(int part, ByteRange expression) => Constant(numbers.Parts[part], program.Parts[part].Module.Slice(expression));

    private void ValType(PartNumbers own, CoreValType type)
    {
        if (type.IsRef && type.Heap.Defined is { } index)
            MarkType(own, index.Value);
    }

    private void MarkType(PartNumbers own, ulong index)
    {
        if (index < (uint)own.Types.Length)
            Mark(Type, own.Types[index]);
    }

    private void Mark(PartNumbers own, CoreExternKind kind, ulong index)
    {
        var space = own.Of(kind);
        if (index < (uint)space.Length)
            Mark((int)kind, space[(int)index]);
    }

    private void Mark(CoreExternKind kind, uint number) => Mark((int)kind, number);

    private void Mark(int space, uint number)
    {
        if (seen[space][number])
            return;
        seen[space][number] = true;
        work.Push((space, number));
    }
}
