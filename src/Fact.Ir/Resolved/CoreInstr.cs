namespace Fact.Ir;

/// <summary>An instruction of core WebAssembly with its indices. Spec: <c>instr</c>; control is structured, <c>end</c> exists only in the encoding.</summary>
/// <remarks>Make instructions with the factories: they share instances of the common ones.</remarks>
public closed record CoreInstr
{
    private CoreInstr()
    {
    }

    /// <summary>An instruction without immediates.</summary>
    public sealed record Plain(PlainOp Op) : CoreInstr;

    /// <summary>Reads or writes a local.</summary>
    public sealed record Local(LocalOp Op, LocalIdx Index) : CoreInstr;

    /// <summary><c>i32.const</c>.</summary>
    public sealed record I32Const(int Value) : CoreInstr;

    /// <summary><c>i64.const</c>.</summary>
    public sealed record I64Const(long Value) : CoreInstr;

    /// <summary><c>f32.const</c>, as bits.</summary>
    public sealed record F32Const(uint Bits) : CoreInstr;

    /// <summary><c>f64.const</c>, as bits.</summary>
    public sealed record F64Const(ulong Bits) : CoreInstr;

    /// <summary>A load or store.</summary>
    public sealed record Memory(MemoryOp Op, MemArg Arg, MemIdx Mem) : CoreInstr;

    /// <summary><c>memory.size</c>.</summary>
    public sealed record MemorySize(MemIdx Mem) : CoreInstr;

    /// <summary><c>memory.copy</c>.</summary>
    public sealed record MemoryCopy(MemIdx To, MemIdx From) : CoreInstr;

    /// <summary>Reads or writes a global.</summary>
    public sealed record Global(GlobalOp Op, GlobalIdx Index) : CoreInstr;

    /// <summary><c>call</c>; the path section tells hosts which part of the value it is for.</summary>
    public sealed record Call(FuncIdx Func, string? Path = null) : CoreInstr;

    /// <summary><c>ref.func</c>.</summary>
    public sealed record RefFunc(FuncIdx Func) : CoreInstr;

    /// <summary><c>block</c>.</summary>
    public sealed record Block(BlockType Type, EquatableArray<CoreInstr> Body) : CoreInstr;

    /// <summary><c>loop</c>.</summary>
    public sealed record Loop(BlockType Type, EquatableArray<CoreInstr> Body) : CoreInstr;

    /// <summary><c>if</c>; an empty <paramref name="Else"/> is not written.</summary>
    public sealed record If(BlockType Type, EquatableArray<CoreInstr> Then, EquatableArray<CoreInstr> Else) : CoreInstr;

    /// <summary><c>try_table</c> with one <c>catch_all</c> clause; its label counts from outside the <c>try_table</c>.</summary>
    public sealed record TryTable(BlockType Type, LabelIdx CatchAll, EquatableArray<CoreInstr> Body) : CoreInstr;

    /// <summary><c>br</c>.</summary>
    public sealed record Br(LabelIdx Label) : CoreInstr;

    /// <summary><c>br_if</c>.</summary>
    public sealed record BrIf(LabelIdx Label) : CoreInstr;

    /// <summary><c>br_table</c>.</summary>
    public sealed record BrTable(EquatableArray<LabelIdx> Labels, LabelIdx Default) : CoreInstr;

    /// <summary><c>unreachable</c>, and why: the trap section tells hosts.</summary>
    public sealed record Trap(TrapCode Code, string? Path) : CoreInstr;

    private const int LowestConst = -4, SharedConsts = 4100;

    private static readonly Shared<Plain> Plains = new(0, 256, op => new((PlainOp)op));
    private static readonly Shared<Local> Gets = new(0, 256, i => new(LocalOp.Get, new((uint)i)));
    private static readonly Shared<Local> Sets = new(0, 256, i => new(LocalOp.Set, new((uint)i)));
    private static readonly Shared<Local> Tees = new(0, 256, i => new(LocalOp.Tee, new((uint)i)));
    private static readonly Shared<I32Const> I32s = new(LowestConst, SharedConsts, value => new(value));
    private static readonly Shared<I64Const> I64s = new(LowestConst, SharedConsts, value => new(value));
    private static readonly Shared<Global> GlobalGets = new(0, 256, i => new(GlobalOp.Get, new((uint)i)));
    private static readonly Shared<Global> GlobalSets = new(0, 256, i => new(GlobalOp.Set, new((uint)i)));
    private static readonly Shared<Br> Brs = new(0, 64, i => new(new LabelIdx((uint)i)));
    private static readonly Shared<BrIf> BrIfs = new(0, 64, i => new(new LabelIdx((uint)i)));
    private static readonly Shared<Trap> Traps = new(0, 64, code => new((TrapCode)code, null));
    private static readonly Shared<If> Guards = new(0, 64, code => new(BlockType.None, [TrapWith((TrapCode)code, null)], []));
    private static readonly Shared<Call> Calls = new(0, 512, i => new(new FuncIdx((uint)i)));

    /// <summary>An instruction without immediates.</summary>
    public static CoreInstr Of(PlainOp op) => Plains[(int)op];

    /// <summary>Reads or writes a local.</summary>
    public static CoreInstr Of(LocalOp op, LocalIdx index) => op switch
    {
        LocalOp.Get => Gets[(int)index.Value],
        LocalOp.Set => Sets[(int)index.Value],
        _ => Tees[(int)index.Value],
    };

    /// <summary>Reads or writes a global.</summary>
    public static CoreInstr Of(GlobalOp op, GlobalIdx index) => op == GlobalOp.Get ? GlobalGets[(int)index.Value] : GlobalSets[(int)index.Value];

    /// <summary><c>i32.const</c>.</summary>
    public static CoreInstr Const(int value) => I32s[value];

    /// <summary><c>i64.const</c>.</summary>
    public static CoreInstr Const(long value) => value is >= LowestConst and < SharedConsts + LowestConst ? I64s[(int)value] : new I64Const(value);

    /// <summary>A load or store.</summary>
    public static CoreInstr Access(MemoryOp op, MemArg arg, MemIdx mem) => RecentAccesses.Of(op, arg, mem);

    /// <summary><c>br</c>.</summary>
    public static CoreInstr Branch(LabelIdx label) => Brs[(int)label.Value];

    /// <summary><c>br_if</c>.</summary>
    public static CoreInstr BranchIf(LabelIdx label) => BrIfs[(int)label.Value];

    /// <summary><c>call</c>.</summary>
    public static CoreInstr CallTo(FuncIdx func, string? path = null) => path is null ? Calls[(int)func.Value] : new Call(func, path);

    /// <summary><c>if (then unreachable)</c>: what checks end with.</summary>
    public static CoreInstr Guard(TrapCode code) => Guards[(int)code];

    /// <summary><c>unreachable</c>, and why.</summary>
    public static CoreInstr TrapWith(TrapCode code, string? path) => path is null ? Traps[(int)code] : new Trap(code, path);
}

/// <summary>The type of a block. Spec: <c>blocktype</c>.</summary>
public closed record BlockType
{
    private BlockType()
    {
    }

    /// <summary>Takes nothing and leaves nothing.</summary>
    public sealed record Empty : BlockType;

    /// <summary>Takes nothing and leaves one value.</summary>
    public sealed record Value(CoreValType Type) : BlockType;

    /// <summary>Takes and leaves what a function type says.</summary>
    public sealed record Func(TypeIdx Type) : BlockType;

    /// <summary>The shared instance of <see cref="Empty"/>.</summary>
    public static BlockType None { get; } = new Empty();
}
