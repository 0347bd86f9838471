using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Fact.Wasi.Files;

/// <summary>Spec: <c>wasi:filesystem/types.descriptor-type</c>, case for case.</summary>
internal enum FileKind
{
    Unknown,
    BlockDevice,
    CharacterDevice,
    Directory,
    Fifo,
    SymbolicLink,
    RegularFile,
    Socket,
}

/// <summary>A time since 1970. Spec: <c>wasi:clocks/wall-clock.datetime</c>.</summary>
internal readonly record struct Datetime(ulong Seconds, uint Nanoseconds);

/// <summary>What is known of a file. Times before 1970 are not. Spec: <c>wasi:filesystem/types.descriptor-stat</c>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Links">How many names it has.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Accessed">When it was read.</param>
/// <param name="Modified">When its contents changed.</param>
/// <param name="Changed">When something of it changed.</param>
/// <param name="Identity">What no two files have in common.</param>
internal sealed record FileStat(FileKind Kind, ulong Links, ulong Size, Datetime? Accessed, Datetime? Modified, Datetime? Changed, (ulong Device, ulong Inode) Identity)
{
    /// <summary>What the system says.</summary>
    public static FileStat Of(LibC.Statx stat) => new(
        KindOf((stat.Mode >> 12) & 0xf), stat.Links, stat.Size, TimeOf(stat.Accessed), TimeOf(stat.Modified), TimeOf(stat.Changed), (stat.Device, stat.Inode));

    /// <summary>The kind of what the system knows by a number, in modes and in entries of folders (<c>DT_…</c>).</summary>
    public static FileKind KindOf(int type) => type switch
    {
        1 => FileKind.Fifo,
        2 => FileKind.CharacterDevice,
        4 => FileKind.Directory,
        6 => FileKind.BlockDevice,
        8 => FileKind.RegularFile,
        10 => FileKind.SymbolicLink,
        12 => FileKind.Socket,
        _ => FileKind.Unknown,
    };

    /// <summary>A number that changes with the file, from which nobody learns the numbers of the system. Spec: <c>metadata-hash</c>.</summary>
    /// <param name="secret">What only the host knows.</param>
    public (ulong Lower, ulong Upper) Hash(byte[] secret)
    {
        byte[] data = new byte[40];
        ulong[] parts = [Identity.Device, Identity.Inode, Size, Modified?.Seconds ?? 0, Modified?.Nanoseconds ?? 0];
        for (int i = 0; i < parts.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(8 * i), parts[i]);
        byte[] hash = HMACSHA256.HashData(secret, data);
        return (BinaryPrimitives.ReadUInt64LittleEndian(hash), BinaryPrimitives.ReadUInt64LittleEndian(hash.AsSpan(8)));
    }

    private static Datetime? TimeOf(LibC.StatxTime time) => time.Seconds < 0 ? null : new((ulong)time.Seconds, time.Nanoseconds);
}
