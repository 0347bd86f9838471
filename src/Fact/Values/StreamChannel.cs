using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Fact.Values;

/// <summary>
/// A stream as a channel that is read: nothing is read before somebody waits, and what was read at once is kept until it is asked for. Any number of readers may wait:
/// they wait for one read, which goes on when one of them does not wait any more.
/// </summary>
/// <param name="stream">The stream.</param>
internal sealed class StreamChannel(HostStream stream) : ChannelReader<ComponentValue>
{
    private readonly Lock sync = new();
    private readonly Queue<ComponentValue> read = new();
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<bool>? reading;

    /// <inheritdoc/>
    public override Task Completion => completion.Task;

    /// <inheritdoc/>
    public override bool CanCount => true;

    /// <inheritdoc/>
    public override bool CanPeek => true;

    /// <inheritdoc/>
    public override int Count
    {
        get
        {
            lock (sync)
                return read.Count;
        }
    }

    /// <inheritdoc/>
    public override bool TryRead([MaybeNullWhen(false)] out ComponentValue item)
    {
        lock (sync)
            return read.TryDequeue(out item);
    }

    /// <inheritdoc/>
    public override bool TryPeek([MaybeNullWhen(false)] out ComponentValue item)
    {
        lock (sync)
            return read.TryPeek(out item);
    }

    /// <inheritdoc/>
    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellationToken);
        TaskCompletionSource<bool> waiting;
        bool begins;
        lock (sync)
        {
            if (read.Count > 0)
                return new(true);
            if (completion.Task.IsCompleted)
                return completion.Task.Exception is { InnerException: { } failure } ? ValueTask.FromException<bool>(failure) : new(false);
            begins = reading is null;
            waiting = reading ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        // Guests may go on here until all of them wait.
        if (begins)
            _ = Read(waiting);
        return new(waiting.Task.WaitAsync(cancellationToken));
    }

    private async Task Read(TaskCompletionSource<bool> waiting)
    {
        try
        {
            var chunk = await stream.Next(HostStream.MostAtATime(stream.Element), CancellationToken.None).ConfigureAwait(false);
            lock (sync)
            {
                foreach (var value in NumberChunks.Values(chunk, stream.Element))
                    read.Enqueue(value);
                reading = null;
                if (chunk.Count == 0)
                    completion.TrySetResult();
            }
            waiting.SetResult(chunk.Count > 0);
        }
        catch (Exception e)
        {
            lock (sync)
            {
                reading = null;
                completion.TrySetException(e);
            }
            waiting.SetException(e);
            // Who waits need not be there any more.
            _ = waiting.Task.Exception;
            _ = completion.Task.Exception;
        }
    }
}
