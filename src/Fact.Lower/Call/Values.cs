using Fact.Ir;
using Fact.Lower.Abi;
using Fact.Lower.Code;
using Fact.Lower.Value;

namespace Fact.Lower.Call;

/// <summary>Translates all parameters, or the result, of a call. Spec: <c>lift_flat_values</c>, <c>lower_flat_values</c>.</summary>
internal static class Values
{
    /// <summary>
    /// Leaves the core arguments of the lifted function on the operand stack. The function being built has the caller's
    /// core parameters first: its flat parameters, or the address of all of them.
    /// </summary>
    public static void Params(Scope s, CallShape call, int maxSourceFlat)
    {
        CallSide lower = call.Lower, lift = call.Lift;
        if (lower.ParamTuple is not { } sourceTuple)
            return;
        var targetTuple = lift.ParamTuple!;
        Source source;
        if (lower.FlatParams(maxSourceFlat) is { } sourceFlat)
        {
            source = Source.Flat(lower.Side, Locals(0, sourceFlat.Length));
        }
        else
        {
            s.Enter("params");
            CheckTuple(s, lower.Side, new(0), sourceTuple);
            s.Leave();
            source = Source.Memory(lower.Side, new(0));
        }

        if (lift.FlatParams(Limits.MaxFlatParams) is { } targetFlat)
        {
            Each(s, call, source, Target.Flat(lift.Side, targetFlat));
            return;
        }
        var b = s.Code;
        var ptr = lift.Side.Ptr;
        var layout = targetTuple.For(ptr.Type);
        s.Enter("params");
        ptr.Const(b, 0);
        ptr.Const(b, 0);
        ptr.Const(b, layout.Alignment);
        ptr.Const(b, (uint)layout.ElemSize);
        s.Helpers.Reallocate(s, lift.Side);
        s.Leave();
        var address = b.SetNew(ptr.Type, "params");
        Each(s, call, source, Target.Memory(lift.Side, address));
        b.Get(address);
    }

    /// <summary>
    /// Translates the result, from the callee's flat results or the address of the result in <paramref name="results"/>, to
    /// the operand stack or to the address in <paramref name="returnPointer"/>.
    /// </summary>
    public static void Result(Scope s, CallShape call, LocalId[] results, int maxSourceFlat, int maxTargetFlat, LocalId returnPointer)
    {
        if (call.Lift.Result is not { } from)
            return;
        var to = call.Lower.Result!;
        s.Enter("result");
        Source source;
        if (call.Lift.FlatResults(maxSourceFlat) is not null)
        {
            source = Source.Flat(call.Lift.Side, results);
        }
        else
        {
            CheckTuple(s, call.Lift.Side, results[0], from);
            source = Source.Memory(call.Lift.Side, results[0]);
        }

        Target target;
        if (call.Lower.FlatResults(maxTargetFlat) is { } targetFlat)
        {
            target = Target.Flat(call.Lower.Side, targetFlat);
        }
        else
        {
            CheckTuple(s, call.Lower.Side, returnPointer, to);
            target = Target.Memory(call.Lower.Side, returnPointer);
        }
        Translate.Value(s, from, source, to, target);
        s.Leave();
    }

    /// <summary>So many locals in a row.</summary>
    public static LocalId[] Locals(int first, int count)
    {
        var locals = new LocalId[count];
        for (int i = 0; i < count; i++)
            locals[i] = new(first + i);
        return locals;
    }

    private static void Each(Scope s, CallShape call, in Source source, in Target target)
    {
        CallSide lower = call.Lower, lift = call.Lift;
        uint[] sourceOffsets = lower.ParamTuple!.For(lower.PtrType).Offsets;
        uint[] targetOffsets = lift.ParamTuple!.For(lift.PtrType).Offsets;
        int sourceSlots = 0, targetSlots = 0;
        for (int i = 0; i < lower.Params.Length; i++)
        {
            s.Enter("param", lower.Input.Type.Params[i].Name);
            Translate.Value(
                s,
                lower.Params[i],
                source.At(sourceOffsets[i], sourceSlots),
                lift.Params[i],
                target.At(targetOffsets[i], targetSlots));
            s.Leave();
            if (!source.InMemory)
                sourceSlots += lower.Params[i].For(lower.PtrType).FlatTypes!.Length;
            if (!target.InMemory)
                targetSlots += lift.Params[i].For(lift.PtrType).FlatTypes!.Length;
        }
    }

    /// <summary>Traps unless a value of the type is at the address.</summary>
    private static void CheckTuple(Scope s, Side side, LocalId address, AbiType type)
    {
        var layout = type.For(side.Ptr.Type);
        s.Code.Get(address);
        side.Ptr.Const(s.Code, layout.Alignment - 1);
        side.Ptr.Const(s.Code, (uint)layout.ElemSize);
        s.Helpers.CheckRange(s, side, TrapCode.PointerOutOfBounds);
    }
}
