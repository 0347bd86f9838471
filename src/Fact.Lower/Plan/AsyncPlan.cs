using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Plan;

/// <summary>An adapter with an asynchronous side hands the call to the host. Three pairings, which differ in how the host is asked to start it.</summary>
internal static class AsyncPlan
{
    private const int PrepareWithResult = -2, PrepareWithoutResult = -1;
    private const int StartFlagAsyncCallee = 1;

    public static Act Hand(CallShape call)
    {
        var adapter = call.Adapter;
        var type = adapter.Lower.CoreType;
        var options = adapter.Lift.Options;
        bool asyncCaller = call.Lower.Async, asyncCallee = call.Lift.Async;
        return new Act.HandToHost(
            new Import.PrepareCall(adapter.Name, type.Params, call.Lift.Side.Memory),
            asyncCaller
                ? new Import.AsyncStartCall(adapter.Name, options.Callback, options.PostReturn)
                : new Import.SyncStartCall(adapter.Name, options.Callback, type.Results),
            adapter.Lower.Instance.Id,
            adapter.Lift.Instance.Id,
            adapter.TaskReturn,
            options.StringEncoding,
            ResultCount(call),
            adapter.Lift.CoreType.Params.Length,
            // An async callee returns a code if it has a callback and nothing if not; the host is told to expect one.
            asyncCallee ? 1 : adapter.Lift.CoreType.Results.Length,
            asyncCallee ? StartFlagAsyncCallee : 0);
    }

    private static int ResultCount(CallShape call)
    {
        if (call.Lower.Async)
            return call.Lower.Result is null ? PrepareWithoutResult : PrepareWithResult;
        return call.Lower.HasFlatResult(CanonicalAbi.MaxFlatParams) ? call.Lower.FlatResult.Length : int.MaxValue;
    }
}
