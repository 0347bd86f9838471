using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Fact.Ir;

/// <summary>
/// Writes the code of one function after another in its compact form, instruction by instruction, and notes on the way what resolving must know of it. The functions
/// share a table of symbols.
/// </summary>
/// <param name="shareSlots">Whether locals share slots.</param>
/// <param name="expected">How many things the functions may name.</param>
internal sealed partial class CodeWriter(bool shareSlots = true, int expected = 0)
{
    /// <summary>Bytes that any instruction but <c>br_table</c> takes at most.</summary>
    private const int Longest = 32;

    /// <summary>How far back a symbol is looked for, so that it is listed once: code names few things, and mostly the same again.</summary>
    private const int Lookback = 8;

    private readonly SymbolTable symbols = new(expected);
    private readonly SlotAssignment slots = new(shareSlots);
    private byte[] code = new byte[384];
    private Mention[] mentions = new Mention[8];
    private OpenBlock[] frames = new OpenBlock[6];

    /// <summary>How many bytes are written, and how many of them the module is not going to have.</summary>
    private int length, surplus;

    private int mentioned, depth;
    private uint fingerprint;

    /// <summary>Where the locals of the function are in use.</summary>
    public LocalRanges Ranges { get; } = new();

    /// <summary>Begins a function.</summary>
    public void Start(int parameters)
    {
        Ranges.Start(parameters);
        length = surplus = mentioned = depth = 0;
        fingerprint = 0;
    }

    /// <summary>The function has one more local.</summary>
    public void AddLocal() => Ranges.AddLocal();

    /// <summary>An instruction without immediates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Plain(PlainOp op)
    {
        Reserve(Longest);
        Opcode((int)op);
    }

    /// <summary><c>i32.const</c>.</summary>
    public void Const(int value) => Const(Opcodes.I32Const, value);

    /// <summary><c>i64.const</c>.</summary>
    public void Const(long value) => Const(Opcodes.I64Const, value);

    /// <summary>Reads or writes a local.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Local(LocalOp op, LocalId id)
    {
        Reserve(Longest);
        Ranges.Mention(id);
        // The position in a local until the end: in the object it would be read again for each byte.
        var to = code;
        int at = length;
        to[at] = (byte)op;
        int end = Leb128.Write(to, at + 1, (uint)id.Value);
        surplus += end - at - 2;
        length = end;
    }

    /// <summary>A load or store.</summary>
    public void Access(int opcode, MemArg arg, IMemory memory)
    {
        Reserve(Longest);
        Opcode(opcode);
        var to = code;
        int at = length;
        to[at] = arg.AlignLog2;
        length = Leb128.Write(to, at + 1, arg.Offset);
        Mark((uint)opcode ^ ((uint)arg.Offset << 8));
        Symbol(memory, IndexUse.Access);
    }

    /// <summary><c>call</c>.</summary>
    public void Call(FuncRef func, string? path)
    {
        Reserve(Longest);
        Byte(path is null ? Opcodes.Call : CompactForm.CallWithPath);
        Symbol(func, IndexUse.Plain);
        if (path is not null)
            Attach(path);
    }

    /// <summary>An instruction that names one thing.</summary>
    public void Naming(byte opcode, object what)
    {
        Reserve(Longest);
        Byte(opcode);
        Symbol(what, IndexUse.Plain);
    }

    /// <summary><c>br</c> or <c>br_if</c>.</summary>
    public void Branch(byte opcode, LabelId label)
    {
        Reserve(Longest);
        Byte(opcode);
        Label(label);
    }

    /// <summary><c>br_table</c>.</summary>
    /// <param name="labels">Where it branches to; the last is the default.</param>
    public void Table(ReadOnlySpan<LabelId> labels)
    {
        const int longestNumber = 5;
        Reserve(1 + (longestNumber * (labels.Length + 1)));
        Byte(Opcodes.BrTable);
        Number((uint)labels.Length - 1);
        foreach (var label in labels)
            Label(label);
    }

    /// <summary><c>unreachable</c>.</summary>
    public void Trap(TrapCode trap, string? path)
    {
        Reserve(Longest);
        Byte(Opcodes.Unreachable);
        Reason(trap, path);
    }

    /// <summary><c>unreachable</c> where the i32 on the stack is not zero.</summary>
    public void Guard(TrapCode trap, string? path)
    {
        Reserve(Longest);
        Byte(CompactForm.Guard);
        surplus -= CompactForm.GuardLength - 1;
        Reason(trap, path);
    }

    /// <summary>A block begins.</summary>
    /// <param name="opcode">Which: <c>block</c>, <c>loop</c>, <c>if</c>, or <c>try_table</c>.</param>
    /// <param name="label">Its label.</param>
    /// <param name="type">Its type.</param>
    /// <param name="catchAll">Where a <c>try_table</c> branches to.</param>
    public void Open(byte opcode, LabelId label, CoreFuncType type, LabelId catchAll = default)
    {
        Reserve(Longest);
        Byte(opcode);
        BlockType(type);
        if (opcode == Opcodes.TryTable)
        {
            surplus -= 2; // one clause, of its kind
            Label(catchAll);
        }
        if (depth == frames.Length)
            Array.Resize(ref frames, 2 * depth);
        frames[depth++] = new OpenBlock(label.Value, opcode, 0);
        if (opcode == Opcodes.Loop)
            Ranges.OpenLoop();
    }

