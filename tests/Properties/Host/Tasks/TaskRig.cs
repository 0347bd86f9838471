using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Host;
using Fact.Host.Resources;
using Fact.Host.Tasks;
using LanguageExt;

namespace Fact.Properties.Host.Tasks;

/// <summary>Component instances without an engine: their guest code is C#, which can wait anywhere.</summary>
internal sealed class TaskRig
{
    public TaskRig(int? seed) => Scheduler = new Scheduler(new Choices(seed));

    public Scheduler Scheduler { get; }

    /// <summary>A new instance.</summary>
    public (TaskInstance Instance, Handles Handles) Instance()
    {
        var handles = new Handles();
        return (new TaskInstance(Scheduler, handles), handles);
    }

    /// <summary>Guest code of a function without a callback that takes nothing and returns nothing.</summary>
    public LiftedFunction Stackful(Func<GuestThread, Flow<Unit>> body) => new(AsyncType: true, Async: true, async _ =>
    {
        var thread = Scheduler.CurrentThread;
        await body(thread);
        thread.Task.Return([]);
        return [];
    });

    /// <summary>Calls functions from outside, all at once, and lets their tasks go on until all have returned.</summary>
    public void Run(params IReadOnlyList<(TaskInstance Instance, LiftedFunction Function)> calls)
    {
        int resolved = 0;
        var loop = new Resumer.EventLoop(() => resolved == calls.Count);
        Scheduler.As<Unit>(loop, () =>
        {
            foreach (var (instance, function) in calls)
                CanonLift.Start(function, instance, static () => [], _ => resolved++);
            Scheduler.TickUntil(loop, () => resolved == calls.Count);
            // What tasks do after they have returned.
            while (Scheduler.Tick(loop))
            {
            }
            return default;
        });
    }

    /// <summary>Calls functions from outside, all at once, and lets their tasks go on until something is so.</summary>
    public void RunUntil(Func<bool> done, params IReadOnlyList<(TaskInstance Instance, LiftedFunction Function)> calls)
    {
        var loop = new Resumer.EventLoop(done);
        Scheduler.As<Unit>(loop, () =>
        {
            foreach (var (instance, function) in calls)
                CanonLift.Start(function, instance, static () => [], static _ => { });
            Scheduler.TickUntil(loop, done);
            return default;
        });
    }

    /// <summary>A stream of bytes from one instance to another: the handles of its ends.</summary>
    public static (uint Readable, uint Writable) Stream(TaskInstance from, TaskInstance to)
    {
        ulong both = ChannelBuiltins.New(from, isStream: true, table: 0, numeric: true);
        return (ChannelBuiltins.Lower(to, isStream: true, 0, ChannelBuiltins.Lift(from, isStream: true, 0, (uint)both)), (uint)(both >> 32));
    }

    /// <summary>Handles of one instance.</summary>
    internal sealed class Handles : IHandles
    {
        private readonly HandleTable<object> table = new();

        public int Count => table.Count;

        public uint Add(object entry) => table.Add(entry).IfLeft(trap => throw new TrapSignal(trap));

        public object Get(uint index) => table.Get(index).IfLeft(trap => throw new TrapSignal(trap));

        public void Remove(uint index) => table.Remove(index);
    }

    /// <summary>Bytes that are written.</summary>
    internal sealed class Source(byte[] bytes) : IReadableBuffer
    {
        public int Remain => bytes.Length - Progress;

        public int Progress { get; private set; }

        public bool IsZeroLength => bytes.Length == 0;

        public Elements Read(int count)
        {
            Progress += count;
            return new Elements.Numbers(bytes.AsMemory(Progress - count, count));
        }
    }

    /// <summary>Where bytes are read to.</summary>
    internal sealed class Destination(int length) : IWritableBuffer
    {
        public List<byte> Bytes { get; } = [];

        public int Remain => length - Progress;

        public int Progress => Bytes.Count;

        public bool IsZeroLength => length == 0;

        public void Write(Elements elements, int count) => Bytes.AddRange(((Elements.Numbers)elements).Bytes.Span);
    }
}
