using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Fact.Host.Outside;

/// <summary>Something that .NET code waits for: a call, or a read.</summary>
internal interface IWaiting
{
    /// <summary>It will not come any more.</summary>
    void Fail(Exception failure);
}

/// <summary>
/// What .NET code and a component wait for from each other. Everything but <see cref="Post"/> and the tokens belongs to whoever has the component.
/// </summary>
internal sealed class Embedder
{
    private readonly HashSet<IWaiting> waiting = new(ReferenceEqualityComparer.Instance);
    private readonly CancellationTokenSource over = new();
    private int onTheirWay, calls, patient;

    /// <param name="turn">Lets guests go on until nobody can; see <see cref="EventLoop"/>.</param>
    /// <param name="onOwnThread">Whether guest code can wait on its stack.</param>
    public Embedder(Func<bool> turn, bool onOwnThread) => Loop = new(turn, MayArrive, onOwnThread);

    /// <summary>What brings things to the component.</summary>
    public EventLoop Loop { get; }

    /// <summary>Why the component has ended; null while it has not.</summary>
    public Exception? Ended { get; private set; }

    /// <summary>Is cancelled when the component has ended.</summary>
    public CancellationToken Over => over.Token;

    /// <summary>Readable ends of channels that .NET code has, and how many of them it has begun to read.</summary>
    public (int All, int Begun) Ends { get; set; }

    /// <summary>Whether .NET code waits for something that guests may give.</summary>
    public bool IsWaitedFor => waiting.Count > 0;

    /// <summary>Whether .NET code does nothing but what it waits for, so that it cannot wait for what it would have to do itself.</summary>
    public bool IsAlone { get; set; }

    /// <summary>Whether .NET code waits for something that cannot come any more.</summary>
    public bool IsStuck => (calls > 0 || OnlyReads) && !MayArrive(onlyBegun: false);

    private bool OnlyReads => IsAlone && waiting.Count > 0 && patient == 0 && waiting.Count - calls == Ends.All;

    /// <summary>What is kept for .NET code; 0 when all is over.</summary>
    public int Count => waiting.Count + onTheirWay + Ends.All;

    /// <summary>Brings something to the component, unless it has ended until then.</summary>
    public void Post(Action happens) => Loop.Post(() =>
    {
        if (Ended is null)
            happens();
    });

    /// <summary>Lets a component wait for a task of .NET code.</summary>
    /// <param name="task">The task.</param>
    /// <param name="arrived">Is given the task when it is over, by whoever has the component then.</param>
    public void Await<T>(Task<T> task, Action<Task<T>> arrived)
    {
        onTheirWay++;
        task.ContinueWith(
            done => Loop.Post(() =>
            {
                onTheirWay--;
                if (Ended is null)
                    arrived(done);
            }),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>.NET code waits for a read.</summary>
    public void Add(IWaiting read) => waiting.Add(read);

    /// <summary>.NET code waits for a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="isPatient">Whether it may wait for what nobody has begun, because it can be cancelled.</param>
    public void AddCall(IWaiting call, bool isPatient)
    {
        waiting.Add(call);
        calls++;
        patient += isPatient ? 1 : 0;
    }

    /// <summary>.NET code need not wait any more.</summary>
    public void Remove(IWaiting read) => waiting.Remove(read);

    /// <summary>.NET code need not wait for a call any more.</summary>
    public void RemoveCall(IWaiting call, bool isPatient)
    {
        waiting.Remove(call);
        calls--;
        Impatient(isPatient);
    }

    /// <summary>A call was cancelled: it cannot be cancelled once more.</summary>
    public void Impatient(bool wasPatient) => patient -= wasPatient ? 1 : 0;

    /// <summary>The component has ended, and nothing that .NET code waits for will come.</summary>
    public void End(Exception failure)
    {
        if (Ended is not null)
            return;
        Ended = failure;
        foreach (var one in waiting)
            one.Fail(failure);
        waiting.Clear();
        (calls, patient, Ends) = (0, 0, (0, 0));
        // Callbacks of the token are code of users; whoever waits for it is not kept waiting by them.
        _ = over.CancelAsync();
    }

    /// <summary>
    /// A turn can wait for whatever .NET code may still do, and for ever where no call waits. A call that keeps its caller waiting cannot wait for what this caller would
    /// have to do: only for what has been begun, or what another call in progress can be ended by.
    /// </summary>
    private bool MayArrive(bool onlyBegun) =>
        onTheirWay > 0 || (!onlyBegun && !OnlyReads && (Ends.Begun > 0 || patient > 0 || (Loop.IsTurn && (Ends.All > 0 || calls == 0))));
}
