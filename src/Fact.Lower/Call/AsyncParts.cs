using Fact.Ir;
using Fact.Lower.Abi;
using Fact.Lower.Code;

namespace Fact.Lower.Call;

/// <summary>The two functions that the host calls when an asynchronous call makes progress.</summary>
internal static class AsyncParts
{
    /// <summary>Lifts the parameters from the caller and lowers them to the callee, whose core arguments it returns.</summary>
    public static SymbolicFunc Start(Scope s, CallShape call, FuncId id)
    {
        int maxFlat = call.Lower.Async ? Limits.MaxFlatAsyncParams : Limits.MaxFlatParams;
        CoreValType[] parameters = call.Lower.FlatParams(maxFlat) ?? [call.Lower.PtrType];
        CoreValType[] results = call.Lift.FlatParams(Limits.MaxFlatParams) ?? [call.Lift.PtrType];
        s.Code.Start(parameters);
        bool allocates = call.Lift.ParamsAllocate;
        if (allocates)
            call.Lift.Flags.Clear(s, InstanceFlags.MayLeave);
        Values.Params(s, call, maxFlat);
        if (allocates)
            call.Lift.Flags.Set(s, InstanceFlags.MayLeave);
        return Finish(s, id, FuncRole.AsyncStart, Names.AsyncStart(call.Adapter), parameters, results);
    }

    /// <summary>Lifts the results from the callee and lowers them to the caller, by a return pointer of the caller's where they do not fit.</summary>
    public static SymbolicFunc Return(Scope s, CallShape call, FuncId id)
    {
        int maxSource = call.Lift.Async ? Limits.MaxFlatParams : Limits.MaxFlatResults;
        int maxTarget = call.Lower.Async ? 0 : Limits.MaxFlatResults;
        CoreValType[] inputs = call.Lift.FlatResults(maxSource) ?? [call.Lift.PtrType];
        CoreValType[]? flat = call.Lower.FlatResults(maxTarget);
        CoreValType[] parameters = flat is null ? [.. inputs, call.Lower.PtrType] : inputs;
        s.Code.Start(parameters);
        if (call.Lower.ResultAllocates)
            call.Lower.Flags.Clear(s, InstanceFlags.MayLeave);
        Values.Result(s, call, Values.Locals(0, inputs.Length), maxSource, maxTarget, new(parameters.Length - 1));
        if (call.Lower.ResultAllocates)
            call.Lower.Flags.Set(s, InstanceFlags.MayLeave);
        return Finish(s, id, FuncRole.AsyncReturn, Names.AsyncReturn(call.Adapter), parameters, flat ?? []);
    }

    private static SymbolicFunc Finish(Scope s, FuncId id, FuncRole role, string name, CoreValType[] parameters, CoreValType[] results) =>
        s.Code.Finish(id, role, name, new(EquatableArray.Create<CoreValType>(parameters), EquatableArray.Create<CoreValType>(results)));
}

/// <summary>The names of an adapter's exports.</summary>
internal static class Names
{
    public static string AsyncStart(Adapter adapter) => "[async-start]" + adapter.Name;

    public static string AsyncReturn(Adapter adapter) => "[async-return]" + adapter.Name;

    public static string Callee(Adapter adapter) => "[adapter-callee]" + adapter.Name;
}
