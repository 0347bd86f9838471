using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Conformance.Differential.Model;

/// <summary>A guest without WebAssembly: the same memories, and functions that do what <see cref="GuestText"/> says.</summary>
internal sealed class ModelGuest
{
    private readonly byte[] control = new byte[GuestText.Log];
    private readonly List<LogLine> log = [];
    private byte[] memory;
    private bool[]? blurred;
    private ulong last;

    public ModelGuest(GuestMemoryType type, Dialect dialect, ModelHandles handles)
    {
        (Dialect, Handles) = (dialect, handles);
        Abi = new(type.Is64);
        memory = new byte[type.Bytes];
    }

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
                Fill(0, memory.Length, (byte)to);
            else
                content.CopyTo((kind == 0 ? control : memory).AsSpan(to));
            at += size;
        }
    }

    public Abi Abi { get; }

    public Dialect Dialect { get; }

    public ModelHandles Handles { get; }

    /// <summary>The handles that it got since it was set up.</summary>
    public List<ReceivedHandle> Received { get; } = [];

    public ulong Size => (ulong)memory.LongLength;

    /// <summary>Whether something was read whose contents no one can tell.</summary>
    public bool IsUnpredictable { get; private set; }

    public ulong Slot(int index) => Control(GuestText.Slots + (8 * index));

    /// <summary>Logs core values as the guests' functions do.</summary>
    public void LogValues(int kind, IReadOnlyList<ulong> values)
    {
        log.Add(new(kind, ulong.MaxValue, 0, 0, 0, 0));
        for (int i = 0; i < values.Count; i++)
            log.Add(new(kind, (ulong)i, values[i], 0, 0, 0));
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
                    Handles.Drop(op - HandleOp.Drop0, index);
                    break;
                case HandleOp.Rep0 or HandleOp.Rep1:
                    rep = Handles.Rep(op - HandleOp.Rep0, index);
                    break;
                case HandleOp.Dropped0 or HandleOp.Dropped1:
                    rep = Handles.Destructors.Sum(op - HandleOp.Dropped0);
                    break;
            }
            log.Add(new(GuestText.LogHandle, (ulong)op, index, 0, 0, rep));
        }
    }

    public void PostReturn(IReadOnlyList<ulong> values)
    {
        LogValues(GuestText.LogPostReturn, values);
        ModelTrap.If(Control(40) == (ulong)Leaving.InPostReturn && !Dialect.PostReturnLeaves(), "cannot leave component instance");
        SetControl(32, Control(32) - 1);
        if ((uint)Control(32) == 0)
            Fill(0x100, 0x7E00, 0xEE);
    }

    public GuestState State() => new([.. log, new LogLine(0, (ulong)log.Count, 0, 0, 0, 0)], [.. memory], blurred is null ? [] : [.. blurred]);

    /// <summary>Reads a range that is known to be in bounds.</summary>
    public ReadOnlySpan<byte> Read(ulong at, ulong size)
    {
        if (blurred is not null && blurred.AsSpan((int)at, (int)size).Contains(true))
            IsUnpredictable = true;
        return memory.AsSpan((int)at, (int)size);
    }

    /// <summary>Writes to a range that is known to be in bounds.</summary>
    public void Write(ulong at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(memory.AsSpan((int)at));
        blurred?.AsSpan((int)at, bytes.Length).Clear();
    }

    /// <summary>Copies between ranges that are known to be in bounds.</summary>
    public void CopyBytes(ulong from, ulong to, ulong size)
    {
        memory.AsSpan((int)from, (int)size).CopyTo(memory.AsSpan((int)to));
        blurred?.AsSpan((int)from, (int)size).CopyTo(blurred.AsSpan((int)to));
    }

    /// <summary>Says that no one can tell what a range holds now.</summary>
    public void Blur(ulong at, ulong size) => (blurred ??= new bool[memory.Length]).AsSpan((int)at, (int)size).Fill(true);

    private void Fill(ulong at, int size, byte value)
    {
        memory.AsSpan((int)at, size).Fill(value);
        blurred?.AsSpan((int)at, size).Clear();
    }

    /// <summary>The guest's <c>realloc</c>.</summary>
    public ulong Realloc(ulong old, ulong oldSize, ulong align, ulong size)
    {
        ulong step = Control(24);
        var (kind, value) = step < Control(16)
            ? ((ReallocKind)Control(GuestText.Script + (int)(step * 16)), Control(GuestText.Script + (int)(step * 16) + 8))
            : (ReallocKind.Behave, 0);
        SetControl(24, step + 1);
        ulong result = Truncate(Act(kind, value, old, oldSize, align, size));
        log.Add(new(GuestText.LogRealloc, old, oldSize, align, size, result));
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
                throw new ModelTrap("unreachable");
            case ReallocKind.Leave:
                throw new ModelTrap("cannot leave component instance");
            case ReallocKind.AtEnd:
                return Size - size + value;
            case ReallocKind.Forget:
                return Fresh(align, size);
            case ReallocKind.Grow:
                int grown = memory.Length + ((int)value << 16);
                Array.Resize(ref memory, grown);
                if (blurred is not null)
                    Array.Resize(ref blurred, grown);
                break;
            case ReallocKind.Scribble:
                if (last + 64 <= Size)
                {
                    ModelTrap.If(last > Size - 64, "out of bounds memory access");
                    Fill(last, 64, 0xE5);
                }
                break;
            case ReallocKind.Behave:
                break;
        }
        if (oldSize != 0 && size <= oldSize)
            return old;
        ulong at = Fresh(align, size);
        ulong kept = Math.Min(oldSize, size);
        if (at + kept <= Size && old + kept <= Size)
        {
            // The sums may have wrapped around; then the guest's own copy traps.
            ModelTrap.If(at > Size || old > Size || kept > Size, "out of bounds memory access");
            CopyBytes(old, at, kept);
        }
        return at;
    }

    private ulong Fresh(ulong align, ulong size)
    {
        ulong at = (Control(0) + (align - 1)) & (0 - align);
        SetControl(0, at + size);
        return at;
    }

    private ulong Truncate(ulong address) => Abi.Is64 ? address : (uint)address;

    private ulong Control(int at) => BinaryPrimitives.ReadUInt64LittleEndian(control.AsSpan(at));

    private void SetControl(int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(control.AsSpan(at), value);
}
