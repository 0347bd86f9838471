using System;
using System.Collections.Generic;
using Fact.Ir;
using Fact.Model.Tasks;

namespace Fact.Model;

/// <summary>Handles by their indices. Spec: <c>Table</c>.</summary>
public sealed class SpecTable
{
    private const int MaxLength = (1 << 28) - 1;

    private readonly List<SpecEntry?> array = [null];
    private readonly Stack<uint> free = new();

    /// <summary>Hears of handles that are added, with their indices.</summary>
    public Action<uint, SpecHandle>? Added { get; set; }

    /// <summary>What is at the indices from 0 on.</summary>
    public IReadOnlyList<SpecEntry?> Array => array;

    /// <summary>A handle of a resource. Spec: <c>get</c>.</summary>
    public SpecHandle Get(uint i) => Get<SpecHandle>(i);

    /// <summary>Something of a kind. Spec: <c>get</c>, and <c>trap_if(not isinstance(…))</c>.</summary>
    public T Get<T>(uint i)
        where T : SpecEntry
    {
        SpecTrap.If(i >= array.Count || array[(int)i] is null, "unknown handle index");
        SpecTrap.If(array[(int)i] is not T, "handle of the wrong kind");
        return (T)array[(int)i]!;
    }

    /// <summary>Adds a handle of a resource. Spec: <c>add</c>.</summary>
    public uint Add(SpecHandle e)
    {
        uint i = AddEntry(e);
        Added?.Invoke(i, e);
        return i;
    }

    /// <summary>Spec: <c>add</c>.</summary>
    public uint AddEntry(SpecEntry e)
    {
        if (!free.TryPop(out uint i))
        {
            i = (uint)array.Count;
            SpecTrap.If(i > MaxLength, "too many handles");
            array.Add(null);
        }
        array[(int)i] = e;
        return i;
    }

    /// <summary>Spec: <c>remove</c>.</summary>
    public SpecHandle Remove(uint i) => Remove<SpecHandle>(i);

    /// <summary>Spec: <c>remove</c>, and <c>trap_if(not isinstance(…))</c>.</summary>
    public T Remove<T>(uint i)
        where T : SpecEntry
    {
        var e = Get<T>(i);
        array[(int)i] = null;
        free.Push(i);
        return e;
    }
}

/// <summary>What an instance has an index for.</summary>
public abstract class SpecEntry;

/// <summary>A resource type with the instance that defines it. Spec: <c>ResourceType</c>.</summary>
/// <param name="impl">The instance.</param>
/// <param name="dtor">Its destructor, which gets what the definer knows the resource by.</param>
public sealed class SpecResourceType(SpecInstance impl, CoreFunc dtor)
{
    /// <summary>The instance that defines it.</summary>
    public SpecInstance Impl => impl;

    /// <summary>Its destructor, which gets what the definer knows the resource by.</summary>
    public CoreFunc Dtor => dtor;
}

/// <summary>A handle of a resource. Spec: <c>ResourceHandle</c>.</summary>
/// <param name="rt">The resource type.</param>
/// <param name="rep">What its definer knows the resource by.</param>
/// <param name="borrowScope">The call that it is lent to; null where it owns the resource.</param>
public sealed class SpecHandle(SpecResourceType rt, ulong rep, SpecTask? borrowScope) : SpecEntry
{
    /// <summary>The resource type.</summary>
    public SpecResourceType Rt => rt;

    /// <summary>What its definer knows the resource by.</summary>
    public ulong Rep => rep;

    /// <summary>Whether it owns the resource.</summary>
    public bool Own => borrowScope is null;

    /// <summary>The call that it is lent to.</summary>
    public SpecTask? BorrowScope => borrowScope;

    /// <summary>How many calls it is lent to.</summary>
    public int NumLends { get; set; }
}

/// <summary>A component instance. Spec: <c>ComponentInstance</c>.</summary>
/// <param name="store">Where its threads are; null where there are only calls that return before anything else happens.</param>
public sealed class SpecInstance(SpecStore? store = null)
{
    /// <summary>Spec: <c>store</c>.</summary>
    public SpecStore Store => store ?? throw new InvalidOperationException("an instance without threads");

    /// <summary>Its handles.</summary>
    public SpecTable Handles { get; } = new();

    /// <summary>Whether it may call imports.</summary>
    public bool MayLeave { get; set; } = true;

