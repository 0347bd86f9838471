using System;

namespace Fact.Ir;

/// <summary>
/// Goes through the code of a function or through a constant expression, instruction by instruction and immediate by immediate, without building
/// anything: whoever rewrites indices copies the bytes in between. Spec: <c>func</c>, <c>expr</c> of the binary format.
/// </summary>
/// <remarks>
/// That instructions exist, numbers are well-formed, blocks are nested and labels name one of them is looked at; types and other indices are not.
/// The first mistake ends the code and sticks: see <see cref="Problem"/>. Time is linear in the bytes that are read.
/// </remarks>
/// <example>
/// <code>
/// var reader = BodyReader.Function(body);
/// while (reader.Next())
///     while (reader.NextImmediate())
///         if (reader.Kind == ImmediateKind.Func) …  // bytes[reader.ImmediateStart..reader.At] is reader.Value
/// if (reader.Problem is { } problem) …
/// </code>
/// </example>
internal ref partial struct BodyReader
{
    /// <summary>The <see cref="Opcode"/> of what stands before the instructions of a function: a <see cref="ImmediateKind.Count"/>, then for each run of locals of
    /// one type a <see cref="ImmediateKind.LocalCount"/> and a <see cref="ImmediateKind.ValType"/>.</summary>
    public const int LocalDeclarations = -1;

    private const int Else = 0x05, Try = 0x06, Catch = 0x07, End = 0x0B, Delegate = 0x18, CatchAll = 0x19, TryTable = 0x1F;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly bool isConstant;
    private int at;
    private ControlStack control;
    private ControlKind opens;
    private State state;
    private ulong locals;

    // The kinds of the immediates that are still to come, one in a byte: those of the item of a vector that is being read, then the other items, then the rest.
    private uint ofItem, rest;
    private int items;
    private ImmediateKind itemKind;

    private BodyReader(ReadOnlySpan<byte> bytes, bool isConstant)
    {
        this.bytes = bytes;
        this.isConstant = isConstant;
    }

    /// <summary>Reads the body of a function: its locals, and code that must end with the bytes.</summary>
    public static BodyReader Function(ReadOnlySpan<byte> body) => new(body, isConstant: false) { Opcode = LocalDeclarations, state = State.Locals };

    /// <summary>Reads a constant expression, behind which other bytes may follow.</summary>
    public static BodyReader Constant(ReadOnlySpan<byte> bytes) => new(bytes, isConstant: true);

    /// <summary>The opcode of the instruction, as a number of <see cref="InstructionTable"/>; or <see cref="LocalDeclarations"/>.</summary>
    public int Opcode { get; private set; }

    /// <summary>Where the instruction begins, in bytes from the first one.</summary>
    public int Start { get; private set; }

    /// <summary>The end of what was read: of the instruction when all its immediates were, of the immediate before that.</summary>
    public readonly int At => at;

    /// <summary>What the immediate is.</summary>
    public ImmediateKind Kind { get; private set; }

    /// <summary>Where the immediate begins.</summary>
    public int ImmediateStart { get; private set; }

    /// <summary>The immediate as a number, sign-extended if it is signed.</summary>
    public ulong Value { get; private set; }

    /// <summary>Of an <see cref="ImmediateKind.Access"/>, the binary logarithm of the promised alignment in bytes.</summary>
    public int AlignLog2 { get; private set; }

    /// <summary>How many blocks are open around the instruction.</summary>
    public readonly int Depth => control.Depth;

    /// <summary>What is wrong with the code and at which byte of it; null where nothing is.</summary>
    public CodeProblem? Problem { get; private set; }

    /// <summary>Goes to the next instruction, past what is left of this one; false at the end of the code, or when something is wrong.</summary>
    public bool Next()
    {
        if (ofItem != 0 || items > 0 || rest != 0)
            SkipImmediates();
        Start = at;
        if (state != State.Instruction && !Take(state))
            return state == State.Locals && Locals();
        if ((uint)at >= (uint)bytes.Length)
            return Fail("the code ends without end", at);
        byte first = bytes[at++];
        Opcode = first;
        if (InstructionTable.IsPrefix(first) && !Prefixed(first))
            return false;
        if (!InstructionTable.TryGetImmediates(Opcode, out uint kinds))
            return FailUnknown();
        if (isConstant && !InstructionTable.Find(Opcode)!.IsConstant)
            return Fail("instruction that no constant expression can have", Start);
        rest = kinds;
        return Opcode > TryTable || Structure();
    }

    /// <summary>Goes to the next immediate of the instruction; false when there are no more, or when something is wrong.</summary>
    public bool NextImmediate()
    {
        ImmediateKind kind;
        if (ofItem != 0)
        {
            kind = (ImmediateKind)(byte)ofItem;
            ofItem >>= 8;
        }
        else if (items > 0)
        {
            items--;
            kind = itemKind;
        }
        else if (rest != 0)
        {
            kind = (ImmediateKind)(byte)rest;
            rest >>= 8;
        }
        else
        {
            return false;
        }
        ImmediateStart = at;
        Kind = kind;
        return Read(kind);
    }

    // What is to be done before the next instruction is read; false where none is.
    private bool Take(State now)
    {
        if (now == State.Opens)
        {
            control.Push(opens);
            state = State.Instruction;
            return true;
        }
        if (now == State.Ended && !isConstant && at != bytes.Length)
            Fail($"{bytes.Length - at} bytes behind the end of the function", at);
        return false;
    }

    private bool Locals()
    {
        state = State.Instruction;
        rest = (uint)ImmediateKind.Locals;
        return true;
    }

    private void SkipImmediates()
    {
        while (NextImmediate())
        {
        }
    }

    private bool Prefixed(byte prefix)
    {
        string? problem = null;
        uint number = (uint)Leb128.ReadUnsigned(bytes, ref at, 32, ref problem);
        Opcode = InstructionTable.Opcode(prefix, number);
        return problem is null || FailAt(problem);
    }

    // What opens and closes blocks. All of it has an opcode up to that of try_table.
    private bool Structure()
    {
        switch (Opcode)
        {
            case 0x02 or 0x03 or TryTable:
                return Open(ControlKind.Plain);
            case 0x04:
                return Open(ControlKind.If);
            case Try:
                return Open(ControlKind.Try);
            case Else:
                return Close(control.Top == ControlKind.If, "else outside of an if", ControlKind.Plain);
            case Catch:
                return Close(control.Top is ControlKind.Try or ControlKind.Catch, "catch outside of a try", ControlKind.Catch);
            case CatchAll:
                return Close(control.Top is ControlKind.Try or ControlKind.Catch, "catch_all outside of a try", ControlKind.Plain);
            case Delegate:
                return Close(control.Top == ControlKind.Try, "delegate outside of a try", null);
            case End when control.Depth == 0:
                state = State.Ended;
                return true;
            case End:
                control.Pop();
                return true;
            default:
                return true;
        }
    }

    // The innermost block ends, and with the instruction another one begins, if one does.
    private bool Close(bool fits, string problem, ControlKind? next)
    {
        if (!fits)
            return Fail(problem, Start);
        control.Pop();
        return next is not { } kind || Open(kind);
    }

    // The labels of the instruction itself are those around it.
    private bool Open(ControlKind kind)
    {
        opens = kind;
        state = State.Opens;
        return true;
    }

    private bool FailUnknown() =>
        Fail($"no instruction has {(Opcode < 0 ? "this opcode" : $"the opcode 0x{Opcode:x2}")}: this version of WebAssembly is not known", Start);

    private bool FailAt(string problem) =>
        ReferenceEquals(problem, Leb128.Ended) ? Fail("the code ends inside of an instruction", bytes.Length) : Fail(problem, at);

    private bool Fail(string message, int offset)
    {
        Problem ??= new CodeProblem(message, offset);
        state = State.Failed;
        (ofItem, items, rest) = (0, 0, 0);
        return false;
    }

    private enum State : byte
    {
        Instruction,
        Locals,
        Opens,
        Ended,
        Failed,
    }
}

/// <summary>What is wrong with code.</summary>
/// <param name="Message">What it is; one sentence without a final full stop.</param>
/// <param name="Offset">Where: bytes from the first one of the code.</param>
internal readonly record struct CodeProblem(string Message, int Offset);
