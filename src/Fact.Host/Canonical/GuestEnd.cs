using System.Threading;
using System.Threading.Tasks;
using Fact.Host.Outside;
using Fact.Host.Tasks;
using Fact.Values;

namespace Fact.Host.Canonical;

/// <summary>The readable end of a channel that a guest has made, or that came to one, in the hands of .NET code.</summary>
internal sealed class GuestEnd : IEndSource
{
    private readonly Embedder embedder;
    private readonly Channel channel;
    private bool hasBegun, isOver;

    /// <param name="embedder">The component.</param>
    /// <param name="channel">The channel.</param>
    public GuestEnd(Embedder embedder, Channel channel)
    {
        (this.embedder, this.channel) = (embedder, channel);
        embedder.Ends = (embedder.Ends.All + 1, embedder.Ends.Begun);
    }

    /// <summary>The channel, for an instance of the same component, which has the end from now on; null for another component.</summary>
    public Channel? TakeFor(Embedder component)
    {
        if (component != embedder)
            return null;
        GiveUp();
        return channel.Resolved;
    }

    /// <inheritdoc/>
    public ValueTask<ElementChunk> ReadAsync(int most, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ElementChunk>(cancellationToken);
        var read = new Reading(this, most, cancellationToken);
        embedder.Loop.PostHere(read.Begin);
        return new(read.Completion.Task);
    }

    /// <inheritdoc/>
    public void Drop() => embedder.Post(() =>
    {
        if (isOver)
            return;
        GiveUp();
        channel.Resolved.Drop();
    });

    private void GiveUp()
    {
        isOver = true;
        embedder.Ends = (embedder.Ends.All - 1, embedder.Ends.Begun - (hasBegun ? 1 : 0));
    }

    private void BeginToRead()
    {
        if (hasBegun)
            return;
        hasBegun = true;
        embedder.Ends = (embedder.Ends.All, embedder.Ends.Begun + 1);
    }

    /// <summary>A read.</summary>
    private sealed class Reading(GuestEnd end, int most, CancellationToken cancellationToken) : IWaiting
    {
        private readonly HostDestination destination = new(most);
        private CancellationTokenRegistration registration;

        public TaskCompletionSource<ElementChunk> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Begin()
        {
            if (end.embedder.Ended is { } failure)
            {
                Fail(failure);
                return;
            }
            if (end.isOver)
            {
                Completion.TrySetResult(default);
                return;
            }
            end.BeginToRead();
            end.embedder.Add(this);
            end.channel.Resolved.Read(new PendingCopy(
                null,
                destination,
                reclaim =>
                {
                    reclaim();
                    Finish(CopyResult.Completed);
                },
                Finish));
            if (!Completion.Task.IsCompleted)
                registration = cancellationToken.UnsafeRegister(static reading => ((Reading)reading!).RequestCancel(), this);
        }

        public void Fail(System.Exception failure)
        {
            registration.Unregister();
            Completion.TrySetException(failure);
        }

        private void RequestCancel() => end.embedder.Post(() =>
        {
            if (!Completion.Task.IsCompleted)
                end.channel.Resolved.Cancel();
        });

        private void Finish(CopyResult result)
        {
            registration.Unregister();
            end.embedder.Remove(this);
            if (result == CopyResult.Cancelled && destination.Progress == 0)
                Completion.TrySetCanceled(cancellationToken);
            else
                Completion.TrySetResult(destination.Read);
        }
    }
}
