using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Fact.Wasi.Errors;
using LanguageExt;

namespace Fact.Wasi.Streams;

/// <summary>
/// A stream of .NET that comes in. Where reading may have to wait, a thread of the pool reads one chunk ahead, but only after somebody has asked whether there is
/// anything without waiting for it.
/// </summary>
/// <param name="stream">The stream.</param>
/// <param name="cancellation">Ends waiting by an exception.</param>
internal sealed class StreamInput(Stream stream, CancellationToken cancellation) : ByteInput
{
    private readonly Lock sync = new();
    private readonly bool neverWaits = stream.CanSeek;
    private Task reading = Task.CompletedTask;
    private ReadOnlyMemory<byte> ahead;
    private StreamFault? end;

    /// <inheritdoc/>
    public override bool IsReady
    {
        get
        {
            lock (sync)
                return neverWaits || !ahead.IsEmpty || end is not null;
        }
    }

    /// <inheritdoc/>
    public override void WhenReady(Action wake)
    {
        lock (sync)
            Start();
        reading.ContinueWith(_ => wake(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    protected override Either<StreamFault, ReadOnlyMemory<byte>> TryRead(int count)
    {
        lock (sync)
        {
            if (neverWaits && ahead.IsEmpty && end is null)
                Fill(count);
            else
                Start();
            return Take(count);
        }
    }

    /// <inheritdoc/>
    protected override Either<StreamFault, ReadOnlyMemory<byte>> WaitAndRead(int count)
    {
        // What a thread of the pool waits for can be left behind.
        if (cancellation.CanBeCanceled)
            WhenReady(static () => { });
        reading.Wait(cancellation);
        lock (sync)
        {
            if (ahead.IsEmpty && end is null)
                Fill(count);
            return Take(count);
        }
    }

    /// <summary>Begins to read, unless there is something already, or somebody reads.</summary>
    private void Start()
    {
        if (neverWaits || !ahead.IsEmpty || end is not null || !reading.IsCompleted)
            return;
        reading = Task.Run(() =>
        {
            var (bytes, fault) = ReadSome(MaxRead);
            lock (sync)
                (ahead, end) = (bytes, fault);
        });
    }

    private void Fill(int count) => (ahead, end) = ReadSome(count);

    private Either<StreamFault, ReadOnlyMemory<byte>> Take(int count)
    {
        if (ahead.IsEmpty && end is not null)
            return end;
        var taken = ahead[..Math.Min(count, ahead.Length)];
        ahead = ahead[taken.Length..];
        return taken;
    }

    private (ReadOnlyMemory<byte> Bytes, StreamFault? Fault) ReadSome(int count)
    {
        try
        {
            byte[] buffer = new byte[count];
            int length = stream.Read(buffer);
            return length == 0 ? (default, StreamFault.Closed.Instance) : (buffer.AsMemory(0, length), null);
        }
        catch (Exception e)
        {
            return (default, new StreamFault.Failed(OsErrors.Of(e)));
        }
    }
}
