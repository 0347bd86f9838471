using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fact.Host;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host.Outside;

/// <summary>Calls that .NET code does not stand and wait for, and host functions that return later than they are called.</summary>
public sealed class AsyncCallTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>A host function that returns when it is told to.</summary>
    private sealed class Fetch
    {
        private readonly Lock sync = new();
        private readonly Dictionary<uint, TaskCompletionSource<ComponentValue?>> calls = [];

        public HostImports Imports => HostImports.None.WithAsyncFunction("fetch", async (a, cancellation) =>
        {
            var call = Of(((ComponentValue.U32)a[0]).Value);
            await using var registration = cancellation.Register(() => call.TrySetCanceled(cancellation));
            return await call.Task;
        });

        public TaskCompletionSource<ComponentValue?> Of(uint x)
        {
            lock (sync)
                return calls.TryGetValue(x, out var call) ? call : calls[x] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private static uint Number(ComponentValue? value) => ((ComponentValue.U32)value!).Value;

    private static IReadOnlyList<ComponentValue> Args(uint x) => [ComponentValues.U32(x)];

    private static async Task<string> Failure(Task call) => (await Assert.ThrowsAsync<ComponentException>(() => call.WaitAsync(Patience))).Message;

    public static TheoryData<string> Guests => new() { nameof(AsyncGuests.Callbacks), nameof(AsyncGuests.Stackful) };

    private static string Text(string guest) => guest == nameof(AsyncGuests.Callbacks) ? AsyncGuests.Callbacks : AsyncGuests.Stackful;

    [Theory]
    [MemberData(nameof(Guests))]
    public async Task A_call_ends_when_the_host_function_returns_that_it_waits_for(string guest)
    {
        var fetch = new Fetch();
        using var instance = HostRun.Instantiate(Text(guest), fetch.Imports);
        var call = instance.InvokeAsync("fetch", Args(7));
        Assert.False(call.IsCompleted);
        fetch.Of(7).SetResult(ComponentValues.U32(8));
        Assert.Equal(8u, Number(await call.WaitAsync(Patience)));
        fetch.Of(1).SetResult(ComponentValues.U32(2));
        Assert.Equal(2u, Number(await instance.InvokeAsync("fetch", Args(1)).WaitAsync(Patience)));
        Assert.Equal(2u, Number(instance.Invoke("fetch", Args(1)).Match(v => v.Single(), f => throw new ComponentException(f))));
    }

    [Fact]
    public async Task Any_number_of_calls_may_be_in_progress_and_end_in_any_order()
    {
        var fetch = new Fetch();
        using var instance = HostRun.Instantiate(AsyncGuests.Callbacks, fetch.Imports);
        var calls = Enumerable.Range(0, 100).Select(i => instance.InvokeAsync("fetch", Args((uint)i))).ToList();
        foreach (int i in Enumerable.Range(0, 100).OrderBy(i => i * 37 % 100))
        {
            Assert.False(calls[i].IsCompleted);
            fetch.Of((uint)i).SetResult(ComponentValues.U32((uint)(i * i)));
            Assert.Equal((uint)(i * i), Number(await calls[i].WaitAsync(Patience)));
        }
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 2, 0)]
    public async Task Calls_that_wait_on_the_stack_end_when_those_above_them_have(params int[] order)
    {
        var fetch = new Fetch();
        using var instance = HostRun.Instantiate(AsyncGuests.Stackful, fetch.Imports);
        var calls = Enumerable.Range(0, 3).Select(i => instance.InvokeAsync("fetch", Args((uint)i))).ToList();
        foreach (int i in order)
            fetch.Of((uint)i).SetResult(ComponentValues.U32((uint)(i * i)));
        Assert.Equal([0u, 1, 4], (await Task.WhenAll(calls).WaitAsync(Patience)).Select(Number));
    }

    [Theory]
    [MemberData(nameof(Guests))]
    public async Task A_call_waits_on_the_callers_thread_where_the_caller_wants_that(string guest)
    {
        var fetch = new Fetch();
        using var instance = HostRun.Instantiate(Text(guest), fetch.Imports);
        var other = Task.Run(async () =>
        {
            await Task.Yield();
            fetch.Of(3).SetResult(ComponentValues.U32(4));
        });
        Assert.Equal(4u, Number(instance.Invoke("fetch", Args(3)).Match(v => v.Single(), f => throw new ComponentException(f))));
        await other;
    }

    [Theory]
    [MemberData(nameof(Guests))]
    public async Task A_caller_that_waits_is_served_while_another_call_is_in_progress(string guest)
    {
        var fetch = new Fetch();
        using var instance = HostRun.Instantiate(Text(guest), fetch.Imports);
        var call = instance.InvokeAsync("fetch", Args(1));
        fetch.Of(2).SetResult(ComponentValues.U32(20));
        if (guest == nameof(AsyncGuests.Callbacks))
            Assert.Equal(20u, Number(instance.Invoke("fetch", Args(2)).Match(v => v.Single(), f => throw new ComponentException(f))));
        fetch.Of(1).SetResult(ComponentValues.U32(10));
        Assert.Equal(10u, Number(await call.WaitAsync(Patience)));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_starts_is_not_made()
    {
        using var instance = HostRun.Instantiate(AsyncGuests.Callbacks, new Fetch().Imports);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => instance.InvokeAsync("fails", Args(0), new CancellationToken(canceled: true)));
        Assert.Null(instance.Poison);
    }

    [Fact]
    public async Task A_call_is_cancelled_when_the_guest_agrees()
    {
        using var instance = HostRun.Instantiate(AsyncGuests.Callbacks, new Fetch().Imports);
        using var cancel = new CancellationTokenSource();
        var call = instance.InvokeAsync("never", [], cancel.Token);
        Assert.False(call.IsCompleted);
        await cancel.CancelAsync();
        Assert.Equal(cancel.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience))).CancellationToken);
        Assert.True(call.IsCanceled);
        Assert.Equal(5u, Number(await instance.InvokeAsync("yields", Args(5)).WaitAsync(Patience)));
    }

    [Fact]
    public async Task Cancellation_goes_through_a_guest_to_the_host_function_that_it_called()
    {
        var fetch = new Fetch();
        using var instance = HostRun.Instantiate(AsyncGuests.Callbacks, fetch.Imports);
        using var cancel = new CancellationTokenSource();
        var (cancelled, other) = (instance.InvokeAsync("fetch", Args(1), cancel.Token), instance.InvokeAsync("fetch", Args(2)));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Patience));
        Assert.True(fetch.Of(1).Task.IsCanceled);
        fetch.Of(2).SetResult(ComponentValues.U32(5));
        Assert.Equal(5u, Number(await other.WaitAsync(Patience)));
    }

    [Fact]
    public async Task A_guest_may_return_although_it_was_asked_not_to()
    {
        using var instance = HostRun.Instantiate(
            AsyncGuests.Callbacks,
            HostImports.None.WithAsyncFunction("fetch", async (a, cancellation) =>
            {
                var asked = new TaskCompletionSource();
                await using var registration = cancellation.Register(asked.SetResult);
                await asked.Task;
                return a[0];
            }));
        using var cancel = new CancellationTokenSource();
        var call = instance.InvokeAsync("fetch", Args(9), cancel.Token);
        await cancel.CancelAsync();
        Assert.Equal(9u, Number(await call.WaitAsync(Patience)));
    }

    [Fact]
    public async Task A_call_that_nothing_can_end_is_a_deadlock()
    {
        using var instance = HostRun.Instantiate(AsyncGuests.Callbacks, new Fetch().Imports);
        var call = instance.InvokeAsync("never", []);
        Assert.StartsWith("trap: deadlock detected", await Failure(call), StringComparison.Ordinal);
        Assert.Equal("trap: cannot enter component instance", await Failure(instance.InvokeAsync("yields", Args(1))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50_000)]
    public async Task A_trap_ends_every_call_in_progress(int yields)
    {
        var fetch = new Fetch();
        using var instance = HostRun.Instantiate(AsyncGuests.Callbacks, fetch.Imports);
        var waits = instance.InvokeAsync("fetch", Args(1));
        var traps = instance.InvokeAsync("fails", Args((uint)yields));
        Assert.Equal("trap: wasm `unreachable` instruction executed", await Failure(traps));
        Assert.Equal("trap: wasm `unreachable` instruction executed", await Failure(waits));
        Assert.Equal("cannot enter component instance", instance.Invoke("yields", Args(1)).Match(_ => "", f => ((CallFailure.Trapped)f).Trap.Message));
        fetch.Of(1).TrySetResult(ComponentValues.U32(1));
    }

    [Theory]
    [MemberData(nameof(Guests))]
    public async Task A_host_function_that_fails_later_traps_the_component(string guest)
    {
        var fetch = new Fetch();
        using var instance = HostRun.Instantiate(Text(guest), fetch.Imports);
        var call = instance.InvokeAsync("fetch", Args(1));
        fetch.Of(1).SetException(new InvalidOperationException("no connection"));
        Assert.Equal("trap: the host function \"fetch\" failed: no connection", await Failure(call));
        using var other = HostRun.Instantiate(Text(guest), fetch.Imports);
        call = other.InvokeAsync("fetch", Args(2));
        fetch.Of(2).SetResult(ComponentValues.String("x"));
        Assert.StartsWith("trap: the host function \"fetch\" returned a wrong result", await Failure(call), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_in_a_call_fail_it_alone()
    {
        using var instance = HostRun.Instantiate(AsyncGuests.Callbacks, new Fetch().Imports);
        Assert.Contains("there is no exported function of this name", await Failure(instance.InvokeAsync("nothing", [])), StringComparison.Ordinal);
        Assert.Contains("the function has 1 parameter, but there are 0 arguments", await Failure(instance.InvokeAsync("yields", [])), StringComparison.Ordinal);
        Assert.Null(instance.Poison);
    }

    [Theory]
    [MemberData(nameof(Guests))]
    public async Task Calls_in_progress_fail_when_the_instance_is_disposed(string guest)
    {
        var instance = HostRun.Instantiate(Text(guest), new Fetch().Imports);
        var call = instance.InvokeAsync("fetch", Args(1));
        instance.Dispose();
        Assert.Contains("the instance was disposed", await Failure(call), StringComparison.Ordinal);
        Assert.Contains("the instance was disposed", await Failure(instance.InvokeAsync("fetch", Args(1))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_from_many_threads_happen_one_after_the_other()
    {
        using var instance = HostRun.Instantiate(AsyncGuests.Callbacks, new Fetch().Imports);
        await Task.WhenAll(Enumerable.Range(1, 8).Select(t => Task.Run(async () =>
        {
            for (uint i = 1; i < 50; i++)
                Assert.Equal(i, Number(await instance.InvokeAsync("yields", Args(i)).WaitAsync(Patience)));
        })));
    }

    [Fact]
    public async Task One_component_can_wait_for_another()
    {
        var fetch = new Fetch();
        using var inner = HostRun.Instantiate(AsyncGuests.Callbacks, fetch.Imports);
        using var outer = HostRun.Instantiate(
            AsyncGuests.Stackful, HostImports.None.WithAsyncFunction("fetch", (a, cancellation) => new(inner.InvokeAsync("fetch", [.. a.Items], cancellation))));
        var call = outer.InvokeAsync("fetch", Args(4));
        Assert.False(call.IsCompleted);
        fetch.Of(4).SetResult(ComponentValues.U32(44));
        Assert.Equal(44u, Number(await call.WaitAsync(Patience)));
    }

    [Fact]
    public async Task Synchronous_functions_can_be_called_so_too_and_can_wait_for_the_host()
    {
        const string Text = """
            (component
              (import "fetch" (func $fetch (param "x" u32) (result u32)))
              (core func $fetch (canon lower (func $fetch)))
              (core module $m (import "" "f" (func $f (param i32) (result i32))) (func (export "f") (param i32) (result i32) (call $f (local.get 0))))
              (core instance $i (instantiate $m (with "" (instance (export "f" (func $fetch))))))
              (func (export "f") (param "x" u32) (result u32) (canon lift (core func $i "f"))))
            """;
        using var instance = HostRun.Instantiate(Text, HostImports.None.WithAsyncFunction("fetch", async (a, _) =>
        {
            await Task.Yield();
            return a[0];
        }));
        Assert.Equal(3u, Number(await instance.InvokeAsync("f", Args(3)).WaitAsync(Patience)));
        HostRun.Calls(instance, ("f(4)", "4"));
    }
}
