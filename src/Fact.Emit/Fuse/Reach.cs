using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Finds what of a program is needed: what is reached from exports, start functions, and what instantiation does and could fail at. Each body is walked once. A table
/// that code reaches needs its active segments; one that nothing reaches does not, where they fit into it. Where calls become the code of what they call, everything is
/// found once more: then what calls call is known, and what is only put into others is needed for what it names alone.
/// </summary>
internal sealed class Reach
{
    private const int Elem = (int)CoreExternKind.Tag + 1, Data = Elem + 1, Type = Data + 1, Inlined = Type + 1, InInlined = Inlined + 1;

    private readonly FuseProgram program;
    private readonly MergeNumbers numbers;
    private readonly IReadOnlyList<CodeNotes> code;
    private readonly Definitions definitions;
    private readonly ActiveSegments segments;
    private readonly CallTargets calls;
    private readonly Reached? first;
    private readonly bool[][] seen;
    private readonly Stack<(int Space, uint Number)> work = [];

    private Reach(FuseProgram program, MergeNumbers numbers, IReadOnlyList<CodeNotes> code, uint types, MergeOptions options)
    {
        (this.program, this.numbers, this.code) = (program, numbers, code);
        definitions = new Definitions(program, numbers);
        segments = new ActiveSegments(program, numbers, definitions);
        calls = new CallTargets(program, numbers, definitions, segments, options.DirectCalls);
        seen = Nothing(types);
    }

    private Reach(Reach before, Reached first, uint types)
    {
        (program, numbers, code, definitions, segments, calls) = (before.program, before.numbers, before.code, before.definitions, before.segments, before.calls);
        this.first = first;
        seen = Nothing(types);
    }

    /// <summary>Finds it.</summary>
    public static Reached Of(FuseProgram program, MergeNumbers numbers, IReadOnlyList<CodeNotes> code, uint types, MergeOptions options)
    {
        var reach = new Reach(program, numbers, code, types, options);
        reach.Run(options);
        uint[] ends = reach.calls.Ends();
        var reached = new Reached(
            reach.seen[..Elem], reach.seen[Elem], reach.seen[Data], reach.seen[Type], ends, reach.calls.Tables(numbers.Count(CoreExternKind.Table), ends));
        if (!options.InlineCalls)
            return reached;
        var inlined = new InlinePlan(program, numbers, reach.definitions, code, reached);
        if (inlined.IsEmpty)
            return reached;
        var again = new Reach(reach, reached with { Inlined = inlined }, types);
        again.Run(options);
        return again.first! with { Externs = again.seen[..Elem], Elements = again.seen[Elem], Data = again.seen[Data], Types = again.seen[Type] };
    }

    private void Run(MergeOptions options)
    {
        if (options.KeepAll)
            All(options.Trimmed);
        Roots();
        while (work.TryPop(out var next))
            Visit(next.Space, next.Number);
    }

    private bool[][] Nothing(uint types)
    {
        int funcs = numbers.Count(CoreExternKind.Func);
        return
        [
            .. Enumerable.Range(0, Elem).Select(kind => new bool[numbers.Count((CoreExternKind)kind)]),
            new bool[numbers.Elements], new bool[numbers.Data], new bool[types],
            new bool[first is null ? 0 : funcs], new bool[first is null ? 0 : funcs],
        ];
    }

    private void All(int? trimmed)
    {
        var spared = trimmed is { } part ? numbers.Parts[part].Defined(CoreExternKind.Func, program.Parts[part].Module.Funcs.Length).ToArray().ToHashSet() : [];
        for (int space = 0; space <= Type; space++)
        {
            for (uint number = 0; number < (uint)seen[space].Length; number++)
            {
                if (space != (int)CoreExternKind.Func || !spared.Contains(number))
                    Mark(space, number);
            }
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
            if (!isSafe || !Harmless.Is(module, module.Elements[i]))
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
            if (module.Tables[i].Init is { } init && !Harmless.Is(module, init))
                Mark(CoreExternKind.Table, tables[i]);
        }
        var globals = own.Defined(CoreExternKind.Global, module.Globals.Length);
        for (int i = 0; i < module.Globals.Length; i++)
        {
            if (!Harmless.Is(module, module.Globals[i].Init))
                Mark(CoreExternKind.Global, globals[i]);
        }
    }

    private void Visit(int space, uint number)
    {
        switch (space)
        {
            case (int)CoreExternKind.Func:
                Func(number);
                break;
            case Inlined or InInlined:
                Body(space, number);
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
        Body((int)CoreExternKind.Func, number);
    }

    // The code of a function, as itself or in place of calls.
    private void Body(int space, uint number)
    {
        if (definitions.Of(CoreExternKind.Func, number) is not var (part, index))
            return;
        var notes = code[part].Of(index);
        var own = numbers.Parts[part];
        var bytes = program.Parts[part].Module.Slice(program.Parts[part].Module.Bodies[index]);
        var inlined = first?.Inlined;
        int longest = inlined is null || space == InInlined ? 0 : space == Inlined ? InlinePlan.LongestBody : inlined.Longest(part, index);
        for (int i = 0; i < notes.Length; i++)
        {
            // A call whose callee is known needs neither the table nor its type.
            if (notes[i].Kind == NoteKind.ConstantCall)
                i += KnownCall(own, (uint)notes[i].Value, notes[i + 1].Value, notes[i + 2].Value) ? 2 : 0;
            else if (notes[i].Kind == NoteKind.Call && inlined?.At(part, bytes[notes[i].Start - 1], notes[i].Value, longest) is { } body)
                Mark(space == Inlined ? InInlined : Inlined, inlined.Number(body.Part, body.Index));
            else
                Note(own, notes[i]);
        }
    }

    private bool KnownCall(PartNumbers own, uint slot, ulong type, ulong table)
    {
        if (type >= (uint)own.Types.Length || table >= (uint)own.Of(CoreExternKind.Table).Length)
            return false;
        uint number = own.Of(CoreExternKind.Table)[(int)table];
        if ((first is null ? calls.Element(number, slot, own.Types[type]) : first.Tables[(int)number]?.Callee(slot, own.Types[type])) is not { } callee)
            return false;
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
        if ((first is null ? calls.Follow(function) : first.Calls[function]) is { } end)
            Mark(CoreExternKind.Func, end);
    }

    private void Changed(PartNumbers own, ulong index)
    {
        var tables = own.Of(CoreExternKind.Table);
        if (first is not null || index >= (uint)tables.Length || calls.Change(tables[(int)index]) is not { } functions)
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
