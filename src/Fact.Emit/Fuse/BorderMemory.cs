using Fact.Ir;
using static Fact.Ir.CoreValType;

namespace Fact.Emit;

/// <summary>
/// Parts for the memory in which values with handles are while they pass the border of a program. What is allocated there lies behind what was allocated before; all of
/// it is free again when the call of the program that began first has returned, and its results were read, and what a call of the host has needed when that has returned.
/// </summary>
internal static class BorderMemory
{
    /// <summary>In the part that <see cref="Storage"/> makes: the memory; where the next thing goes; how many calls are in progress; the allocator.</summary>
    public const uint Memory = 0, Top = 0, Calls = 1, Allocator = 0;

    /// <summary>The type of the allocator.</summary>
    public static readonly CoreFuncType AllocatorType = new([I32, I32, I32, I32], [I32]);

    // Not 0, which some guests take for nothing; a multiple of all alignments.
    private const uint Base = 16;

    private const int PageLog2 = 16;

    /// <summary>The memory and its allocator.</summary>
    public static CoreModuleParts Storage()
    {
        var part = new PartWriter();
        part.Memory(new CoreMemoryType(new CoreLimits(1, null, Is64: false, IsShared: false)));
        uint top = part.Global(I32, Base);
        part.Global(I32, 0);
        part.Func(AllocatorType, [I32, I32, I32], code => Allocate(code, top));
        return part.Write();
    }

    /// <summary>
    /// A function of the program as the host calls it: its result lies in the memory where it does not fit, and what was lent is given back. It imports the function, the
    /// two globals, the allocator and, where handles are lent, the global and the function of <see cref="BorderHandles"/>.
    /// </summary>
    /// <param name="inner">The type of the function, which is given the address for its result.</param>
    /// <param name="result">Where the result lies in memory: how large it is, and how it is aligned.</param>
    /// <param name="lends">Whether it is lent handles.</param>
    public static CoreModuleParts Entry(CoreFuncType inner, (uint Size, uint Alignment)? result, bool lends)
    {
        var part = new PartWriter();
        var outer = result is null ? inner : new CoreFuncType(inner.Params.Items[..^1].ToEquatableArray(), [I32]);
        uint func = part.ImportFunc(inner), top = part.ImportGlobal(CoreGlobalType.MutableI32), calls = part.ImportGlobal(CoreGlobalType.MutableI32);
        uint allocator = part.ImportFunc(AllocatorType), lent = lends ? part.ImportGlobal(CoreGlobalType.MutableI32) : 0;
        uint giveBack = lends ? part.ImportFunc(new CoreFuncType([I32], [])) : 0;
        uint before = (uint)outer.Params.Length, at = before + 1;
        part.Func(outer, [I32, .. outer.Results], code =>
        {
            Change(code, calls, 1);
            if (lends)
            {
                code.GetGlobal(lent);
                code.Set(before);
            }
            CallWith(code, inner, func, result, allocator, outer.Params.Length);
            if (outer.Results.Length > 0)
                code.Set(at);
            if (lends)
            {
                code.Get(before);
                code.Call(giveBack);
            }
            Change(code, calls, -1);
            if (result is null)
                FreeAll(code, top, calls);
            if (outer.Results.Length > 0)
                code.Get(at);
        });
        return part.Write();
    }

    /// <summary>What the host calls when it has read a result in the memory. It imports the two globals.</summary>
    public static CoreModuleParts PostReturn()
    {
        var part = new PartWriter();
        uint top = part.ImportGlobal(CoreGlobalType.MutableI32), calls = part.ImportGlobal(CoreGlobalType.MutableI32);
        part.Func(new CoreFuncType([I32], []), [], code => FreeAll(code, top, calls));
        return part.Write();
    }

    /// <summary>
    /// A function of the host as the program calls it: what is allocated meanwhile is free again when it has returned. It imports the function, and the first global.
    /// </summary>
    public static CoreModuleParts Leave(CoreFuncType type)
    {
        var part = new PartWriter();
        uint func = part.ImportFunc(type), top = part.ImportGlobal(CoreGlobalType.MutableI32), before = (uint)type.Params.Length;
        part.Func(type, [I32], code =>
        {
            code.GetGlobal(top);
            code.Set(before);
            code.CallWithAll(type, func);
            code.Get(before);
            code.SetGlobal(top);
        });
        return part.Write();
    }

