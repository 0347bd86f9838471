using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Fact.Ir;

namespace Fact.Values;

/// <summary>
/// The readable end of a stream in the hands of .NET code. It can be enumerated once; when the enumerator is disposed, the end is dropped. Elements of a stream without
/// an element type are empty tuples.
/// </summary>
public sealed class HostStream : HostEnd, IAsyncEnumerable<ComponentValue>
{
    /// <summary>How many elements are taken from a component at a time, where they are numbers.</summary>
    private const int MostNumbers = 1 << 16;

    internal HostStream(IEndSource source, ValType? element)
        : base(source, element)
    {
    }

    /// <summary>A stream for a component, of values. They are asked for as the component reads, and each must belong to the type.</summary>
    /// <param name="element">The type of the elements; null where there is none, and then they are empty tuples.</param>
    /// <param name="elements">The elements. An exception that it throws traps the component.</param>
    public static HostStream Of(ValType? element, IAsyncEnumerable<ComponentValue> elements) => new(new ValueSource(Given.NotNull(elements, nameof(elements))), element);

    /// <summary>A stream for a component, of values that somebody writes into a channel.</summary>
    /// <param name="element">The type of the elements; null where there is none, and then they are empty tuples.</param>
    /// <param name="elements">The elements.</param>
    /// <exception cref="ArgumentNullException"><paramref name="elements"/> is null.</exception>
    public static HostStream Of(ValType? element, ChannelReader<ComponentValue> elements) => Of(element, Given.NotNull(elements, nameof(elements)).ReadAllAsync());

    /// <summary>A stream for a component, of numbers, without an object for each.</summary>
    /// <param name="chunks">The numbers, in chunks of any size. Each must stay as it is until the next one is asked for.</param>
    /// <typeparam name="T">The type: <c>byte</c> for <c>u8</c>, <c>short</c> for <c>s16</c>, <c>float</c> for <c>f32</c> and so on.</typeparam>
    /// <exception cref="ArgumentException">The type is no number of the component model.</exception>
    public static HostStream OfNumbers<T>(IAsyncEnumerable<ReadOnlyMemory<T>> chunks)
        where T : unmanaged => new(new NumberSource<T>(Given.NotNull(chunks, nameof(chunks))), ValType.Of(NumberChunks.TypeOf<T>()));

    /// <summary>The elements, one by one.</summary>
    /// <param name="cancellationToken">Ends the read in progress.</param>
    public async IAsyncEnumerator<ComponentValue> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var chunk in ReadChunksAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var value in chunk.Items)
                yield return value;
        }
    }

    /// <summary>The elements, as many at a time as the component wrote at once, up to some thousands. When the enumerator is disposed, the end is dropped.</summary>
    /// <param name="cancellationToken">Ends the read in progress.</param>
    public async IAsyncEnumerable<EquatableArray<ComponentValue>> ReadChunksAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        int most = MostAtATime(Element);
        try
        {
            while (await Next(most, cancellationToken).ConfigureAwait(false) is { Count: > 0 } chunk)
                yield return NumberChunks.Values(chunk, Element);
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>
    /// The elements, for who reads channels. An element is asked for when somebody waits for it; the channel is complete when the stream is, or fails as it does.
    /// Disposing the stream drops the end: a read in progress ends, and the channel is complete.
    /// </summary>
    /// <returns>The channel. It and nothing else is to read the stream from now on.</returns>
    public ChannelReader<ComponentValue> ToChannelReader() => new StreamChannel(this);

    /// <summary>Reads numbers, without an object for each.</summary>
    /// <param name="buffer">Where they go.</param>
    /// <param name="cancellationToken">Ends the read; then nothing was read.</param>
    /// <typeparam name="T">The type: <c>byte</c> for <c>u8</c>, <c>short</c> for <c>s16</c>, <c>float</c> for <c>f32</c> and so on.</typeparam>
    /// <returns>How many were read; 0 where there are no more.</returns>
    /// <exception cref="InvalidOperationException">The elements have another type; or the end is over, or being read.</exception>
    public async ValueTask<int> ReadAsync<T>(Memory<T> buffer, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        if (!Equals(Element, ValType.Of(NumberChunks.TypeOf<T>())))
            throw new InvalidOperationException($"the elements of a {this} are no {typeof(T).Name}");
        if (buffer.IsEmpty)
            throw new ArgumentException("there is no room for a number", nameof(buffer));
        var chunk = await Next(buffer.Length, cancellationToken).ConfigureAwait(false);
        NumberChunks.CopyTo(chunk, buffer.Span);
        return chunk.Count;
    }

    /// <summary>How many elements are read at a time. What was read and is not asked for is lost, which must not happen to resources.</summary>
    internal static int MostAtATime(ValType? element) =>
        element is null || NumberChunks.SizeOf(element) > 0 ? MostNumbers : element.Has(TypeContents.Tables) ? 1 : MostNumbers / 256;

    /// <summary>What it is, for messages.</summary>
    public override string ToString() => Element is null ? "stream" : $"stream<{Element}>";
}