    /// <summary>What the innermost block, an <c>if</c>, does else.</summary>
    public void Else()
    {
        ref var frame = ref frames[depth - 1];
        Debug.Assert(frame.Opcode == Opcodes.If && frame.Else == 0);
        Reserve(Longest);
        Byte(Opcodes.Else);
        frame = frame with { Else = length };
    }

    /// <summary>The innermost block ends; if it does nothing else, there is no <c>else</c>.</summary>
    public void Close()
    {
        var frame = frames[--depth];
        if (frame.Else == length)
            length--;
        Reserve(Longest);
        Byte(Opcodes.End);
        if (frame.Opcode == Opcodes.Loop)
            Ranges.CloseLoop();
    }

    /// <summary>The code of the function, which ends.</summary>
    /// <param name="locals">Its locals, the parameters first.</param>
    public CompactCode Finish(ReadOnlySpan<VirtualLocal> locals)
    {
        Debug.Assert(depth == 0);
        var uses = new SymbolUse[mentioned];
        for (int i = 0; i < uses.Length; i++)
            uses[i] = new SymbolUse(mentions[i].Symbol, mentions[i].Uses);
        return new CompactCode
        {
            Bytes = EquatableArray.Seal(code.AsSpan(0, length).ToArray()),
            Symbols = symbols,
            Uses = EquatableArray.Seal(uses),
            Slots = slots.Assign(locals, Ranges),
            FixedLength = length - surplus,
            Fingerprint = (int)fingerprint,
        };
    }

    private void Const(byte opcode, long value)
    {
        Reserve(Longest);
        var to = code;
        int at = length;
        to[at] = opcode;
        length = Leb128.Write(to, at + 1, value);
        Mark((uint)value ^ (uint)(value >> 32));
    }

    private void Vector(int opcode, UInt128 bits)
    {
        Reserve(Longest);
        Opcode(opcode);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128LittleEndian(code.AsSpan(length), bits);
        length += 16;
        Mark((uint)bits);
    }

    private void BlockType(CoreFuncType type)
    {
        if (Numbering.NeedsTypeIndex(type))
        {
            surplus++;
            Byte(CompactForm.TypeSymbol);
            Symbol(type, IndexUse.BlockType);
        }
        else if (type.Results.IsEmpty)
        {
            Byte(Opcodes.EmptyBlock);
        }
        else if (type.Results[0].IsOneByte)
        {
            Byte((byte)type.Results[0]);
        }
        else
        {
            surplus += 1 - type.Results[0].EncodedLength;
            Byte(CompactForm.TypeSymbol);
            Attach(type);
        }
    }

    private void Reason(TrapCode trap, string? path)
    {
        Mark((uint)trap);
        int before = length;
        Number(((uint)trap << 1) | (path is null ? 0u : 1u));
        surplus += length - before;
        if (path is not null)
            Attach(path);
    }

    private void Label(LabelId label)
    {
        for (int at = depth - 1; at >= 0; at--)
        {
            if (frames[at].Label != label.Value)
                continue;
            Number((uint)(depth - 1 - at));
            return;
        }
        throw NotAround(label);
    }

    /// <summary>The number of something that has an index.</summary>
    private void Symbol(object what, IndexUse use)
    {
        int at = mentioned - 1;
        for (int stop = Math.Max(0, mentioned - Lookback); at >= stop; at--)
        {
            ref var one = ref mentions[at];
            if (!ReferenceEquals(one.What, what) || one.Use != use)
                continue;
            one.Uses++;
            Symbol(one);
            return;
        }
        if (mentioned == mentions.Length)
            Array.Resize(ref mentions, 2 * mentioned);
        mentions[mentioned] = new Mention { What = what, Use = use, Symbol = symbols.Of(what, use), Uses = 1, Hash = SymbolHash.Of(what) };
        Symbol(mentions[mentioned++]);
    }

    private void Symbol(in Mention mention)
    {
        Mark(mention.Hash);
        Surplus((uint)mention.Symbol);
    }

    /// <summary>The number of something that has none.</summary>
    private void Attach(object what) => Surplus((uint)symbols.Add(what, IndexUse.None));

    private void Surplus(uint number)
    {
        int before = length;
        Number(number);
        surplus += length - before;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Number(uint value) => length = Leb128.Write(code, length, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Byte(byte value) => code[length++] = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Opcode(int opcode)
    {
        if (OpcodeNumber.IsByte(opcode))
        {
            Byte((byte)opcode);
            return;
        }
        Byte(OpcodeNumber.Prefix(opcode));
        Number(OpcodeNumber.Number(opcode));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reserve(int bytes)
    {
        if (code.Length - length < bytes)
            Grow(bytes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int bytes) => Array.Resize(ref code, Math.Max(2 * code.Length, length + bytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Mark(uint value) => fingerprint = (fingerprint * 31) + value;

    // What to throw is made here, away from the code that checks: there it would cost time and stack even though nothing is ever thrown.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static UnreachableException NotAround(LabelId label) => new($"label {label.Value} does not enclose its branch");

    private struct Mention
    {
        public object What;
        public int Symbol, Uses;
        public uint Hash;
        public IndexUse Use;
    }

    /// <param name="Label">The label of the block.</param>
    /// <param name="Opcode">Which kind of block.</param>
    /// <param name="Else">Where its <c>else</c> ends; 0 where it has none.</param>
    private readonly record struct OpenBlock(int Label, byte Opcode, int Else);
}
