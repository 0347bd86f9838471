using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Host.Tasks;
using Fact.Model.Laws;
using LanguageExt;
using Xunit;

namespace Fact.Properties.Host.Tasks;

/// <summary>What must be so of tasks whoever goes on first.</summary>
public sealed class TaskLaws
{
    private const ulong Exit = 0, Yield = 1, Wait = 2;

    /// <summary>A function with a callback: its code lets others run, in the middle and between its parts.</summary>
    private static LiftedFunction Callback(TaskRig rig, Func<GuestThread, Flow<ulong>> part)
    {
        async Flow<ulong[]> Run(ulong[] arguments) => [await part(rig.Scheduler.CurrentThread)];
        return new LiftedFunction(AsyncType: true, Async: true, Run, Run);
    }

    [Law(300)]
    public void Only_one_function_that_needs_the_instance_for_itself_runs_at_a_time((byte Parts, byte Yields)[] raw, int seed, bool seeded)
    {
        var rig = new TaskRig(seeded ? seed : null);
        var (inst, _) = rig.Instance();
        int inside = 0, done = 0;
        var functions = raw.Take(20).Select(task =>
        {
            int parts = task.Parts % 4;
            return Callback(rig, async thread =>
            {
                Assert.Equal(1, ++inside);
                for (int i = 0; i < task.Yields % 4; i++)
                    await thread.Yield(cancellable: false);
                Assert.Equal(1, inside--);
                if (parts-- > 0)
                    return Yield;
                thread.Task.Return([]);
                done++;
                return Exit;
            });
        }).ToList();
        rig.Run([.. functions.Select(f => (inst, f))]);
        Assert.Equal((functions.Count, 0, 0), (done, inst.Threads, rig.Scheduler.WaitingCount));
        Assert.Null(inst.ExclusiveThread);
    }

    [Law(300)]
    public void Nothing_starts_under_backpressure_and_all_that_waited_starts_after_it(byte calls, int seed, bool seeded)
    {
        var rig = new TaskRig(seeded ? seed : null);
        var (inst, _) = rig.Instance();
        int started = 0, count = calls % 10;
        inst.AddBackpressure(1);
        var waiting = Enumerable.Range(0, count).Select(_ => (inst, rig.Stackful(_ =>
        {
            started++;
            return Flow<Unit>.Of(default);
        })));
        var (other, _) = rig.Instance();
        var ends = rig.Stackful(async thread =>
        {
            for (int i = 0; i < 5; i++)
                await thread.Yield(cancellable: false);
            Assert.Equal((0, count), (started, inst.NumWaitingToEnter));
            inst.AddBackpressure(-1);
            return default;
        });
        rig.Run([.. waiting, (other, ends)]);
        Assert.Equal((count, 0), (started, inst.NumWaitingToEnter));
    }

    /// <summary>Waits for nothing until it is cancelled.</summary>
    private static LiftedFunction UntilCancelled(TaskRig rig, TaskInstance inst) => Callback(rig, thread =>
    {
        if (thread.Storage[0] == 0)
        {
            thread.Storage[0] = WaitableBuiltins.New(inst);
            return Flow<ulong>.Of(Wait | (thread.Storage[0] << 4));
        }
        TaskBuiltins.Cancel(thread.Task);
        WaitableBuiltins.Drop(inst, (uint)thread.Storage[0]);
        return Flow<ulong>.Of(Exit);
    });

    /// <summary>Returns after a while.</summary>
    private static LiftedFunction After(TaskRig rig, int parts) => Callback(rig, thread =>
    {
        if (thread.Storage[0]++ < (ulong)parts)
            return Flow<ulong>.Of(Yield);
        thread.Task.Return([]);
        return Flow<ulong>.Of(Exit);
    });

    [Fact]
    public void Ten_thousand_calls_that_are_cancelled_or_not_leave_nothing_behind()
    {
        for (int seed = 0; seed < 100; seed++)
            CallsThatLeaveNothing(seed, calls: 100);
    }

    private static void CallsThatLeaveNothing(int seed, int calls)
    {
        var random = new Random(seed);
        var rig = new TaskRig(seed % 2 == 0 ? null : seed);
        var (caller, callerHandles) = rig.Instance();
        var (callee, calleeHandles) = rig.Instance();
        int released = 0;

        async Flow<Unit> Call(GuestThread thread)
        {
            bool cancelled = random.Next(2) == 0;
            var function = cancelled && random.Next(2) == 0 ? UntilCancelled(rig, callee) : After(rig, random.Next(4));
            var call = new LoweredCall(static () => [], results => results, () => released++);
            ulong status = (await CanonLower.Call(thread, caller, (s, r) => CanonLift.Start(function, callee, s, r).RequestCancellation, isAsync: true, call))[0];
            uint subtask = (uint)status >> 4;
            if (subtask == 0)
                return default;
            if (cancelled && await TaskBuiltins.CancelSubtask(thread, caller, isAsync: random.Next(2) == 0, subtask) != TaskBuiltins.Blocked)
            {
                TaskBuiltins.DropSubtask(caller, subtask);
                return default;
            }
            uint set = WaitableBuiltins.New(caller);
            WaitableBuiltins.Join(caller, subtask, set);
            GuestEvent told;
            do
                told = await WaitableBuiltins.Wait(thread, caller, cancellable: false, set);
            while (told.Payload < (uint)SubtaskState.Returned);
            Assert.Equal((EventCode.Subtask, subtask), (told.Code, told.Index));
            TaskBuiltins.DropSubtask(caller, subtask);
            WaitableBuiltins.Drop(caller, set);
            return default;
        }

        rig.Run([.. Enumerable.Repeat((caller, rig.Stackful(Call)), calls)]);
        Assert.Equal((calls, 0, 0), (released, callerHandles.Count, calleeHandles.Count));
        Assert.Equal((0, 0, 0), (caller.Threads, callee.Threads, rig.Scheduler.WaitingCount));
    }

    [Law(200)]
    public void Without_a_seed_the_same_happens_every_time((byte Parts, byte Yields)[] raw)
    {
        Assert.Equal(Log(), Log());

        List<(int Task, int Part)> Log()
        {
            var rig = new TaskRig(seed: null);
            var log = new List<(int, int)>();
            var functions = raw.Take(10).Select((task, number) =>
            {
                var (inst, _) = rig.Instance();
                return (inst, rig.Stackful(async thread =>
                {
                    for (int part = 0; part < task.Parts % 5; part++)
                    {
                        log.Add((number, part));
                        await thread.Yield(cancellable: false);
                    }
                    return default;
                }));
            });
            rig.Run([.. functions]);
            return log;
        }
    }
}
