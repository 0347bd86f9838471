using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Fact.Host;
using Fact.Ir;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host.Outside;

/// <summary>Streams of guests as channels, and channels as streams for guests.</summary>
public sealed class StreamChannelTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static ComponentInstance Instance() => HostRun.Instantiate(AsyncGuests.Stackful, HostImports.None.WithFunction("fetch", a => a[0]), new HostOptions());

    private static async Task<HostStream> Count(ComponentInstance instance, uint to) =>
        ((ComponentValue.Stream)(await instance.InvokeAsync("count", [ComponentValues.U32(to)]).WaitAsync(Patience))!).Value;

    private static async Task<List<ComponentValue>> All(ChannelReader<ComponentValue> reader)
    {
        var all = new List<ComponentValue>();
        await foreach (var value in reader.ReadAllAsync())
            all.Add(value);
        return all;
    }

    private static IEnumerable<ComponentValue> Numbers(int count) => Enumerable.Range(0, count).Select(i => ComponentValues.U32((uint)i));

    [Fact]
    public async Task A_channel_has_what_the_guest_writes_and_is_complete_when_the_stream_is()
    {
        using var instance = Instance();
        var stream = await Count(instance, 25);
        var reader = stream.ToChannelReader();
        Assert.Equal((0, false), (reader.Count, reader.TryRead(out _)));

        Assert.True(await reader.WaitToReadAsync().AsTask().WaitAsync(Patience));
        Assert.True(reader.TryPeek(out var first));
        Assert.Equal((10, ComponentValues.U32(0)), (reader.Count, first));
        Assert.False(reader.Completion.IsCompleted);

        Assert.Equal(Numbers(25), await All(reader).WaitAsync(Patience));
        await reader.Completion.WaitAsync(Patience);
        Assert.False(await reader.WaitToReadAsync());
        await Assert.ThrowsAsync<ChannelClosedException>(async () => await reader.ReadAsync());
        Assert.False(stream.IsLive);
    }

    [Fact]
    public async Task Several_readers_get_each_element_once()
    {
        using var instance = Instance();
        var reader = (await Count(instance, 1000)).ToChannelReader();

        var parts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => All(reader)))).WaitAsync(Patience);

        Assert.Equal(Numbers(1000), parts.SelectMany(part => part).OrderBy(value => ((ComponentValue.U32)value).Value));
    }

    [Fact]
    public async Task Who_does_not_wait_any_more_loses_nothing()
    {
        var source = Channel.CreateUnbounded<ComponentValue>();
        using var stream = HostStream.Of(ValType.Of(PrimitiveType.U32), source.Reader);
        var reader = stream.ToChannelReader();
        using var cancel = new CancellationTokenSource();
        var waiting = reader.WaitToReadAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reader.WaitToReadAsync(cancel.Token));

        Assert.True(source.Writer.TryWrite(ComponentValues.U32(7)));
        source.Writer.Complete();

        Assert.Equal([ComponentValues.U32(7)], await All(reader).WaitAsync(Patience));
    }

    [Fact]
    public async Task What_ends_the_stream_ends_the_channel()
    {
        var source = Channel.CreateUnbounded<ComponentValue>();
        using var failing = HostStream.Of(ValType.Of(PrimitiveType.U32), source.Reader);
        var reader = failing.ToChannelReader();
        source.Writer.Complete(new InvalidTimeZoneException("no zone"));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => All(reader).WaitAsync(Patience));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => reader.Completion.WaitAsync(Patience));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () => await reader.WaitToReadAsync());

        using var dropped = HostStream.Of(ValType.Of(PrimitiveType.U32), Channel.CreateUnbounded<ComponentValue>().Reader);
        reader = dropped.ToChannelReader();
        var waiting = reader.WaitToReadAsync().AsTask();
        dropped.Dispose();
        Assert.False(await waiting.WaitAsync(Patience));
        await reader.Completion.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_channel_of_one_guest_is_a_stream_for_another()
    {
        using var instance = Instance();
        using var other = Instance();
        var bytes = Channel.CreateBounded<ComponentValue>(2);
        var writing = Task.Run(async () =>
        {
            await foreach (var value in (await Count(instance, 20)).ToChannelReader().ReadAllAsync())
                await bytes.Writer.WriteAsync(ComponentValues.U8((byte)((ComponentValue.U32)value).Value));
            bytes.Writer.Complete();
        });

        var stream = new ComponentValue.Stream(HostStream.Of(ValType.Of(PrimitiveType.U8), bytes.Reader));
        var copy = (ComponentValue.Stream)(await other.InvokeAsync("copy", [stream]).WaitAsync(Patience))!;

        Assert.Equal(Enumerable.Range(0, 20).Select(i => ComponentValues.U8((byte)i)), await All(copy.Value.ToChannelReader()).WaitAsync(Patience));
        await writing.WaitAsync(Patience);
    }
}
