using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Which calls become the code of what they call: those that pass from one part to another, which no compiler of a part could do, of functions with a few
/// instructions. In what is put in so, such calls become code once more, and no further.
/// </summary>
internal sealed class InlinePlan
{
    /// <summary>So long are adapters for some numbers, those for a record in memory, and allocators that only count: in bytes.</summary>
    public const int LongestBody = 160;

    // In a function that would become too long, only what is shorter is put.
    private const int ShortestBody = LongestBody / 16;

    // How much longer a function may become, beside as long again; and all of them together, beside half as long again.
    private const int MostInFunction = 1 << 12, MostInProgram = 1 << 16;

    // How many locals a function may have that is put in, and how many are left for these in one that it is put into.
    private const int MostLocals = 16, LocalsLeft = 1_000;

    private readonly FuseProgram program;
    private readonly MergeNumbers numbers;
    private readonly Definitions definitions;
    private readonly IReadOnlyList<CodeNotes> code;
    private readonly FunctionTypes types = new();
    private readonly uint[] ends;
    private readonly InlineBody?[] bodies;
    private readonly InlineBody?[]?[] targets;
    private readonly long[] growth;
    private readonly bool[] isKnown, isInlined, isNested;
    private readonly int[] into;

    /// <param name="program">The program.</param>
    /// <param name="numbers">The numbers that everything in it has together.</param>
    /// <param name="definitions">Who defines what.</param>
    /// <param name="code">What code names.</param>
    /// <param name="reached">What is needed, and what calls call.</param>
    public InlinePlan(FuseProgram program, MergeNumbers numbers, Definitions definitions, IReadOnlyList<CodeNotes> code, Reached reached)
    {
        (this.program, this.numbers, this.definitions, this.code, ends) = (program, numbers, definitions, code, reached.Calls);
        bodies = new InlineBody?[numbers.Count(CoreExternKind.Func)];
        growth = new long[bodies.Length];
        isNested = new bool[bodies.Length];
        isKnown = new bool[bodies.Length];
        into = new int[bodies.Length];
        isInlined = new bool[bodies.Length];
        targets = [.. Enumerable.Range(0, program.Parts.Length).Select(Targets)];
        Choose(reached.Externs[(int)CoreExternKind.Func]);
    }

    /// <summary>Whether all calls stay.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>Of how many bytes at most the functions are that are put into one; none where all calls in it stay.</summary>
    /// <param name="part">The part that defines it.</param>
    /// <param name="index">Which of those that the part defines it is.</param>
    public int Longest(int part, int index) => into[Number(part, index)];

    /// <summary>Whether a call of a function, or of one that calls it, has become its code.</summary>
    public bool IsInlined(int part, int index) => ends[Number(part, index)] is var end && end != PartNumbers.None && (isInlined[end] || isNested[end]);

    /// <summary>What a call becomes, if calls become code where it is; null where it stays.</summary>
    /// <param name="part">The part that has the call.</param>
    /// <param name="opcode">The instruction.</param>
    /// <param name="function">The index of the function that it names.</param>
    /// <param name="longest">How many bytes that may have: what <see cref="Longest"/> says, or <see cref="LongestBody"/> in code in place of another call.</param>
    public InlineBody? At(int part, int opcode, ulong function, int longest)
    {
        if (opcode != Opcodes.Call || targets[part] is not { } known || function >= (uint)known.Length)
            return null;
        return known[function] is { } body && body.Length <= longest ? body : null;
    }

    /// <summary>The number that a function has.</summary>
    public uint Number(int part, int index)
    {
        var funcs = numbers.Parts[part].Of(CoreExternKind.Func);
        return funcs[funcs.Length - program.Parts[part].Module.Funcs.Length + index];
    }

    // What calls of each function of a part can become; null where none can.
    private InlineBody?[]? Targets(int part)
    {
        var funcs = numbers.Parts[part].Of(CoreExternKind.Func);
        InlineBody?[]? found = null;
        for (int i = 0; i < funcs.Length; i++)
        {
            uint end = ends[funcs[i]];
            if (end != PartNumbers.None && definitions.Of(CoreExternKind.Func, end) is var (owner, _) && owner != part && Body(end) is { } body)
                (found ??= new InlineBody?[funcs.Length])[i] = body;
        }
        return found;
    }

    // In their order, as long as there is room.
    private void Choose(bool[] reached)
    {
        var functions = new List<(int Part, int Index, int Length)>();
        for (uint i = (uint)numbers.Imported(CoreExternKind.Func); i < (uint)reached.Length; i++)
        {
            if (reached[i] && definitions.Of(CoreExternKind.Func, i) is var (part, index))
                functions.Add((part, index, program.Parts[part].Module.Bodies[index].Length));
        }
        long bytes = functions.Sum(function => (long)function.Length);
        long left = Math.Min((bytes / 2) + MostInProgram, (EngineLimits.Common.ModuleBytes - bytes) / 2);
        foreach (var (part, index, length) in functions)
        {
            if (targets[part] is null)
                continue;
            long most = Math.Min(Math.Min(left, length + MostInFunction), (EngineLimits.Common.BodyBytes / 2) - length);
            var inside = In(part, index, LongestBody);
            for (int longest = LongestBody; inside.Count > 0 && longest >= ShortestBody; longest /= 2)
            {
                inside.RemoveAll(body => body.Length > longest);
                long more = inside.Sum(Growth);
                if (more > most || !HasRoom(part, index))
                    continue;
                into[Number(part, index)] = inside.Count == 0 ? 0 : longest;
                left -= more;
                inside.ForEach(Inlined);
                break;
            }
        }
    }

