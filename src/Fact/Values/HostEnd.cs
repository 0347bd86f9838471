using System;
using System.Threading;
using System.Threading.Tasks;
using Fact.Ir;

namespace Fact.Values;

/// <summary>
/// The readable end of a stream or future in the hands of .NET code. Ends are compared by identity. One ends when it is passed to a component, when it was read to
/// its end, and when it is disposed, which drops it: who writes is told. One that is forgotten keeps who writes waiting as long as there is the instance: it has no
/// finalizer, as guests would go on when the collector likes. It may be used from any thread, for one thing at a time.
/// </summary>
public abstract class HostEnd : IDisposable
{
    private const int Idle = 0, Reading = 1, Over = 2;

    private readonly IEndSource source;
    private int state;

    private protected HostEnd(IEndSource source, ValType? element) => (this.source, Element) = (source, element);

    /// <summary>The type of its elements, or of its value, as the component sees it that made it; null where there is none.</summary>
    public ValType? Element { get; }

    /// <summary>Whether it can still be used: it was neither passed on, nor read to its end, nor disposed.</summary>
    public bool IsLive => Volatile.Read(ref state) != Over;

    /// <summary>Whether it is being read.</summary>
    internal bool IsBusy => Volatile.Read(ref state) == Reading;

    /// <summary>Takes it away from .NET code.</summary>
    /// <returns>What it reads from; null where it is over or being read.</returns>
    internal IEndSource? Take() => Interlocked.CompareExchange(ref state, Over, Idle) == Idle ? source : null;

    /// <summary>Drops the end. A read in progress ends as if the other end had been dropped.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref state, Over) != Over)
            source.Drop();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads as many elements as there are, at least one; none where there are no more, and then the end is over.</summary>
    /// <exception cref="InvalidOperationException">It is over, or being read.</exception>
    internal async ValueTask<ElementChunk> Next(int most, CancellationToken cancellationToken)
    {
        switch (Interlocked.CompareExchange(ref state, Reading, Idle))
        {
            case Reading:
                throw new InvalidOperationException("the end is being read: wait until that has returned");
            case Over:
                throw new InvalidOperationException("the end is over: it was given away, read to its end, or disposed");
        }
        bool more = false;
        try
        {
            var chunk = await source.ReadAsync(most, cancellationToken).ConfigureAwait(false);
            more = chunk.Count > 0;
            return chunk;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            more = true;
            throw;
        }
        finally
        {
            if (more)
                Interlocked.CompareExchange(ref state, Idle, Reading);
            else
                Dispose();
        }
    }
}
