using System;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Passes;

namespace Fact.Lower.Plan;

/// <summary>Plans what the functions of adapters do, straight from the specification; each function goes through the passes. Spec: <c>canon_lower</c>,
/// <c>canon_lift</c>.</summary>
/// <param name="copies">Plans how values are copied.</param>
/// <param name="passes">What makes plans cheaper.</param>
/// <param name="exceptionBarrier">Whether exceptions become traps.</param>
internal sealed class CallPlanner(CopyPlanner copies, PassList passes, bool exceptionBarrier)
{
    private readonly ActList acts = new();
    private readonly FlagActs flags = new();
    private AdapterFacts facts;

    /// <summary>The plan of an adapter.</summary>
    public CallPlan Of(CallShape call)
    {
        var adapter = call.Adapter;
        facts = adapter.Facts;
        var callee = new Import.Callee(adapter.Name, adapter.Callee, adapter.Lift.CoreType);
        var postReturn = adapter.Lift.Options.PostReturn is { } func ? new Import.PostReturn(adapter.Name, func, new(adapter.Lift.CoreType.Results, [])) : null;
        EquatableArray<FuncPlan> funcs = call.Lift.Async || call.Lower.Async
            ? [Func(FuncRole.Adapter, adapter.Name, adapter.Lower.CoreType, OfCaller(call).RequireMayLeave, AsyncPlan.Hand(call)), Start(call), Return(call)]
            : EquatableArray.One(Sync(call, callee, postReturn));
        return new(adapter, call.Lift.Side, call.Lift.Flags, call.Lower.Side, call.Lower.Flags, callee, postReturn, funcs);
    }

    /// <summary>
    /// Both sides are synchronous, so all happens in the adapter. While parameters are lowered, the callee's instance may not be left; while the result is, the
    /// caller's; while post-return runs, the callee's. By the older rule of reentrance, what is entered may not be entered again until the end.
    /// </summary>
    private FuncPlan Sync(CallShape call, Import.Callee callee, Import.PostReturn? postReturn)
    {
        FlagActs.Acts lift = OfCallee(call), lower = OfCaller(call);
        bool entersNothing = facts.HasFlag(AdapterFacts.CalleeEntersNothing);
        acts.Add(lower.RequireMayLeave);
        foreach (var entered in call.Entered)
            acts.Add(new Act.Require(entered, InstanceFlag.MayEnter));
        foreach (var entered in call.Entered)
            acts.Add(new Act.Clear(entered, InstanceFlag.MayEnter) { IsUnseen = entersNothing });
        acts.Add(EnterCall);
        AddGuarded(
            lift.Close,
            MoveParams(call, CanonicalAbi.MaxFlatParams),
            lift.Open,
            new Act.Invoke(callee) { IsUnseen = facts.HasFlag(AdapterFacts.CallUnseen) });
        acts.Add(lower.Close);
        acts.Add(MoveResult(call, CanonicalAbi.MaxFlatResults, CanonicalAbi.MaxFlatResults, Place.CalleeResult, -1, call.Adapter.Lower.CoreType.Params.Length - 1));
        acts.Add(lower.Open);
        if (postReturn is not null)
        {
            acts.Add(lift.Close);
            AddGuarded(new Act.PostReturn(postReturn));
            acts.Add(lift.Open);
        }
        for (int i = call.Entered.Length - 1; i >= 0; i--)
            acts.Add(new Act.Set(call.Entered[i], InstanceFlag.MayEnter) { IsUnseen = entersNothing });
        acts.Add(ExitCall);
        return Func(FuncRole.Adapter, call.Adapter.Name, call.Lower.Input.CoreType);
    }

    /// <summary>The host starts the call: parameters move from the caller to the callee, whose core arguments are returned.</summary>
    private FuncPlan Start(CallShape call)
    {
        CallSide lift = call.Lift, lower = call.Lower;
        int max = lower.Async ? CanonicalAbi.MaxFlatAsyncParams : CanonicalAbi.MaxFlatParams;
        acts.Add(OfCallee(call).Close);
        acts.Add(MoveParams(call, max));
        acts.Add(OfCallee(call).Open);
        var type = new CoreFuncType(EquatableArray.Seal(lower.CoreParams(max)), EquatableArray.Seal(lift.CoreParams(CanonicalAbi.MaxFlatParams)));
        return Func(FuncRole.AsyncStart, PartNames.AsyncStart(call.Adapter), type);
    }

