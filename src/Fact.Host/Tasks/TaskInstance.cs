using System.Globalization;
using Fact.Host.Resources;

namespace Fact.Host.Tasks;

/// <summary>The handles of a component instance that are not resources: an index space that resources share. Spec: <c>ComponentInstance.handles</c>.</summary>
internal interface IHandles
{
    /// <summary>Spec: <c>add</c>.</summary>
    /// <exception cref="TrapSignal">There are too many.</exception>
    uint Add(object entry);

    /// <summary>Spec: <c>get</c>.</summary>
    /// <exception cref="TrapSignal">There is none.</exception>
    object Get(uint index);

    /// <summary>Takes out what <see cref="Get"/> found. Spec: <c>remove</c>.</summary>
    void Remove(uint index);
}

/// <summary>The part of a component instance that tasks have to do with. Spec: <c>ComponentInstance</c>.</summary>
/// <param name="store">Whose tasks it has.</param>
/// <param name="handles">Spec: <c>handles</c>.</param>
/// <param name="maxThreads">How many threads it may have.</param>
internal sealed class TaskInstance(Scheduler store, IHandles handles, int maxThreads = HandleTable<GuestThread>.MaxLength)
{
    private readonly HandleTable<GuestThread> threads = new(maxThreads);
    private ReadyThreads? ready;

    /// <summary>Its threads that may go on.</summary>
    public ReadyThreads Ready => ready ??= new(this);

    /// <summary>Spec: <c>store</c>.</summary>
    public Scheduler Store => store;

    /// <summary>Spec: <c>handles</c>.</summary>
    public IHandles Handles => handles;

    /// <summary>How often it asked not to be called asynchronously. Spec: <c>backpressure</c>.</summary>
    public int Backpressure { get; private set; }

    /// <summary>Spec: <c>num_waiting_to_enter</c>.</summary>
    public int NumWaitingToEnter { get; set; }

    /// <summary>Spec: <c>exclusive_thread</c>.</summary>
    public GuestThread? ExclusiveThread { get; set; }

    /// <summary>How many threads it has.</summary>
    public int Threads => threads.Count;

    /// <summary>Spec: <c>canon_backpressure_inc</c>, <c>canon_backpressure_dec</c>.</summary>
    /// <exception cref="TrapSignal">The count leaves its range.</exception>
    public void AddBackpressure(int change)
    {
        Backpressure += change;
        if (Backpressure is < 0 or 1 << 16)
            throw new TrapSignal("backpressure counter overflow");
    }

    /// <summary>Spec: <c>canon_backpressure_set</c>, of an older text.</summary>
    public void SetBackpressure(bool enabled) => Backpressure = enabled ? 1 : 0;

    /// <summary>Spec: <c>threads.add</c>.</summary>
    public uint AddThread(GuestThread thread) =>
        threads.Add(thread).IfLeft(_ => throw new TrapSignal("cannot start another thread: the instance has as many as this host allows"));

    /// <summary>Spec: <c>threads.remove</c>.</summary>
    public void RemoveThread(uint index) => threads.Remove(index);

    /// <summary>Spec: <c>threads.get</c>.</summary>
    public GuestThread GetThread(uint index) =>
        threads.Get(index).IfLeft(_ => throw new TrapSignal("unknown thread index " + index.ToString(CultureInfo.InvariantCulture)));
}
