using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Functions of a module whose memories are folded, for instructions that are rare: made when code first calls them, behind all other functions. A memory that grows,
/// and is not the last one, moves those behind it, and gets half of its size more than it asked for, so that what is moved stays linear in what memories grow to.
/// </summary>
/// <param name="fold">Where the memories lie.</param>
/// <param name="first">The number of the first function.</param>
/// <param name="typeOf">The number of a type.</param>
internal sealed class FoldFunctions(MemoryFold fold, uint first, Func<CoreFuncType, uint> typeOf)
{
    // The locals of the function that grows a memory: by how many pages; how many bytes it needs, how many more than there is room for, how many lie behind it, how many
    // would be better, how many there may be.
    private const uint Delta = 0, Need = 1, More = 2, Behind = 3, Wide = 4, Room = 5;
    private const int PageSizeLog2 = CoreMemoryType.DefaultPageSizeLog2;

    private static readonly CoreFuncType Growing = new([CoreValType.I32], [CoreValType.I32]);
    private static readonly CoreFuncType Moving = new([CoreValType.I32, CoreValType.I32, CoreValType.I32], []);

    private readonly Dictionary<(string What, uint Item, uint Place), uint> known = [];
    private readonly List<(string Name, uint Type, Sink Body)> all = [];

    /// <summary>How many there are.</summary>
    public int Count => all.Count;

    /// <summary>Writes their types.</summary>
    public void WriteTypes(Sink to)
    {
        foreach (var (_, type, _) in all)
            to.Unsigned(type);
    }

    /// <summary>Writes their bodies.</summary>
    public void WriteBodies(Sink to)
    {
        foreach (var (_, _, body) in all)
        {
            to.Unsigned((uint)body.Length);
            to.Bytes(body);
        }
    }

    /// <summary>Their numbers, and what they are called.</summary>
    public IEnumerable<(uint Number, string Name)> Names
    {
        get
        {
            for (int i = 0; i < all.Count; i++)
                yield return (first + (uint)i, all[i].Name);
        }
    }

    /// <summary>Spec: <c>memory.fill</c>.</summary>
    public uint Fill(int place) => Of("fill", 0, (uint)place, Moving, code =>
    {
        Check(code, 0, place);
        code.Get(0);
        fold.AddBase(place, code);
        code.Get(1);
        code.Get(2);
        FillAll(code);
    });

    /// <summary>Spec: <c>memory.copy</c>.</summary>
    public uint Copy(int to, int from) => Of("copy", (uint)to, (uint)from, Moving, code =>
    {
        Check(code, 0, to);
        Check(code, 1, from);
        code.Get(0);
        fold.AddBase(to, code);
        code.Get(1);
        fold.AddBase(from, code);
        code.Get(2);
        CopyAll(code);
    });

    /// <summary>Spec: <c>memory.init</c>. The engine looks at the segment.</summary>
    public uint Init(uint data, int place) => Of("init", data, (uint)place, Moving, code =>
    {
        Check(code, 0, place);
        code.Get(0);
        fold.AddBase(place, code);
        code.Get(1);
        code.Get(2);
        code.Byte(Opcodes.Prefix);
        code.Unsigned(Opcodes.MemoryInit);
        code.Unsigned(data);
        code.Unsigned(0);
    });

    /// <summary>Spec: <c>memory.grow</c>.</summary>
    public uint Grow(int place) => Of("grow", 0, (uint)place, Growing, code => Growth(code, place), locals: 5);

    private uint Of(string what, uint item, uint place, CoreFuncType type, Action<Sink> write, uint locals = 0)
    {
        if (!known.TryGetValue((what, item, place), out uint number))
        {
            var body = new Sink();
            body.Unsigned(locals == 0 ? 0u : 1);
            if (locals > 0)
            {
                body.Unsigned(locals);
                body.ValType(CoreValType.I64);
            }
            write(body);
            body.End();
            known.Add((what, item, place), number = first + (uint)all.Count);
            all.Add(($"memory.{what}.{item}.{place}", typeOf(type), body));
        }
        return number;
    }

    // Traps unless as many bytes as the third parameter says are inside, from where a parameter says.
    private void Check(Sink code, uint address, int place)
    {
        code.Get(address);
        code.Op(PlainOp.I64ExtendI32U);
        code.Get(2);
        code.Op(PlainOp.I64ExtendI32U);
        code.Op(PlainOp.I64Add);
        fold.TrapBehind(place, code);
    }

