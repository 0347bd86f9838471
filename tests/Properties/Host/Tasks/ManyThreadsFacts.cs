using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Fact.Host;
using Fact.Host.Tasks;
using LanguageExt;
using Xunit;

namespace Fact.Properties.Host.Tasks;

/// <summary>What a guest makes the host do does not grow with the number of threads that have nothing to do with it.</summary>
public sealed class ManyThreadsFacts
{
    private const int Many = 100_000, Some = 1000;

    private readonly TaskRig rig = new(seed: null);
    private readonly WaitableSet set = new();
    private readonly Subtask element = new(static () => { });
    private readonly TaskInstance inst;
    private int looks, done;

    public ManyThreadsFacts()
    {
        inst = rig.Instance().Instance;
        element.Join(set);
    }

    [Fact]
    public void An_event_wakes_one_of_those_that_wait_for_it()
    {
        var order = new List<int>();
        rig.RunUntil(() => done == Some, [.. Enumerable.Range(0, Some).Select(i => (inst, rig.Stackful(async thread =>
        {
            await Wait(thread);
            order.Add(i);
            done++;
            return default;
        }))), (inst, Ticker(() => done < Some, () => element.PendingEvent ??= static () => default))]);
        Assert.Equal(Enumerable.Range(0, Some), order);
        Assert.InRange(looks, Some, 8 * Some);
    }

    [Fact]
    public void Nor_are_all_looked_at_where_the_event_is_taken_by_somebody_else()
    {
        GuestThread? polls = null;
        rig.RunUntil(() => done == Some, [.. Enumerable.Range(0, Some).Select(_ => (inst, rig.Stackful(async thread =>
        {
            await Wait(thread);
            Assert.Fail("there is no event for it");
            return default;
        }))), (inst, Ticker(() => done < Some, () =>
        {
            polls ??= rig.Scheduler.CurrentThread;
            element.PendingEvent = static () => new(EventCode.Subtask, 0, 0);
            Assert.Equal(EventCode.Subtask, set.Poll(polls, cancellable: false).Code);
            done++;
        }))]);
        Assert.InRange(looks, Some, 8 * Some);
    }

    [Fact]
    public void Lost_threads_are_not_looked_at_until_something_happens()
    {
        Assert.Equal("deadlock detected: event loop cannot make further progress", Trap(happens: false));
        Assert.InRange(looks, Some, 8 * Some);

        Assert.StartsWith("not supported by this host: threads wait for each other in another order", Trap(happens: true), StringComparison.Ordinal);

        string Trap(bool happens) => Assert.Throws<TrapSignal>(() => rig.RunUntil(static () => false, (inst, rig.Stackful(async thread =>
        {
            for (int i = 0; i < Some; i++)
                StartLost(inst, isExclusive: false);
            for (int i = 0; i < Some; i++)
                await thread.Yield(cancellable: false);
            if (happens)
                element.PendingEvent = static () => default;
            return default;
        })))).Message;
    }

