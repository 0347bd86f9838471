using System;
using Fact.Ir;
using static Fact.Ir.CoreValType;

namespace Fact.Emit;

/// <summary>A resource type whose handles pass the border of a program.</summary>
/// <param name="Rep">What represents a resource of the program's own: i32 or i64; null where the host defines the type.</param>
/// <param name="HasDestructor">Whether the program has a destructor for it, which the host calls.</param>
/// <param name="IsLent">Whether the host lends handles of a type that it defines.</param>
internal sealed record BorderTable(CoreValType? Rep, bool HasDestructor, bool IsLent);

/// <summary>
/// The part that moves handles over the border of a program: between the tables of its component instances, which the runtime module keeps, and the one of the host.
/// Inside, what a handle of the host's own type stands for is the handle in the host's table. Handles of the program's own types have representations, of which the
/// host makes handles.
/// </summary>
internal sealed class BorderHandles
{
    /// <summary>
    /// Its globals: how much of its memory is in use by handles that the host has lent; whether the host gives a resource back instead of destroying it.
    /// </summary>
    public const uint Lent = 0, IsTaken = 1;

    private static readonly CoreFuncType Transfer = new([I32, I32, I32], [I32]), Lift = new([I32, I32], [I64]), Lower = new([I64, I32], [I32]), Drop = new([I32], []);

    private readonly PartWriter part = new();
    private readonly EquatableArray<BorderTable> tables;
    private readonly uint first, liftOwn, liftBorrow, lowerOwn, lowerBorrow;
    private readonly uint[] make, rep, drop;

    /// <param name="first">The number of the first of the tables; those of the runtime module are less.</param>
    /// <param name="tables">The tables of the border.</param>
    public BorderHandles(uint first, EquatableArray<BorderTable> tables)
    {
        (this.first, this.tables) = (first, tables);
        liftOwn = part.ImportFunc(Lift);
        liftBorrow = part.ImportFunc(Lift);
        lowerOwn = part.ImportFunc(Lower);
        lowerBorrow = part.ImportFunc(Lower);
        (make, rep, drop) = (new uint[tables.Length], new uint[tables.Length], new uint[tables.Length]);
        for (int i = 0; i < tables.Length; i++)
        {
            if (tables[i].Rep is { } type)
            {
                make[i] = part.ImportFunc(new CoreFuncType([type], [I32]));
                rep[i] = part.ImportFunc(new CoreFuncType([I32], [type]));
            }
            if (tables[i].Rep is not null || tables[i].IsLent)
                drop[i] = part.ImportFunc(Drop);
        }
        part.Global(I32, 0);
        part.Global(I32, 0);
        part.Memory(new CoreMemoryType(new CoreLimits(1, null, Is64: false, IsShared: false)));
        TransferOwn = part.Func(Transfer, [I64], Own);
        TransferBorrow = part.Func(Transfer, [I64], Borrow);
        GiveBack = part.Func(Drop, [I32], GiveBackLent);
    }

    /// <summary>The function that stands for <c>transfer-own</c>.</summary>
    public uint TransferOwn { get; }

    /// <summary>The function that stands for <c>transfer-borrow</c>.</summary>
    public uint TransferBorrow { get; }

    /// <summary>Drops what the host has lent since <see cref="Lent"/> had the value that it is given.</summary>
    public uint GiveBack { get; }

    /// <summary>
    /// The part. It imports <c>lift-own</c>, <c>lift-borrow</c>, <c>lower-own</c> and <c>lower-borrow</c> of the runtime module, then for each table <c>new</c>,
    /// <c>rep</c> and <c>drop</c> for a type of the program's own, <c>drop</c> for one of the host's that it lends.
    /// </summary>
    public CoreModuleParts Write() => part.Write();

    /// <summary>A destructor as the host calls it: not while a resource is taken. It imports the destructor, and <see cref="IsTaken"/>.</summary>
    public static CoreModuleParts Destructor(CoreValType rep)
    {
        var part = new PartWriter();
        var type = new CoreFuncType([rep], []);
        uint func = part.ImportFunc(type), taken = part.ImportGlobal(CoreGlobalType.MutableI32);
        part.Func(type, [], code =>
        {
            code.GetGlobal(taken);
            code.Op(PlainOp.I32Eqz);
            code.If();
            code.CallWithAll(type, func);
            code.End();
        });
        return part.Write();
    }

