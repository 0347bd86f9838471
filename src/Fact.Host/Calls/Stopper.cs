using System;
using System.Globalization;
using System.Threading;
using Fact.Host.Outside;
using Fact.Ir;
using Wasmtime;

namespace Fact.Host.Calls;

/// <summary>Stops guests that exceed the limits of a call.</summary>
internal sealed class Stopper
{
    private readonly Store store;
    private readonly Wasmtime.Engine engine;
    private readonly HostOptions options;
    private readonly StopSource? waiting;
    private Limited? exceeded;
    private int metered;

    /// <param name="store">Where guests run.</param>
    /// <param name="engine">Its engine.</param>
    /// <param name="options">Says for what the engine was made.</param>
    /// <param name="waiting">Tells host functions that wait; null where nothing is stopped.</param>
    public Stopper(Store store, Wasmtime.Engine engine, HostOptions options, StopSource? waiting)
    {
        (this.store, this.engine, this.options, this.waiting) = (store, engine, options, waiting);
        if (options.CanInterrupt)
        {
            // The engine asks here when somebody has counted on, for whatever component of it: most of the time it is for another one.
            store.SetEpochDeadline(1);
            store.SetEpochDeadlineCallback(_ =>
            {
                Check();
                return 1;
            });
        }
        if (options.CanMeter)
            store.Fuel = ulong.MaxValue;
    }

    /// <summary>What is wrong with limits; null where they can be kept.</summary>
    public Diagnostic? Refuse(CallLimits limits, string where) =>
        limits.Interrupts && !options.CanInterrupt
            ? new(DiagnosticCode.NotNow, $"the component was not made to be stopped: open it with {nameof(HostOptions)}.{nameof(HostOptions.Interruptible)}", where)
        : limits.Fuel is not null && !options.CanMeter
            ? new(DiagnosticCode.NotNow, $"the component was not made to use fuel: open it with {nameof(HostOptions)}.{nameof(HostOptions.Metered)}", where)
        : limits.Stop.IsCancellationRequested ? new(DiagnosticCode.NotNow, "the call was stopped before it began", where)
        : null;

    /// <summary>Begins to watch a call, where somebody has the component; disposing the result ends that.</summary>
    public IDisposable? Begin(CallLimits limits, EventLoop loop)
    {
        if (limits.Fuel is { } fuel)
        {
            ulong rest = metered++ > 0 ? store.Fuel : 0;
            store.Fuel = fuel > ulong.MaxValue - rest ? ulong.MaxValue : rest + fuel;
        }
        return limits.IsWatched ? new Limited(this, limits, loop) : null;
    }

    /// <summary>The trap of a call that is in progress and has exceeded its limits; null where none has.</summary>
    public TrapSignal? Stopped => Volatile.Read(ref exceeded)?.Reason is { } reason ? new(new Trap("stopped: " + reason) { IsStop = true }) : null;

    private void Check()
    {
        if (Stopped is { } signal)
            throw signal;
    }

    /// <summary>A call that has limits.</summary>
    private sealed class Limited : IDisposable
    {
        private readonly Stopper stopper;
        private readonly CallLimits limits;
        private readonly EventLoop loop;
        private readonly CancellationTokenSource? clock;
        private readonly CancellationTokenRegistration onTime, onStop;

        public Limited(Stopper stopper, CallLimits limits, EventLoop loop)
        {
            (this.stopper, this.limits, this.loop) = (stopper, limits, loop);
            if (limits.Time is { } time)
            {
                clock = new(time < TimeSpan.Zero ? TimeSpan.Zero : time.TotalMilliseconds > int.MaxValue ? Timeout.InfiniteTimeSpan : time);
                onTime = clock.Token.UnsafeRegister(
                    static limited => ((Limited)limited!).Stop(
                        string.Create(CultureInfo.InvariantCulture, $"the call took longer than {((Limited)limited!).limits.Time!.Value.TotalSeconds} s")),
                    this);
            }
            onStop = limits.Stop.UnsafeRegister(static limited => ((Limited)limited!).Stop("the call was cancelled"), this);
        }

        public string? Reason { get; private set; }

        public void Dispose()
        {
            onTime.Dispose();
            onStop.Dispose();
            clock?.Dispose();
            Interlocked.CompareExchange(ref stopper.exceeded, null, this);
            if (Reason is not null)
                stopper.waiting?.Renew();
            if (limits.Fuel is not null && --stopper.metered == 0)
                stopper.store.Fuel = ulong.MaxValue;
        }

        private void Stop(string reason)
        {
            Reason = reason;
            Interlocked.CompareExchange(ref stopper.exceeded, this, null);
            // Guest code that runs sees the first, a component that waits the second, and a host function that waits the third.
            stopper.engine.IncrementEpoch();
            loop.Post(stopper.Check);
            stopper.waiting?.Cancel();
        }
    }
}
