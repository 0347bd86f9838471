using System.Collections.Generic;
using System.Linq;
using Fact.Host.Tasks;
using Fact.Model.Laws;
using LanguageExt;
using Xunit;

namespace Fact.Properties.Host.Tasks;

/// <summary>Who goes on is whoever would be found by looking at all threads.</summary>
public sealed class ScheduleLaws
{
    private const ulong Exit = 0, Yield = 1, Wait = 2;

    /// <summary>More would let threads go on that have been passed over for long, whatever their rank.</summary>
    private const int MostSteps = 70;

    [Law(1000)]
    public void Who_goes_on_is_the_first_of_all_that_are_ready((byte Op, byte Which)[] steps, byte tasks) => new Program(steps, seed: null).Run(2 + (tasks % 8));

    [Law(300)]
    public void With_a_seed_who_goes_on_is_one_of_those_that_are_ready((byte Op, byte Which)[] steps, byte tasks, int seed) =>
        new Program(steps, seed).Run(2 + (tasks % 8));

    [Fact]
    public void With_a_seed_each_of_those_that_wait_for_an_event_can_get_it()
    {
        var got = Enumerable.Range(0, 50).Select(seed =>
        {
            var rig = new TaskRig(seed);
            var (inst, _) = rig.Instance();
            var set = new WaitableSet();
            var subtask = new Subtask(static () => { });
            subtask.Join(set);
            int? first = null;
            var waits = Enumerable.Range(0, 4).Select(i => (inst, rig.Stackful(async thread =>
            {
                await set.WaitForEventAnd(thread, static () => true, cancellable: false);
                first ??= i;
                return default;
            })));
            rig.RunUntil(() => first is not null, [.. waits, (inst, rig.Stackful(async thread =>
            {
                while (set.NumWaiting < 4)
                    await thread.Yield(cancellable: false);
                subtask.PendingEvent = static () => default;
                return default;
            }))]);
            return first;
        });
        Assert.Equal(4, got.Distinct().Count());
    }

    /// <summary>Tasks of two instances that do one thing after another, whoever runs.</summary>
    private sealed class Program((byte Op, byte Which)[] steps, int? seed)
    {
        private readonly TaskRig rig = new(seed);
        private readonly List<GuestThread> threads = [];
        private readonly List<(uint Handle, WaitableSet Set, Subtask[] Elements)> sets = [];
        private readonly System.Collections.Generic.HashSet<GuestTask> asked = [];
        private readonly Queue<(byte Op, byte Which)> rest = new(steps.Take(MostSteps));
        private GuestThread? first;

        public void Run(int tasks)
        {
            TaskInstance[] instances = [rig.Instance().Instance, rig.Instance().Instance];
            // Of the same instance or not, every set is waited for by threads of one.
            foreach (var inst in instances)
            {
                for (int i = 0; i < 2; i++)
                {
                    uint handle = WaitableBuiltins.New(inst);
                    Subtask[] elements = [new(static () => { }), new(static () => { })];
                    foreach (var element in elements)
                        WaitableBuiltins.Join(inst, inst.Handles.Add(element), handle);
                    sets.Add((handle, WaitableBuiltins.GetSet(inst, handle), elements));
                }
            }
            var loop = new Resumer.EventLoop(static () => false);
            rig.Scheduler.As<Unit>(loop, () =>
            {
                for (int i = 0; i < tasks; i++)
                    Add(CanonLift.Start(i % 3 == 0 ? Stackful(i % 2) : Callback(i % 2), instances[i % 2], static () => [], static _ => { }).ImplicitThread!);
                while (true)
                {
                    var ready = threads.Where(thread => thread.Ready).OrderBy(Choices.Rank).ThenBy(thread => thread.Order).ToList();
                    Assert.Equal(ready.Count > 0, Tick());
                    if (ready.Count == 0)
                        return default;
                    Assert.Contains(first, seed is null ? ready.Take(1) : ready);
                }
            });

            bool Tick()
            {
                first = null;
                return rig.Scheduler.Tick(loop);
            }
        }

        private LiftedFunction Stackful(int inst) => new(AsyncType: true, Async: true, async _ =>
        {
            var thread = Begin();
            for (int i = 0; i < 10 && rest.Count > 0; i++)
                await Step(thread, inst);
            End(thread);
            return [];
        });

        private LiftedFunction Callback(int inst)
        {
            return new(AsyncType: true, Async: true, Part, Part);

            async Flow<ulong[]> Part(ulong[] arguments)
            {
                var thread = Begin();
                if (rest.Count % 4 == 0)
                    await Step(thread, inst);
                if (!rest.TryDequeue(out var step))
                {
                    End(thread);
                    return [Exit];
                }
                return [step.Op % 4 == 0 ? Yield : Wait | ((ulong)SetOf(inst, step.Which).Handle << 4)];
            }
        }

        /// <summary>The current thread is one that has gone on.</summary>
        private GuestThread Begin()
        {
            var thread = rig.Scheduler.CurrentThread;
            first ??= thread;
            return Add(thread);
        }

        private GuestThread Add(GuestThread thread)
        {
            if (!threads.Contains(thread))
                threads.Add(thread);
            return thread;
        }

        private static void End(GuestThread thread)
        {
            if (thread.Task.State != GuestTask.TaskState.Resolved && thread == thread.Task.ImplicitThread)
                thread.Task.Return([]);
        }

        private (uint Handle, WaitableSet Set, Subtask[] Elements) SetOf(int inst, byte which) => sets[(2 * inst) + (which % 2)];

        private async Flow<Unit> Step(GuestThread thread, int inst)
        {
            if (!rest.TryDequeue(out var step))
                return default;
            var some = threads[step.Which % threads.Count];
            switch (step.Op % 10)
            {
                case 0 or 1 or 2:
                    await SetOf(inst, step.Which).Set.WaitForEventAnd(thread, static () => true, cancellable: step.Which % 4 < 2);
                    break;
                case 3 or 4 or 5:
                    var element = sets[step.Which % sets.Count].Elements[step.Which / 8 % 2];
                    element.PendingEvent ??= static () => default;
                    break;
                case 6:
                    SetOf(inst, step.Which).Set.Poll(thread, cancellable: false);
                    break;
                case 7:
                    if (some.Task != thread.Task && some.Task.State is GuestTask.TaskState.Started && asked.Add(some.Task))
                        some.Task.RequestCancellation();
                    break;
                case 8:
                    if (some != thread && some.Task.Inst == thread.Task.Inst)
                        await thread.YieldThenPromote(cancellable: false, some);
                    else
                        await thread.Yield(cancellable: true);
                    break;
                case 9:
                    uint index = ThreadBuiltins.New(thread.Task, async () =>
                    {
                        var begun = Begin();
                        await Step(begun, inst);
                        return [];
                    });
                    threads.Add(thread.Task.Inst.GetThread(index));
                    ThreadBuiltins.ResumeLater(thread.Task.Inst, index);
                    break;
            }
            Begin();
            return default;
        }
    }
}
