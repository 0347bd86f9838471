using System.Collections.Generic;
using System.Linq;
using Fact.Host;
using Fact.Host.Tasks;
using LanguageExt;
using Xunit;

namespace Fact.Properties.Host.Tasks;

/// <summary>When a call that is cancelled is told so, and what its caller is told.</summary>
public sealed class CancelFacts
{
    private TaskRig rig = new(null);
    private readonly List<EventCode> told = [];
    private GuestTask? callee;

    [Fact]
    public void A_call_that_could_not_be_told_is_as_soon_as_the_exclusive_thread_has_gone()
    {
        var (instance, _) = rig.Instance();
        var (other, _) = rig.Instance();
        var holds = new LiftedFunction(AsyncType: true, Async: true, async _ =>
        {
            await rig.Scheduler.CurrentThread.Yield(cancellable: false);
            rig.Scheduler.CurrentThread.Task.Return([]);
            return [Exit];
        }, static _ => Flow<ulong[]>.Of([Exit]));
        var asks = rig.Stackful(_ =>
        {
            callee!.RequestCancellation();
            Assert.Empty(told);
            return Flow<Unit>.Of(default);
        });

        rig.RunUntil(() => told.Count > 0, (instance, Waits(instance, answers: 1)), (instance, holds), (other, asks));

        Assert.Equal([EventCode.TaskCancelled], told);
    }

    [Fact]
    public void A_call_of_which_another_thread_was_told_keeps_its_place_among_those_that_wait()
    {
        var (instance, _) = rig.Instance();
        var (other, _) = rig.Instance();
        uint set = WaitableBuiltins.New(instance), second = 0;
        var element = new Subtask(static () => { });
        WaitableBuiltins.Join(instance, instance.Handles.Add(element), set);
        var order = new List<string>();
        bool isTold = false;
        var holds = new LiftedFunction(AsyncType: true, Async: true, async _ =>
        {
            var thread = rig.Scheduler.CurrentThread;
            callee!.RequestCancellation();
            ThreadBuiltins.ResumeLater(instance, second);
            while (!isTold)
                await thread.Yield(cancellable: false);
            thread.Task.Return([]);
            return [Exit];
        }, static _ => Flow<ulong[]>.Of([Exit]));
        var gives = rig.Stackful(async thread =>
        {
            while (!isTold || instance.ExclusiveThread is not null)
                await thread.Yield(cancellable: false);
            for (int i = 0; i < 10; i++)
            {
                if (i > 5)
                    element.PendingEvent ??= static () => default;
                await thread.Yield(cancellable: false);
            }
            return default;
        });

        rig.RunUntil(() => order.Count == 2, (instance, Waits("first")), (instance, Waits("later")), (instance, holds), (other, gives));

        Assert.Equal(["first", "later"], order);

        LiftedFunction Waits(string name) => new(AsyncType: true, Async: true, _ =>
        {
            callee ??= rig.Scheduler.CurrentThread.Task;
            if (second == 0)
            {
                second = ThreadBuiltins.New(callee, async () =>
                {
                    isTold = await rig.Scheduler.CurrentThread.Yield(cancellable: true);
                    return [];
                });
            }
            return Flow<ulong[]>.Of([Wait | (set << 4)]);
        }, _ =>
        {
            order.Add(name);
            rig.Scheduler.CurrentThread.Task.Return([]);
            return Flow<ulong[]>.Of([Exit]);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_subtask_in_a_waitable_set_cannot_be_cancelled(bool isAsync)
    {
        var (instance, _) = rig.Instance();
        var (caller, _) = rig.Instance();
        var calls = rig.Stackful(async thread =>
        {
            uint subtask = await Call(thread, instance, Waits(instance, answers: 1));
            WaitableBuiltins.Join(caller, subtask, WaitableBuiltins.New(caller));
            await TaskBuiltins.CancelSubtask(thread, caller, isAsync, subtask);
            return default;
        });

        var trap = Assert.Throws<TrapSignal>(() => rig.Run((caller, calls)));

        Assert.Contains("while added to a waitable set", trap.Message, System.StringComparison.Ordinal);
        Assert.Empty(told);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Who_cancels_synchronously_waits_for_the_end_though_the_start_was_not_told(int seed)
    {
        rig = new(seed);
        var (instance, _) = rig.Instance();
        var (caller, handles) = rig.Instance();
        uint state = 0;
        var calls = rig.Stackful(async thread =>
        {
            instance.AddBackpressure(1);
            uint subtask = await Call(thread, instance, Waits(instance, answers: 2));
            instance.AddBackpressure(-1);
            while (callee is null)
                await thread.Yield(cancellable: false);
            state = await TaskBuiltins.CancelSubtask(thread, caller, isAsync: false, subtask);
            TaskBuiltins.DropSubtask(caller, subtask);
            return default;
        });

        rig.Run((caller, calls));

        Assert.Equal((uint)SubtaskState.CancelledBeforeReturned, state);
        Assert.Equal([EventCode.TaskCancelled, EventCode.None], told);
        Assert.Equal(0, handles.Count);
    }

    private const ulong Exit = 0, Yield = 1, Wait = 2;

    /// <summary>A function that waits for what never comes, until it is cancelled; it says that it is when it has been called back some times.</summary>
    private LiftedFunction Waits(TaskInstance instance, int answers) => new(
        AsyncType: true,
        Async: true,
        _ =>
        {
            callee = rig.Scheduler.CurrentThread.Task;
            return Flow<ulong[]>.Of([Wait | (WaitableBuiltins.New(instance) << 4)]);
        },
        arguments =>
        {
            told.Add((EventCode)arguments[0]);
            if (told.Count < answers)
                return Flow<ulong[]>.Of([Yield]);
            callee!.Cancel();
            return Flow<ulong[]>.Of([Exit]);
        });

    /// <summary>Calls a function asynchronously.</summary>
    /// <returns>The handle of the subtask.</returns>
    private static async Flow<uint> Call(GuestThread thread, TaskInstance instance, LiftedFunction function)
    {
        var call = new LoweredCall(static () => [], static results => results, static () => { });
        ulong[] status = await CanonLower.Call(
            thread, thread.Task.Inst, (onStart, onResolve) => CanonLift.Start(function, instance, onStart, onResolve).RequestCancellation, isAsync: true, call);
        return (uint)status.Single() >> 4;
    }
}
