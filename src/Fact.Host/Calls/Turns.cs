using System;
using System.Linq;
using Fact.Component.Plan;
using Fact.Host.Tasks;
using Wasmtime;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Host.Calls;

/// <summary>Turns of a component's event loop: what has arrived happens, and guests go on until all of them wait.</summary>
internal static class Turns
{
    /// <summary>How much happens in a turn at most: others may want the thread.</summary>
    private const int Most = 10_000;

    /// <summary>A turn. Whatever a guest does, it does not throw.</summary>
    /// <returns>Whether there is more to do.</returns>
    public static bool Run(ComponentState state)
    {
        int depth = state.Resources.Depth;
        try
        {
            var scheduler = state.Tasks.Scheduler;
            var arrivals = state.Embedder.Loop;
            // Guest code that waits on the stack keeps it: the thread has nothing else to do.
            var loop = new Resumer.EventLoop(static () => false, arrivals.Wait, arrivals.Take);
            return scheduler.As(loop, () => Run(state, scheduler, loop));
        }
        catch (Exception e)
        {
            Fail(state, e);
            return false;
        }
        finally
        {
            state.Resources.Unwind(depth);
        }
    }

    /// <summary>Ends a component by what ended guest code, or the host, early.</summary>
    public static void Fail(ComponentState state, Exception exception) => state.Die(exception switch
    {
        TrapSignal or WasmtimeException => state.Traps.Read(exception),
        OutOfMemoryException => new Trap("the host has not enough memory for the values of the call"),
        _ => new Trap("the host failed: " + exception.Message),
    });

    private static bool Run(ComponentState state, Scheduler scheduler, Resumer.EventLoop loop)
    {
        for (int happened = 0; happened < Most; happened++)
        {
            if ((state.Poison is null && scheduler.Tick(loop)) || loop.TakeArrival())
                continue;
            if (state.Embedder.IsStuck)
                throw scheduler.Stuck(loop);
            if (state.Embedder.IsWaitedFor && scheduler.HasLost(loop))
                throw Scheduler.Unsupported;
            return false;
        }
        return state.Embedder.IsWaitedFor;
    }

    /// <summary>
    /// Whether guest code of a component can wait and stay on the stack: where it has no callback, or calls something synchronously that may wait.
    /// </summary>
    public static bool KeepStacks(LinkPlan plan) =>
        plan.Options.Items.Any(o => o.Options is { Async: true, Callback: null })
        || plan.Adapters.Items.Any(a => a.Adapter.Lift.Type.Async && !a.Adapter.Lower.Options.Async)
        || plan.Adapters.Items.Any(a => a.Adapter.Lift.Options is { Async: true, Callback: null })
        || plan.Trampolines.Items.Any(t => t switch
        {
            Trampoline.LowerImport import => !plan.Options[(int)import.Options.Value].Options.Async,
            Trampoline.StreamCopy copy => !plan.Options[(int)copy.Options.Value].Options.Async,
            Trampoline.FutureCopy copy => !plan.Options[(int)copy.Options.Value].Options.Async,
            Trampoline.StreamCancel cancel => !cancel.IsAsync,
            Trampoline.FutureCancel cancel => !cancel.IsAsync,
            Trampoline.SubtaskCancel cancel => !cancel.IsAsync,
            Trampoline.WaitableSetWait or Trampoline.ThreadSwitch or Trampoline.ThreadNewIndirect => true,
            Trampoline.ContextGet or Trampoline.ContextSet or Trampoline.Plain or Trampoline.TaskReturn or Trampoline.Stream or Trampoline.Future
                or Trampoline.ErrorContextNew or Trampoline.ErrorContextDebugMessage or Trampoline.ErrorContextDrop or Trampoline.WaitableSetPoll
                or Trampoline.ResourceNew or Trampoline.ResourceRep or Trampoline.ResourceDrop => false,
        });
}
