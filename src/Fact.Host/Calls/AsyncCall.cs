using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fact.Component.Plan;
using Fact.Host.Outside;
using Fact.Host.Tasks;
using Fact.Ir;
using Fact.Values;

namespace Fact.Host.Calls;

/// <summary>A call of a guest that .NET code does not stand and wait for.</summary>
/// <param name="state">The component.</param>
/// <param name="export">What is called.</param>
/// <param name="arguments">The arguments, unchecked.</param>
/// <param name="limits">What the call may take.</param>
/// <param name="cancellationToken">Asks for cancellation.</param>
internal sealed class AsyncCall(
    ComponentState state, LoadedExport export, EquatableArray<ComponentValue> arguments, CallLimits limits, CancellationToken cancellationToken) : IWaiting
{
    private readonly TaskCompletionSource<ComponentValue?> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration registration;
    private bool isPatient = cancellationToken.CanBeCanceled;
    private IDisposable? watch;
    private HostCall? call;
    private GuestTask? task;

    /// <summary>The call as .NET code sees it.</summary>
    public Task<ComponentValue?> Completion => completion.Task;

    private PlanOptions Options => state.Plan.Options[(int)export.Item.Options.Value];

    /// <summary>Starts the call, where nobody else has the component.</summary>
    public void Start()
    {
        if (cancellationToken.IsCancellationRequested)
        {
            completion.TrySetCanceled(cancellationToken);
            return;
        }
        if (state.Embedder.Ended is not null || !state.Flags.CanEnter(Options.Instance, caller: null))
        {
            var closed = (state.Embedder.Ended as ComponentException)?.Failure as CallFailure.Rejected;
            Fail(new ComponentException(closed ?? (CallFailure)new CallFailure.Trapped(new Trap("cannot enter component instance"))));
            return;
        }
        // Here, and not before: what another call has been given meanwhile cannot be given to this one.
        ValueCheck.CheckArguments(arguments, export.Item.FuncType, state.Resources.TypeOf)
            .Bind(values => ExportCall.CheckSizes(state, export, values))
            .Match(
                values => Start(values),
                errors =>
                {
                    Fail(new ComponentException(new CallFailure.Rejected(errors.Select(e => e.Within($"\"{export.Name}\"")).ToEquatableArray())));
                    return LanguageExt.Unit.Default;
                });
    }

    /// <inheritdoc/>
    public void Fail(Exception failure)
    {
        registration.Unregister();
        watch?.Dispose();
        call?.Release();
        completion.TrySetException(failure);
    }

    private LanguageExt.Unit Start(EquatableArray<ComponentValue> values)
    {
        state.Embedder.AddCall(this, isPatient);
        watch = state.Stopper.Begin(limits, state.Embedder.Loop);
        bool guards = !Options.Options.Async;
        if (guards)
            state.Flags.TryEnter(Options.Instance, caller: null);
        call = new HostCall(state, export, Options, values);
        call.OnResolved = () =>
        {
            if (guards)
                state.Flags.Leave(Options.Instance, caller: null);
            Finish();
        };
        if (!state.Tasks.IsUsed)
        {
            call.RunAlone();
            return default;
        }
        var scheduler = state.Tasks.Scheduler;
        // A guest that has called a host function goes on when that returns, and not when this call does.
        task = scheduler.Current is null ? call.Start() : scheduler.As(new Resumer.GoesOn(), call.Start);
        if (!call.Resolved && cancellationToken.CanBeCanceled)
            registration = cancellationToken.UnsafeRegister(static started => ((AsyncCall)started!).RequestCancel(), this);
        return default;
    }

    private void RequestCancel() => state.Embedder.Post(() =>
    {
        if (call!.Resolved)
            return;
        state.Embedder.Impatient(isPatient);
        isPatient = false;
        task!.RequestCancellation();
    });

    private void Finish()
    {
        registration.Unregister();
        watch?.Dispose();
        state.Embedder.RemoveCall(this, isPatient);
        call!.Release();
        if (call.Cancelled)
            completion.TrySetCanceled(cancellationToken);
        else
            completion.TrySetResult(call.Result);
    }
}