    private void Own(Sink code)
    {
        const uint Handle = 0, From = 1, To = 2, Rep = 3;
        If(code, To, first, () =>
        {
            code.Get(Handle);
            code.Get(From);
            code.Call(liftOwn);
            code.Set(Rep);
            Each(code, To, table => table.Rep is not null, (i, table) =>
            {
                code.Get(Rep);
                if (table.Rep == I32)
                    code.Op(PlainOp.I32WrapI64);
                code.Call(make[i]);
            });
            code.Get(Rep);
            code.Op(PlainOp.I32WrapI64);
        });
        Each(code, From, table => table.Rep is not null, (i, table) =>
        {
            code.Get(Handle);
            code.Call(rep[i]);
            if (table.Rep == I32)
                code.Op(PlainOp.I64ExtendI32U);
            code.Set(Rep);
            Taken(code, table, 1);
            code.Get(Handle);
            code.Call(drop[i]);
            Taken(code, table, 0);
            code.Get(Rep);
            code.Get(To);
            code.Call(lowerOwn);
        });
        code.Get(Handle);
        code.Op(PlainOp.I64ExtendI32U);
        code.Get(To);
        code.Call(lowerOwn);
    }

    private static void Taken(Sink code, BorderTable table, uint value)
    {
        if (!table.HasDestructor)
            return;
        code.I32(value);
        code.SetGlobal(IsTaken);
    }

    // What the program lends to the host is of a type of the host: an import cannot mention another.
    private void Borrow(Sink code)
    {
        const uint Handle = 0, From = 1, To = 2;
        If(code, To, first, () =>
        {
            code.Get(Handle);
            code.Get(From);
            code.Call(liftBorrow);
            code.Op(PlainOp.I32WrapI64);
        });
        for (int i = 0; i < tables.Length; i++)
        {
            if (!tables[i].IsLent)
                continue;
            code.Get(From);
            code.I32(first + (uint)i);
            code.Op(PlainOp.I32Eq);
            code.If();
            Keep(code, (uint)i);
            code.End();
        }
        code.Get(Handle);
        code.Op(PlainOp.I64ExtendI32U);
        code.Get(To);
        code.Call(lowerBorrow);
    }

    // An i32 for the handle, one for the table.
    private static void Keep(Sink code, uint table)
    {
        code.Op(Opcodes.MemorySize, 0);
        code.I32(16);
        code.Op(PlainOp.I32Shl);
        code.GetGlobal(Lent);
        code.Op(PlainOp.I32Eq);
        code.If();
        code.I32(1);
        code.Op(Opcodes.MemoryGrow, 0);
        code.I32(uint.MaxValue);
        code.Op(PlainOp.I32Eq);
        code.If();
        code.Byte(Opcodes.Unreachable);
        code.End();
        code.End();
        code.GetGlobal(Lent);
        code.Get(0);
        Access(code, MemoryOp.I32Store, 0);
        code.GetGlobal(Lent);
        code.I32(table);
        Access(code, MemoryOp.I32Store, 4);
        Move(code, 8);
    }

    private void GiveBackLent(Sink code)
    {
        const uint Until = 0, Table = 1;
        code.Byte(Opcodes.Loop);
        code.Byte(Opcodes.EmptyBlock);
        code.GetGlobal(Lent);
        code.Get(Until);
        code.Op(PlainOp.I32Ne);
        code.If();
        Move(code, -8);
        code.GetGlobal(Lent);
        Access(code, MemoryOp.I32Load, 4);
        code.Set(Table);
        for (int i = 0; i < tables.Length; i++)
        {
            if (!tables[i].IsLent)
                continue;
            code.Get(Table);
            code.I32((uint)i);
            code.Op(PlainOp.I32Eq);
            code.If();
            code.GetGlobal(Lent);
            Access(code, MemoryOp.I32Load, 0);
            code.Call(drop[i]);
            code.End();
        }
        code.Op(Opcodes.Br, 1);
        code.End();
        code.End();
    }

    private static void Move(Sink code, int by)
    {
        code.GetGlobal(Lent);
        code.I32((uint)by);
        code.Op(PlainOp.I32Add);
        code.SetGlobal(Lent);
    }

    private static void Access(Sink code, MemoryOp op, uint offset)
    {
        code.Byte((byte)op);
        code.Unsigned(2);
        code.Unsigned(offset);
    }

    private void Each(Sink code, uint local, Func<BorderTable, bool> applies, Action<int, BorderTable> then)
    {
        for (int i = 0; i < tables.Length; i++)
        {
            if (!applies(tables[i]))
                continue;
            code.Get(local);
            code.I32(first + (uint)i);
            code.Op(PlainOp.I32Eq);
            code.If();
            then(i, tables[i]);
            code.Op(PlainOp.Return);
            code.End();
        }
    }

    // What follows is for tables of the runtime module.
    private static void If(Sink code, uint table, uint first, Action then)
    {
        code.Get(table);
        code.I32(first);
        code.Op(PlainOp.I32GeU);
        code.If();
        then();
        code.Op(PlainOp.Return);
        code.End();
    }
}
