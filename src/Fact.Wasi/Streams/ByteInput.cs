using System;
using Fact.Wasi.Errors;
using LanguageExt;

namespace Fact.Wasi.Streams;

/// <summary>Bytes that come in. Spec: <c>wasi:io/streams.input-stream</c>.</summary>
internal abstract class ByteInput : IDisposable
{
    /// <summary>The greatest number of bytes that one read returns.</summary>
    public const int MaxRead = 1 << 16;

    private bool isClosed;

    /// <summary>Whether a read would return something, or fail, at once.</summary>
    public virtual bool IsReady => true;

    /// <summary>Has <paramref name="wake"/> called, on any thread, as soon as <see cref="IsReady"/> holds.</summary>
    public virtual void WhenReady(Action wake) => wake();

    /// <summary>Bytes that are there; none where nothing is. Spec: <c>read</c>.</summary>
    public Either<StreamFault, ReadOnlyMemory<byte>> Read(ulong length) => Take(length, TryRead);

    /// <summary>The same, but waits until something is there. Spec: <c>blocking-read</c>.</summary>
    public Either<StreamFault, ReadOnlyMemory<byte>> BlockingRead(ulong length) => Take(length, WaitAndRead);

    /// <inheritdoc/>
    public virtual void Dispose() => isClosed = true;

    /// <summary>Up to so many bytes, at least 1, that are there now.</summary>
    protected abstract Either<StreamFault, ReadOnlyMemory<byte>> TryRead(int count);

    /// <summary>The same, but at least one byte.</summary>
    protected virtual Either<StreamFault, ReadOnlyMemory<byte>> WaitAndRead(int count) => TryRead(count);

    private Either<StreamFault, ReadOnlyMemory<byte>> Take(ulong length, Func<int, Either<StreamFault, ReadOnlyMemory<byte>>> read)
    {
        if (isClosed)
            return StreamFault.Closed.Instance;
        if (length == 0)
            return ReadOnlyMemory<byte>.Empty;
        var taken = read((int)Math.Min(length, MaxRead));
        isClosed |= taken.IsLeft;
        return taken;
    }
}
