using System;
using System.Runtime.InteropServices;
using Fact.Wasi.Errors;
using LanguageExt;
using Microsoft.Win32.SafeHandles;

namespace Fact.Wasi.Files;

/// <summary>How many files an instance may have open: the process has a limit for all of them together.</summary>
internal sealed class FileBudget(int limit)
{
    private int open;

    /// <summary>Whether there may be one more.</summary>
    public bool HasRoom => open < limit;

    /// <summary>One more is open, or one less.</summary>
    public void Count(int change) => open += change;
}

/// <summary>Something of the host that is open as long as a descriptor or a stream needs it.</summary>
internal sealed class OpenFile
{
    private readonly SafeFileHandle handle;
    private int users = 1;

    public OpenFile(SafeFileHandle handle, FileBudget budget)
    {
        (this.handle, Budget) = (handle, budget);
        budget.Count(1);
    }

    public SafeFileHandle Handle => handle;

    /// <summary>What this one counts in.</summary>
    public FileBudget Budget { get; }

    /// <summary>One more needs it.</summary>
    public OpenFile Shared()
    {
        users++;
        return this;
    }

    /// <summary>One needs it no more.</summary>
    public void Release()
    {
        if (--users > 0)
            return;
        handle.Dispose();
        Budget.Count(-1);
    }

    /// <summary>Reads at an offset: fewer bytes only at the end of a file.</summary>
    public Either<FileError, int> Read(Span<byte> buffer, ulong offset)
    {
        int done = 0;
        while (done < buffer.Length && offset + (ulong)done <= long.MaxValue)
        {
            nint count = LibC.Read(handle, ref MemoryMarshal.GetReference(buffer[done..]), buffer.Length - done, (long)offset + done);
            if (count < 0 && Marshal.GetLastPInvokeError() is var error and not OsErrors.Interrupted)
                return done > 0 ? done : OsErrors.Of(error);
            if (count == 0)
                break;
            done += Math.Max((int)count, 0);
        }
        return done;
    }

    /// <summary>Writes all bytes at an offset, or as many as fit.</summary>
    public Either<FileError, int> Write(ReadOnlySpan<byte> bytes, ulong offset)
    {
        int done = 0;
        if (offset > long.MaxValue - (ulong)bytes.Length)
            return FileError.FileTooLarge;
        while (done < bytes.Length)
        {
            nint count = LibC.Write(handle, ref MemoryMarshal.GetReference(bytes[done..]), bytes.Length - done, (long)offset + done);
            if (count < 0 && Marshal.GetLastPInvokeError() is var error and not OsErrors.Interrupted)
                return done > 0 ? done : OsErrors.Of(error);
            // What takes nothing, and does not say why, would take nothing the next time.
            if (count == 0)
                return done > 0 ? done : FileError.Io;
            done += Math.Max((int)count, 0);
        }
        return done;
    }
}
