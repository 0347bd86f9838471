using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Model;

namespace Fact.Conformance.Differential.Model;

/// <summary>A guest without WebAssembly: the same memories, and functions that do what <see cref="GuestText"/> says.</summary>
internal sealed class ModelGuest
{
    private readonly Pair pair;
    private readonly byte[] control = new byte[GuestText.Log];
    private readonly List<LogLine> log = [];
    private readonly GuestMemoryType memoryType;
    private readonly Dialect dialect;
    private readonly ModelResources resources;
    private ulong last;

    /// <param name="pair">The pair that it is of.</param>
    /// <param name="type">Its memory.</param>
    /// <param name="instance">Its component instance.</param>
    /// <param name="resources">The resource types that it knows.</param>
    /// <param name="dialect">Whose rules are followed.</param>
    public ModelGuest(Pair pair, GuestMemoryType type, SpecInstance instance, ModelResources resources, Dialect dialect)
    {
        (this.pair, memoryType, Instance, this.resources, this.dialect) = (pair, type, instance, resources, dialect);
        Memory = new(type.Is64, (int)type.Bytes);
        instance.Handles.Added += (index, handle) =>
        {
            if (IsReceiving)
                Received.Add(new(Array.IndexOf(resources.Types, handle.Rt), index, handle.Own));
        };
    }

    public SpecInstance Instance { get; }

    public BlurredMemory Memory { get; }

    /// <summary>Whether handles that its instance gets are for it: an instance can have two guests.</summary>
    public bool IsReceiving { get; set; }

    /// <summary>The handles that it got since it was set up.</summary>
    public List<ReceivedHandle> Received { get; } = [];

    /// <summary>What it lifts and lowers functions with.</summary>
    public SpecOptions Options(StringEncoding encoding, CoreFunc? postReturn = null) =>
        new(encoding, Memory, Realloc, type => resources.Types[type], postReturn, dialect);

