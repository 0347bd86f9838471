using System;
using System.Collections.Generic;
using Fact.Host;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Code of the host's user throws: whoever called it gets a trap or an error, and nothing escapes or stays lent.</summary>
public class CallbackTests
{
    private const string Text = """
        (component
          (import "r" (type $r (sub resource)))
          (import "f" (func $f (param "r" (borrow $r))))
          (core func $drop (canon resource.drop $r))
          (core func $f (canon lower (func $f)))
          (core module $m
            (import "" "drop" (func $drop (param i32)))
            (import "" "f" (func $f (param i32)))
            (func (export "drop") (param i32) (call $drop (local.get 0)))
            (func (export "hold") (param i32) (call $f (local.get 0)) (call $drop (local.get 0)))
            (func (export "keep") (param i32))
            (func (export "trap") (param i32) unreachable)
            (func (export "take") (param i32)))
          (core instance $i (instantiate $m (with "" (instance (export "drop" (func $drop)) (export "f" (func $f))))))
          (func (export "drop") (param "r" (own $r)) (canon lift (core func $i "drop")))
          (func (export "hold") (param "r" (borrow $r)) (canon lift (core func $i "hold")))
          (func (export "keep") (param "r" (borrow $r)) (canon lift (core func $i "keep")))
          (func (export "trap") (param "r" (borrow $r)) (canon lift (core func $i "trap")))
          (func (export "take") (param "r" (own $r)) (canon lift (core func $i "take"))))
        """;

    private static readonly ResourceType Type = new("r");

    private static ComponentInstance Instantiate(Action<ulong>? drop = null, Func<HostHandle, ComponentValue?>? f = null) => HostRun.Instantiate(
        Text,
        HostImports.None.WithResource("r", Type, drop).WithFunction("f", a => f?.Invoke(((ComponentValue.Borrow)a[0]).Handle)));

    private static string Failure(ComponentInstance instance, string function, ComponentValue argument) =>
        instance.Invoke(function, argument).Match(_ => "", e => e.ToString());

    /// <summary>Not even its message can be had.</summary>
    private sealed class HostileException : Exception
    {
        public override string Message => throw new InvalidOperationException();
    }

    public static TheoryData<Exception, string> Exceptions => new()
    {
        { new InvalidOperationException("no"), "no" },
        { new HostileException(), nameof(HostileException) },
        { new OutOfMemoryException("full"), "full" },
        { new OperationCanceledException("stop"), "stop" },
        { new StackOverflowException("deep"), "deep" },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void A_drop_action_that_throws_traps_the_guest_and_is_an_error_for_the_host(Exception exception, string message)
    {
        using var instance = Instantiate(_ => throw exception);
        var handle = HostHandle.New(Type, 1);
        Assert.Equal($"own<r>: the drop action of the resource \"r\" failed: {message}", instance.Drop(handle).Match(_ => "", f => f.ToString()));
        Assert.False(handle.IsLive);
        Assert.Null(instance.Poison);
        Assert.Equal($"trap: the drop action of the resource \"r\" failed: {message}", Failure(instance, "drop", new ComponentValue.Own(HostHandle.New(Type, 2))));
        Assert.NotNull(instance.Poison);
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void A_host_function_that_throws_traps_and_what_it_was_lent_is_free(Exception exception, string message)
    {
        HostHandle? seen = null;
        using var instance = Instantiate(f: lent =>
        {
            seen = lent;
            throw exception;
        });
        var handle = HostHandle.New(Type, 1);
        Assert.Equal($"trap: the host function \"f\" failed: {message}", Failure(instance, "hold", new ComponentValue.Borrow(handle)));
        Assert.False(seen!.IsLive);
        using var other = Instantiate();
        Assert.Equal("", Failure(other, "take", new ComponentValue.Own(handle)));
    }

    [Theory]
    [InlineData("trap")]
    [InlineData("keep")]
    public void After_a_trap_what_was_lent_can_be_given_to_another_instance_or_dropped(string function)
    {
        var dropped = new List<ulong>();
        using var trapped = Instantiate(dropped.Add);
        using var other = Instantiate(dropped.Add);
        HostHandle[] handles = [HostHandle.New(Type, 1), HostHandle.New(Type, 2), HostHandle.New(Type, 3)];
        Assert.StartsWith("trap: ", Failure(trapped, function, new ComponentValue.Borrow(handles[0])), StringComparison.Ordinal);
        Assert.Equal("", Failure(other, "hold", new ComponentValue.Borrow(handles[0])));
        Assert.Equal("", Failure(other, "take", new ComponentValue.Own(handles[0])));
        Assert.True(other.Drop(handles[1]).IsRight);
        // No guest has to do with it, so the trapped instance can be used for it too.
        Assert.True(trapped.Drop(handles[2]).IsRight);
        Assert.Equal([2ul, 3ul], dropped);
    }

    [Fact]
    public void What_a_start_function_was_lent_is_free_when_it_traps()
    {
        HostHandle? seen = null;
        string failure = HostRun.InstantiateError(
            """
            (component
              (import "r" (type $r (sub resource)))
              (import "make" (func $make (result (own $r))))
              (import "f" (func $f (param "r" (borrow $r))))
              (core func $make (canon lower (func $make)))
              (core func $f (canon lower (func $f)))
              (core module $m
                (import "" "make" (func $make (result i32)))
                (import "" "f" (func $f (param i32)))
                (func $start (call $f (call $make)))
                (start $start))
              (core instance (instantiate $m (with "" (instance (export "make" (func $make)) (export "f" (func $f)))))))
            """,
            HostImports.None.WithResource("r", Type)
                .WithFunction("make", _ => new ComponentValue.Own(HostHandle.New(Type, 1)))
                .WithFunction("f", a =>
                {
                    seen = ((ComponentValue.Borrow)a[0]).Handle;
                    throw new InvalidOperationException("no");
                }));
        Assert.Equal("trap: the host function \"f\" failed: no", failure);
        Assert.False(seen!.IsLive);
    }

    [Fact]
    public void A_host_function_that_gives_one_handle_away_twice_traps_and_keeps_it()
    {
        var handle = HostHandle.New(Type, 1);
        using var instance = HostRun.Instantiate(
            """
            (component
              (import "r" (type $r (sub resource)))
              (import "two" (func $two (result (tuple (own $r) (own $r)))))
              (core module $memory (memory (export "memory") 1))
              (core instance $memory (instantiate $memory))
              (core func $two (canon lower (func $two) (memory (core memory $memory "memory"))))
              (core module $m (import "" "two" (func $two (param i32))) (func (export "f") (call $two (i32.const 16))))
              (core instance $i (instantiate $m (with "" (instance (export "two" (func $two))))))
              (func (export "f") (canon lift (core func $i "f"))))
            """,
            HostImports.None.WithResource("r", Type)
                .WithFunction("two", _ => ComponentValues.Tuple(new ComponentValue.Own(handle), new ComponentValue.Own(handle))));
        HostRun.Calls(instance, (
            "f()",
            "trap: the host function \"two\" returned a wrong result: tuple element 1: the handle stands at tuple element 0 too, "
            + "and what is given away can be neither lent nor given away once more in the same call"));
        Assert.True(handle.IsLive);
    }
}
