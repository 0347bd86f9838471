using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fact.Ir;

/// <summary>
/// Takes the notes about one function after another: whoever builds code says what it appends, block by block; for code that is there
/// already <see cref="Walk"/> does so.
/// </summary>
internal sealed partial class CodeNoter
{
    /// <summary>How far back what is named is looked for, so that it is listed once: code names few things, and mostly the same again.</summary>
    private const int Lookback = 8;

    private const int None = -1;

    private Range[] ranges = new Range[32];
    private int[] order = new int[32];
    private Named[] named = new Named[16];
    private uint[] immediates = new uint[64];
    private Frame[] frames = new Frame[8];
    private OpenLoop[] open = new OpenLoop[4];
    private int[] loopEnds = new int[4];
    private int parameters, locals, ordered, names, count, depth, openLoops, loops, mentions, bytes;
    private uint fingerprint;
    private int innermostLoop = None;

    /// <summary>Begins a function.</summary>
    public void Start(int parameters)
    {
        this.parameters = parameters;
        locals = ordered = names = count = depth = openLoops = loops = mentions = bytes = 0;
        innermostLoop = None;
        fingerprint = 0;
        for (int i = 0; i < parameters; i++)
            AddLocal();
    }

    /// <summary>The function has one more local.</summary>
    public void AddLocal()
    {
        if (locals == ranges.Length)
            Array.Resize(ref ranges, 2 * locals);
        ranges[locals] = new Range { First = locals < parameters ? 0 : None, Last = 0, Loop = None };
        locals++;
    }

    /// <summary>An instruction without immediates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Plain(PlainOp op)
    {
        bytes += OpcodeNumber.Length((int)op);
        Mark((uint)op);
    }

    /// <summary><c>i32.const</c> or <c>i64.const</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Const(long value)
    {
        bytes += 1 + Leb128.Length(value);
        Mark((uint)value ^ (uint)(value >> 32));
    }

    /// <summary>A local is read or written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Local(LocalId id)
    {
        var known = ranges;
        if ((uint)id.Value >= (uint)locals || (uint)id.Value >= (uint)known.Length)
            throw NoLocal(id);
        ref var range = ref known[id.Value];
        int at = ++mentions;
        bytes += 2;
        range.Last = at;
        if (range.First < 0)
            First(id, ref range, at);
        else if (range.First <= innermostLoop)
            range.Loop = OutermostLoopAfter(range.First);
    }

    /// <summary>A block begins.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="label">Its label.</param>
    /// <param name="type">Its type.</param>
    /// <param name="catchAll">Where a <c>try_table</c> branches to.</param>
    public void Open(BlockKind kind, LabelId label, CoreFuncType type, LabelId catchAll = default)
    {
        bytes += 2; // the opcode, and the end
        if (Numbering.NeedsTypeIndex(type))
            Name(type, IndexUse.BlockType);
        else
            bytes += type.Results.IsEmpty ? 1 : type.Results[0].EncodedLength;
        if (kind == BlockKind.Try)
        {
            bytes += 2; // one clause, of its kind
            Label(catchAll);
        }
        if (depth == frames.Length)
            Array.Resize(ref frames, 2 * depth);
        frames[depth++] = new Frame(label.Value, kind == BlockKind.Loop);
        if (kind == BlockKind.Loop)
            StartLoop();
    }

    /// <summary>The innermost block, an <c>if</c>, has an <c>else</c> with something in it. May be said at any time before the end of the block.</summary>
    public void Else() => bytes++;

    /// <summary>The innermost block ends.</summary>
    public void Close()
    {
        if (frames[--depth].IsLoop)
            EndLoop();
    }

    /// <summary>A load or store.</summary>
    public void Access(Instr.Memory access)
    {
        Access((int)access.Op, access.Arg, access.Mem);
    }

    /// <summary>Something at an address of a memory.</summary>
    private void Access(int opcode, MemArg arg, IMemory memory)
    {
        bytes += OpcodeNumber.Length(opcode) + 1 + Leb128.Length(arg.Offset);
        Mark((uint)opcode ^ ((uint)arg.Offset << 8));
        Name(memory, IndexUse.Access);
    }

    private void Vector(int opcode, System.UInt128 bits)
    {
        bytes += OpcodeNumber.Length(opcode) + 16;
        Mark((uint)opcode);
        Mark((uint)bits.GetHashCode());
    }

