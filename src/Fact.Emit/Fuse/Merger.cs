using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Fact.Ir;
using LanguageExt;

namespace Fact.Emit;

/// <summary>Writes the merged module, when everything in it has a number.</summary>
internal sealed class Merger
{
    private const byte TableWithInit = 0x40, Exception = 0x00, Plain = 0x00;

    private const string TableBeforeGlobal =
        "a table gets its elements from a global of another instance, whose value is no constant, and tables come before globals; compile the component instead";

    private readonly FuseProgram program;
    private readonly TypeMerge types;
    private readonly MergeNumbers numbers;
    private readonly CodeNotes[] code;
    private readonly CodeCopy[] copies;
    private readonly InlinePlan? inlined;
    private readonly References references;
    private readonly GlobalConstants constants;
    private readonly Startup startup;
    private readonly MergedSegments segments;
    private readonly MemoryFold? fold;
    private readonly FoldFunctions? foldFunctions;
    private readonly FoldedCode? folded;
    private readonly FunctionTypes functionTypes = new();
    private Diagnostic? error;

    public Merger(FuseProgram program, TypeMerge types, MergeNumbers numbers, CodeNotes[] code, InlinePlan? inlined, MemoryFold? fold)
    {
        this.program = program;
        this.types = types;
        this.numbers = numbers;
        this.code = code;
        references = new References(numbers.Count(CoreExternKind.Func));
        constants = new GlobalConstants(numbers.Count(CoreExternKind.Global), numbers.Imported(CoreExternKind.Global));
        copies = new CodeCopy[code.Length];
        this.inlined = inlined;
        for (int part = 0; part < copies.Length; part++)
            copies[part] = new CodeCopy(code[part], numbers.Parts[part], references, constants, inlined is null ? null : new InlineCopy(inlined, part, copies));
        startup = new Startup(program, numbers);
        segments = new MergedSegments(program, numbers, startup, references, Constant, fold);
        this.fold = fold;
        if (fold is not null)
        {
            foldFunctions = new FoldFunctions(fold, (uint)(numbers.Count(CoreExternKind.Func) + (startup.NeedsFunction ? 1 : 0)), types.Add);
            folded = new FoldedCode(fold, foldFunctions);
        }
    }

    /// <summary>Writes it.</summary>
    public Either<Diagnostic, MergedModule> Run(bool names)
    {
        uint? startType = startup.NeedsFunction ? types.Add(CoreFuncType.Empty) : null;
        uint? start = startType is null ? startup.OnlyFunction : (uint)numbers.Count(CoreExternKind.Func);
        int funcs = Defined(CoreExternKind.Func) + (startType is null ? 0 : 1);

        // Globals first: tables and segments may have their values. Code before the elements, for it says which functions must be declared.
        Sink globals = New(Globals), tables = New(Tables), elements = New(segments.Elements), exports = New(to => Exports(to, start)), bodies = New(Code);
        if (startType is not null && error is null)
            Start(bodies);
        foldFunctions?.WriteBodies(bodies);
        funcs += foldFunctions?.Count ?? 0;
        if (fold is not null && ExceededBy(fold, funcs) is { } exceeded)
            error ??= new Diagnostic(DiagnosticCode.EngineLimit, exceeded.ToString());
        var undeclared = references.Undeclared;
        if (!undeclared.IsEmpty)
            MergedSegments.Declare(elements, undeclared);

        var module = new Sink();
        module.Bytes("\0asm\x01\0\0\0"u8);
        Section(module, SectionId.Type, types.Groups, New(types.Write));
        Section(module, SectionId.Import, numbers.Outside.Count(number => number != PartNumbers.None), New(Imports));
        Section(module, SectionId.Function, funcs, New(to => Funcs(to, startType)));
        Section(module, SectionId.Table, Defined(CoreExternKind.Table), tables);
        Section(module, SectionId.Memory, fold is null ? Defined(CoreExternKind.Memory) : 1, New(Memories));
        Section(module, SectionId.Tag, Defined(CoreExternKind.Tag), New(Tags));
        Section(module, SectionId.Global, Defined(CoreExternKind.Global) + (fold?.Globals ?? 0), globals);
        Section(module, SectionId.Export, program.Exports.Length + (program.Start is null ? 0 : 1), exports);
        if (program.Start is null && start is { } function)
            Section(module, SectionId.Start, null, New(to => to.Unsigned(function)));
        Section(module, SectionId.Element, (int)numbers.Elements + (undeclared.IsEmpty ? 0 : 1), elements);
        if (numbers.Data > 0)
            Section(module, SectionId.DataCount, null, New(to => to.Unsigned(numbers.Data)));
        Section(module, SectionId.Code, funcs, bodies);
        Section(module, SectionId.Data, (int)numbers.Data, New(segments.Data));
        if (segments.Unfolded is var (part, offset))
            Fail(DiagnosticCode.Unsupported, part, "where a data segment goes is no number, so that its memory cannot be folded into one with others", offset);
        if (error is not null)
            return error;
        Customs(module, names);
        return module.IsFull
            ? new Diagnostic(
                DiagnosticCode.EngineLimit, $"the module would have more than {EngineLimits.Common.ModuleBytes} bytes, which engines do not take; {MergeLimits.Fewer}")
            : new MergedModule(
                ImmutableArray.Create(module.Written),
                Dropped(),
                numbers.Outside.Select(number => number != PartNumbers.None).ToEquatableArray(),
                Enumerable.Range(0, program.Parts.Length).Select(Part).ToEquatableArray())
            {
                FoldedMemories = fold?.Count ?? 0,
            };
    }