    /// <summary>The callee returns: results move from it to the caller, by a return pointer of the caller's where they do not fit.</summary>
    private FuncPlan Return(CallShape call)
    {
        CallSide lift = call.Lift, lower = call.Lower;
        int maxSource = lift.Async ? CanonicalAbi.MaxFlatParams : CanonicalAbi.MaxFlatResults, maxTarget = lower.Async ? 0 : CanonicalAbi.MaxFlatResults;
        bool isFlat = lower.HasFlatResult(maxTarget);
        CoreValType[] inputs = lift.HasFlatResult(maxSource) ? [.. lift.FlatResult] : [lift.Pointer];
        CoreValType[] parameters = isFlat ? inputs : [.. inputs, lower.Pointer];
        acts.Add(OfCaller(call).Close);
        acts.Add(MoveResult(call, maxSource, maxTarget, Place.AllParams, 0, parameters.Length - 1));
        acts.Add(OfCaller(call).Open);
        var type = new CoreFuncType(EquatableArray.Seal(parameters), isFlat ? lower.FlatResult : []);
        return Func(FuncRole.AsyncReturn, PartNames.AsyncReturn(call.Adapter), type);
    }

    private Act.Move MoveParams(CallShape call, int maxSource)
    {
        CallSide lift = call.Lift, lower = call.Lower;
        bool sourceIsFlat = lower.HasFlatParams(maxSource), targetIsFlat = lift.HasFlatParams(CanonicalAbi.MaxFlatParams);
        var copy = copies.Params(lower, lift, Form(lower.Side, !sourceIsFlat, lift.Side, !targetIsFlat));
        return new(
            Moved.Params,
            sourceIsFlat ? Place.AllParams : At(0, lower.ParamLayout),
            targetIsFlat ? new Place.Stack(lift.ParamLayout.FlatTypeArray) : new Place.Allocated(lift.ParamLayout.Alignment, (uint)lift.ParamLayout.ElemSize),
            copy);
    }

    private Act.Move MoveResult(CallShape call, int maxSource, int maxTarget, Place flatSource, int sourceAddress, int targetAddress)
    {
        CallSide lift = call.Lift, lower = call.Lower;
        bool sourceIsFlat = lift.HasFlatResult(maxSource), targetIsFlat = lower.HasFlatResult(maxTarget);
        return new(
            Moved.Result,
            sourceIsFlat ? flatSource : At(sourceAddress, lift.ResultLayout!),
            targetIsFlat ? new Place.Stack(lower.FlatResult) : At(targetAddress, lower.ResultLayout!),
            lift.Result is null ? null : copies.Of(lift.Result, lower.Result!, Form(lift.Side, !sourceIsFlat, lower.Side, !targetIsFlat)));
    }

    private void AddGuarded(params ReadOnlySpan<Act> guarded)
    {
        if (exceptionBarrier)
            acts.Add(new Act.Guard(EquatableArray.Create(guarded)) { IsUnseen = facts.HasFlag(AdapterFacts.CalleeThrowsNothing) });
        else
            acts.AddRange(guarded);
    }

    private FlagActs.Acts OfCaller(CallShape call) => flags.Of(call.Lower.Flags, facts.HasFlag(AdapterFacts.CallerFlagUnseen));

    private FlagActs.Acts OfCallee(CallShape call) => flags.Of(call.Lift.Flags, facts.HasFlag(AdapterFacts.CalleeFlagUnseen));

    private FuncPlan Func(FuncRole role, string name, CoreFuncType type) => new(role, name, type, passes.Rewrite(acts.Take()));

    private FuncPlan Func(FuncRole role, string name, CoreFuncType type, params Act[] acts) => new(role, name, type, passes.Rewrite(EquatableArray.Seal(acts)));

    private static Place.At At(int address, TypeLayout layout) => new(address, layout.Alignment, (uint)layout.ElemSize);

    private static CopyForm Form(Side from, bool fromMemory, Side to, bool toMemory) =>
        new(fromMemory, toMemory, from.Is64, to.Is64, from.Encoding, to.Encoding);

    private static Act EnterCall { get; } = new Act.EnterCall();

    private static Act ExitCall { get; } = new Act.ExitCall();
}
