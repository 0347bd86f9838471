using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Fact.Ir;

namespace Fact.Values;

/// <summary>Reads from a sequence of .NET. It is not asked for anything before somebody reads.</summary>
/// <param name="sequence">The sequence.</param>
/// <typeparam name="T">What the sequence gives.</typeparam>
internal abstract class SequenceSource<T>(IAsyncEnumerable<T> sequence) : IEndSource
{
    private readonly Lock sync = new();
    private readonly CancellationTokenSource dropped = new();
    private IAsyncEnumerator<T>? enumerator;
    private ValueTask<bool>? moving;
    private bool isReading, isDropped;

    /// <inheritdoc/>
    public async ValueTask<ElementChunk> ReadAsync(int most, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            if (isDropped)
                return default;
            isReading = true;
        }
        try
        {
            enumerator ??= sequence.GetAsyncEnumerator(dropped.Token);
            return await Read(most, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (isDropped)
        {
            return default;
        }
        finally
        {
            bool last;
            lock (sync)
            {
                isReading = false;
                last = isDropped;
            }
            if (last)
                await End().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Drop()
    {
        lock (sync)
        {
            if (isDropped)
                return;
            isDropped = true;
            if (isReading)
            {
                dropped.CancelAsync();
                return;
            }
        }
        _ = End();
    }

    /// <summary>Reads elements.</summary>
    private protected abstract ValueTask<ElementChunk> Read(int most, CancellationToken cancellationToken);

    /// <summary>The next thing of the sequence.</summary>
    /// <param name="waits">Whether to wait until there is one.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>Whether there is one; null where one would have to wait.</returns>
    private protected async ValueTask<bool?> Next(bool waits, CancellationToken cancellationToken)
    {
        var move = moving ?? enumerator!.MoveNextAsync();
        moving = move;
        if (!move.IsCompleted)
        {
            if (!waits)
                return null;
            // Whoever cancels a read can come back and read what it would have given.
            var task = move.AsTask();
            moving = new(task);
            await task.WaitAsync(cancellationToken).ConfigureAwait(false);
            move = new(task);
        }
        moving = null;
        return await move.ConfigureAwait(false);
    }

    /// <summary>What the sequence gave last.</summary>
    private protected T Current => enumerator!.Current;

    private async Task End()
    {
        try
        {
            if (moving is { } move)
            {
                await dropped.CancelAsync().ConfigureAwait(false);
                await move.ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // Nobody reads any more, so nobody can be told.
        }
        if (enumerator is not null)
            await enumerator.DisposeAsync().ConfigureAwait(false);
    }
}

/// <summary>Reads values.</summary>
internal sealed class ValueSource(IAsyncEnumerable<ComponentValue> sequence) : SequenceSource<ComponentValue>(sequence)
{
    private protected override async ValueTask<ElementChunk> Read(int most, CancellationToken cancellationToken)
    {
        var values = new List<ComponentValue>();
        while (values.Count < most && await Next(values.Count == 0, cancellationToken).ConfigureAwait(false) == true)
            values.Add(Current);
        return new(values.Count, default, values.ToEquatableArray());
    }
}

/// <summary>Reads numbers, in chunks of any size.</summary>
internal sealed class NumberSource<T>(IAsyncEnumerable<ReadOnlyMemory<T>> sequence) : SequenceSource<ReadOnlyMemory<T>>(sequence)
    where T : unmanaged
{
    private ReadOnlyMemory<T> rest;

    private protected override async ValueTask<ElementChunk> Read(int most, CancellationToken cancellationToken)
    {
        while (rest.IsEmpty)
        {
            if (await Next(waits: true, cancellationToken).ConfigureAwait(false) != true)
                return default;
            rest = Current;
        }
        var now = rest[..Math.Min(rest.Length, most)];
        rest = rest[now.Length..];
        return new(now.Length, Bytes(now), default);
    }

    private static ReadOnlyMemory<byte> Bytes(ReadOnlyMemory<T> numbers) =>
        numbers is ReadOnlyMemory<byte> bytes ? bytes : MemoryMarshal.AsBytes(numbers.Span).ToArray();
}

/// <summary>Reads the value of a task.</summary>
internal sealed class TaskSource(Task<ComponentValue> value) : IEndSource
{
    private bool isRead;

    /// <inheritdoc/>
    public async ValueTask<ElementChunk> ReadAsync(int most, CancellationToken cancellationToken)
    {
        Debug.Assert(most > 0);
        if (isRead)
            return default;
        var result = await value.WaitAsync(cancellationToken).ConfigureAwait(false);
        isRead = true;
        return new(1, default, [result]);
    }

    /// <inheritdoc/>
    public void Drop()
    {
    }
}