    private void Customs(Sink module, bool names)
    {
        var features = new MergedFeatures();
        Each((_, part) => features.Add(part));
        if (names)
        {
            var merged = new MergedNames();
            Each((part, _) => merged.Add(program.Parts[part], numbers.Parts[part], function => inlined?.Longest(part, function) > 0));
            if (foldFunctions is not null)
                merged.Fold(foldFunctions.Names);
            merged.Write(module);
        }
        features.Write(module);
    }

    private MergedPart Part(int part) =>
        MergedParts.Of(program.Parts[part], numbers.Parts[part], copies[part], function => inlined?.IsInlined(part, function) == true);

    private EquatableArray<string> Dropped() => program.Parts.Items.SelectMany(part => part.Module.Customs.Items.Select(custom => custom.Name))
        .Where(name => name != MergedNames.Section && !MergedFeatures.Takes(name)).Distinct().ToEquatableArray();

    private IEnumerable<int> Kept(int part, CoreExternKind kind, int count)
    {
        var own = numbers.Parts[part];
        int imports = own.Of(kind).Length - count;
        for (int i = 0; i < count; i++)
        {
            if (own.Of(kind)[imports + i] != PartNumbers.None)
                yield return i;
        }
    }

    private int Defined(CoreExternKind kind) => numbers.Count(kind) - numbers.Imported(kind);

    private static Sink New(Action<Sink> write)
    {
        var sink = new Sink();
        write(sink);
        return sink;
    }

    // A vector that is empty is left out.
    private static void Section(Sink module, SectionId id, int? items, Sink content)
    {
        if (items == 0)
            return;
        module.Byte((byte)id);
        module.Unsigned((uint)(content.Length + (items is { } count ? Leb128.Length((uint)count) : 0)));
        if (items is { } number)
            module.Unsigned((uint)number);
        module.Bytes(content);
    }

    private void Imports(Sink to)
    {
        for (int i = 0; i < program.Imports.Length; i++)
        {
            if (numbers.Outside[i] == PartNumbers.None)
                continue;
            var import = program.Imports[i];
            to.Name(import.Module);
            to.Name(import.Name);
            to.ExternType(numbers.Parts[import.Part].Renumber(program.Parts[import.Part].Module.Imports[import.Import].Type));
        }
    }

    private void Funcs(Sink to, uint? startType)
    {
        Each((part, module) =>
        {
            foreach (int i in Kept(part, CoreExternKind.Func, module.Funcs.Length))
                to.Unsigned(numbers.Parts[part].Renumber(module.Funcs[i]).Value);
        });
        if (startType is { } empty)
            to.Unsigned(empty);
        foldFunctions?.WriteTypes(to);
    }

    private void Tables(Sink to) => Each((part, module) =>
    {
        foreach (int i in Kept(part, CoreExternKind.Table, module.Tables.Length))
        {
            var table = module.Tables[i];
            if (table.Init is not { } init)
            {
                to.TableType(numbers.Parts[part].Renumber(table.Type));
                continue;
            }
            to.Byte(TableWithInit);
            to.Byte(Plain);
            to.TableType(numbers.Parts[part].Renumber(table.Type));
            if (Constant(to, part, init) == ConstantKind.ReadsGlobals)
                Fail(DiagnosticCode.Unsupported, part, TableBeforeGlobal, init.Start);
        }
    });

    private void Memories(Sink to)
    {
        if (fold is not null)
        {
            to.MemoryType(fold.Type);
            return;
        }
        Each((part, module) =>
        {
            foreach (int i in Kept(part, CoreExternKind.Memory, module.Memories.Length))
                to.MemoryType(module.Memories[i]);
        });
    }

