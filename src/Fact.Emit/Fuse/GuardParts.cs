using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Parts of a program that keep the rules for calls between a component and its host, where no adapter does.
/// </summary>
internal static class GuardParts
{
    /// <summary>The flags of component instances: a global for each. Spec: <c>may_leave</c>.</summary>
    public static CoreModuleParts Flags(int instances)
    {
        var part = new PartWriter();
        for (int i = 0; i < instances; i++)
            part.Global(CoreValType.I32, InstanceFlagBits.MayLeave | InstanceFlagBits.MayEnter);
        return part.Write();
    }

    /// <summary>A function that it imports, and no more.</summary>
    public static CoreModuleParts Passing(CoreFuncType type)
    {
        var part = new PartWriter();
        part.ImportFunc(type);
        return part.Write();
    }

    /// <summary>A function that calls another, and traps where its component instance may not be left. It imports the other, and the flags.</summary>
    public static CoreModuleParts Leaving(CoreFuncType type) => Guarded(type, (code, flags, func) =>
    {
        Flag(code, flags, InstanceFlagBits.MayLeave, PlainOp.I32And);
        code.Op(PlainOp.I32Eqz);
        code.If();
        code.Byte(Opcodes.Unreachable);
        code.End();
        code.CallWithAll(type, func);
    });

    /// <summary>A function that calls another, which must not leave its component instance. It imports the other, and the flags.</summary>
    public static CoreModuleParts Staying(CoreFuncType type) => Guarded(type, (code, flags, func) =>
    {
        Flag(code, flags, ~InstanceFlagBits.MayLeave, PlainOp.I32And);
        code.SetGlobal(flags);
        code.CallWithAll(type, func);
        Flag(code, flags, InstanceFlagBits.MayLeave, PlainOp.I32Or);
        code.SetGlobal(flags);
    });

    /// <summary>
    /// A function that calls another, which enters component instances: it traps where one of them may not be entered. It imports the other, and the flags of each.
    /// Spec, before <c>may_enter</c> was removed: <c>canon_lift</c>.
    /// </summary>
    /// <param name="type">The type of both.</param>
    /// <param name="instances">How many instances are entered.</param>
    public static CoreModuleParts Entering(CoreFuncType type, int instances)
    {
        var part = new PartWriter();
        uint func = part.ImportFunc(type);
        for (int i = 0; i < instances; i++)
            part.ImportGlobal(CoreGlobalType.MutableI32);
        part.Func(type, [], code =>
        {
            for (uint flags = 0; flags < instances; flags++)
            {
                Flag(code, flags, InstanceFlagBits.MayEnter, PlainOp.I32And);
                code.Op(PlainOp.I32Eqz);
                code.If();
                code.Byte(Opcodes.Unreachable);
                code.End();
            }
            Enter(~InstanceFlagBits.MayEnter, PlainOp.I32And);
            code.CallWithAll(type, func);
            Enter(InstanceFlagBits.MayEnter, PlainOp.I32Or);

            void Enter(int bits, PlainOp operation)
            {
                for (uint flags = 0; flags < instances; flags++)
                {
                    Flag(code, flags, bits, operation);
                    code.SetGlobal(flags);
                }
            }
        });
        return part.Write();
    }

    /// <summary>Puts a destructor where the runtime module looks for it. It imports the destructor, and the table.</summary>
    /// <param name="rep">What represents a resource: i32 or i64.</param>
    /// <param name="resource">The number of the resource type.</param>
    /// <param name="table">The type of the table.</param>
    public static CoreModuleParts Destructor(CoreValType rep, uint resource, CoreTableType table)
    {
        var part = new PartWriter();
        part.Element(part.ImportTable(table), resource, part.ImportFunc(new CoreFuncType([rep], [])));
        return part.Write();
    }

    private static CoreModuleParts Guarded(CoreFuncType type, Action<Sink, uint, uint> body)
    {
        var part = new PartWriter();
        uint func = part.ImportFunc(type), flags = part.ImportGlobal(CoreGlobalType.MutableI32);
        part.Func(type, [], code => body(code, flags, func));
        return part.Write();
    }

    private static void Flag(Sink code, uint flags, int bits, PlainOp operation)
    {
        code.GetGlobal(flags);
        code.I32((uint)bits);
        code.Op(operation);
    }
}
