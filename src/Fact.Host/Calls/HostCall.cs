using System;
using Fact.Component.Plan;
using Fact.Host.Canonical;
using Fact.Host.Engine;
using Fact.Host.Tasks;
using Fact.Ir;
using Fact.Values;
using LanguageExt;

namespace Fact.Host.Calls;

/// <summary>A call of a guest that the host makes.</summary>
internal sealed class HostCall(ComponentState state, LoadedExport export, PlanOptions options, EquatableArray<ComponentValue> arguments)
{
    private readonly CallScope scope = new();

    /// <summary>Whether it has returned, or was cancelled.</summary>
    public bool Resolved { get; private set; }

    /// <summary>Whether it was cancelled.</summary>
    public bool Cancelled { get; private set; }

    /// <summary>What the function returned; null where its type has no result.</summary>
    public ComponentValue? Result { get; private set; }

    /// <summary>What is done when it has returned or was cancelled; null for nothing.</summary>
    public Action? OnResolved { get; set; }

    /// <summary>Takes back what the callee was lent.</summary>
    public void Release() => state.Resources.Release(scope);

    /// <summary>Makes the call where no guest can see its task: nothing else can run meanwhile.</summary>
    public void RunAlone()
    {
        try
        {
            ulong[] results = state.Resources.Within(scope, () => CoreValues.Call(state.Core.Func(export.Item.Callee), options.CoreType, Lowered()));
            Return(results);
            var type = new CoreFuncType(options.CoreType.Results, []);
            if (options.Options.PostReturn is { } postReturn)
                PreparedCall.NotLeaving(state, options.Instance, () => CoreValues.Call(state.Core.Func(postReturn), type, results));
            OnResolved?.Invoke();
        }
        finally
        {
            state.Resources.Release(scope);
        }
    }

    /// <summary>Makes the call, and lets other tasks go on until it has returned.</summary>
    public void RunTask()
    {
        var scheduler = state.Tasks.Scheduler;
        try
        {
            if (scheduler.Current is null)
            {
                var arrivals = state.Embedder.Loop;
                var loop = new Resumer.EventLoop(() => Resolved, arrivals.Wait, arrivals.Take);
                scheduler.As<Unit>(loop, () =>
                {
                    Start();
                    scheduler.TickUntil(loop, () => Resolved);
                    return default;
                });
                return;
            }
            // A host function that a guest has called is no task, and cannot wait. Spec: tick, which asserts that nothing else runs.
            scheduler.As(new Resumer.GoesOn(), Start);
            if (!Resolved)
                throw new TrapSignal("a host function called an asynchronous function, and cannot wait until it returns");
        }
        finally
        {
            state.Resources.Release(scope);
        }
    }

    /// <summary>Starts the call as a task.</summary>
    public GuestTask Start()
    {
        var core = options.Options;
        var function = new LiftedFunction(
            state.Tasks.CountsAsAsync(export.Item.FuncType.Async, core.Async),
            core.Async,
            state.Tasks.Core(state.Core.Func(export.Item.Callee), options.CoreType),
            core.Callback is { } callback ? state.Tasks.Core(state.Core.Func(callback), PreparedCall.CallbackType) : null,
            core.PostReturn is { } postReturn ? results => PreparedCall.NotLeaving(state, options.Instance, () => PostReturn(postReturn, results)) : null,
            TaskReturnOptions.Of(export.Item.Results, core));
        return CanonLift.Start(function, state.Tasks.Instance(options.Instance), Lowered, Resolve, scope);
    }

    private Flow<ulong[]> PostReturn(CoreFuncId function, ulong[] results) =>
        state.Tasks.Core(state.Core.Func(function), new CoreFuncType(options.CoreType.Results, []))(results);

    private ulong[] Lowered() => [.. new Lowerer(state.Context(options, scope)).Params(arguments, export.Layout)];

    private void Resolve(ulong[]? results)
    {
        if (results is null)
            Cancelled = true;
        else
            Return(results);
        Resolved = true;
        OnResolved?.Invoke();
    }

    private void Return(ulong[] results)
    {
        Result = new Lifter(state.Context(options, scope)).Result(results, export.Layout);
        Trampolines.OrTrap(state.Resources.Return(scope));
    }
}
