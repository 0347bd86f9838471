using System;
using System.Collections.Generic;

namespace Fact.Model.Guests;

/// <summary>A call of an allocator and its answer.</summary>
internal readonly record struct ReallocCall(ulong Old, ulong OldSize, ulong Alignment, ulong NewSize, ulong Result)
{
    public override string ToString() => $"realloc({Old}, {OldSize}, {Alignment}, {NewSize}) = {Result}";
}

/// <summary>
/// An allocator that never gives the same block twice, moves what is reallocated and spoils what was given back, so that
/// whoever uses an old pointer is found out. The same calls give the same answers, in the model and in the guest.
/// </summary>
internal sealed class Heap(ulong start)
{
    private ulong next = start;

    /// <summary>The first address that was not given away.</summary>
    public ulong Next => next;

    public List<ReallocCall> Calls { get; } = [];

    /// <summary>What a hostile or special guest answers to the n-th call instead; null for the usual answer.</summary>
    public Func<int, ReallocCall, ulong?>? Answer { get; set; }

    /// <summary>An allocator that will answer as this one will.</summary>
    public Heap Copy() => new(next) { Answer = Answer };

    public ulong Reallocate(Span<byte> memory, ulong old, ulong oldSize, ulong alignment, ulong newSize)
    {
        // One byte more than asked for keeps neighbours apart.
        ulong result = SpecAbi.AlignTo(next + 1, Math.Max(alignment, 1));
        if (Answer?.Invoke(Calls.Count, new(old, oldSize, alignment, newSize, result)) is { } scripted)
            result = scripted;
        else
            next = result + newSize;
        Calls.Add(new(old, oldSize, alignment, newSize, result));
        ulong length = (ulong)memory.Length, kept = Math.Min(oldSize, newSize);
        if (result < length && kept <= length - result && old < length && oldSize <= length - old && result != old)
        {
            // A place that a hostile guest has made up may lie in the next one, which keeps what is moved there all the same.
            byte[] moved = memory.Slice((int)old, (int)kept).ToArray();
            memory.Slice((int)old, (int)oldSize).Fill(0xDD);
            moved.CopyTo(memory[(int)result..]);
        }
        return result;
    }
}
