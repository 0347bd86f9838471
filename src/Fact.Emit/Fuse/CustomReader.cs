using System;
using System.Text.Unicode;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Reads custom sections, which may be anything: what is no good reads as nothing, and <see cref="IsGood"/> says so.</summary>
internal ref struct CustomReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int at = 0;

    /// <summary>Whether everything could be read.</summary>
    public bool IsGood { get; private set; } = true;

    /// <summary>Whether there is more, and it can be read.</summary>
    public readonly bool HasMore => IsGood && at < bytes.Length;

    /// <summary>Reads a byte.</summary>
    public byte Byte()
    {
        if (HasMore)
            return bytes[at++];
        IsGood = false;
        return 0;
    }

    /// <summary>Reads a <c>u32</c>.</summary>
    public uint Number()
    {
        string? problem = null;
        uint value = (uint)Leb128.ReadUnsigned(bytes, ref at, 32, ref problem);
        IsGood &= problem is null;
        return IsGood ? value : 0;
    }

    /// <summary>Reads bytes behind their number.</summary>
    public ReadOnlySpan<byte> Sized()
    {
        uint length = Number();
        IsGood &= length <= (uint)(bytes.Length - at);
        if (!IsGood)
            return [];
        at += (int)length;
        return bytes[(at - (int)length)..at];
    }

    /// <summary>Reads a name.</summary>
    public ReadOnlySpan<byte> Name()
    {
        var name = Sized();
        IsGood &= Utf8.IsValid(name);
        return name;
    }

    /// <summary>Reads a map from indices to names, and returns it as it is. Spec: <c>namemap</c>.</summary>
    public ReadOnlySpan<byte> NameMap()
    {
        int start = at;
        for (uint left = Number(); left > 0 && IsGood; left--)
        {
            Number();
            Name();
        }
        return IsGood ? bytes[start..at] : [];
    }
}
