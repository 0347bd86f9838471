using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Fact.Ir;
using Fact.Values;

namespace Fact.Host;

/// <content>Calls whose results are more than a text.</content>
public sealed partial class WaveSession
{
    /// <summary>
    /// Makes one call and reads the streams and futures in its result. Nothing else may use the instance meanwhile. A stream is a line for all elements that were
    /// written at once, as a
    /// list; a future is the line of its value. Where the result is more than one such end, it is a line itself, and before what an end gives stands the number that the
    /// end has in it.
    /// </summary>
    /// <param name="call">The call; the name is that of an export, or <c>instance#name</c>, of which so much may be left out that it can be no other.</param>
    /// <param name="cancellationToken">Asks for cancellation, and ends reading.</param>
    /// <returns>The lines as they come; they end with a <see cref="ComponentException"/> where <see cref="Invoke(string)"/> would return a failure.</returns>
    public async IAsyncEnumerable<string> InvokeAsync(string call, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (name, arguments) = Parse(call).IfLeft(failure => throw new ComponentException(failure));
        using var watch = instance.WatchAlone();
        var result = await instance.InvokeAsync(name, CallLimits.None, arguments, cancellationToken).ConfigureAwait(false);
        var ends = result is null ? [] : EndsIn(result).ToList();
        bool isEnd = result is ComponentValue.Stream or ComponentValue.Future;
        if (!isEnd)
            yield return result is null ? "" : Text(result);
        if (ends.Count == 0)
            yield break;
        var lines = Channel.CreateUnbounded<string>();
        var reading = Task.WhenAll(ends.Select((end, i) =>
            Read(end, isEnd ? "" : string.Create(CultureInfo.InvariantCulture, $"{i + 1}: "), lines.Writer, cancellationToken)));
        _ = reading.ContinueWith(_ => lines.Writer.Complete(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await foreach (string line in lines.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            yield return line;
        await reading.ConfigureAwait(false);
    }

    private async Task Read(HostEnd end, string prefix, ChannelWriter<string> lines, CancellationToken cancellationToken)
    {
        if (end is HostFuture future)
        {
            Write(await future.ReadAsync(cancellationToken).ConfigureAwait(false));
            return;
        }
        await foreach (var chunk in ((HostStream)end).ReadChunksAsync(cancellationToken).ConfigureAwait(false))
            Write(new ComponentValue.List(chunk));

        void Write(ComponentValue value)
        {
            lock (handles)
                lines.TryWrite(prefix + Text(value));
            // Nobody reads ends in what an end gives.
            foreach (var inner in EndsIn(value))
                inner.Dispose();
        }
    }

    private string Text(ComponentValue value) => WavePrinter.Print(value, Number, MaxText);

    private static IEnumerable<HostEnd> EndsIn(ComponentValue value) => value switch
    {
        ComponentValue.Stream v => [v.Value],
        ComponentValue.Future v => [v.Value],
        ComponentValue.List v => v.Elements.Items.SelectMany(EndsIn),
        ComponentValue.Tuple v => v.Elements.Items.SelectMany(EndsIn),
        ComponentValue.Map v => v.Entries.Items.SelectMany(entry => EndsIn(entry.Value)),
        ComponentValue.Record v => v.Fields.Items.SelectMany(field => EndsIn(field.Value)),
        ComponentValue.Variant { Payload: { } payload } => EndsIn(payload),
        ComponentValue.Option { Some: { } some } => EndsIn(some),
        ComponentValue.Ok { Payload: { } payload } => EndsIn(payload),
        ComponentValue.Error { Payload: { } payload } => EndsIn(payload),
        ComponentValue.Variant or ComponentValue.Option or ComponentValue.Ok or ComponentValue.Error or ComponentValue.Bool or ComponentValue.S8 or ComponentValue.U8
            or ComponentValue.S16 or ComponentValue.U16 or ComponentValue.S32 or ComponentValue.U32 or ComponentValue.S64 or ComponentValue.U64 or ComponentValue.F32
            or ComponentValue.F64 or ComponentValue.Char or ComponentValue.String or ComponentValue.Enum or ComponentValue.Flags or ComponentValue.Own
            or ComponentValue.Borrow or ComponentValue.ErrorContext => [],
    };
}
