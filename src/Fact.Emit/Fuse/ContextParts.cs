using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Parts of a program that keep storage for calls: every call of a lifted function, of an allocator and of a destructor has storage of its own, and a post-return
/// function that of the call whose results were read. Spec: <c>context.get</c>, <c>context.set</c>.
/// </summary>
internal static class ContextParts
{
    /// <summary>How many slots there are.</summary>
    private const uint Slots = 2;

    /// <summary>What the other parts import, all of it: the slots of the call in progress, then those of the call that has returned last.</summary>
    public const int Globals = 2 * (int)Slots;

    private static readonly CoreGlobalType Slot = new(CoreValType.I64, IsMutable: true);

    /// <summary>The slots.</summary>
    public static CoreModuleParts Storage()
    {
        var part = new PartWriter();
        for (int i = 0; i < Globals; i++)
            part.Global(CoreValType.I64, 0);
        return part.Write();
    }

    /// <summary><c>context.get</c></summary>
    public static CoreModuleParts Get(CoreFuncType type, uint slot)
    {
        var part = new PartWriter();
        uint first = Import(part);
        part.Func(type, [], code =>
        {
            code.GetGlobal(first + slot);
            if (type.Results[0] == CoreValType.I32)
                code.Op(PlainOp.I32WrapI64);
        });
        return part.Write();
    }

    /// <summary><c>context.set</c></summary>
    public static CoreModuleParts Set(CoreFuncType type, uint slot)
    {
        var part = new PartWriter();
        uint first = Import(part);
        part.Func(type, [], code =>
        {
            code.Get(0);
            if (type.Params[0] == CoreValType.I32)
                code.Op(PlainOp.I64ExtendI32U);
            code.SetGlobal(first + slot);
        });
        return part.Write();
    }

    /// <summary>Empties the slots when it is instantiated.</summary>
    public static CoreModuleParts Empty()
    {
        var part = new PartWriter();
        uint first = Import(part);
        part.Start(part.Func(CoreFuncType.Empty, [], code => Clear(code, first)));
        return part.Write();
    }

    /// <summary>A function that calls another, which has storage of its own. It imports the other, and the slots.</summary>
    /// <param name="type">The type of both.</param>
    /// <param name="role">What is called.</param>
    public static CoreModuleParts Call(CoreFuncType type, CallRole role)
    {
        var part = new PartWriter();
        uint func = part.ImportFunc(type), first = Import(part), own = (uint)type.Params.Length;
        part.Func(type, [CoreValType.I64, CoreValType.I64], code =>
        {
            Move(slot => code.GetGlobal(first + slot), slot => code.Set(own + slot));
            if (role == CallRole.PostReturn)
                Move(slot => code.GetGlobal(first + Slots + slot), slot => code.SetGlobal(first + slot));
            else
                Clear(code, first);
            code.CallWithAll(type, func);
            if (role == CallRole.Callee)
                Move(slot => code.GetGlobal(first + slot), slot => code.SetGlobal(first + Slots + slot));
            Move(slot => code.Get(own + slot), slot => code.SetGlobal(first + slot));
        });
        return part.Write();
    }

    private static uint Import(PartWriter part)
    {
        uint first = part.ImportGlobal(Slot);
        for (int i = 1; i < Globals; i++)
            part.ImportGlobal(Slot);
        return first;
    }

    private static void Clear(Sink code, uint first) => Move(_ => code.I64(0), slot => code.SetGlobal(first + slot));

    private static void Move(Action<uint> get, Action<uint> set)
    {
        for (uint slot = 0; slot < Slots; slot++)
        {
            get(slot);
            set(slot);
        }
    }
}

/// <summary>What a function of a component is called for.</summary>
internal enum CallRole
{
    /// <summary>A lifted function.</summary>
    Callee,

    /// <summary>An allocator or a destructor.</summary>
    Alone,

    /// <summary>What is called when the results of a lifted function were read.</summary>
    PostReturn,
}
