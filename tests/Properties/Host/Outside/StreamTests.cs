using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Fact.Host;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host.Outside;

/// <summary>Streams and futures between .NET code and guests, both ways.</summary>
public sealed class StreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static ComponentInstance Instance(int? seed = null) =>
        HostRun.Instantiate(AsyncGuests.Stackful, HostImports.None.WithFunction("fetch", a => a[0]), new HostOptions { ScheduleSeed = seed });

    private static async Task<HostStream> Stream(ComponentInstance instance, string name, params ComponentValue[] arguments) =>
        ((ComponentValue.Stream)(await instance.InvokeAsync(name, arguments).WaitAsync(Patience))!).Value;

    private static async Task<List<T>> All<T>(IAsyncEnumerable<T> sequence)
    {
        var all = new List<T>();
        await foreach (var one in sequence)
            all.Add(one);
        return all;
    }

    private static async IAsyncEnumerable<T> Slowly<T>(IEnumerable<T> all)
    {
        foreach (var one in all)
        {
            await Task.Yield();
            yield return one;
        }
    }

    private static ComponentValue Bytes(params byte[][] chunks) => new ComponentValue.Stream(HostStream.OfNumbers(Slowly(chunks.Select(c => (ReadOnlyMemory<byte>)c))));

    [Fact]
    public async Task Net_reads_what_a_guest_writes()
    {
        using var instance = Instance();
        var numbers = await Stream(instance, "count", ComponentValues.U32(25));
        Assert.Equal("stream<u32>", numbers.ToString());
        Assert.Equal(Enumerable.Range(0, 25).Select(i => ComponentValues.U32((uint)i)), await All(numbers).WaitAsync(Patience));
        Assert.False(numbers.IsLive);
        await Assert.ThrowsAsync<InvalidOperationException>(() => All(numbers));
        var chunks = await All((await Stream(instance, "count", ComponentValues.U32(25))).ReadChunksAsync()).WaitAsync(Patience);
        Assert.Equal([10, 10, 5], chunks.Select(c => c.Length));
    }

    [Fact]
    public async Task Numbers_are_read_without_an_object_for_each()
    {
        using var instance = Instance();
        var numbers = await Stream(instance, "count", ComponentValues.U32(100_000));
        uint[] buffer = new uint[7];
        uint next = 0;
        for (int read; (read = await numbers.ReadAsync<uint>(buffer)) > 0;)
        {
            foreach (uint number in buffer.AsSpan(0, read))
                Assert.Equal(next++, number);
        }
        Assert.Equal(100_000u, next);
        var other = await Stream(instance, "count", ComponentValues.U32(1));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await other.ReadAsync<byte>(new byte[1]));
        other.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disposing_the_enumerator_or_the_end_drops_it_and_the_guest_goes_on(bool enumerates)
    {
        using var instance = Instance();
        for (int i = 0; i < 20; i++)
        {
            var numbers = await Stream(instance, "count", ComponentValues.U32(1000));
            if (enumerates)
            {
                await foreach (var _ in numbers)
                    break;
            }
            numbers.Dispose();
            Assert.False(numbers.IsLive);
        }
        // All that were dropped have come to their end: they lie below this one on the stack.
        Assert.Equal(3, (await All(await Stream(instance, "count", ComponentValues.U32(3))).WaitAsync(Patience)).Count);
    }

    [Fact]
    public async Task A_guest_reads_what_net_gives()
    {
        using var instance = Instance();
        Assert.Equal(ComponentValues.U32(6 + 9), await instance.InvokeAsync("sum", [Bytes([1, 2, 3], [], [4, 5])]).WaitAsync(Patience));
        Assert.Equal(ComponentValues.U32(0), await instance.InvokeAsync("sum", [Bytes()]).WaitAsync(Patience));
        var channel = Channel.CreateUnbounded<ComponentValue>();
        var call = instance.InvokeAsync("sum", [new ComponentValue.Stream(HostStream.Of(ValType.Of(PrimitiveType.U8), channel.Reader))]);
        for (byte i = 0; i < 100; i++)
            await channel.Writer.WriteAsync(ComponentValues.U8(i));
        Assert.False(call.IsCompleted);
        channel.Writer.Complete();
        Assert.Equal(ComponentValues.U32(4950), await call.WaitAsync(Patience));
        Assert.Equal(ComponentValues.U32(3), instance.Invoke("sum", Bytes([1], [2])).Match(v => v.Single(), f => throw new ComponentException(f)));
    }

    [Law(50)]
    public void What_goes_through_a_guest_comes_out_of_it(byte[][] chunks, byte size, int seed, bool seeded) => Run(async () =>
    {
        using var instance = Instance(seeded ? seed : null);
        var copy = await Stream(instance, "copy", Bytes(chunks));
        byte[] buffer = new byte[size + 1];
        var all = new List<byte>();
        for (int read; (read = await copy.ReadAsync<byte>(buffer)) > 0;)
            all.AddRange(buffer.AsSpan(0, read));
        Assert.Equal(chunks.SelectMany(c => c), all);
    });

    [Law(30)]
    public void Text_goes_through_too(string[] raw) => Run(async () =>
    {
        var texts = raw.Where(text => text is not null && UnicodeText.IsWellFormed(text)).Select(ComponentValues.String).ToList();
        using var instance = Instance();
        var element = ValType.Of(PrimitiveType.String);
        Assert.Equal(texts, await All(await Stream(instance, "lines", new ComponentValue.Stream(HostStream.Of(element, Slowly(texts))))));
    });

    private static void Run(Func<Task> test) => Task.Run(test).WaitAsync(Patience).GetAwaiter().GetResult();

    [Fact]
    public async Task A_million_bytes_go_through_in_large_pieces()
    {
        using var instance = Instance();
        byte[] bytes = new byte[1 << 20];
        new Random(1).NextBytes(bytes);
        var copy = await Stream(instance, "copy", Bytes(bytes));
        byte[] arrived = new byte[bytes.Length + 1];
        int at = 0, reads = 0;
        for (int read; (read = await copy.ReadAsync(arrived.AsMemory(at))) > 0; reads++)
            at += read;
        Assert.Equal((bytes.Length, 32), (at, reads));
        Assert.Equal(bytes, arrived[..at]);
    }

    [Fact]
    public async Task A_stream_passes_from_one_component_to_another()
    {
        using var first = Instance();
        using var second = Instance();
        var copy = await Stream(first, "copy", Bytes([1, 2], [3], [4, 5, 6]));
        Assert.Equal(ComponentValues.U32(21), await second.InvokeAsync("sum", [new ComponentValue.Stream(copy)]).WaitAsync(Patience));
        Assert.False(copy.IsLive);
    }

    [Fact]
    public async Task A_guest_that_would_have_to_go_on_below_another_on_the_stack_is_reported()
    {
        using var instance = Instance();
        var copy = await Stream(instance, "copy", Bytes([1, 2], [3], [4, 5, 6]));
        var failure = await Assert.ThrowsAsync<ComponentException>(
            async () => await All(await Stream(instance, "copy", new ComponentValue.Stream(copy))).WaitAsync(Patience));
        Assert.StartsWith("trap: not supported by this host", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_that_is_over_or_being_read_cannot_be_given_away()
    {
        using var instance = Instance();
        var copy = await Stream(instance, "copy", new ComponentValue.Stream(HostStream.OfNumbers(Channel.CreateUnbounded<ReadOnlyMemory<byte>>().Reader.ReadAllAsync())));
        using var cancel = new CancellationTokenSource();
        var read = copy.ReadAsync<byte>(new byte[1], cancel.Token).AsTask();
        Assert.Contains("being read", await Refused(copy), StringComparison.Ordinal);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(Patience));
        Assert.True(copy.IsLive);
        copy.Dispose();
        Assert.Contains("the end is over", await Refused(copy), StringComparison.Ordinal);
        Assert.Contains("expected elements of the type u8, found of the type u32", await Refused(await Stream(instance, "count", ComponentValues.U32(0))),
            StringComparison.Ordinal);

        async Task<string> Refused(HostStream stream) =>
            (await Assert.ThrowsAsync<ComponentException>(() => instance.InvokeAsync("sum", [new ComponentValue.Stream(stream)]))).Message;
    }

    [Fact]
    public async Task A_source_that_fails_traps_the_component_and_what_it_writes_fails_too()
    {
        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Fails()
        {
            yield return new byte[] { 1 };
            await Task.Yield();
            throw new InvalidOperationException("the disk is gone");
        }
        using var instance = Instance();
        var copy = await Stream(instance, "copy", new ComponentValue.Stream(HostStream.OfNumbers(Fails())));
        var failure = await Assert.ThrowsAsync<ComponentException>(() => All(copy).WaitAsync(Patience));
        Assert.Equal("trap: the source of a stream<u8> failed: the disk is gone", failure.Message);
        using var other = Instance();
        var wrong = HostStream.Of(ValType.Of(PrimitiveType.U8), Slowly([ComponentValues.U8(1), ComponentValues.U32(2)]));
        failure = await Assert.ThrowsAsync<ComponentException>(() => other.InvokeAsync("sum", [new ComponentValue.Stream(wrong)]).WaitAsync(Patience));
        Assert.StartsWith("trap: the source of a stream<u8> gave a wrong element: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_ends_when_nobody_reads_any_more()
    {
        var ended = new TaskCompletionSource();
        async IAsyncEnumerable<ReadOnlyMemory<byte>> Endless()
        {
            try
            {
                while (true)
                {
                    await Task.Yield();
                    yield return new byte[100];
                }
            }
            finally
            {
                ended.SetResult();
            }
        }
        using var instance = Instance();
        var copy = await Stream(instance, "copy", new ComponentValue.Stream(HostStream.OfNumbers(Endless())));
        Assert.True(await copy.ReadAsync<byte>(new byte[10]) > 0);
        copy.Dispose();
        await ended.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Futures_go_both_ways()
    {
        using var instance = Instance();
        var value = new TaskCompletionSource<ComponentValue>();
        var element = ValType.Of(PrimitiveType.U32);
        var later = ((ComponentValue.Future)(await instance.InvokeAsync("later", [new ComponentValue.Future(HostFuture.Of(element, value.Task))]).WaitAsync(Patience))!)
            .Value;
        var read = later.ReadAsync();
        Assert.False(read.IsCompleted);
        value.SetResult(ComponentValues.U32(41));
        Assert.Equal(ComponentValues.U32(42), await read.WaitAsync(Patience));
        Assert.False(later.IsLive);
        later = ((ComponentValue.Future)(
            await instance.InvokeAsync(
            "later", [new ComponentValue.Future(HostFuture.Of(element, Task.FromException<ComponentValue>(new TimeoutException("too late"))))]))!).Value;
        var failure = await Assert.ThrowsAsync<ComponentException>(() => later.ReadAsync().WaitAsync(Patience));
        Assert.Equal("trap: the source of a future<u32> failed: too late", failure.Message);
    }
}