    /// <summary>A function of the host that returns the address of its result, where it must be told one. It imports the function, and the allocator.</summary>
    /// <param name="lowered">The type of the function.</param>
    /// <param name="result">Where the result lies in memory: how large it is, and how it is aligned.</param>
    public static CoreModuleParts Returning(CoreFuncType lowered, (uint Size, uint Alignment)? result)
    {
        var part = new PartWriter();
        var lifted = result is null ? lowered : new CoreFuncType(lowered.Params.Items[..^1].ToEquatableArray(), [I32]);
        uint func = part.ImportFunc(lowered), allocator = part.ImportFunc(AllocatorType);
        part.Func(lifted, [I32], code => CallWith(code, lowered, func, result, allocator, lifted.Params.Length, (uint)lifted.Params.Length));
        return part.Write();
    }

    private static void CallWith(
        Sink code, CoreFuncType type, uint func, (uint Size, uint Alignment)? result, uint allocator, int parameters, uint? local = null)
    {
        uint at = local ?? (uint)parameters + 1;
        if (result is { } area)
        {
            code.I32(0);
            code.I32(0);
            code.I32(area.Alignment);
            code.I32(area.Size);
            code.Call(allocator);
            code.Set(at);
        }
        for (int i = 0; i < parameters; i++)
            code.Get((uint)i);
        if (result is not null)
            code.Get(at);
        code.Call(func);
        if (result is not null)
            code.Get(at);
    }

    private static void FreeAll(Sink code, uint top, uint calls)
    {
        code.GetGlobal(calls);
        code.Op(PlainOp.I32Eqz);
        code.If();
        code.I32(Base);
        code.SetGlobal(top);
        code.End();
    }

    private static void Change(Sink code, uint global, int by)
    {
        code.GetGlobal(global);
        code.I32((uint)by);
        code.Op(PlainOp.I32Add);
        code.SetGlobal(global);
    }

    // Nothing is given back singly: a block that grows moves.
    private static void Allocate(Sink code, uint top)
    {
        const uint Old = 0, OldSize = 1, Alignment = 2, NewSize = 3, At = 4, End = 5, Pages = 6;
        code.GetGlobal(top);
        code.Get(Alignment);
        code.Op(PlainOp.I32Add);
        code.I32(1);
        code.Op(PlainOp.I32Sub);
        code.I32(0);
        code.Get(Alignment);
        code.Op(PlainOp.I32Sub);
        code.Op(PlainOp.I32And);
        code.Set(At);
        code.Get(At);
        code.Get(NewSize);
        code.Op(PlainOp.I32Add);
        code.Set(End);
        code.Get(At);
        code.GetGlobal(top);
        code.Op(PlainOp.I32LtU);
        code.Get(End);
        code.Get(At);
        code.Op(PlainOp.I32LtU);
        code.Op(PlainOp.I32Or);
        Trap(code);

        // The pages that are needed, without those that are there.
        code.Get(End);
        code.I32(PageLog2);
        code.Op(PlainOp.I32ShrU);
        code.Get(End);
        code.I32((1u << PageLog2) - 1);
        code.Op(PlainOp.I32And);
        code.I32(0);
        code.Op(PlainOp.I32Ne);
        code.Op(PlainOp.I32Add);
        code.Op(Opcodes.MemorySize, Memory);
        code.Op(PlainOp.I32Sub);
        code.Set(Pages);
        code.Get(Pages);
        code.I32(0);
        code.Op(PlainOp.I32GtS);
        code.If();
        code.Get(Pages);
        code.Op(Opcodes.MemoryGrow, Memory);
        code.I32(uint.MaxValue);
        code.Op(PlainOp.I32Eq);
        Trap(code);
        code.End();
        code.Get(End);
        code.SetGlobal(top);

        // The lesser of the two sizes.
        code.Get(At);
        code.Get(Old);
        code.Get(OldSize);
        code.Get(NewSize);
        code.Get(OldSize);
        code.Get(NewSize);
        code.Op(PlainOp.I32LtU);
        code.Op(PlainOp.Select);
        code.Byte(Opcodes.Prefix);
        code.Unsigned(Opcodes.MemoryCopy);
        code.Unsigned(Memory);
        code.Unsigned(Memory);
        code.Get(At);
    }

    private static void Trap(Sink code)
    {
        code.If();
        code.Byte(Opcodes.Unreachable);
        code.End();
    }
}
