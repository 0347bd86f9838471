using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>
/// Reads the binary format from a span. The first failure sticks and empties the rest of the input: reads after it
/// return zeros, nulls and empty strings without end, so that callers need to look at <see cref="Failed"/> only
/// where they loop, recurse or use what they read; what they return is dropped in the end.
/// </summary>
internal ref partial struct ByteReader
{
    private readonly ReadOnlyMemory<byte> memory;
    private readonly ReadOnlySpan<byte> bytes;
    private readonly long origin;
    private int position;
    private int end;
    private int nesting;
    private string? failure;
    private long failureOffset;
    private DiagnosticCode failureCode;
    private List<string>? path;

    /// <summary>Begins at the first byte.</summary>
    /// <param name="memory">The input.</param>
    /// <param name="origin">What to add to positions in error offsets.</param>
    public ByteReader(ReadOnlyMemory<byte> memory, long origin)
    {
        this.memory = memory;
        this.origin = origin;
        bytes = memory.Span;
        end = bytes.Length;
    }

    /// <summary>Whether something went wrong.</summary>
    public readonly bool Failed => failure is not null;

    /// <summary>What went wrong first; ask only when something did.</summary>
    public readonly Diagnostic Error
    {
        get
        {
            string place = path is null ? "" : string.Join(" · ", Enumerable.Reverse(path));
            return new Diagnostic(failureCode, failure ?? "", place, failureOffset);
        }
    }

    /// <summary>Byte offset of the next byte, in the coordinates of errors.</summary>
    public readonly long Offset => origin + position;

    /// <summary>Bytes left in the innermost window.</summary>
    public readonly int Remaining => end - position;

    // The input up to the end of the innermost window.
    private readonly ReadOnlySpan<byte> Left => bytes[..end];

    /// <summary>Records a failure, unless there is one already.</summary>
    public void Fail(string message, long offset) => Fail(DiagnosticCode.Malformed, message, offset);

    /// <summary>Records a failure of another kind than bytes that break the grammar, unless there is one already.</summary>
    public void Fail(DiagnosticCode code, string message, long offset)
    {
        if (failure is not null)
            return;
        failure = message;
        failureCode = code;
        failureOffset = offset;
        end = position;
    }

    /// <summary>Adds, on the way out of a failed read, what it was inside of.</summary>
    public void Within(string place) => (path ??= []).Add(place);

    /// <summary>Narrows the input to the next bytes; returns what <see cref="Leave"/> needs to undo that.</summary>
    public int Enter(uint length)
    {
        int outer = end;
        end = position + (int)Math.Min(length, (uint)Remaining);
        return outer;
    }

    /// <summary>Widens the input again; fails when the window was not read to its end.</summary>
    public void Leave(int outer, string what)
    {
        if (failure is not null)
            return;
        if (position != end)
            Fail($"{end - position} trailing bytes at the end of the {what}", Offset);
        else
            end = outer;
    }

    /// <summary>Goes one level of nesting down; false, and a failure, when that is too deep.</summary>
    public bool Descend()
    {
        if (++nesting <= DecoderLimits.Nesting)
            return true;
        Fail(DiagnosticCode.TooLarge, $"components and types are nested more than {DecoderLimits.Nesting} levels deep", Offset);
        return false;
    }

    /// <summary>Comes back from <see cref="Descend"/>.</summary>
    public void Ascend() => nesting--;

    /// <summary>Reads one byte.</summary>
    public byte Byte()
    {
        if (position < end)
            return bytes[position++];
        FailAtEnd();
        return 0;
    }

    /// <summary>The next byte, which stays unread; 0 at the end.</summary>
    public readonly byte Peek() => position < end ? bytes[position] : (byte)0;

    /// <summary>Reads a number of bytes as a slice of the input.</summary>
    public RawBytes Raw(uint length)
    {
        if (length > (uint)Remaining)
        {
            FailAtEnd();
            return default;
        }
        var slice = memory.Slice(position, (int)length);
        position += (int)length;
        return new RawBytes(slice);
    }

    /// <summary>Reads the rest of the window.</summary>
    public RawBytes Rest() => Raw((uint)Remaining);

    /// <summary>Fails with: the byte before this position is none of those allowed there.</summary>
    public void FailOpcode(byte found, string what) => Fail($"0x{found:x2} is not a {what}", Offset - 1);

    /// <summary>Reads a byte that must be 0 or 1.</summary>
    /// <param name="what">What is there with a 1 and absent with a 0, for the message.</param>
    public bool Flag(string what)
    {
        byte value = Byte();
        if (value > 1)
            Fail($"0x{value:x2} does not say whether there is {what}: 0x00 or 0x01 is expected", Offset - 1);
        return value == 1;
    }

    private void FailAtEnd()
    {
        string where = end == bytes.Length ? "input" : "section";
        Fail($"unexpected end of the {where}", origin + end);
    }
}
