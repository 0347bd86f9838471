using System;
using Fact.Ir;

namespace Fact.Model.Tasks;

/// <summary>Spec: <c>CopyResult</c>.</summary>
public enum SpecCopyResult
{
    /// <summary>Spec: <c>COMPLETED</c>.</summary>
    Completed,
    /// <summary>Spec: <c>DROPPED</c>.</summary>
    Dropped,
    /// <summary>Spec: <c>CANCELLED</c>.</summary>
    Cancelled,
}

/// <summary>Spec: <c>CopyState</c>.</summary>
public enum SpecCopyState
{
    /// <summary>Spec: <c>IDLE</c>.</summary>
    Idle,
    /// <summary>Spec: <c>COPYING</c>.</summary>
    Copying,
    /// <summary>Spec: <c>CANCELLING_COPY</c>.</summary>
    CancellingCopy,
    /// <summary>Spec: <c>DONE</c>.</summary>
    Done,
}

/// <summary>What an end is of.</summary>
/// <param name="IsStream">Whether of a stream; otherwise of a future.</param>
/// <param name="IsReadable">Whether it is the readable one.</param>
/// <param name="Element">The type of its elements; null for none.</param>
public sealed record SpecEndType(bool IsStream, bool IsReadable, ValType? Element)
{
    /// <summary>Spec: <c>none_or_number_type</c>.</summary>
    public bool NoneOrNumber => Element is null or ValType.Primitive { Type: not (PrimitiveType.Bool or PrimitiveType.Char or PrimitiveType.String) };

    /// <summary>The event of a copy.</summary>
    public SpecEventCode Event => (IsStream, IsReadable) switch
    {
        (true, true) => SpecEventCode.StreamRead,
        (true, false) => SpecEventCode.StreamWrite,
        (false, true) => SpecEventCode.FutureRead,
        (false, false) => SpecEventCode.FutureWrite,
    };

    /// <summary>Its name in traps.</summary>
    public string Name => IsStream ? "stream" : "future";
}

/// <summary>
/// An end of a stream or future. Spec: <c>CopyEnd</c>, as it is since component-model#719: each end knows the other one and nothing is between them, what was
/// dropped shows as soon as something is told, and (#720) ends that do nothing are told too. What a copy does is in the other part.
/// </summary>
/// <param name="type">What it is of.</param>
public sealed partial class SpecCopyEnd(SpecEndType type) : SpecWaitable
{
    private SpecBuffer? buffer;
    private SpecInstance? inst;
    private uint index;

    /// <summary>What it is of.</summary>
    public SpecEndType Type => type;

    /// <summary>The other end; null where that was dropped.</summary>
    public SpecCopyEnd? Other { get; private set; }

    /// <summary>Spec: <c>state</c>.</summary>
    public SpecCopyState State { get; private set; }

    /// <summary>Spec: <c>copying</c>.</summary>
    public bool Copying => State is SpecCopyState.Copying or SpecCopyState.CancellingCopy;

    /// <summary>Makes both ends of a stream or future in an instance. Spec: <c>canon_stream_new</c>, <c>canon_future_new</c>.</summary>
    public static (uint Readable, uint Writable) New(SpecInstance inst, bool isStream, ValType? element)
    {
        SpecTrap.If(!inst.MayLeave, "cannot leave component instance");
        var (readable, writable) = (new SpecCopyEnd(new(isStream, true, element)), new SpecCopyEnd(new(isStream, false, element)));
        (readable.Other, writable.Other) = (writable, readable);
        return (readable.EnterInto(inst), writable.EnterInto(inst));
    }

    /// <summary>Gives it to an instance.</summary>
    public uint EnterInto(SpecInstance owner)
    {
        inst = owner;
        return index = owner.Handles.AddEntry(this);
    }

    /// <summary>Finds an end of a type.</summary>
    public static SpecCopyEnd Get(SpecInstance inst, SpecEndType type, uint i)
    {
        var e = inst.Handles.Get<SpecCopyEnd>(i);
        SpecTrap.If(e.Type != type, "handle of the wrong type");
        return e;
    }

    /// <summary>Traps where it cannot go to somebody else. Spec: what <c>lift_async_value</c> asks for.</summary>
    public void RequireMovable(string verb)
    {
        SpecTrap.If(Copying, $"cannot remove busy {type.Name}");
        SpecTrap.If(State == SpecCopyState.Done, $"cannot {verb} {type.Name} after");
        SpecTrap.If(Set is not null, $"cannot {verb} {type.Name} while it's in a waitable set");
    }

    /// <inheritdoc/>
    public override void Drop()
    {
        SpecTrap.If(Copying, $"cannot drop busy {type.Name}");
        SpecTrap.If(type is { IsStream: false, IsReadable: false } && State != SpecCopyState.Done, "cannot drop future write end without first writing a value");
        Other?.LoseOther();
        base.Drop();
    }

    /// <summary>
    /// Makes the ends that a readable end and a writable one belong to those of each other. Spec: <c>canon_stream_forward</c>, <c>canon_future_forward</c>.
    /// </summary>
    public static void Forward(SpecInstance inst, SpecEndType readable, uint ri, uint wi)
    {
        SpecTrap.If(!inst.MayLeave, "cannot leave component instance");
        var (source, destination) = (Get(inst, readable, ri), Get(inst, readable with { IsReadable = false }, wi));
        source.RequireMovable("forward");
        destination.RequireMovable("forward");
        inst.Handles.Remove<SpecCopyEnd>(ri);
        inst.Handles.Remove<SpecCopyEnd>(wi);
        var (writer, reader) = (source.Other, destination.Other);
        if (writer == destination)
            return;
        writer?.Other = reader;
        reader?.Other = writer;
        if (writer is null)
            reader?.LoseOther();
        else if (reader is null)
            writer.LoseOther();
        else if (writer.buffer is { } pending && reader.buffer is not null)
            writer.Meet(pending, writer.inst!);
    }

    // Spec, since #720: an end that is idle when the other one is dropped is told so.
    private void LoseOther()
    {
        Other = null;
        if (State == SpecCopyState.Idle || (State == SpecCopyState.Done && inst!.Store.Dialect.TellsEndsThatAreDone))
            SetPendingEvent(() => Told(SpecCopyResult.Dropped, 0));
        else if (State != SpecCopyState.Done && buffer is not null)
            Finish(SpecCopyResult.Dropped);
    }
}