    private void Tags(Sink to) => Each((part, module) =>
    {
        foreach (int i in Kept(part, CoreExternKind.Tag, module.Tags.Length))
        {
            to.Byte(Exception);
            to.Unsigned(numbers.Parts[part].Renumber(module.Tags[i]).Value);
        }
    });

    private void Globals(Sink to)
    {
        int number = numbers.Imported(CoreExternKind.Global);
        Each((part, module) =>
        {
            foreach (int i in Kept(part, CoreExternKind.Global, module.Globals.Length))
            {
                var global = module.Globals[i];
                to.GlobalType(numbers.Parts[part].Renumber(global.Type));
                int start = to.Length;
                if (Constant(to, part, global.Init) == ConstantKind.Plain && !global.Type.IsMutable && error is null)
                    constants.Add(number, to.Written[start..]);
                number++;
            }
        });
        fold?.WriteGlobals(to);
    }

    private void Exports(Sink to, uint? start)
    {
        foreach (var export in program.Exports)
        {
            uint number = numbers.Parts[export.Part].Of(export.Kind)[(int)export.Index];
            if (export.Kind == CoreExternKind.Func)
                references.Add(number, inBody: false);
            Export(to, export.Name, export.Kind, export.Kind == CoreExternKind.Memory && fold is not null ? 0 : number);
        }
        if (program.Start is { } name && start is { } function)
            Export(to, name, CoreExternKind.Func, function);
    }

    private static void Export(Sink to, string name, CoreExternKind kind, uint number)
    {
        to.Name(name);
        to.Byte((byte)kind);
        to.Unsigned(number);
    }

    private void Code(Sink to) => Each((part, module) =>
    {
        var copy = copies[part];
        foreach (int i in Kept(part, CoreExternKind.Func, module.Funcs.Length))
        {
            var body = module.Bodies[i];
            int start = to.Length;
            long locals = Body(to, copy, module, i);
            if (copy.Problem is { } problem)
            {
                Fail(copy.ProblemCode, part, problem.Message, body.Start + problem.Offset);
                return;
            }
            if (folded?.Unknown is { } opcode)
            {
                Fail(DiagnosticCode.Unsupported, part, $"{InstructionTable.Mnemonic(opcode)} cannot be folded into one memory with others", body.Start);
                return;
            }
            if ((MergeLimits.More("bytes in one function", to.Length - start, EngineLimits.Common.BodyBytes)
                ?? MergeLimits.More("locals in one function", locals, EngineLimits.Common.Locals)) is { } exceeded)
                Fail(DiagnosticCode.EngineLimit, part, exceeded.ToString(), body.Start);
        }
    });

    // What the parts have together was held to the limits before; folding makes it more.
    private ExceededLimit? ExceededBy(MemoryFold added, int functions) =>
        MergeLimits.More("types", types.Count, EngineLimits.Common.Types)
        ?? MergeLimits.More("functions", numbers.Imported(CoreExternKind.Func) + (long)functions, EngineLimits.Common.Functions)
        ?? MergeLimits.More("globals", numbers.Count(CoreExternKind.Global) + (long)added.Globals, EngineLimits.Common.Globals);

    private void Start(Sink to)
    {
        int start = to.BeginSized();
        var body = folded is null ? to : new Sink();
        startup.Write(body, Constant);
        folded?.Body(body.Written, parameters: 0, to);
        to.EndSized(start);
    }

    // How many locals a function has is only known where memories are folded.
    private long Body(Sink to, CodeCopy copy, CoreModuleParts module, int function)
    {
        int start = to.BeginSized();
        var body = folded is null ? to : new Sink();
        copy.Body(function, body);
        long locals = folded is not null && copy.Problem is null && functionTypes.Of(module, function) is { } type
            ? folded.Body(body.Written, type.Params.Length, to)
            : 0;
        to.EndSized(start);
        return locals;
    }

    private ConstantKind Constant(Sink to, int part, ByteRange expression, bool withEnd = true)
    {
        var copy = new CodeCopy(code[part], numbers.Parts[part], references, constants);
        var kind = copy.Constant(expression, to, withEnd);
        if (copy.Problem is { } problem)
            Fail(copy.ProblemCode, part, problem.Message, expression.Start + problem.Offset);
        return kind;
    }

    private void Each(Action<int, CoreModuleParts> part)
    {
        for (int i = 0; i < program.Parts.Length && error is null; i++)
            part(i, program.Parts[i].Module);
    }

    private void Fail(DiagnosticCode code, int part, string message, int offset) =>
        error ??= new Diagnostic(code, message, Merge.Where(program.Parts[part]), program.Parts[part].Module.Offset + offset);
}