    /// <summary>The notes about the function, whose body is this.</summary>
    public CodeNotes Finish(EquatableArray<Instr> body)
    {
        var live = new LiveRange[parameters + ordered];
        for (int i = 0; i < live.Length; i++)
        {
            int local = i < parameters ? i : order[i - parameters];
            ref var range = ref ranges[local];
            live[i] = new LiveRange(new(local), range.First, range.Loop < 0 ? range.Last : Math.Max(range.Last, loopEnds[range.Loop]));
        }
        var things = new NamedThing[names];
        for (int i = 0; i < things.Length; i++)
            things[i] = new NamedThing(named[i].What, named[i].Use, named[i].Uses);
        return new CodeNotes(
            body,
            parameters,
            locals,
            new(ImmutableCollectionsMarshal.AsImmutableArray(live)),
            mentions,
            new(ImmutableCollectionsMarshal.AsImmutableArray(things)),
            new(ImmutableCollectionsMarshal.AsImmutableArray(immediates.AsSpan(0, count).ToArray())),
            bytes,
            (int)fingerprint);
    }

    private void Mark(uint value) => fingerprint = (fingerprint * 31) + value;

    private void First(LocalId id, ref Range range, int at)
    {
        range.First = at;
        if (ordered == order.Length)
            Array.Resize(ref order, 2 * ordered);
        order[ordered++] = id.Value;
    }

    private void Name(object what, IndexUse use)
    {
        int at = names - 1;
        for (int stop = names - Lookback; at >= 0 && at >= stop; at--)
        {
            ref var one = ref named[at];
            if (ReferenceEquals(one.What, what) && one.Use == use)
            {
                one.Uses++;
                Immediate((uint)at);
                return;
            }
        }
        if (names == named.Length)
            Array.Resize(ref named, 2 * names);
        named[names] = new Named { What = what, Use = use, Uses = 1 };
        Immediate((uint)names++);
    }

    private void Label(LabelId label)
    {
        for (int at = depth - 1; at >= 0; at--)
        {
            if (frames[at].Label != label.Value)
                continue;
            uint relative = (uint)(depth - 1 - at);
            bytes += Leb128.Length(relative);
            Immediate(relative);
            return;
        }
        throw NotAround(label);
    }

    private void Immediate(uint value)
    {
        if (count == immediates.Length)
            Array.Resize(ref immediates, 2 * count);
        immediates[count++] = value;
    }

    private void StartLoop()
    {
        if (loops == loopEnds.Length)
            Array.Resize(ref loopEnds, 2 * loops);
        if (openLoops == open.Length)
            Array.Resize(ref open, 2 * openLoops);
        open[openLoops++] = new OpenLoop(mentions, loops);
        loopEnds[loops++] = mentions;
        innermostLoop = mentions;
    }

    private void EndLoop()
    {
        loopEnds[open[--openLoops].Number] = mentions;
        innermostLoop = openLoops == 0 ? None : open[openLoops - 1].Start;
    }

    // Loops that are open together start one after another and end in the opposite order, so that the outermost that
    // qualifies is the one that ends last; one found later for the same local never ends before one found earlier.
    private int OutermostLoopAfter(int first)
    {
        int low = 0, high = openLoops - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (open[middle].Start >= first)
                high = middle;
            else
                low = middle + 1;
        }
        return open[low].Number;
    }

    // What to throw is made here, away from the code that checks: there it would cost time and stack even though nothing is ever thrown.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static UnreachableException NoLocal(LocalId id) => new($"no local {id.Value}");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static UnreachableException NotAround(LabelId label) => new($"label {label.Value} does not enclose its branch");

    private struct Range
    {
        public int First, Last, Loop;
    }

    private struct Named
    {
        public object What;
        public IndexUse Use;
        public int Uses;
    }

    private readonly record struct Frame(int Label, bool IsLoop);

    private readonly record struct OpenLoop(int Start, int Number);
}

/// <summary>The kinds of structured instructions.</summary>
internal enum BlockKind : byte
{
    /// <summary><c>block</c>.</summary>
    Block,
    /// <summary><c>loop</c>.</summary>
    Loop,
    /// <summary><c>if</c>.</summary>
    If,
    /// <summary><c>try_table</c> with one <c>catch_all</c> clause.</summary>
    Try,
}
