using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fact.Host;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host.Outside;

/// <summary>Guests that take more than they may are stopped; everything else goes on.</summary>
public sealed class StopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const string Loops = """
        (component
          (import "begun" (func $begun))
          (core func $begun (canon lower (func $begun)))
          (core module $m
            (import "" "begun" (func $begun))
            (func (export "loop") (call $begun) (loop $next (br $next)))
            (func $deep (export "deep") (param i32) (result i32)
              (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
              (i32.add (i32.const 1) (call $deep (i32.sub (local.get 0) (i32.const 1)))))
            (func (export "work") (param i32) (result i32)
              (loop $next (br_if $next (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
              (i32.const 7)))
          (core instance $i (instantiate $m (with "" (instance (export "begun" (func $begun))))))
          (func (export "loop") (canon lift (core func $i "loop")))
          (func (export "loop-async") async (canon lift (core func $i "loop")))
          (func (export "deep") (param "n" u32) (result u32) (canon lift (core func $i "deep")))
          (func (export "work") (param "n" u32) (result u32) (canon lift (core func $i "work"))))
        """;

    private static readonly HostImports Silent = HostImports.None.WithFunction("begun", _ => null);

    private static readonly HostOptions Interruptible = new() { Interruptible = true };

    private static string Outcome(ComponentInstance instance, string name, CallLimits limits, params ComponentValue[] arguments) =>
        instance.Invoke(name, limits, arguments).Match(v => v.Match(some => some.ToString(), () => ""), f => f.ToString());

    private static void IsAtItsEnd(ComponentInstance instance)
    {
        Assert.True(instance.Poison!.IsStop);
        Assert.Equal("trap: cannot enter component instance", Outcome(instance, "work", CallLimits.None, ComponentValues.U32(1)));
    }

    [Theory]
    [InlineData("loop")]
    [InlineData("loop-async")]
    public void A_guest_that_loops_is_stopped_in_time_and_others_go_on(string name)
    {
        using var host = HostRun.Open(Loops, new HostOptions { Limits = new() { Time = TimeSpan.FromMilliseconds(50) } });
        using var other = host.Instantiate(Silent).IfLeft(f => throw new ComponentException(f));
        using var instance = host.Instantiate(Silent).IfLeft(f => throw new ComponentException(f));
        HostRun.Calls(instance, (name + "()", "trap: stopped: the call took longer than 0.05 s"));
        IsAtItsEnd(instance);
        Assert.Equal("7", Outcome(other, "work", CallLimits.None, ComponentValues.U32(100_000)));
    }

    [Theory]
    [InlineData("loop")]
    [InlineData("loop-async")]
    public async Task A_token_stops_a_guest_that_loops(string name)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var imports = HostImports.None.WithFunction("begun", _ =>
        {
            begun.SetResult();
            return null;
        });
        using var instance = HostRun.Instantiate(Loops, imports, Interruptible);
        using var other = HostRun.Instantiate(Loops, Silent, Interruptible);
        using var stop = new CancellationTokenSource();
        var call = Task.Run(() => Outcome(instance, name, new() { Stop = stop.Token }));
        await begun.Task.WaitAsync(Patience);
        HostRun.Calls(other, ("work(100000)", "7"));
        await stop.CancelAsync();
        Assert.Equal("trap: stopped: the call was cancelled", await call.WaitAsync(Patience));
        IsAtItsEnd(instance);
        HostRun.Calls(other, ("work(100000)", "7"));
        Assert.Contains("the call was stopped before it began", Outcome(other, "work", new() { Stop = stop.Token }, ComponentValues.U32(1)), StringComparison.Ordinal);
        HostRun.Calls(other, ("work(1)", "7"));
    }

    [Fact]
    public async Task A_call_that_waits_is_stopped_too()
    {
        var imports = HostImports.None.WithAsyncFunction("fetch", async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return null;
        });
        var limits = new CallLimits { Time = TimeSpan.FromMilliseconds(50) };
        foreach (string guest in (string[])[AsyncGuests.Callbacks, AsyncGuests.Stackful])
        {
            using var instance = HostRun.Instantiate(guest, imports, Interruptible);
            var failure = await Assert.ThrowsAsync<ComponentException>(() => instance.InvokeAsync("fetch", limits, [ComponentValues.U32(1)]).WaitAsync(Patience));
            Assert.Equal("trap: stopped: the call took longer than 0.05 s", failure.Message);
            using var again = HostRun.Instantiate(guest, imports, Interruptible);
            Assert.Equal("trap: stopped: the call took longer than 0.05 s", Outcome(again, "fetch", limits, ComponentValues.U32(1)));
        }
    }

    [Fact]
    public void A_guest_that_lets_others_run_for_ever_is_stopped()
    {
        using var instance = HostRun.Instantiate(
            AsyncGuests.Callbacks, HostImports.None.WithFunction("fetch", a => a[0]), new HostOptions { Limits = new() { Time = TimeSpan.FromMilliseconds(50) } });
        HostRun.Calls(instance, ("yields(2000000000)", "trap: stopped: the call took longer than 0.05 s"));
    }

    [Fact]
    public void The_same_call_needs_the_same_fuel_every_time()
    {
        using var host = HostRun.Open(Loops, new HostOptions { Metered = true });
        string With(ulong fuel)
        {
            using var instance = host.Instantiate(Silent).IfLeft(f => throw new ComponentException(f));
            HostRun.Calls(instance, ("work(5000)", "7"));
            string outcome = Outcome(instance, "work", new() { Fuel = fuel }, ComponentValues.U32(1000));
            if (outcome != "7")
                IsAtItsEnd(instance);
            return outcome;
        }
        ulong enough = 1;
        while (With(enough) != "7")
            enough *= 2;
        ulong least = enough / 2;
        while (enough - least > 1)
        {
            ulong middle = (enough + least) / 2;
            (least, enough) = With(middle) == "7" ? (least, middle) : (middle, enough);
        }
        Assert.InRange(enough, 1000u, 20_000u);
        Assert.Equal(("trap: stopped: the call needed more fuel than it was given", "7"), (With(enough - 1), With(enough)));
    }

    [Fact]
    public void Every_call_has_the_fuel_of_the_options()
    {
        using var instance = HostRun.Instantiate(Loops, Silent, new HostOptions { Limits = new() { Fuel = 20_000 } });
        HostRun.Calls(
            instance,
            [.. Enumerable.Repeat(("work(1000)", "7"), 50), ("loop()", "trap: stopped: the call needed more fuel than it was given")]);
        IsAtItsEnd(instance);
    }

    [Fact]
    public void A_start_function_that_loops_is_stopped()
    {
        const string Text = "(component (core module $m (func $f (loop $next (br $next))) (start $f)) (core instance (instantiate $m)))";
        Assert.Equal(
            ["trap: stopped: the call took longer than 0.05 s", "trap: stopped: the call needed more fuel than it was given"],
            new CallLimits[] { new() { Time = TimeSpan.FromMilliseconds(50) }, new() { Fuel = 1000 } }.Select(limits =>
            {
                using var host = HostRun.Open(Text, new HostOptions { Limits = limits });
                return host.Instantiate().Match(_ => "", f => f.ToString());
            }));
    }

    [Fact]
    public void Stacks_are_as_deep_as_the_host_says()
    {
        using var shallow = HostRun.Instantiate(Loops, Silent, new HostOptions { MaxStackBytes = 1 << 16 });
        using var deep = HostRun.Instantiate(Loops, Silent, new HostOptions { MaxStackBytes = 1 << 20 });
        HostRun.Calls(shallow, ("deep(100)", "100"), ("deep(10000)", "trap: call stack exhausted"));
        HostRun.Calls(deep, ("deep(10000)", "10000"));
    }

    /// <summary>.NET gives its threads 1.5 MB on Windows and macOS. A process whose stack overflows is gone, whatever the guest was.</summary>
    [Theory]
    [InlineData(null, 768 << 10)]
    [InlineData(1 << 20, 1536 << 10)]
    public void A_guest_that_never_returns_traps_where_threads_have_half_as_much_again_as_it_may_take(int? guest, int thread)
    {
        Exception? fault = null;
        var small = new Thread(
            () => fault = Record.Exception(() =>
            {
                using var instance = HostRun.Instantiate(Loops, Silent, new HostOptions { MaxStackBytes = guest });
                HostRun.Calls(instance, ("deep(4000000000)", "trap: call stack exhausted"));
            }),
            thread);
        small.Start();
        small.Join();
        Assert.Null(fault);
    }

    [Fact]
    public void Limits_that_nobody_would_see_are_refused()
    {
        using var instance = HostRun.Instantiate(Loops, Silent);
        Assert.Contains("HostOptions.Interruptible", Outcome(instance, "work", new() { Time = Patience }, ComponentValues.U32(1)), StringComparison.Ordinal);
        Assert.Contains("HostOptions.Metered", Outcome(instance, "work", new() { Fuel = 5 }, ComponentValues.U32(1)), StringComparison.Ordinal);
        HostRun.Calls(instance, ("work(1)", "7"));
    }
}
