using System;
using System.Threading;
using Fact.Host;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Instances that are used while they are in a call, or when they are no more: refused, where the engine would end the process.</summary>
public class LifetimeTests
{
    private const string Text = """
        (component
          (import "f" (func $f))
          (import "r" (type $r (sub resource)))
          (core func $f (canon lower (func $f)))
          (core module $m
            (import "" "f" (func $f))
            (func (export "call") (call $f))
            (func (export "one") (result i32) (i32.const 1))
            (func (export "take") (param i32) (result i32) (i32.const 1)))
          (core instance $i (instantiate $m (with "" (instance (export "f" (func $f))))))
          (func (export "call") (canon lift (core func $i "call")))
          (func (export "one") (result u32) (canon lift (core func $i "one")))
          (func (export "take") (param "r" (own $r)) (result u32) (canon lift (core func $i "take"))))
        """;

    private static readonly ResourceType Type = new("r");

    private static ComponentInstance Instantiate(Action<ComponentInstance> inside, Action<ulong>? drop = null)
    {
        ComponentInstance instance = null!;
        instance = HostRun.Instantiate(Text, HostImports.None.WithResource("r", Type, drop).WithFunction("f", _ =>
        {
            inside(instance);
            return null;
        }));
        return instance;
    }

    private static void OnAnotherThread(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action));
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    [Fact]
    public void An_instance_cannot_be_disposed_while_it_is_in_a_call()
    {
        Exception? same = null, other = null;
        using var instance = Instantiate(i =>
        {
            same = Record.Exception(i.Dispose);
            OnAnotherThread(() => other = Record.Exception(i.Dispose));
        });
        HostRun.Calls(instance, ("call()", ""), ("one()", "1"));
        Assert.Equal("the instance is in a call: dispose it when the call has returned", Assert.IsType<InvalidOperationException>(same).Message);
        Assert.Equal(same.Message, Assert.IsType<InvalidOperationException>(other).Message);
    }

    [Fact]
    public void A_host_function_that_disposes_its_caller_traps_it()
    {
        using var instance = Instantiate(i => i.Dispose());
        HostRun.Calls(instance, ("call()", "trap: the host function \"f\" failed: the instance is in a call: dispose it when the call has returned"));
    }

    [Fact]
    public void A_drop_action_cannot_dispose_the_instance_either()
    {
        ComponentInstance instance = null!;
        using (instance = Instantiate(_ => { }, _ => instance.Dispose()))
        {
            Assert.Equal(
                "own<r>: the drop action of the resource \"r\" failed: the instance is in a call: dispose it when the call has returned",
                instance.Drop(HostHandle.New(Type, 1)).Match(_ => "", f => f.ToString()));
            HostRun.Calls(instance, ("one()", "1"));
        }
    }

    [Fact]
    public void Another_thread_is_refused_while_an_instance_is_in_a_call()
    {
        const string Refused =
            "the instance is in a call on another thread, and serves one thread at a time: wait until it has returned, or make an instance for each thread";
        var handle = HostHandle.New(Type, 1);
        string call = "", drop = "";
        using var instance = Instantiate(i => OnAnotherThread(() =>
        {
            call = i.Invoke("take", new ComponentValue.Own(handle)).Match(_ => "called", f => f.ToString());
            drop = i.Drop(handle).Match(_ => "dropped", f => f.ToString());
        }));
        HostRun.Calls(instance, ("call()", ""), ("one()", "1"));
        Assert.Equal("\"take\": " + Refused, call);
        Assert.Equal("own<r>: " + Refused, drop);
        Assert.True(handle.IsLive);
        // One after the other is fine.
        OnAnotherThread(() => HostRun.Calls(instance, ("one()", "1")));
        HostRun.Calls(instance, ("one()", "1"));
    }

    [Fact]
    public void Many_threads_on_one_instance_get_results_or_are_refused()
    {
        using var instance = Instantiate(_ => Thread.Yield());
        int called = 0, refused = 0;
        var threads = new Thread[8];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() =>
            {
                for (int j = 0; j < 200; j++)
                    instance.Invoke("call").Match(_ => Interlocked.Increment(ref called), f => f is CallFailure.Rejected ? Interlocked.Increment(ref refused) : 0);
            });
        }
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Assert.Equal(1600, called + refused);
        Assert.True(called > 0);
        Assert.Null(instance.Poison);
    }

    [Fact]
    public void A_component_and_its_host_that_call_each_other_without_end_end_with_the_stack_and_not_with_the_process()
    {
        int depth = 0;
        string innermost = "";
        using var instance = Instantiate(i =>
        {
            depth++;
            i.Invoke("call").IfLeft(f =>
            {
                if (innermost.Length == 0)
                    innermost = f.ToString();
                return default;
            });
        });
        Assert.True(instance.Invoke("call").IsLeft || innermost.Contains("stack left", StringComparison.Ordinal));
        Assert.Contains("stack", innermost, StringComparison.Ordinal);
        Assert.True(depth > 10);
    }

    [Fact]
    public void A_disposed_instance_or_component_is_refused()
    {
        var handle = HostHandle.New(Type, 1);
        using var host = HostRun.Open(Text);
        var imports = HostImports.None.WithResource("r", Type).WithFunction("f", _ => null);
        var instance = host.Instantiate(imports).IfLeft(f => throw new InvalidOperationException(f.ToString()));
        instance.Dispose();
        instance.Dispose();
        HostRun.Calls(instance, ("one()", "\"one\": the instance was disposed"));
        Assert.Equal("own<r>: the instance was disposed", instance.Drop(handle).Match(_ => "", f => f.ToString()));
        Assert.True(handle.IsLive);
        using var last = host.Instantiate(imports).IfLeft(f => throw new InvalidOperationException(f.ToString()));
        host.Dispose();
        host.Dispose();
        Assert.Equal("the component was disposed", host.Instantiate(imports).Match(_ => "", f => f.ToString()));
        // Out of order, and still safe.
        HostRun.Calls(last, ("one()", "1"));
    }
}
