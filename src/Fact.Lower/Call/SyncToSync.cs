using Fact.Ir;
using Fact.Lower.Abi;
using Fact.Lower.Code;

namespace Fact.Lower.Call;

/// <summary>A synchronous caller of a synchronous callee: everything happens in the adapter. Spec: <c>canon_lower</c>, <c>canon_lift</c>.</summary>
internal static class SyncToSync
{
    /// <summary>
    /// <code>
    /// trap unless the caller may be left
    /// (call $enter-call)
    /// parameters; (call $callee); results; (call $post-return)
    /// (call $exit-call)
    /// </code>
    /// By the older rule of reentrance it also traps unless all that is entered may be entered, which it then may not until the end.
    /// While parameters are lowered, the callee may not be left; while results are, the caller; while post-return
    /// runs, the callee. Where nothing of a guest runs meanwhile, nobody could tell, and the flag is left alone.
    /// </summary>
    public static SymbolicFunc Write(Scope s, CallShape call, FuncId id)
    {
        var b = s.Code;
        var type = call.Adapter.Lower.CoreType;
        b.Start(type.Params.AsSpan());
        call.Lower.Flags.Require(s, InstanceFlags.MayLeave, TrapCode.CannotLeave);
        foreach (var instance in call.Entered)
            instance.Require(s, InstanceFlags.MayEnter, TrapCode.CannotEnter);
        bool paramsAllocate = call.Lift.ParamsAllocate;
        bool liftIsEntered = false;
        foreach (var instance in call.Entered)
        {
            bool closes = paramsAllocate && instance == call.Lift.Flags;
            liftIsEntered |= closes;
            instance.Clear(s, closes ? InstanceFlags.MayEnter | InstanceFlags.MayLeave : InstanceFlags.MayEnter);
        }
        if (call.PassesBorrows)
            b.Emit(Imports.EnterCall);

        var liftType = call.Adapter.Lift.CoreType;
        CoreValType? resultType = liftType.Results.IsEmpty ? null : liftType.Results[0];
        var result = resultType is { } t ? b.Local(t, "result") : default;
        Barrier.Around(s, resultType, result, () =>
        {
            if (paramsAllocate && !liftIsEntered)
                call.Lift.Flags.Clear(s, InstanceFlags.MayLeave);
            Values.Params(s, call, Limits.MaxFlatParams);
            if (paramsAllocate)
                call.Lift.Flags.Set(s, InstanceFlags.MayLeave);
            b.Emit(Imports.Call(call.Callee));
        });

        if (call.Lower.ResultAllocates)
            call.Lower.Flags.Clear(s, InstanceFlags.MayLeave);
        Values.Result(s, call, [result], Limits.MaxFlatResults, Limits.MaxFlatResults, new(type.Params.Length - 1));
        if (call.Lower.ResultAllocates)
            call.Lower.Flags.Set(s, InstanceFlags.MayLeave);

        if (call.PostReturn is { } postReturn)
        {
            call.Lift.Flags.Clear(s, InstanceFlags.MayLeave);
            Barrier.Around(s, null, default, () =>
            {
                if (resultType is not null)
                    b.Get(result);
                b.Emit(Imports.Call(postReturn));
            });
            call.Lift.Flags.Set(s, InstanceFlags.MayLeave);
        }
        for (int i = call.Entered.Length - 1; i >= 0; i--)
            call.Entered[i].Set(s, InstanceFlags.MayEnter);
        if (call.PassesBorrows)
            b.Emit(Imports.ExitCall);
        return b.Finish(id, FuncRole.Adapter, call.Adapter.Name, type);
    }
}
