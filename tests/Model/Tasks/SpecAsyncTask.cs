using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Fact.Model.Tasks;

/// <summary>A call whose callee may block. Spec: <c>Task</c>, of functions whose type is async.</summary>
/// <param name="function">What is called.</param>
/// <param name="onStart">Spec: <c>on_start</c>.</param>
/// <param name="onResolve">Spec: <c>on_resolve</c>.</param>
public sealed class SpecAsyncTask(SpecLifted function, Func<IReadOnlyList<SpecValue>> onStart, Action<IReadOnlyList<SpecValue>> onResolve) : SpecTask
{
    private SpecThread? implicitThread;

    /// <summary>Spec: <c>ft</c>, <c>opts</c>.</summary>
    public SpecLifted Function => function;

    /// <summary>Spec: <c>inst</c>.</summary>
    public SpecInstance Inst => function.Inst;

    /// <summary>Spec: <c>state == RESOLVED</c>.</summary>
    public bool Resolved { get; private set; }

    /// <summary>Spec: <c>needs_exclusive</c>.</summary>
    public bool NeedsExclusive => !function.Options.Async || function.Callback is not null;

    /// <summary>Spec: <c>enter_implicit_thread</c>.</summary>
    public async Task EnterImplicitThread()
    {
        implicitThread = Inst.Store.Current!;
        bool HasBackpressure() => NeedsExclusive && Inst.ExclusiveThread is not null;
        if (HasBackpressure() || Inst.NumWaitingToEnter > 0)
        {
            Inst.NumWaitingToEnter++;
            await implicitThread.WaitUntil(() => !HasBackpressure()).ConfigureAwait(false);
            Inst.NumWaitingToEnter--;
        }
        if (NeedsExclusive)
            Inst.ExclusiveThread = implicitThread;
    }

    /// <summary>Spec: <c>exit_implicit_thread</c>.</summary>
    public void ExitImplicitThread()
    {
        SpecTrap.If(!Resolved, "async-lifted export failed to produce a result");
        if (NeedsExclusive)
            Inst.ExclusiveThread = null;
    }

    /// <summary>Lets others into the instance until something is so, and takes it again. Spec: how the loop of <c>canon_lift</c> waits.</summary>
    public async Task Release(Func<bool> ready)
    {
        Inst.ExclusiveThread = null;
        await implicitThread!.WaitUntil(() => Inst.ExclusiveThread is null && ready()).ConfigureAwait(false);
        Inst.ExclusiveThread = implicitThread;
    }

    /// <summary>Spec: <c>start</c>.</summary>
    public IReadOnlyList<SpecValue> Start() => onStart();

    /// <summary>Spec: <c>return_</c>.</summary>
    public void Return(IReadOnlyList<SpecValue> result)
    {
        SpecTrap.If(Resolved, "`task.return` or `task.cancel` called more than once for current task");
        SpecTrap.If(NumBorrows > 0, "borrow handles still remain at the end of the call");
        onResolve(result);
        Resolved = true;
    }
}