    /// <summary>Spec: <c>threads</c>.</summary>
    public List<SpecThread> Threads { get; } = [];

    /// <summary>Spec: <c>backpressure</c>.</summary>
    public int Backpressure { get; set; }

    /// <summary>Spec: <c>num_waiting_to_enter</c>.</summary>
    public int NumWaitingToEnter { get; set; }

    /// <summary>Spec: <c>exclusive_thread</c>.</summary>
    public SpecThread? ExclusiveThread { get; set; }

    /// <summary>What the thread stores that runs in it. Spec: <c>Thread.storage</c>.</summary>
    public ulong[] Storage { get; private set; } = new ulong[2];

    /// <summary>Runs something in a thread of its own.</summary>
    public T InThread<T>(Func<T> run)
    {
        ulong[] outer = Storage;
        Storage = new ulong[2];
        var result = run();
        Storage = outer;
        return result;
    }
}

/// <summary>A call on the side of the callee. Spec: <c>Task</c>.</summary>
public class SpecTask
{
    /// <summary>How many handles the callee was lent and has not dropped.</summary>
    public int NumBorrows { get; set; }
}

/// <summary>The handles of an instance in one call.</summary>
/// <param name="inst">The instance.</param>
/// <param name="types">The resource types by the numbers in types of handles.</param>
/// <param name="task">The call, where values are lowered into the callee.</param>
/// <param name="subtask">The call, where values are lifted from the caller.</param>
public sealed class InstanceHandles(SpecInstance inst, Func<uint, SpecResourceType> types, SpecTask? task, SpecSubtask? subtask) : IHandles
{
    /// <inheritdoc/>
    public SpecValue.Handle Lift(ValType type, uint index) => type switch
    {
        ValType.Own t => new(TransferKind.Own, LiftOwn(types(t.Table.Value), index), t.Table.Value),
        ValType.Borrow t => new(TransferKind.Borrow, LiftBorrow(types(t.Table.Value), index), t.Table.Value),
        ValType.Stream t => new(TransferKind.Stream, LiftAsyncValue(true, t.Element, index), t.Table.Value),
        ValType.Future t => new(TransferKind.Future, LiftAsyncValue(false, t.Element, index), t.Table.Value),
        _ => throw new NotSupportedException($"{type} in a synchronous call of the model"),
    };

    /// <inheritdoc/>
    public uint Lower(ValType type, SpecValue.Handle handle) => type switch
    {
        ValType.Own t => inst.Handles.Add(new(types(t.Table.Value), handle.Rep, null)),
        ValType.Borrow t => LowerBorrow(types(t.Table.Value), handle.Rep),
        ValType.Stream or ValType.Future => inst.Store.Travelling[(int)handle.Rep].EnterInto(inst),
        _ => throw new NotSupportedException($"{type} in a synchronous call of the model"),
    };

    // def lift_own(cx, i, t)
    private ulong LiftOwn(SpecResourceType rt, uint i)
    {
        var h = inst.Handles.Remove(i);
        SpecTrap.If(h.Rt != rt, "handle of the wrong type");
        SpecTrap.If(h.NumLends != 0, "cannot remove owned resource while borrowed");
        SpecTrap.If(!h.Own, "cannot lift own resource from a borrow");
        return h.Rep;
    }

    // def lift_borrow(cx, i, t)
    private ulong LiftBorrow(SpecResourceType rt, uint i)
    {
        var h = inst.Handles.Get(i);
        SpecTrap.If(h.Rt != rt, "handle of the wrong type");
        subtask!.AddLender(h);
        return h.Rep;
    }

    // def lift_async_value(ReadableEndT, cx, i, t)
    private ulong LiftAsyncValue(bool isStream, ValType? element, uint i)
    {
        var e = SpecCopyEnd.Get(inst, new(isStream, true, element), i);
        e.RequireMovable("lift");
        inst.Handles.Remove<SpecCopyEnd>(i);
        inst.Store.Travelling.Add(e);
        return (ulong)inst.Store.Travelling.Count - 1;
    }

    // def lower_borrow(cx, rep, t)
    private uint LowerBorrow(SpecResourceType rt, ulong rep)
    {
        if (rt.Impl == inst)
            return (uint)rep;
        task!.NumBorrows++;
        return inst.Handles.Add(new(rt, rep, task));
    }
}
