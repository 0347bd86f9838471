using System;
using Fact.Wasi.Errors;
using Fact.Wasi.Streams;
using LanguageExt;

namespace Fact.Wasi.Files;

/// <summary>Spec: <c>wasi:filesystem/types.descriptor-flags</c>, label for label.</summary>
[Flags]
internal enum DescriptorFlags
{
    Read = 1,
    Write = 2,
    FileIntegritySync = 4,
    DataIntegritySync = 8,
    RequestedWriteSync = 16,
    MutateDirectory = 32,
}

/// <summary>Spec: <c>wasi:filesystem/types.open-flags</c>, label for label.</summary>
[Flags]
internal enum OpenFlags
{
    Create = 1,
    Directory = 2,
    Exclusive = 4,
    Truncate = 8,
}

/// <summary>Spec: <c>wasi:filesystem/types.advice</c>, case for case, in the order of <c>posix_fadvise</c> but for the first three.</summary>
internal enum Advice
{
    Normal,
    Sequential,
    Random,
    WillNeed,
    DontNeed,
    NoReuse,
}

/// <summary>A file or folder that a component has open. Spec: <c>wasi:filesystem/types.descriptor</c>; what works on paths is <see cref="FolderOperations"/>.</summary>
/// <param name="file">What is open. It is released when this is disposed.</param>
/// <param name="kind">What it is.</param>
/// <param name="flags">What it was opened for.</param>
/// <param name="canMutate">Whether anything of it, and below it, may be changed.</param>
internal sealed class Descriptor(OpenFile file, FileKind kind, DescriptorFlags flags, bool canMutate) : IDisposable
{
    public OpenFile File => file;

    public bool CanMutate => canMutate;

    public FileKind Kind => kind;

    /// <summary>Spec: <c>get-flags</c>.</summary>
    public DescriptorFlags Flags => kind == FileKind.Directory
        ? (flags & ~DescriptorFlags.MutateDirectory) | (canMutate ? DescriptorFlags.MutateDirectory : 0)
        : flags & ~DescriptorFlags.MutateDirectory;

    /// <summary>Spec: <c>read-via-stream</c>.</summary>
    public Either<FileError, ByteInput> Input(ulong offset) => Readable().Map<ByteInput>(_ => new FileInput(file.Shared(), offset));

    /// <summary>Spec: <c>write-via-stream</c>; <c>append-via-stream</c> without an offset.</summary>
    public Either<FileError, ByteOutput> Output(ulong? offset) => Writable().Map<ByteOutput>(_ => new FileOutput(file.Shared(), offset));

    /// <summary>Spec: <c>read</c>.</summary>
    public Either<FileError, (byte[] Bytes, bool AtEnd)> Read(ulong length, ulong offset) => Readable().Bind(_ =>
    {
        byte[] buffer = new byte[Math.Min(length, ByteInput.MaxRead)];
        return file.Read(buffer, offset).Map(count => (count == buffer.Length ? buffer : buffer[..count], count < buffer.Length));
    });

    /// <summary>Spec: <c>write</c>.</summary>
    public Either<FileError, ulong> Write(ReadOnlyMemory<byte> bytes, ulong offset) =>
        Writable().Bind(_ => file.Write(bytes.Span, offset)).Map(count => (ulong)count);

    /// <summary>Spec: <c>advise</c>.</summary>
    public Either<FileError, Unit> Advise(ulong offset, ulong length, Advice advice)
    {
        if (kind == FileKind.Directory)
            return FileError.BadDescriptor;
        if (offset > long.MaxValue || length > long.MaxValue)
            return FileError.Invalid;
        int number = advice switch
        {
            Files.Advice.Sequential => 2,
            Files.Advice.Random => 1,
            _ => (int)advice,
        };
        return LibC.Advise(file.Handle, (long)offset, (long)length, number) is not 0 and var error ? OsErrors.Of(error) : Unit.Default;
    }

    /// <summary>Spec: <c>sync</c>, <c>sync-data</c>.</summary>
    public Either<FileError, Unit> Sync(bool dataOnly) =>
        Os.Do(() => dataOnly ? LibC.FlushData(file.Handle) : LibC.Flush(file.Handle))
            // Where there is nothing to be written, nothing is, with success.
            .BindLeft(error => error is FileError.Invalid or FileError.ReadOnly ? Unit.Default : (Either<FileError, Unit>)error);

    /// <summary>Spec: <c>set-size</c>.</summary>
    public Either<FileError, Unit> SetSize(ulong size) =>
        Writable().Bind(_ => size > long.MaxValue ? FileError.FileTooLarge : Os.Do(() => LibC.SetSize(file.Handle, (long)size)));

    /// <summary>Spec: <c>set-times</c>.</summary>
    public Either<FileError, Unit> SetTimes(LibC.Timespec accessed, LibC.Timespec modified) =>
        canMutate ? Os.Do(() => LibC.SetTimes(file.Handle, [accessed, modified])) : FileError.ReadOnly;

    /// <summary>Spec: <c>stat</c>.</summary>
    public Either<FileError, FileStat> Stat() => Os.Stat(file.Handle).Map(FileStat.Of);

    /// <summary>Spec: <c>is-same-object</c>.</summary>
    public bool IsSame(Descriptor other) => Stat().Bind(mine => other.Stat().Map(its => mine.Identity == its.Identity)).IfLeft(false);

    /// <inheritdoc/>
    public void Dispose() => file.Release();

    private Either<FileError, Unit> Readable() =>
        kind == FileKind.Directory ? FileError.IsDirectory
        : flags.HasFlag(DescriptorFlags.Read) ? Unit.Default
        : FileError.BadDescriptor;

    private Either<FileError, Unit> Writable() =>
        kind == FileKind.Directory ? FileError.IsDirectory
        : !canMutate ? FileError.ReadOnly
        : flags.HasFlag(DescriptorFlags.Write) ? Unit.Default
        : FileError.BadDescriptor;
}