    /// <summary>Spec: in <c>canon_lift</c>, <c>t is not inst.exclusive_thread</c>.</summary>
    [Theory]
    [InlineData(false, "cannot block a synchronous task before returning")]
    [InlineData(true, "not supported by this host: threads wait for each other in another order")]
    public void A_lost_thread_that_has_the_instance_does_not_hide_others(bool hasOthers, string message)
    {
        var blocks = new LiftedFunction(AsyncType: false, Async: false, async _ =>
        {
            await rig.Scheduler.CurrentThread.Suspend(cancellable: false);
            return [];
        });
        var trap = Assert.Throws<TrapSignal>(() => rig.RunUntil(static () => false, (rig.Instance().Instance, rig.Stackful(_ =>
        {
            StartLost(inst, isExclusive: true);
            if (hasOthers)
                StartLost(inst, isExclusive: false);
            element.PendingEvent = static () => default;
            CanonLift.Start(blocks, inst, static () => [], static _ => { });
            return Flow<Unit>.Of(default);
        }))));
        Assert.StartsWith(message, trap.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_threads_wait_for_events_and_end()
    {
        rig.Run((inst, rig.Stackful(async thread =>
        {
            for (int i = 0; i < Many; i++)
            {
                ThreadBuiltins.ResumeLater(inst, ThreadBuiltins.New(thread.Task, async () =>
                {
                    await Wait(rig.Scheduler.CurrentThread);
                    done++;
                    return [];
                }));
            }
            while (done < Many)
            {
                element.PendingEvent ??= static () => default;
                await thread.Yield(cancellable: false);
            }
            return default;
        })));
        Assert.Equal((Many, 0, 0, 0), (done, set.NumWaiting, inst.Threads, rig.Scheduler.WaitingCount));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_hundred_thousand_calls_wait_and_are_cancelled_the_last_first(bool isSubtask)
    {
        var tasks = new List<GuestTask>(Many);
        var waits = rig.Stackful(async thread =>
        {
            tasks.Add(thread.Task);
            await (isSubtask ? thread.WaitUntil(static () => false, cancellable: true, until: element.Resolution) : Cancelled(thread));
            done++;
            return default;
        });
        rig.Run([.. Enumerable.Repeat((inst, waits), Many), (inst, rig.Stackful(async thread =>
        {
            while (tasks.Count < Many)
                await thread.Yield(cancellable: false);
            foreach (var task in Enumerable.Reverse(tasks))
                task.RequestCancellation();
            return default;
        }))]);
        Assert.Equal((Many, 0, 0, 0), (done, set.NumWaiting, inst.Threads, rig.Scheduler.WaitingCount));
    }

    [Fact]
    public void Threads_that_have_ended_are_not_kept_for_one_that_has_not_begun()
    {
        var ended = new List<WeakReference>();
        rig.RunUntil(() => done == Some, (inst, rig.Stackful(async thread =>
        {
            ThreadBuiltins.ResumeLater(inst, ThreadBuiltins.New(thread.Task, static () => Flow<ulong[]>.Of([])));
            while (done < Some)
                await thread.SuspendThenPromote(cancellable: false, NewThread(thread, ended));
            return default;
        })));
        GC.Collect();
        Assert.Equal(Some, ended.Count);
        Assert.InRange(ended.Count(thread => thread.IsAlive), 0, 100);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private GuestThread NewThread(GuestThread starter, List<WeakReference> all)
    {
        uint index = ThreadBuiltins.New(starter.Task, async () =>
        {
            done++;
            starter.ResumeLater();
            return [];
        });
        ThreadBuiltins.ResumeLater(inst, index);
        var thread = inst.GetThread(index);
        all.Add(new(thread));
        return thread;
    }

    private async Flow<GuestEvent> Wait(GuestThread thread) => await set.WaitForEventAnd(
        thread,
        () =>
        {
            looks++;
            return true;
        },
        cancellable: false);

    private async Flow<bool> Cancelled(GuestThread thread) =>
        (await set.WaitForEventAnd(thread, static () => true, cancellable: true)).Code == EventCode.TaskCancelled;

    private LiftedFunction Ticker(Func<bool> goesOn, Action tick) => rig.Stackful(async thread =>
    {
        while (goesOn())
        {
            tick();
            await thread.Yield(cancellable: false);
        }
        return default;
    });

    /// <summary>Calls a function whose code waits on the stack, where the caller goes on at once.</summary>
    private void StartLost(TaskInstance instance, bool isExclusive)
    {
        var function = new LiftedFunction(
            AsyncType: true,
            Async: true,
            _ => rig.Scheduler.Stacks.Run(rig.Scheduler.CurrentThread, () =>
            {
                rig.Scheduler.Stacks.Wait(rig.Scheduler.CurrentThread, Wait(rig.Scheduler.CurrentThread));
                return (ulong[])[];
            }),
            isExclusive ? static _ => throw new System.Diagnostics.UnreachableException() : null);
        rig.Scheduler.As(new Resumer.GoesOn(), () => CanonLift.Start(function, instance, static () => [], static _ => { }));
    }
}
