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
/// <param name="patience">Waits.</param>
internal sealed class StreamInput(Stream stream, Patience patience) : ByteInput
{
    private readonly Lock sync = new();
    private readonly bool neverWaits = stream.CanSeek;
    private bool isReading;
    private Action? waiting;
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

    private bool IsReading
    {
        get
        {
            lock (sync)
                return isReading;
        }
    }

    /// <inheritdoc/>
    public override void WhenReady(Action wake)
    {
        lock (sync)
        {
            Start();
            if (isReading)
            {
                // Who has waited before waits no more: an instance does one thing at a time.
                waiting = wake;
                return;
            }
        }
        wake();
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
        if (IsReading || patience.MayEnd)
        {
            var signal = new ManualResetEventSlim();
            WhenReady(signal.Set);
            patience.Wait(signal);
        }
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
        if (neverWaits || !ahead.IsEmpty || end is not null || isReading)
            return;
        isReading = true;
        Task.Run(() =>
        {
            var (bytes, fault) = ReadSome(MaxRead);
            Action? wake;
            lock (sync)
            {
                (ahead, end, isReading) = (bytes, fault, false);
                (wake, waiting) = (waiting, null);
            }
            wake?.Invoke();
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
