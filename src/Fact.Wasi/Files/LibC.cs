using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fact.Wasi.Files;

/// <summary>
/// The system calls of Linux that work from an open folder: only with them nobody can exchange a folder on the way for a link between the check and the use.
/// </summary>
internal static partial class LibC
{
    private const string Library = "libc";

    public const int ReadOnly = 0, WriteOnly = 1, ReadWrite = 2, Create = 0x40, Exclusive = 0x80, NoTerminal = 0x100, Truncate = 0x200, NonBlocking = 0x800,
        DataSync = 0x1000, Sync = 0x101000, CloseOnExec = 0x80000, PathOnly = 0x200000;

    public const int NoFollow = 0x100, RemoveFolder = 0x200, EmptyPath = 0x1000;

    /// <summary>Of <see cref="Timespec.Nanoseconds"/>: the time now, and the time that there is.</summary>
    public const long Now = 0x3fffffff, Omit = 0x3ffffffe;

    /// <summary>All that <see cref="Statx"/> has.</summary>
    public const uint BasicStats = 0x7ff;

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>Whether the numbers here are those of this system, and it has all that is called: <c>statx</c> is younger than the rest.</summary>
    public static bool IsSupported { get; } =
        OperatingSystem.IsLinux()
        && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64
        && NativeLibrary.TryLoad(Library, typeof(LibC).Assembly, null, out nint library)
        && NativeLibrary.TryGetExport(library, "statx", out _);

    /// <summary>Only folders are opened.</summary>
    public static int FolderOnly => IsArm ? 0x4000 : 0x10000;

    /// <summary>A symbolic link at the end is not followed.</summary>
    public static int NoLinks => IsArm ? 0x8000 : 0x20000;

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenAt(SafeFileHandle folder, string path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Stat(SafeFileHandle folder, string path, int flags, uint mask, out Statx stat);

    [LibraryImport(Library, EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeFolder(SafeFileHandle folder, string path, uint mode);

    [LibraryImport(Library, EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unlink(SafeFileHandle folder, string path, int flags);

    [LibraryImport(Library, EntryPoint = "renameat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rename(SafeFileHandle oldFolder, string oldPath, SafeFileHandle newFolder, string newPath);

    [LibraryImport(Library, EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(SafeFileHandle oldFolder, string oldPath, SafeFileHandle newFolder, string newPath, int flags);

    [LibraryImport(Library, EntryPoint = "symlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SymbolicLink(string target, SafeFileHandle folder, string path);

    [LibraryImport(Library, EntryPoint = "readlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ReadLink(SafeFileHandle folder, string path, [Out] byte[] buffer, nint length);

    [LibraryImport(Library, EntryPoint = "utimensat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetTimes(SafeFileHandle folder, string path, Timespec[] times, int flags);

    [LibraryImport(Library, EntryPoint = "futimens", SetLastError = true)]
    public static partial int SetTimes(SafeFileHandle file, Timespec[] times);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    public static partial int Flush(SafeFileHandle file);

    [LibraryImport(Library, EntryPoint = "fdatasync", SetLastError = true)]
    public static partial int FlushData(SafeFileHandle file);

    [LibraryImport(Library, EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int SetSize(SafeFileHandle file, long size);

    [LibraryImport(Library, EntryPoint = "pread", SetLastError = true)]
    public static partial nint Read(SafeFileHandle file, ref byte buffer, nint length, long offset);

    [LibraryImport(Library, EntryPoint = "pwrite", SetLastError = true)]
    public static partial nint Write(SafeFileHandle file, ref readonly byte buffer, nint length, long offset);

    /// <summary>Returns the number of the error itself.</summary>
    [LibraryImport(Library, EntryPoint = "posix_fadvise")]
    public static partial int Advise(SafeFileHandle file, long offset, long length, int advice);

    /// <summary>Takes over the descriptor.</summary>
    [LibraryImport(Library, EntryPoint = "fdopendir", SetLastError = true)]
    public static partial nint OpenEntries(int folder);

    [LibraryImport(Library, EntryPoint = "readdir", SetLastError = true)]
    public static partial nint NextEntry(nint entries);

    [LibraryImport(Library, EntryPoint = "closedir", SetLastError = true)]
    public static partial int CloseEntries(nint entries);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int file);

    /// <summary>A time since 1970.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary>A time in <see cref="Statx"/>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct StatxTime
    {
        public long Seconds;
        public uint Nanoseconds;
        private readonly int reserved;
    }

    /// <summary>What the system says of a file; the same on all processors.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct Statx
    {
        [FieldOffset(16)]
        public uint Links;
        [FieldOffset(28)]
        public ushort Mode;
        [FieldOffset(32)]
        public ulong Inode;
        [FieldOffset(40)]
        public ulong Size;
        [FieldOffset(64)]
        public StatxTime Accessed;
        [FieldOffset(96)]
        public StatxTime Changed;
        [FieldOffset(112)]
        public StatxTime Modified;
        [FieldOffset(136)]
        public ulong Device;
    }
}