    private void Inlined(InlineBody body)
    {
        IsEmpty = false;
        ref bool known = ref isInlined[Number(body.Part, body.Index)];
        if (known)
            return;
        known = true;
        foreach (var nested in In(body.Part, body.Index, LongestBody))
            isNested[Number(nested.Part, nested.Index)] = true;
    }

    // With what is put into it.
    private long Growth(InlineBody body)
    {
        ref long known = ref growth[Number(body.Part, body.Index)];
        if (known == 0)
            known = body.Cost + In(body.Part, body.Index, LongestBody).Sum(nested => (long)nested.Cost);
        return known;
    }

    // Of code that is no good, nothing is known.
    private List<InlineBody> In(int part, int index, int longest)
    {
        var found = new List<InlineBody>();
        if (targets[part] is null)
            return found;
        var module = program.Parts[part].Module;
        var bytes = module.Slice(module.Bodies[index]);
        foreach (ref readonly var note in code[part].Of(index))
        {
            if (note.Kind == NoteKind.Call && At(part, bytes[note.Start - 1], note.Value, longest) is { } body)
                found.Add(body);
        }
        if (code[part].Problem(index) is not null)
            found.Clear();
        return found;
    }

    private bool HasRoom(int part, int index)
    {
        var module = program.Parts[part].Module;
        return types.Of(module, index) is { } type
            && LocalsHeader.Of(module.Slice(module.Bodies[index])).Locals + (uint)type.Params.Length <= (uint)(EngineLimits.Common.Locals - LocalsLeft);
    }

    /// <summary>The locals that a function gets.</summary>
    public InlineLocals LocalsOf(int part, int index, in LocalsHeader header) => new(header.Locals + (uint)types.Of(program.Parts[part].Module, index)!.Params.Length);

    private InlineBody? Body(uint function)
    {
        if (!isKnown[function])
        {
            isKnown[function] = true;
            if (definitions.Of(CoreExternKind.Func, function) is var (part, index))
                bodies[function] = Read(part, index);
        }
        return bodies[function];
    }

    private InlineBody? Read(int part, int index)
    {
        var module = program.Parts[part].Module;
        if (module.Bodies[index].Length > LongestBody || types.Of(module, index) is not { Results.Length: <= 1, Params.Length: <= MostLocals } type
            || type.Params.Items.Concat(type.Results.Items).Any(each => each.IsRef))
        {
            return null;
        }
        var reader = BodyReader.Function(module.Slice(module.Bodies[index]));
        if (Locals(ref reader) is not { } locals)
            return null;
        int start = reader.At, all = type.Params.Length + locals.Count;
        while (reader.Next())
        {
            if (!IsPlain(reader.Opcode))
                return null;
            while (reader.NextImmediate())
            {
                if ((reader.Kind == ImmediateKind.Local && reader.Value >= (uint)all) || (CodeNotes.TryNote(ref reader, out var note) && !numbers.Parts[part].Has(note)))
                    return null;
            }
        }
        return reader.Problem is null ? new InlineBody(part, index, type, locals.ToEquatableArray(), start, module.Bodies[index].Length) : null;
    }

    private static List<CoreValType>? Locals(ref BodyReader reader)
    {
        var locals = new List<CoreValType>();
        ulong run = 0;
        reader.Next();
        while (reader.NextImmediate())
        {
            if (reader.Kind == ImmediateKind.LocalCount)
                run = reader.Value;
            if (reader.Kind != ImmediateKind.ValType)
                continue;
            if (((CoreValType)reader.Value).IsRef || run + (uint)locals.Count > MostLocals)
                return null;
            locals.AddRange(Enumerable.Repeat((CoreValType)reader.Value, (int)run));
        }
        return locals;
    }

    // A loop takes longer than a call. What has to do with the frame of the function, exceptions that go on, and other stacks stays where it is.
    private static bool IsPlain(int opcode) =>
        opcode is not (Opcodes.Loop or (>= 0x06 and <= 0x0A) or 0x12 or 0x13 or 0x15 or 0x18 or 0x19 or (>= 0xE0 and <= 0xE6));
}

/// <summary>A function whose code can stand in place of a call.</summary>
/// <param name="Part">The part that defines it.</param>
/// <param name="Index">Which of those that the part defines it is.</param>
/// <param name="Type">Its type: numbers and vectors, and one result at most.</param>
/// <param name="Locals">Its locals beside the parameters: numbers and vectors.</param>
/// <param name="Start">Where its code begins: bytes from the first one of the body.</param>
/// <param name="Length">Bytes of the body.</param>
internal sealed record InlineBody(int Part, int Index, CoreFuncType Type, EquatableArray<CoreValType> Locals, int Start, int Length)
{
    // Each of its locals is set first; and numbers in the code may be longer than they were.
    private const int BytesOfSetting = 16;

    /// <summary>How many bytes it takes in place of a call, or less.</summary>
    public int Cost => (2 * Length) + (BytesOfSetting * (Type.Params.Length + Locals.Length));
}
