using System;
using System.IO;

namespace Fact.Wasi.Errors;

/// <summary>What errors of the operating system are in WASI: the one place that knows their numbers.</summary>
internal static class OsErrors
{
    /// <summary>A symbolic link was not a link.</summary>
    public const int Invalid = 22;

    /// <summary>Something on the way is no folder.</summary>
    public const int NotDirectory = 20;

    /// <summary>A call was interrupted, and is to be made again.</summary>
    public const int Interrupted = 4;

    /// <summary>What a number of Linux means (<c>errno</c>).</summary>
    public static FileError Of(int errno) => errno switch
    {
        1 => FileError.NotPermitted,
        2 => FileError.NoEntry,
        Interrupted => FileError.Interrupted,
        5 => FileError.Io,
        6 => FileError.NoSuchDevice,
        9 => FileError.BadDescriptor,
        11 => FileError.WouldBlock,
        12 => FileError.InsufficientMemory,
        13 => FileError.Access,
        16 => FileError.Busy,
        17 => FileError.Exist,
        18 => FileError.CrossDevice,
        19 => FileError.NoDevice,
        NotDirectory => FileError.NotDirectory,
        21 => FileError.IsDirectory,
        Invalid => FileError.Invalid,
        25 => FileError.NoTty,
        26 => FileError.TextFileBusy,
        27 => FileError.FileTooLarge,
        28 => FileError.InsufficientSpace,
        29 => FileError.InvalidSeek,
        30 => FileError.ReadOnly,
        31 => FileError.TooManyLinks,
        32 => FileError.Pipe,
        35 => FileError.Deadlock,
        36 => FileError.NameTooLong,
        37 => FileError.NoLock,
        38 => FileError.Unsupported,
        39 => FileError.NotEmpty,
        40 => FileError.Loop,
        75 => FileError.Overflow,
        84 => FileError.IllegalByteSequence,
        90 => FileError.MessageSize,
        95 => FileError.Unsupported,
        114 => FileError.Already,
        115 => FileError.InProgress,
        122 => FileError.Quota,
        131 => FileError.NotRecoverable,
        _ => FileError.Io,
    };

    /// <summary>What went wrong with a stream of .NET. Its message may name things of the host that are none of the component's business.</summary>
    public static IoError Of(Exception exception) => new(exception switch
    {
        IOException => "the stream of the host failed",
        ObjectDisposedException => "the stream of the host is closed",
        NotSupportedException => "the stream of the host does not support this",
        UnauthorizedAccessException => "the host denies access",
        _ => "the host failed",
    });
}
