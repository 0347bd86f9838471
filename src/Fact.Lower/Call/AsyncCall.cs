using Fact.Ir;
using Fact.Lower.Code;

namespace Fact.Lower.Call;

/// <summary>An adapter with an asynchronous side: it hands the call to the host. Three pairings, which differ in how the host is asked to start it.</summary>
internal static class AsyncCall
{
    private const int PrepareWithResult = -2, PrepareWithoutResult = -1;
    private const int StartFlagAsyncCallee = 1;

    /// <summary>
    /// <code>
    /// trap unless the caller may be left
    /// (call $prepare-call (ref.func $async-start) (ref.func $async-return)
    ///   caller callee task-return-type string-encoding result-count …parameters)
    /// (call $start-call (ref.func $callee) …)
    /// </code>
    /// </summary>
    public static SymbolicFunc Write(Scope s, CallShape call, FuncId id, FuncId start, FuncId @return)
    {
        var b = s.Code;
        var adapter = call.Adapter;
        var type = adapter.Lower.CoreType;
        b.Start(type.Params.AsSpan());
        call.Lower.Flags.Require(s, InstanceFlags.MayLeave, TrapCode.CannotLeave);

        b.Emit(new Instr.RefFunc(new FuncRef.Defined(start)));
        b.Emit(new Instr.RefFunc(new FuncRef.Defined(@return)));
        b.I32((int)call.Lower.Flags.Instance.Value);
        b.I32((int)call.Lift.Flags.Instance.Value);
        b.I32((int)adapter.TaskReturn.Value);
        b.I32((int)adapter.Lift.Options.StringEncoding);
        b.I32(ResultCount(call));
        for (int i = 0; i < type.Params.Length; i++)
            b.Get(new(i));
        b.Emit(Imports.Call(new Import.PrepareCall(adapter.Name, type.Params, call.Lift.Side.Memory)));

        b.Emit(new Instr.RefFunc(new FuncRef.Imported(call.Callee)));
        b.I32(adapter.Lift.CoreType.Params.Length);
        if (!call.Lower.Async)
        {
            b.Emit(Imports.Call(new Import.SyncStartCall(adapter.Name, adapter.Lift.Options.Callback, type.Results)));
        }
        else
        {
            // An async callee returns a code if it has a callback and nothing if not; the host is told to expect one.
            b.I32(call.Lift.Async ? 1 : adapter.Lift.CoreType.Results.Length);
            b.I32(call.Lift.Async ? StartFlagAsyncCallee : 0);
            b.Emit(Imports.Call(new Import.AsyncStartCall(adapter.Name, adapter.Lift.Options.Callback, adapter.Lift.Options.PostReturn)));
        }
        return b.Finish(id, FuncRole.Adapter, adapter.Name, type);
    }

    private static int ResultCount(CallShape call)
    {
        if (call.Lower.Async)
            return call.Lower.Result is null ? PrepareWithoutResult : PrepareWithResult;
        return call.Lower.FlatResults(int.MaxValue)?.Length ?? int.MaxValue;
    }
}
