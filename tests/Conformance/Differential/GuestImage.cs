using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using Fact.Ir;
using Fact.Model;

namespace Fact.Conformance.Differential;

/// <summary>What is put into a guest's two memories before the run: values, and how its <c>realloc</c> behaves.</summary>
public sealed class GuestImage
{
    private const ulong FirstFree = 0x100;
    private readonly GuestMemoryType memory;
    private readonly MemoryStream message = new();
    private ulong free = FirstFree;

    /// <summary>Starts an image of a memory that is filled with one byte.</summary>
    public GuestImage(GuestMemoryType memory, byte background)
    {
        this.memory = memory;
        Segment(Fill, background, []);
    }

    private const int Control = 0, Values = 1, Fill = 2;

    /// <summary>Chooses a place for a number of bytes.</summary>
    public ulong Allocate(Place place, ulong size, ulong alignment)
    {
        switch (place.Kind)
        {
            case PlaceKind.Free:
                ulong at = SpecAbi.AlignTo(free, alignment) + place.Value;
                free = at + size;
                return at;
            case PlaceKind.AtEnd:
                return memory.Bytes - size + place.Value;
            case PlaceKind.Absolute:
                return place.Value;
            default:
                throw new ArgumentOutOfRangeException(nameof(place));
        }
    }

    /// <summary>Writes bytes at an address of the memory; what sticks out is left away.</summary>
    public void Write(ulong address, ReadOnlySpan<byte> bytes)
    {
        if (address >= memory.Bytes)
            return;
        int fits = (int)Math.Min((ulong)bytes.Length, memory.Bytes - address);
        Segment(Values, (uint)address, bytes[..fits]);
    }

    /// <summary>Writes 64-bit slots to an address of the control memory.</summary>
    public void WriteSlots(uint address, IReadOnlyList<ulong> slots)
    {
        var bytes = new byte[slots.Count * 8];
        for (int i = 0; i < slots.Count; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * 8), slots[i]);
        Segment(Control, address, bytes);
    }

    /// <summary>Writes what the guest does with handles.</summary>
    public void WriteHandles(IReadOnlyList<HandleStep> steps)
    {
        List<ulong> slots = [(ulong)steps.Count];
        foreach (var (op, index) in steps)
            slots.AddRange([(ulong)op, index]);
        WriteSlots(GuestText.HandleScript, slots);
    }

    /// <summary>Writes how <c>realloc</c> behaves, where the memory that it gives starts, the number of calls, and when they leave.</summary>
    public void WriteHeader(EquatableArray<ReallocStep> steps, int calls, Leaving leaves)
    {
        List<ulong> slots = [];
        foreach (var (kind, value) in steps)
            slots.AddRange([(ulong)kind, value]);
        WriteSlots(GuestText.Script, slots);
        WriteSlots(GuestText.Header, [Math.Max(0x8000, SpecAbi.AlignTo(free, 0x1000)), 0, (ulong)steps.Length, 0, (ulong)calls, (ulong)leaves]);
    }

    /// <summary>Writes how often a function is called again from inside of a call, and which.</summary>
    public void WriteAgain(int times, int func) => WriteSlots(GuestText.Again, [(ulong)times, (ulong)func]);

    /// <summary>The image as the guest's <c>setup</c> function takes it: a character is a byte.</summary>
    public string ToMessage() => string.Create((int)message.Length, message.GetBuffer(), (chars, bytes) =>
    {
        for (int i = 0; i < chars.Length; i++)
            chars[i] = (char)bytes[i];
    });

    private void Segment(int kind, uint address, ReadOnlySpan<byte> bytes)
    {
        Span<byte> header = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(header, kind);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], address);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], bytes.Length);
        message.Write(header);
        message.Write(bytes);
    }
}
