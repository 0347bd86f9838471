using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Lower.Code;

/// <summary>
/// Collects the instructions of one function. Blocks are opened and closed in order; when one is closed, what was
/// emitted since becomes its immutable body. One builder serves many functions, one after another.
/// </summary>
internal sealed class FuncBuilder
{
    private readonly CodeNoter notes = new();
    private Instr[] code = new Instr[96];
    private int count;
    private VirtualLocal[] locals = new VirtualLocal[32];
    private int localCount;
    private Frame[] frames = new Frame[6];
    private int depth;
    private int labels;
    private long work;

    private struct Frame
    {
        public BlockKind Kind;
        public CoreFuncType Type;
        public LabelId Label;
        public LabelId CatchAll;
        public int Start;
        public EquatableArray<Instr> Then;
        public bool HasThen;
    }

    /// <summary>Begins a function; its parameters are the first locals. Those without a name of their own are called <c>p</c>.</summary>
    public void Start(ReadOnlySpan<CoreValType> parameters, params ReadOnlySpan<string> names)
    {
        Debug.Assert(depth == 0 && count == 0);
        localCount = 0;
        notes.Start(parameters.Length);
        labels = LabelId.Unused.Value + 1;
        for (int i = 0; i < parameters.Length; i++)
            Declare(parameters[i], i < names.Length ? names[i] : "p");
    }

    /// <summary>Counts what an instruction carries with it as so many instructions more.</summary>
    public void Charge(int instructions) => work += instructions;

    /// <summary>How many instructions there were since the last call.</summary>
    public long TakeWork() => (work, work = 0).Item1;

    /// <summary>A new virtual local.</summary>
    public LocalId Local(CoreValType type, string name)
    {
        notes.AddLocal();
        return Declare(type, name);
    }

    private LocalId Declare(CoreValType type, string name)
    {
        if (localCount == locals.Length)
            Array.Resize(ref locals, localCount * 2);
        locals[localCount] = new(type, name);
        return new(localCount++);
    }

    /// <summary>The type of a local.</summary>
    public CoreValType TypeOf(LocalId local) => locals[local.Value].Type;

    /// <summary>Appends an instruction.</summary>
    public void Emit(Instr instr)
    {
        notes.Note(instr);
        Append(instr);
    }

    private void Append(Instr instr)
    {
        if (count == code.Length)
            Array.Resize(ref code, count * 2);

        // The array is exactly an Instr[], so the check that a store into an array of a class type does is left out.
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(code), count++) = instr;
    }

    public void Op(PlainOp op)
    {
        notes.Plain(op);
        Append(Instr.Of(op));
    }

    public void Get(LocalId local)
    {
        notes.Local(local);
        Append(Instr.Get(local));
    }

    public void Set(LocalId local)
    {
        notes.Local(local);
        Append(Instr.Set(local));
    }

    public void Tee(LocalId local)
    {
        notes.Local(local);
        Append(Instr.Tee(local));
    }

    public void I32(int value)
    {
        notes.Const(value);
        Append(Instr.Const(value));
    }

    /// <summary>Appends a load or store.</summary>
    public void Access(Instr.Memory access)
    {
        notes.Access(access);
        Append(access);
    }

    /// <summary>Takes the value on the stack into a new local.</summary>
    public LocalId SetNew(CoreValType type, string name)
    {
        var local = Local(type, name);
        Set(local);
        return local;
    }

    /// <summary>Copies the value on the stack into a new local.</summary>
    public LocalId TeeNew(CoreValType type, string name)
    {
        var local = Local(type, name);
        Tee(local);
        return local;
    }

    public LabelId Block(CoreFuncType type) => Open(BlockKind.Block, type, default);

    public LabelId Loop(CoreFuncType type) => Open(BlockKind.Loop, type, default);

    public LabelId If(CoreFuncType type) => Open(BlockKind.If, type, default);

    public LabelId Try(CoreFuncType type, LabelId catchAll) => Open(BlockKind.Try, type, catchAll);

    public void Else()
    {
        ref var frame = ref frames[depth - 1];
        Debug.Assert(frame.Kind == BlockKind.If && !frame.HasThen);
        frame.Then = Cut(frame.Start);
        frame.HasThen = true;
    }

    public void End()
    {
        var frame = frames[--depth];
        var body = Cut(frame.Start);
        if (frame.HasThen && !body.IsEmpty)
            notes.Else();
        notes.Close();
        Append(frame.Kind switch
        {
            BlockKind.Block => new Instr.Block(frame.Type, frame.Label, body),
            BlockKind.Loop => new Instr.Loop(frame.Type, frame.Label, body),
            BlockKind.If => frame.HasThen ? new Instr.If(frame.Type, frame.Label, frame.Then, body) : new Instr.If(frame.Type, frame.Label, body, default),
            BlockKind.Try => new Instr.TryTable(frame.Type, frame.Label, frame.CatchAll, body),
            _ => throw new UnreachableException(),
        });
    }

    /// <summary>Ends the function and makes the builder ready for the next.</summary>
    public SymbolicFunc Finish(FuncId id, FuncRole role, string name, CoreFuncType type)
    {
        Debug.Assert(depth == 0);
        var body = Cut(0);
        return new(id, role, name, type, new(ImmutableCollectionsMarshal.AsImmutableArray(locals.AsSpan(0, localCount).ToArray())), body)
        {
            Notes = notes.Finish(body),
        };
    }

    private LabelId Open(BlockKind kind, CoreFuncType type, LabelId catchAll)
    {
        if (depth == frames.Length)
            Array.Resize(ref frames, depth * 2);
        var label = new LabelId(labels++);
        notes.Open(kind, label, type, catchAll);
        frames[depth++] = new() { Kind = kind, Type = type, Label = label, CatchAll = catchAll, Start = count };
        return label;
    }

    private EquatableArray<Instr> Cut(int start)
    {
        var body = code.AsSpan(start, count - start).ToArray();
        work += body.Length;
        count = start;
        return new(ImmutableCollectionsMarshal.AsImmutableArray(body));
    }
}
