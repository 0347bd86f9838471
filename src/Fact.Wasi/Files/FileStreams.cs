using System;
using System.Runtime.InteropServices;
using Fact.Wasi.Errors;
using Fact.Wasi.Streams;
using LanguageExt;

namespace Fact.Wasi.Files;

/// <summary>A file that is read from an offset on.</summary>
internal sealed class FileInput(OpenFile file, ulong offset) : ByteInput
{
    private ulong offset = offset;

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        file.Release();
    }

    /// <inheritdoc/>
    protected override Either<StreamFault, ReadOnlyMemory<byte>> TryRead(int count)
    {
        byte[] buffer = new byte[count];
        return file.Read(buffer, offset).Match<Either<StreamFault, ReadOnlyMemory<byte>>>(
            Right: length =>
            {
                offset += (ulong)length;
                return length == 0 ? StreamFault.Closed.Instance : (ReadOnlyMemory<byte>)buffer.AsMemory(0, length);
            },
            Left: error => new StreamFault.Failed(IoError.Of(error)));
    }
}

/// <summary>A file that is written from an offset on, or at its end, wherever that is at the time.</summary>
/// <param name="file">The file.</param>
/// <param name="start">The offset; null for its end.</param>
internal sealed class FileOutput(OpenFile file, ulong? start) : ByteOutput
{
    private ulong written;

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        file.Release();
    }

    /// <inheritdoc/>
    protected override StreamFault? TryWrite(ReadOnlySpan<byte> bytes)
    {
        for (int done = 0; done < bytes.Length;)
        {
            var at = start is { } offset ? offset + written : Os.Stat(file.Handle).Map(stat => stat.Size);
            if (at.Case is not ulong place)
                return new StreamFault.Failed(IoError.Of((FileError)at.Case!));
            var wrote = file.Write(bytes[done..], place);
            if (wrote.Case is not int count)
                return new StreamFault.Failed(IoError.Of((FileError)wrote.Case!));
            done += count;
            written += (ulong)count;
        }
        return null;
    }

    /// <inheritdoc/>
    protected override StreamFault? TryFlush() => null;
}

/// <summary>Spec: <c>wasi:filesystem/types.directory-entry</c>.</summary>
internal sealed record FolderEntry(FileKind Kind, string Name);

/// <summary>The entries of a folder, one after the other. Spec: <c>wasi:filesystem/types.directory-entry-stream</c>.</summary>
internal sealed class FolderEntries : IDisposable
{
    // Of a struct dirent: 8 bytes each for the inode and the offset, 2 for the length, 1 for the type, and the name up to a zero.
    private const int TypeOffset = 18, NameOffset = 19, MaxName = 256;

    private readonly nint entries;
    private readonly OpenFile folder;
    private bool isDisposed;

    public FolderEntries(nint entries, OpenFile folder)
    {
        (this.entries, this.folder) = (entries, folder);
        folder.Budget.Count(1);
    }

    /// <summary>The next one; none after the last. Those that stand for the folder itself and its parent are left out.</summary>
    public Either<FileError, Option<FolderEntry>> Next()
    {
        while (true)
        {
            nint entry = LibC.NextEntry(entries);
            if (entry == 0)
                return Marshal.GetLastPInvokeError() is not 0 and var error ? OsErrors.Of(error) : Option<FolderEntry>.None;
            byte[] name = Name(entry);
            if (name is [(byte)'.'] or [(byte)'.', (byte)'.'])
                continue;
            int type = Marshal.ReadByte(entry, TypeOffset);
            return Os.Text(name).Map(text => Option<FolderEntry>.Some(new(Kind(type, text), text)));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        LibC.CloseEntries(entries);
        folder.Budget.Count(-1);
        folder.Release();
    }

    private FileKind Kind(int type, string name) =>
        type != 0 ? FileStat.KindOf(type) : Os.Stat(folder.Handle, name).Match(stat => FileStat.Of(stat).Kind, _ => FileKind.Unknown);

    private static byte[] Name(nint entry)
    {
        int length = 0;
        while (length < MaxName && Marshal.ReadByte(entry, NameOffset + length) != 0)
            length++;
        byte[] name = new byte[length];
        Marshal.Copy(entry + NameOffset, name, 0, length);
        return name;
    }
}
