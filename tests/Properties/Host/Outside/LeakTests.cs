using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fact.Host;
using Fact.Ir;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host.Outside;

/// <summary>
/// Calls at random, with cancellation, dropped ends and traps, leave nothing behind: no handles, no threads, nothing that waits. <c>FACT_LEAK_CALLS</c> says how
/// many there
/// are, 10,000 where it is not set.
/// </summary>
public sealed class LeakTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static int Calls { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("FACT_LEAK_CALLS"), NumberStyles.None, CultureInfo.InvariantCulture, out int calls) ? calls : 10_000;

    private static ComponentValue U32(int value) => ComponentValues.U32((uint)value);

    /// <summary>What .NET code has dropped ends soon, but on other threads.</summary>
    private static async Task HasLeftNothing(ComponentInstance instance)
    {
        for (int i = 0; i < 1000 && instance.Kept != default; i++)
            await Task.Delay(1);
        Assert.Equal(default, instance.Kept);
    }

    [Fact]
    public async Task Guests_that_cancel_calls_and_drop_ends_leave_nothing()
    {
        const int Each = 500;
        for (int seed = 0; seed < Math.Max(Calls / Each, 1); seed++)
        {
            using var instance = HostRun.Instantiate(LeakGuests.Pair, options: new HostOptions { MaxHandles = 32, ScheduleSeed = seed % 2 == 0 ? null : seed });
            var cancelled = await instance.InvokeAsync("run", [U32(seed), U32(Each), U32(4)]).WaitAsync(Patience);
            Assert.InRange(((ComponentValue.U32)cancelled!).Value, Each / 8u, Each / 2u);
            await HasLeftNothing(instance);
        }
    }

    [Fact]
    public async Task A_trap_between_guests_ends_the_call_and_what_net_has_of_it()
    {
        for (int seed = 0; seed < Math.Max(Calls / 200, 1); seed++)
        {
            using var instance = HostRun.Instantiate(LeakGuests.Pair, options: new HostOptions { ScheduleSeed = seed % 2 == 0 ? null : seed });
            var waits = instance.InvokeAsync("work", [U32(3), Bytes(never: true, out var begun, out var ended)]);
            var call = instance.InvokeAsync("run", [U32(seed), U32(1000), U32(5)]);
            await Assert.ThrowsAsync<ComponentException>(() => call.WaitAsync(Patience));
            await Assert.ThrowsAsync<ComponentException>(() => waits.WaitAsync(Patience));
            if (begun.IsCompleted)
                await ended.WaitAsync(Patience);
        }
    }

    private static ComponentValue.Stream Bytes(bool never, out Task begun, out Task ended)
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        begun = begin.Task;
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ended = end.Task;
        return new(HostStream.OfNumbers(Give()));

        async IAsyncEnumerable<ReadOnlyMemory<byte>> Give([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
        {
            begin.TrySetResult();
            try
            {
                if (never)
                    await Task.Delay(Timeout.Infinite, cancellation);
                for (int i = 0; i < 3; i++)
                {
                    await Task.Yield();
                    yield return new byte[i * 7];
                }
            }
            finally
            {
                end.TrySetResult();
            }
        }
    }

    [Fact]
    public async Task Calls_from_net_that_are_cancelled_or_not_leave_nothing()
    {
        const int Each = 1000, AtATime = 16;
        for (int seed = 0; seed < Math.Max(Calls / Each, 1); seed++)
        {
            var random = new Random(seed);
            using var instance = HostRun.Instantiate(
                AsyncGuests.Callbacks, Fetches(), new HostOptions { MaxHandles = 3 * AtATime, ScheduleSeed = seed % 2 == 0 ? null : seed });
            var running = new List<(Task<ComponentValue?> Call, CancellationTokenSource Cancel)>();
            for (int i = 0; i < Each; i++)
            {
                var cancel = new CancellationTokenSource();
                var call = random.Next(4) switch
                {
                    0 => instance.InvokeAsync("never", [], cancel.Token),
                    1 => instance.InvokeAsync("yields", [U32(random.Next(5))], cancel.Token),
                    var kind => instance.InvokeAsync("fetch", [U32(random.Next(3))], cancel.Token),
                };
                running.Add((call, cancel));
                if (running.Count == AtATime)
                    await End(running, random);
            }
            while (running.Count > 0)
                await End(running, random);
            await HasLeftNothing(instance);
        }
    }

    /// <summary>Returns at once, a little later, or never.</summary>
    private static HostImports Fetches() => HostImports.None.WithAsyncFunction("fetch", async (a, cancellation) =>
    {
        switch (((ComponentValue.U32)a[0]).Value)
        {
            case 1:
                await Task.Yield();
                break;
            case 2:
                await Task.Delay(Timeout.Infinite, cancellation);
                break;
        }
        return a[0];
    });

    private static async Task End(List<(Task<ComponentValue?> Call, CancellationTokenSource Cancel)> running, Random random)
    {
        int which = random.Next(running.Count);
        var (call, cancel) = running[which];
        running.RemoveAt(which);
        await cancel.CancelAsync();
        try
        {
            await call.WaitAsync(Patience);
        }
        catch (OperationCanceledException e)
        {
            Assert.Equal(cancel.Token, e.CancellationToken);
        }
        cancel.Dispose();
    }

    [Fact]
    public async Task Streams_between_net_and_guests_that_are_dropped_anywhere_leave_nothing()
    {
        using var instance = HostRun.Instantiate(AsyncGuests.Stackful, HostImports.None.WithFunction("fetch", a => a[0]));
        var random = new Random(1);
        for (int i = 0; i < Math.Max(Calls / 10, 1); i++)
        {
            if (random.Next(3) == 0)
            {
                await instance.InvokeAsync("sum", [Bytes(never: false, out _, out var ended)]).WaitAsync(Patience);
                await ended.WaitAsync(Patience);
                continue;
            }
            bool copies = random.Next(2) == 0;
            var result = await instance.InvokeAsync(copies ? "copy" : "count", [copies ? Bytes(never: false, out _, out _) : U32(random.Next(50))]).WaitAsync(Patience);
            var stream = ((ComponentValue.Stream)result!).Value;
            using var cancel = new CancellationTokenSource(random.Next(4) == 0 ? 1 : Timeout.Infinite);
            try
            {
                for (int reads = random.Next(4); reads > 0 && stream.IsLive; reads--)
                {
                    var read = copies ? stream.ReadAsync<byte>(new byte[10], cancel.Token) : stream.ReadAsync<uint>(new uint[10], cancel.Token);
                    await read.AsTask().WaitAsync(TimeSpan.FromMilliseconds(5));
                }
            }
            catch (Exception e) when (e is OperationCanceledException or TimeoutException)
            {
                // Nothing came, or it was not waited for.
            }
            stream.Dispose();
            await HasLeftNothing(instance);
        }
        Assert.Null(instance.Poison);
    }
}
