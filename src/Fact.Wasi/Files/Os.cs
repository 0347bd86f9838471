using System;
using System.Runtime.InteropServices;
using System.Text;
using Fact.Wasi.Errors;
using LanguageExt;
using Microsoft.Win32.SafeHandles;

namespace Fact.Wasi.Files;

/// <summary>System calls with their errors as values.</summary>
internal static class Os
{
    private const int MaxLink = 4096;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Makes a call, again where it is interrupted.</summary>
    public static Either<FileError, nint> Call(Func<nint> call)
    {
        while (true)
        {
            nint result = call();
            if (result >= 0)
                return result;
            int error = Marshal.GetLastPInvokeError();
            if (error != OsErrors.Interrupted)
                return OsErrors.Of(error);
        }
    }

    /// <summary>Makes a call whose result says nothing more than that it succeeded.</summary>
    public static Either<FileError, Unit> Do(Func<nint> call) => Call(call).Map(_ => Unit.Default);

    /// <summary>Opens something in a folder. A link is not followed, and nothing is waited for.</summary>
    public static Either<FileError, SafeFileHandle> Open(SafeFileHandle folder, string name, int flags, uint mode = 0) =>
        Call(() => LibC.OpenAt(folder, name, flags | LibC.CloseOnExec | LibC.NoLinks | LibC.NoTerminal | LibC.NonBlocking, mode))
            .Map(file => new SafeFileHandle(file, ownsHandle: true));

    /// <summary>Opens a folder of the host.</summary>
    public static Either<FileError, SafeFileHandle> OpenFolder(string path) =>
        path.Contains('\0', StringComparison.Ordinal)
            ? FileError.Invalid
            : Call(() => LibC.Open(path, LibC.ReadOnly | LibC.FolderOnly | LibC.CloseOnExec, 0)).Map(file => new SafeFileHandle(file, ownsHandle: true));

    /// <summary>What the system says of something in a folder. A link is not followed.</summary>
    public static Either<FileError, LibC.Statx> Stat(SafeFileHandle folder, string name)
    {
        var stat = default(LibC.Statx);
        return Call(() => LibC.Stat(folder, name, LibC.NoFollow, LibC.BasicStats, out stat)).Map(_ => stat);
    }

    /// <summary>What the system says of something that is open.</summary>
    public static Either<FileError, LibC.Statx> Stat(SafeFileHandle file)
    {
        var stat = default(LibC.Statx);
        return Call(() => LibC.Stat(file, "", LibC.EmptyPath, LibC.BasicStats, out stat)).Map(_ => stat);
    }

    /// <summary>What a symbolic link says; <see cref="FileError.Invalid"/> where it is none.</summary>
    public static Either<FileError, string> ReadLink(SafeFileHandle folder, string name)
    {
        byte[] buffer = new byte[MaxLink];
        return Call(() => LibC.ReadLink(folder, name, buffer, buffer.Length)).Bind(length => Text(buffer.AsSpan(0, (int)length)));
    }

    /// <summary>A name as text.</summary>
    public static Either<FileError, string> Text(ReadOnlySpan<byte> name)
    {
        try
        {
            return Strict.GetString(name);
        }
        catch (ArgumentException)
        {
            return FileError.IllegalByteSequence;
        }
    }
}
