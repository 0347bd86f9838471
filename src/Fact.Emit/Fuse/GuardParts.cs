using System;
using System.Linq;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Parts of a program that keep the rules for calls between a component and its host, where no adapter does. They are parts alone: their bytes are no modules.
/// </summary>
internal static class GuardParts
{
    private const byte If = 0x04, Empty = 0x40, Unreachable = 0x00, End = 0x0B, Call = 0x10, LocalGet = 0x20, GlobalGet = 0x23, GlobalSet = 0x24, I32Const = 0x41;
    private const byte I32Eqz = 0x45, I32And = 0x71, I32Or = 0x72;

    /// <summary>The flags of component instances: a global for each. Spec: <c>may_leave</c>.</summary>
    public static CoreModuleParts Flags(int instances)
    {
        var code = new Sink();
        Constant(code, InstanceFlagBits.MayLeave | InstanceFlagBits.MayEnter);
        code.Byte(End);
        var init = new CoreModuleGlobal(CoreGlobalType.MutableI32, new ByteRange(0, code.Length));
        return new CoreModuleParts(code.Written.ToArray(), 0) { Globals = Enumerable.Repeat(init, instances).ToEquatableArray() };
    }

    /// <summary>A function that calls another, and traps where its component instance may not be left. It imports the other, and the flags.</summary>
    public static CoreModuleParts Leaving(CoreFuncType type) => Guarded(type, code =>
    {
        Flag(code, InstanceFlagBits.MayLeave, I32And);
        code.Byte(I32Eqz);
        code.Byte(If);
        code.Byte(Empty);
        code.Byte(Unreachable);
        code.Byte(End);
        CallWithAll(code, type);
    });

    /// <summary>A function that calls another, which must not leave its component instance. It imports the other, and the flags.</summary>
    public static CoreModuleParts Staying(CoreFuncType type) => Guarded(type, code =>
    {
        Flag(code, ~InstanceFlagBits.MayLeave, I32And);
        SetFlags(code);
        CallWithAll(code, type);
        Flag(code, InstanceFlagBits.MayLeave, I32Or);
        SetFlags(code);
    });

    private static CoreModuleParts Guarded(CoreFuncType type, Action<Sink> body)
    {
        var code = new Sink();
        code.Byte(0);
        body(code);
        code.Byte(End);
        var only = new CoreSubType(IsFinal: true, [], new CoreCompType(IsShared: false, null, null, new CoreShape.Func(type)));
        var first = new CoreTypeIdx(0);
        return new CoreModuleParts(code.Written.ToArray(), 0)
        {
            Types = [new CoreRecType([only], IsExplicit: false)],
            Imports = [new("", "", new CoreExternType.Func(first)), new("", "", new CoreExternType.Global(CoreGlobalType.MutableI32))],
            Funcs = [first],
            Bodies = [new ByteRange(0, code.Length)],
        };
    }

    private static void Flag(Sink code, int bits, byte operation)
    {
        code.Byte(GlobalGet);
        code.Unsigned(0);
        Constant(code, bits);
        code.Byte(operation);
    }

    private static void SetFlags(Sink code)
    {
        code.Byte(GlobalSet);
        code.Unsigned(0);
    }

    private static void Constant(Sink code, int value)
    {
        code.Byte(I32Const);
        code.Signed(value);
    }

    private static void CallWithAll(Sink code, CoreFuncType type)
    {
        for (int i = 0; i < type.Params.Length; i++)
        {
            code.Byte(LocalGet);
            code.Unsigned((uint)i);
        }
        code.Byte(Call);
        code.Unsigned(0);
    }
}
