using System;
using Fact.Host;
using Fact.Host.Tasks;
using Xunit;

namespace Fact.Properties.Host.Tasks;

/// <summary>Who goes on while a function is called whose type is not async, and blocks.</summary>
public sealed class SyncCallFacts
{
    private const ulong Exit = 0, Yield = 1;

    /// <summary>Spec: in <c>canon_lift</c>, <c>t is not inst.exclusive_thread</c>.</summary>
    [Fact]
    public void A_thread_that_has_the_instance_for_itself_does_not()
    {
        var rig = new TaskRig(null);
        var (instance, _) = rig.Instance();
        bool begins = false, goesOn = false;
        var lasts = new LiftedFunction(AsyncType: true, Async: true, static _ => Flow<ulong[]>.Of([Yield]), _ => Code(() =>
        {
            begins = true;
            Wait(thread => thread.Yield(cancellable: false));
            goesOn = true;
            rig.Scheduler.CurrentThread.Task.Return([]);
            return (ulong[])[Exit];
        }));
        var blocks = new LiftedFunction(AsyncType: false, Async: false, _ => Code(() =>
        {
            uint set = WaitableBuiltins.New(instance);
            Wait(thread => WaitableBuiltins.Wait(thread, instance, cancellable: false, set));
            return Array.Empty<ulong>();
        }));

        var trap = Assert.Throws<TrapSignal>(() => rig.Run((instance, lasts), (instance, blocks)));

        Assert.Equal("cannot block a synchronous task before returning", trap.Message);
        Assert.Equal((true, false), (begins, goesOn));

        Flow<T> Code<T>(Func<T> code) => rig.Scheduler.Stacks.Run(rig.Scheduler.CurrentThread, code);

        T Wait<T>(Func<GuestThread, Flow<T>> builtin) => rig.Scheduler.Stacks.Wait(rig.Scheduler.CurrentThread, builtin(rig.Scheduler.CurrentThread));
    }
}