    /// <summary>The guest's <c>setup</c>: fills its memories and begins a log.</summary>
    public void Load(string image)
    {
        log.Clear();
        Received.Clear();
        byte[] bytes = new byte[image.Length];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)image[i];
        for (int at = 0; at < bytes.Length;)
        {
            int kind = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
            int to = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 4));
            int size = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 8));
            at += 12;
            var content = bytes.AsSpan(at, size);
            if (kind == 2)
                Memory.Fill(0, (int)Memory.Length, (byte)to);
            else
                Put(kind, (ulong)to, content);
            at += size;
        }
    }

    private void Put(int kind, ulong to, ReadOnlySpan<byte> content)
    {
        if (kind == 0)
            content.CopyTo(control.AsSpan((int)to));
        else
            Memory.Write(to, content);
    }

    /// <summary>The core values in the control memory.</summary>
    public IReadOnlyList<CoreValue> Slots(EquatableArray<CoreValType> types) => [.. types.Items.Select((type, i) => new CoreValue(type, Slot(type, i)))];

    private ulong Slot(CoreValType type, int index)
    {
        ulong bits = Control(GuestText.Slots + (8 * index));
        return type is CoreValType.I32 or CoreValType.F32 ? (uint)bits : bits;
    }

    /// <summary>The core type of a function that it lifts or lowers.</summary>
    public FlatSignature Signature(FuncUnderTest func, bool lift) => lift ? FlatSignature.Lifted(memoryType, func) : FlatSignature.Lowered(memoryType, func);

    /// <summary>Makes a resource, and says its handle.</summary>
    public uint Make(int resource, ulong rep) => Canon.ResourceNew(Instance, resources.Types[resource], rep);

    /// <summary>Drops the handles that it was lent.</summary>
    public void DropBorrows()
    {
        foreach (var handle in Received.Where(handle => !handle.Own))
            Drop(handle.Resource, handle.Index);
    }

    /// <summary>Logs core values as the guests' functions do.</summary>
    public void LogValues(int kind, IReadOnlyList<CoreValue> values)
    {
        log.Add(new(kind, ulong.MaxValue, 0, 0, 0, 0));
        for (int i = 0; i < values.Count; i++)
            log.Add(new(kind, (ulong)i, values[i].Bits, 0, 0, 0));
    }

    public void LogResult(ulong value) => log.Add(new(GuestText.LogValue, 0, value, 0, 0, 0));

    /// <summary>Does with handles what its script says.</summary>
    public void UseHandles()
    {
        ulong steps = Control(GuestText.HandleScript);
        for (int i = 0; i < (int)steps; i++)
        {
            var op = (HandleOp)Control(GuestText.HandleScript + 8 + (16 * i));
            ulong index = Control(GuestText.HandleScript + 16 + (16 * i)), rep = 0;
            switch (op)
            {
                case HandleOp.Drop0 or HandleOp.Drop1:
                    Drop(op - HandleOp.Drop0, (uint)index);
                    break;
                case HandleOp.Rep0 or HandleOp.Rep1:
                    rep = Canon.ResourceRep(Instance, resources.Types[op - HandleOp.Rep0], (uint)index);
                    break;
                case HandleOp.Dropped0 or HandleOp.Dropped1:
                    rep = resources.Sum(op - HandleOp.Dropped0);
                    break;
            }
            log.Add(new(GuestText.LogHandle, (ulong)op, index, 0, 0, rep));
        }
    }

    /// <summary>Drops a handle.</summary>
    public void Drop(int resource, uint index) => Canon.ResourceDrop(Instance, resources.Types[resource], index);

    /// <summary>Whether the case says that it leaves.</summary>
    public bool Leaves(Leaving when) => Control(40) == (ulong)when;

    /// <summary>Logs that it is called back, and says whether it is to call again, and what.</summary>
    public int? Back()
    {
        log.Add(new(GuestText.LogBack, 0, 0, 0, 0, 0));
        UseContext(ContextText.OfBack);
        if (Control(GuestText.Again) == 0)
            return null;
        SetControl(GuestText.Again, Control(GuestText.Again) - 1);
        return (int)Control(GuestText.Again + 8);
    }

    /// <summary>Logs what is in the storage of its thread, and puts something there.</summary>
    public void UseContext(int? value)
    {
        if (!pair.Contexts)
            return;
        log.Add(new(GuestText.LogContext, 0, Canon.ContextGet(Instance, 0), 0, 0, 0));
        if (value is { } number)
            Canon.ContextSet(Instance, 0, (ulong)number);
    }

    /// <summary>Calls another component where the case says so.</summary>
    public void LeaveIf(Leaving when)
    {
        if (Leaves(when) && !(when == Leaving.InPostReturn && dialect.LeavesInPostReturn))
            Leave();
    }

    public void PostReturn(IReadOnlyList<CoreValue> values)
    {
        LogValues(GuestText.LogPostReturn, values);
        UseContext(null);
        LeaveIf(Leaving.InPostReturn);
        SetControl(32, Control(32) - 1);
        if ((uint)Control(32) == 0)
            Memory.Fill(0x100, 0x7E00, 0xEE);
    }

    public GuestState State() => new([.. log, new LogLine(0, (ulong)log.Count, 0, 0, 0, 0)], [.. Memory.Bytes], [.. Memory.Blurred]);

    private void Leave() => SpecTrap.If(!Instance.MayLeave, "cannot leave component instance");

    /// <summary>The guest's <c>realloc</c>.</summary>
    private ulong Realloc(ulong old, ulong oldSize, ulong align, ulong size)
    {
        ulong step = Control(24);
        var (kind, value) = step < Control(16)
            ? ((ReallocKind)Control(GuestText.Script + (int)(step * 16)), Control(GuestText.Script + (int)(step * 16) + 8))
            : (ReallocKind.Behave, 0);
        SetControl(24, step + 1);
        ulong result = Truncate(Act(kind, value, old, oldSize, align, size));
        log.Add(new(GuestText.LogRealloc, old, oldSize, align, size, result));
        UseContext(ContextText.OfRealloc);
        last = result;
        return result;
    }

    private ulong Act(ReallocKind kind, ulong value, ulong old, ulong oldSize, ulong align, ulong size)
    {
        switch (kind)
        {
            case ReallocKind.Return:
                return value;
            case ReallocKind.Shift:
                return Fresh(align, size + value) + value;
            case ReallocKind.Overlap:
                return last + value;
            case ReallocKind.Trap:
                throw new SpecTrap("unreachable");
            case ReallocKind.Leave:
                Leave();
                break;
            case ReallocKind.AtEnd:
                return Memory.Length - size + value;
            case ReallocKind.Forget:
                return Fresh(align, size);
            case ReallocKind.Grow:
                Memory.Grow((int)value);
                break;
            case ReallocKind.Scribble:
                if (last + 64 <= Memory.Length)
                {
                    SpecTrap.If(!Memory.Has(last, 64), "out of bounds memory access");
                    Memory.Fill(last, 64, 0xE5);
                }
                break;
            case ReallocKind.Behave:
                break;
        }
        if (oldSize != 0 && size <= oldSize)
            return old;
        ulong at = Fresh(align, size);
        ulong kept = Math.Min(oldSize, size);
        if (at + kept <= Memory.Length && old + kept <= Memory.Length)
        {
            // The sums may have wrapped around; then the guest's own copy traps.
            SpecTrap.If(!Memory.Has(at, kept) || !Memory.Has(old, kept), "out of bounds memory access");
            Memory.Copy(old, at, kept);
        }
        return at;
    }

    private ulong Fresh(ulong align, ulong size)
    {
        ulong at = (Control(0) + (align - 1)) & (0 - align);
        SetControl(0, at + size);
        return at;
    }

    private ulong Truncate(ulong address) => Memory.Is64 ? address : (uint)address;

    private ulong Control(int at) => BinaryPrimitives.ReadUInt64LittleEndian(control.AsSpan(at));

    private void SetControl(int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(control.AsSpan(at), value);
}
