using System;
using Fact.Ir;

namespace Fact.Lower.Code;

/// <summary>Writes the code of one function after another. Blocks are opened and closed in order.</summary>
/// <param name="expected">How many things the functions may name: a table starts that large.</param>
internal sealed class FuncBuilder(int expected = 0)
{
    /// <summary>How many of the lists of locals that there were are compared with the next one. A power of two.</summary>
    private const int Remembered = 16;

    private readonly CodeWriter code = new(expected: expected);
    private readonly VirtualLocal[]?[] known = new VirtualLocal[Remembered][];
    private VirtualLocal[] locals = new VirtualLocal[16];
    private int localCount;
    private int labels;
    private long work;

    /// <summary>Begins a function; its parameters are the first locals. Those without a name of their own are called <c>p</c>.</summary>
    public void Start(ReadOnlySpan<CoreValType> parameters, params ReadOnlySpan<string> names)
    {
        localCount = 0;
        code.Start(parameters.Length);
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
        code.AddLocal();
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
        work++;
        code.Write(instr);
    }

    public void Op(PlainOp op)
    {
        work++;
        code.Plain(op);
    }

    public void Get(LocalId local) => Local(LocalOp.Get, local);

    public void Set(LocalId local) => Local(LocalOp.Set, local);

    public void Tee(LocalId local) => Local(LocalOp.Tee, local);

    public void I32(int value)
    {
        work++;
        code.Const(value);
    }

    public void I64(long value)
    {
        work++;
        code.Const(value);
    }

    /// <summary>Appends a load or store.</summary>
    public void Access(MemoryOp op, MemArg arg, IMemory memory)
    {
        work++;
        code.Access((int)op, arg, memory);
    }

    /// <summary>Appends a call.</summary>
    public void Emit(FuncCall call)
    {
        work++;
        code.Call(call.Func, call.Path);
    }

    /// <summary>Reads or writes a global.</summary>
    public void Global(GlobalOp op, IGlobal item)
    {
        work++;
        code.Naming((byte)op, item);
    }

    /// <summary>Traps where the i32 on the stack is not zero. <code>(if (then unreachable))</code></summary>
    public void TrapIf(TrapCode trap, string? path)
    {
        work++;
        code.Guard(trap, path);
    }

    public void Br(LabelId label) => Branch(Opcodes.Br, label);

    public void BrIf(LabelId label) => Branch(Opcodes.BrIf, label);

    /// <summary>Branches to the label whose number is on the stack, or to the last one.</summary>
    public void BrTable(ReadOnlySpan<LabelId> labels)
    {
        work++;
        code.Table(labels);
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

    public LabelId Block(CoreFuncType type) => Open(Opcodes.Block, type);

    public LabelId Loop(CoreFuncType type) => Open(Opcodes.Loop, type);

    public LabelId If(CoreFuncType type) => Open(Opcodes.If, type);

    public LabelId Try(CoreFuncType type, LabelId catchAll) => Open(Opcodes.TryTable, type, catchAll);

    public void Else() => code.Else();

    public void End() => code.Close();

    /// <summary>Ends the function and makes the builder ready for the next.</summary>
    public SymbolicFunc Finish(FuncId id, FuncRole role, string name, CoreFuncType type)
    {
        var declared = locals.AsSpan(0, localCount);
        return new(id, role, name, type, EquatableArray.Seal(Once(declared)), code.Finish(declared));
    }

    /// <summary>The locals as an array; many functions have the same, and get the same one.</summary>
    private VirtualLocal[] Once(ReadOnlySpan<VirtualLocal> declared)
    {
        int letters = 0;
        foreach (ref readonly var local in declared)
            letters = (letters * 3) + local.Name.Length;
        ref var place = ref known[letters & (Remembered - 1)];
        if (place is null || !Same(place, declared))
            place = declared.ToArray();
        return place;
    }

    // Names are mostly literals: those that are equal are one object.
    private static bool Same(ReadOnlySpan<VirtualLocal> a, ReadOnlySpan<VirtualLocal> b)
    {
        if (a.Length != b.Length)
            return false;
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i].Type != b[i].Type || !ReferenceEquals(a[i].Name, b[i].Name))
                return false;
        }
        return true;
    }

    private LabelId Open(byte opcode, CoreFuncType type, LabelId catchAll = default)
    {
        work++;
        var label = new LabelId(labels++);
        code.Open(opcode, label, type, catchAll);
        return label;
    }

    private void Branch(byte opcode, LabelId label)
    {
        work++;
        code.Branch(opcode, label);
    }

    private void Local(LocalOp op, LocalId local)
    {
        work++;
        code.Local(op, local);
    }
}

/// <summary>A call that is going to be written.</summary>
/// <param name="Func">What is called.</param>
/// <param name="Path">Which part of a value it is for; null where that was not asked for.</param>
internal readonly record struct FuncCall(FuncRef Func, string? Path = null);