    private void Growth(Sink code, int place)
    {
        bool isLast = place == fold.Count - 1;
        code.GetGlobal(fold.Size(place));
        code.Get(Delta);
        code.Op(PlainOp.I64ExtendI32U);
        code.I64(PageSizeLog2);
        code.Op(PlainOp.I64Shl);
        code.Op(PlainOp.I64Add);
        code.Op(Opcodes.LocalTee, Need);
        code.I64(fold.MostBytes(place));
        code.Op(PlainOp.I64GtU);
        FailIf(code);

        // How much more than there is up to the next memory, or to the end.
        code.Get(Need);
        if (isLast)
            AllBytes(code);
        else
            Begin(code, place + 1);
        Begin(code, place);
        code.Op(PlainOp.I64Sub);
        code.Op(PlainOp.I64Sub);
        code.Op(Opcodes.LocalTee, More);
        code.I64(0);
        code.Op(PlainOp.I64GtS);
        code.If();
        if (isLast)
            GrowAll(code, More);
        else
            Move(code, place);
        code.End();

        fold.Pages(place, code);
        code.Get(Need);
        code.SetGlobal(fold.Size(place));
    }

    private void Move(Sink code, int place)
    {
        uint next = fold.Base(place + 1)!.Value;
        AllBytes(code);
        Begin(code, place + 1);
        code.Op(PlainOp.I64Sub);
        code.Set(Behind);

        // Half as much again, but no more than the memory may have; where the engine has that.
        code.I64(fold.MostBytes(place));
        code.Get(Need);
        code.Op(PlainOp.I64Sub);
        code.Get(More);
        code.Op(PlainOp.I64Add);
        code.Set(Room);
        code.Get(Need);
        code.I64(PageSizeLog2 + 1);
        code.Op(PlainOp.I64ShrU);
        code.I64(PageSizeLog2);
        code.Op(PlainOp.I64Shl);
        code.Get(More);
        code.Op(PlainOp.I64Add);
        code.Set(Wide);
        Least(code, Wide, Room);
        code.Op(Opcodes.LocalTee, Wide);
        MemoryFold.ToPages(code);
        TryGrow(code);
        code.If();
        GrowAll(code, More);
        code.Byte(Opcodes.Else);
        code.Get(Wide);
        code.Set(More);
        code.End();

        code.GetGlobal(next);
        code.Get(More);
        code.Op(PlainOp.I32WrapI64);
        code.Op(PlainOp.I32Add);
        code.GetGlobal(next);
        code.Get(Behind);
        code.Op(PlainOp.I32WrapI64);
        CopyAll(code);

        // What is new is zero, as far as something else was there.
        code.GetGlobal(next);
        code.I32(0);
        Least(code, More, Behind);
        code.Op(PlainOp.I32WrapI64);
        FillAll(code);
        for (int each = place + 1; each < fold.Count; each++)
        {
            code.GetGlobal(fold.Base(each)!.Value);
            code.Get(More);
            code.Op(PlainOp.I32WrapI64);
            code.Op(PlainOp.I32Add);
            code.SetGlobal(fold.Base(each)!.Value);
        }
    }

    private static void Least(Sink code, uint one, uint other)
    {
        for (int i = 0; i < 2; i++)
        {
            code.Get(one);
            code.Get(other);
        }
        code.Op(PlainOp.I64LtU);
        code.Op(PlainOp.Select);
    }

    private void Begin(Sink code, int place)
    {
        if (fold.Base(place) is not { } begin)
        {
            code.I64(0);
            return;
        }
        code.GetGlobal(begin);
        code.Op(PlainOp.I64ExtendI32U);
    }

    private static void AllBytes(Sink code)
    {
        code.Op(Opcodes.MemorySize, 0);
        code.Op(PlainOp.I64ExtendI32U);
        code.I64(PageSizeLog2);
        code.Op(PlainOp.I64Shl);
    }

    private static void GrowAll(Sink code, uint more)
    {
        code.Get(more);
        MemoryFold.ToPages(code);
        TryGrow(code);
        FailIf(code);
    }

    private static void TryGrow(Sink code)
    {
        code.Op(Opcodes.MemoryGrow, 0);
        code.I32(uint.MaxValue);
        code.Op(PlainOp.I32Eq);
    }

    private static void FailIf(Sink code)
    {
        code.If();
        code.I32(uint.MaxValue);
        code.Op(PlainOp.Return);
        code.End();
    }

    private static void CopyAll(Sink code)
    {
        code.Byte(Opcodes.Prefix);
        code.Unsigned(Opcodes.MemoryCopy);
        code.Unsigned(0);
        code.Unsigned(0);
    }

    private static void FillAll(Sink code)
    {
        code.Byte(Opcodes.Prefix);
        code.Unsigned(Opcodes.MemoryFill);
        code.Unsigned(0);
    }
}
