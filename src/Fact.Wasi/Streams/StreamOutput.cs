using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Fact.Wasi.Errors;

namespace Fact.Wasi.Streams;

/// <summary>
/// A stream of .NET that goes out. Where somebody may end the waiting, a thread of the pool waits for whoever does not take what is written, and can be left behind.
/// </summary>
/// <param name="stream">The stream.</param>
/// <param name="patience">Waits.</param>
internal sealed class StreamOutput(Stream stream, Patience patience) : ByteOutput
{
    // Nobody has taken what was written last, and a thread waits for that still.
    private bool isLeft;

    /// <summary>Has everything go on to where it belongs, when the instance is at its end.</summary>
    public void FlushAtEnd()
    {
        if (!isLeft)
            Fault(stream.Flush);
    }

    /// <inheritdoc/>
    protected override StreamFault? TryWrite(ReadOnlySpan<byte> bytes)
    {
        if (patience.MayEnd)
        {
            byte[] copy = bytes.ToArray();
            return Elsewhere(() => stream.Write(copy));
        }
        try
        {
            stream.Write(bytes);
            return null;
        }
        catch (Exception e)
        {
            return new StreamFault.Failed(OsErrors.Of(e));
        }
    }

    /// <inheritdoc/>
    protected override StreamFault? TryFlush() => patience.MayEnd ? Elsewhere(stream.Flush) : Fault(stream.Flush);

    private StreamFault? Elsewhere(Action act)
    {
        if (isLeft)
            return StreamFault.Closed.Instance;
        StreamFault? fault = null;
        // It is not disposed: whoever is left behind must find it.
        var signal = new ManualResetEventSlim();
        isLeft = true;
        Task.Run(() =>
        {
            fault = Fault(act);
            signal.Set();
        });
        patience.Wait(signal);
        isLeft = false;
        return fault;
    }

    private static StreamFault? Fault(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (Exception e)
        {
            return new StreamFault.Failed(OsErrors.Of(e));
        }
    }
}
