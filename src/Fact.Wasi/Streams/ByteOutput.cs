using System;
using System.Globalization;
using Fact.Wasi.Errors;
using LanguageExt;

namespace Fact.Wasi.Streams;

/// <summary>Bytes that go out. They are written at once, so that nothing is ever in the way of the next. Spec: <c>wasi:io/streams.output-stream</c>.</summary>
internal abstract class ByteOutput : IDisposable
{
    /// <summary>The number of bytes that <see cref="CheckWrite"/> permits.</summary>
    public const int MaxWrite = 1 << 20;

    /// <summary>The greatest number of bytes that are written and flushed in one call.</summary>
    public const int MaxWriteAndFlush = 4096;

    private static readonly byte[] Zeroes = new byte[1 << 12];

    private ulong permitted;
    private bool isClosed;

    /// <summary>How many bytes may be written before it is called again. Spec: <c>check-write</c>.</summary>
    public Either<StreamFault, ulong> CheckWrite()
    {
        if (isClosed)
            return StreamFault.Closed.Instance;
        permitted = MaxWrite;
        return permitted;
    }

    /// <summary>Spec: <c>write</c>.</summary>
    /// <exception cref="WasiTrapException">More is written than was permitted.</exception>
    public Either<StreamFault, Unit> Write(ReadOnlySpan<byte> bytes)
    {
        if (isClosed)
            return StreamFault.Closed.Instance;
        Spend((ulong)bytes.Length);
        return Noted(bytes.IsEmpty ? null : TryWrite(bytes));
    }

    /// <summary>Spec: <c>write-zeroes</c>.</summary>
    /// <exception cref="WasiTrapException">More is written than was permitted.</exception>
    public Either<StreamFault, Unit> WriteZeroes(ulong length)
    {
        if (isClosed)
            return StreamFault.Closed.Instance;
        Spend(length);
        StreamFault? fault = null;
        for (; length > 0 && fault is null; length -= Math.Min(length, (ulong)Zeroes.Length))
            fault = TryWrite(Zeroes.AsSpan(0, (int)Math.Min(length, (ulong)Zeroes.Length)));
        return Noted(fault);
    }

    /// <summary>Spec: <c>blocking-write-and-flush</c>.</summary>
    /// <exception cref="WasiTrapException">More is written than can be.</exception>
    public Either<StreamFault, Unit> WriteAndFlush(ReadOnlySpan<byte> bytes)
    {
        RequireFlushable((ulong)bytes.Length);
        CheckWrite();
        var written = Write(bytes);
        return written.IsLeft ? written : FlushAndCheck();
    }

    /// <summary>Spec: <c>blocking-write-zeroes-and-flush</c>.</summary>
    /// <exception cref="WasiTrapException">More is written than can be.</exception>
    public Either<StreamFault, Unit> WriteZeroesAndFlush(ulong length)
    {
        RequireFlushable(length);
        CheckWrite();
        return WriteZeroes(length).Bind(_ => FlushAndCheck());
    }

    /// <summary>Spec: <c>flush</c>, <c>blocking-flush</c>.</summary>
    public Either<StreamFault, Unit> Flush() => isClosed ? StreamFault.Closed.Instance : Noted(TryFlush());

    /// <summary>Writes what can be read. Spec: <c>splice</c>, <c>blocking-splice</c>.</summary>
    /// <param name="source">Where bytes come from.</param>
    /// <param name="length">The greatest number of bytes.</param>
    /// <param name="blocking">Whether to wait until there is one.</param>
    /// <returns>How many it were.</returns>
    public Either<StreamFault, ulong> Splice(ByteInput source, ulong length, bool blocking) => CheckWrite().Bind(most =>
    {
        ulong count = Math.Min(most, length);
        return (blocking ? source.BlockingRead(count) : source.Read(count)).Bind(bytes => Write(bytes.Span).Map(_ => (ulong)bytes.Length));
    });

    /// <inheritdoc/>
    public virtual void Dispose() => isClosed = true;

    /// <summary>Writes at least one byte.</summary>
    /// <returns>Why that failed; null where it did not.</returns>
    protected abstract StreamFault? TryWrite(ReadOnlySpan<byte> bytes);

    /// <summary>Has everything go on to where it belongs.</summary>
    /// <returns>Why that failed; null where it did not.</returns>
    protected abstract StreamFault? TryFlush();

    private Either<StreamFault, Unit> FlushAndCheck()
    {
        var flushed = Flush();
        CheckWrite();
        return flushed;
    }

    private Either<StreamFault, Unit> Noted(StreamFault? fault)
    {
        isClosed |= fault is not null;
        return fault is null ? Unit.Default : fault;
    }

    private void Spend(ulong length)
    {
        if (length > permitted)
            throw Trap($"{length} bytes are written, and check-write has permitted {permitted}");
        permitted -= length;
    }

    private static void RequireFlushable(ulong length)
    {
        if (length > MaxWriteAndFlush)
            throw Trap($"{length} bytes are to be written and flushed in one call, which takes {MaxWriteAndFlush} at most");
    }

    private static WasiTrapException Trap(FormattableString message) => new(message.ToString(CultureInfo.InvariantCulture));
}
