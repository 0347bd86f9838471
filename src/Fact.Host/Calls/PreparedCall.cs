using System;
using Fact.Host.Engine;
using Fact.Host.Tasks;
using Fact.Ir;
using Fact.Values;
using Wasmtime;
using Import = Fact.Ir.Import;

namespace Fact.Host.Calls;

/// <summary>
/// What an adapter with an asynchronous side says before a call: two core functions of its own that translate the parameters and the result, the instances on both sides,
/// what the result is, and the parameters.
/// </summary>
/// <param name="AsyncType">Whether the type of the function is async.</param>
/// <param name="Start"><c>[async-start]</c></param>
/// <param name="Return"><c>[async-return]</c></param>
/// <param name="Lower">The instance of the caller.</param>
/// <param name="Lift">The instance of the callee.</param>
/// <param name="Returns">What <c>task.return</c> must have been given.</param>
/// <param name="Arguments">The core arguments of the caller, with the return pointer.</param>
internal sealed record PreparedCall(
    bool AsyncType, CoreFunction Start, CoreFunction Return, InstanceId Lower, InstanceId Lift, TaskReturnOptions Returns, ulong[] Arguments)
{
    /// <summary>Before its own parameters, those of the call: two functions and five numbers.</summary>
    private const int Leading = 7;

    /// <summary>The body of <c>[prepare-call]</c>.</summary>
    public static Func<EngineArguments, ulong[]> Prepare(ComponentState state, Import.PrepareCall import)
    {
        bool asyncType = state.Component.Roles.IsAsync(import.Adapter);
        return a =>
        {
            state.Prepared = From(a, asyncType, import.LiftMemory?.Id);
            return [];
        };
    }

    private static PreparedCall From(EngineArguments a, bool asyncType, CoreMemoryId? memory) => new(
        asyncType,
        a.Function(0),
        a.Function(1),
        new((uint)a.Bits[2]),
        new((uint)a.Bits[3]),
        new(new((uint)a.Bits[4]), (StringEncoding)a.Bits[5], memory),
        a.Bits[Leading..]);

    /// <summary>The body of <c>[start-call]</c>.</summary>
    /// <param name="state">The component.</param>
    /// <param name="callback">The callback of an asynchronous callee; null where it has none.</param>
    /// <param name="postReturn">The post-return function of a synchronous callee; null where it has none.</param>
    /// <param name="isAsync">Whether the caller is asynchronous.</param>
    public static Func<EngineArguments, ulong[]> StartCall(ComponentState state, CoreFuncId? callback, CoreFuncId? postReturn, bool isAsync) => a =>
    {
        var prepared = state.Prepared ?? throw new System.Diagnostics.UnreachableException("a call is prepared before it is started");
        state.Prepared = null;
        bool calleeIsAsync = !isAsync || a.Bits[3] != 0;
        return prepared.Run(state, Lifted(state, prepared, a.Function(0), calleeIsAsync, callback, postReturn), isAsync);
    };

    private static LiftedFunction Lifted(
        ComponentState state, PreparedCall prepared, CoreFunction callee, bool isAsync, CoreFuncId? callback, CoreFuncId? postReturn) => new(
        state.Tasks.CountsAsAsync(prepared.AsyncType, isAsync),
        isAsync,
        state.Tasks.Core(callee.Function, callee.Type),
        callback is { } back ? state.Tasks.Core(state.Core.Func(back), CallbackType) : null,
        postReturn is { } post ? results => NotLeaving(state, prepared.Lift, () => state.Tasks.Core(state.Core.Func(post), new(callee.Type.Results, []))(results)) : null,
        prepared.Returns);

    /// <summary>The core type of a callback.</summary>
    public static CoreFuncType CallbackType { get; } = new([CoreValType.I32, CoreValType.I32, CoreValType.I32], [CoreValType.I32]);

    /// <summary>Calls a post-return function.</summary>
    public static T NotLeaving<T>(ComponentState state, InstanceId instance, Func<T> call)
    {
        state.Flags.SetCanLeave(instance, false);
        var result = call();
        state.Flags.SetCanLeave(instance, true);
        return result;
    }

    private ulong[] Run(ComponentState state, LiftedFunction function, bool isAsync)
    {
        if (!state.Flags.CanEnter(Lift, Lower))
            throw new TrapSignal("cannot enter component instance");
        var scope = new CallScope();
        int results = Return.Type.Params.Length;
        var call = new LoweredCall(
            () => state.Resources.Within(scope, () => state.Tasks.Part(Start, Arguments[..Start.Type.Params.Length])),
            flat => state.Tasks.Part(Return, flat.Length < results ? [.. flat, Arguments[^1]] : flat),
            () => state.Resources.Release(scope));
        return state.Tasks.Wait(caller => CanonLower.Call(
            caller,
            state.Tasks.Instance(Lower),
            (onStart, onResolve) => CanonLift.Start(function, state.Tasks.Instance(Lift), onStart, onResolve, scope).RequestCancellation,
            isAsync,
            call));
    }
}
