using System;
using System.Collections.Generic;
using Fact.Host;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Resources of guests and of the host, in the hands of both.</summary>
public class HostResourceTests
{
    /// <summary>A counter that lives in a guest. Its representation is the address of the count.</summary>
    private const string Counter = """
        (component
          (core module $state
            (memory (export "memory") 1)
            (global $next (mut i32) (i32.const 16))
            (global $dropped (export "dropped") (mut i32) (i32.const 0))
            (func (export "drop") (param i32) (global.set $dropped (i32.add (global.get $dropped) (i32.load (local.get 0)))))
            (func (export "alloc") (param i32) (result i32)
              (i32.store (global.get $next) (local.get 0))
              (global.set $next (i32.add (global.get $next) (i32.const 16)))
              (i32.sub (global.get $next) (i32.const 16))))
          (core instance $state (instantiate $state))
          (type $counter' (resource (rep i32) (dtor (core func $state "drop"))))
          (export $counter "counter" (type $counter'))
          (core func $new (canon resource.new $counter'))
          (core func $drop (canon resource.drop $counter'))
          (core func $rep (canon resource.rep $counter'))
          (core module $m
            (import "state" "memory" (memory 1))
            (import "state" "dropped" (global $dropped (mut i32)))
            (import "state" "alloc" (func $alloc (param i32) (result i32)))
            (import "r" "new" (func $new (param i32) (result i32)))
            (import "r" "drop" (func $drop (param i32)))
            (import "r" "rep" (func $rep (param i32) (result i32)))
            (func (export "make") (param i32) (result i32) (call $new (call $alloc (local.get 0))))
            (func (export "next") (param $self i32) (result i32)
              (i32.store (local.get $self) (i32.add (i32.load (local.get $self)) (i32.const 1)))
              (i32.load (local.get $self)))
            (func (export "join") (param $self i32) (param $other i32) (result i32)
              (i32.store (local.get $self) (i32.add (i32.load (local.get $self)) (i32.load (call $rep (local.get $other)))))
              (call $drop (local.get $other))
              (i32.load (local.get $self)))
            (func (export "dropped") (result i32) (global.get $dropped)))
          (core instance $i (instantiate $m
            (with "state" (instance $state))
            (with "r" (instance (export "new" (func $new)) (export "drop" (func $drop)) (export "rep" (func $rep))))))
          (func (export "make") (param "from" u32) (result (own $counter)) (canon lift (core func $i "make")))
          (func (export "next") (param "self" (borrow $counter)) (result u32) (canon lift (core func $i "next")))
          (func (export "join") (param "self" (borrow $counter)) (param "other" (own $counter)) (result u32) (canon lift (core func $i "join")))
          (func (export "dropped") (result u32) (canon lift (core func $i "dropped"))))
        """;

    [Fact]
    public void Handles_are_numbered_as_they_are_printed_and_named_by_their_resource()
    {
        using var instance = HostRun.Instantiate(Counter);
        HostRun.Calls(
            instance,
            ("make(10)", "counter(1)"),
            ("make(5)", "counter(2)"),
            ("next(counter(1))", "11"),
            ("next(counter(1))", "12"),
            ("join(counter(1), counter(2))", "17"),
            ("dropped()", "5"),
            ("next(counter(2))", "\"next\": param \"self\": the handle was given away or dropped, or the call is over for which it was lent"),
            ("next(counter(3))", "\"next\": column 6: param \"self\": there is no handle 3 of this type; handles get their numbers when they are printed"),
            ("next(counter(1))", "18"));
    }

    [Fact]
    public void The_host_drops_what_it_owns()
    {
        using var instance = HostRun.Instantiate(Counter);
        var handle = ((ComponentValue.Own)instance.Invoke("make", ComponentValues.U32(7)).IfLeft(f => throw new InvalidOperationException(f.ToString()))
            .IfNone(() => null!)).Handle;
        Assert.Equal(("counter", true, true), (handle.Type.Name, handle.IsOwned, handle.IsLive));
        Assert.True(instance.Drop(handle).IsRight);
        HostRun.Calls(instance, ("dropped()", "7"));
        Assert.Equal("own<counter>: the handle cannot be dropped: it was given away or dropped already", instance.Drop(handle).Match(_ => "", f => f.ToString()));
        using var other = HostRun.Instantiate(Counter);
        Assert.Equal("own<counter>: the handle cannot be dropped: it belongs to another instance", other.Drop(handle).Match(_ => "", f => f.ToString()));
    }

    [Fact]
    public void A_handle_of_another_instance_is_refused()
    {
        using var one = HostRun.Instantiate(Counter);
        using var two = HostRun.Instantiate(Counter);
        var handle = one.Invoke("make", ComponentValues.U32(7)).IfLeft(f => throw new InvalidOperationException(f.ToString())).IfNone(() => null!);
        var borrow = new ComponentValue.Borrow(((ComponentValue.Own)handle).Handle);
        Assert.Equal(
            "\"next\": param \"self\": expected a handle of the resource \"counter\", found one of \"counter\"",
            two.Invoke("next", borrow).Match(_ => "", f => f.ToString()));
        Assert.True(one.Invoke("next", borrow).IsRight);
    }

    private const string Files = """
        (component
          (import "fs" (instance $fs
            (export "file" (type $file (sub resource)))
            (export "open" (func (param "number" u32) (result (own $file))))
            (export "size" (func (param "f" (borrow $file)) (result u32)))
            (export "close" (func (param "f" (own $file))))))
          (alias export $fs "file" (type $file))
          (core func $open (canon lower (func $fs "open")))
          (core func $size (canon lower (func $fs "size")))
          (core func $close (canon lower (func $fs "close")))
          (core func $drop (canon resource.drop $file))
          (core module $m
            (import "" "open" (func $open (param i32) (result i32)))
            (import "" "size" (func $size (param i32) (result i32)))
            (import "" "close" (func $close (param i32)))
            (import "" "drop" (func $drop (param i32)))
            (global $kept (mut i32) (i32.const 0))
            (func (export "size-of") (param i32) (result i32) (local $f i32)
              (local.set $f (call $open (local.get 0)))
              (call $size (local.get $f))
              (call $drop (local.get $f)))
            (func (export "closed") (param i32) (call $close (call $open (local.get 0))))
            (func (export "keep") (param i32) (global.set $kept (local.get 0)))
            (func (export "index") (param i32) (result i32) (call $drop (local.get 0)) (local.get 0))
            (func (export "twice") (param i32) (call $drop (local.get 0)) (call $drop (local.get 0)))
            (func (export "give") (param i32) (result i32) (call $open (local.get 0))))
          (core instance $i (instantiate $m (with "" (instance
            (export "open" (func $open)) (export "size" (func $size)) (export "close" (func $close)) (export "drop" (func $drop))))))
          (func (export "size-of") (param "number" u32) (result u32) (canon lift (core func $i "size-of")))
          (func (export "closed") (param "number" u32) (canon lift (core func $i "closed")))
          (func (export "keep") (param "f" (borrow $file)) (canon lift (core func $i "keep")))
          (func (export "index") (param "f" (borrow $file)) (result u32) (canon lift (core func $i "index")))
          (func (export "twice") (param "f" (own $file)) (canon lift (core func $i "twice")))
          (func (export "give") (param "number" u32) (result (own $file)) (canon lift (core func $i "give"))))
        """;

    private static readonly ResourceType File = new("file");

    private static HostImports Imports(List<string> log) => HostImports.None
        .WithResource("fs#file", File, rep => log.Add("drop " + rep))
        .WithFunction("fs#open", a => new ComponentValue.Own(HostHandle.New(File, ((ComponentValue.U32)a[0]).Value)))
        .WithFunction("fs#size", a => ComponentValues.U32((uint)((ComponentValue.Borrow)a[0]).Handle.Rep * 100))
        .WithFunction("fs#close", a =>
        {
            log.Add("close " + ((ComponentValue.Own)a[0]).Handle.Rep);
            return null;
        });

    [Fact]
    public void Guests_use_resources_of_the_host()
    {
        var log = new List<string>();
        using var instance = HostRun.Instantiate(Files, Imports(log));
        HostRun.Calls(instance, ("size-of(3)", "300"), ("closed(4)", ""), ("size-of(5)", "500"), ("give(6)", "file(1)"), ("index(file(1))", "1"));
        Assert.Equal(["drop 3", "close 4", "drop 5"], log);
    }

    [Fact]
    public void A_borrow_that_the_guest_keeps_traps()
    {
        using var instance = HostRun.Instantiate(Files, Imports([]));
        HostRun.Calls(instance, ("give(1)", "file(1)"), ("keep(file(1))", "trap: borrow handles still remain at the end of the call"));
    }

    [Fact]
    public void A_handle_that_is_dropped_twice_traps()
    {
        var log = new List<string>();
        using var instance = HostRun.Instantiate(Files, Imports(log));
        HostRun.Calls(instance, ("give(1)", "file(1)"), ("twice(file(1))", "trap: unknown handle index 1"));
        Assert.Equal(["drop 1"], log);
    }

    [Fact]
    public void A_borrowed_handle_is_dead_after_the_call_it_was_lent_for()
    {
        HostHandle? kept = null;
        using var instance = HostRun.Instantiate(Files, Imports([]).WithFunction("fs#size", a =>
        {
            kept = ((ComponentValue.Borrow)a[0]).Handle;
            Assert.True(kept.IsLive);
            return ComponentValues.U32(0);
        }));
        HostRun.Calls(instance, ("size-of(3)", "0"));
        Assert.False(kept!.IsLive);
    }

    [Fact]
    public void A_destructor_has_storage_of_its_own()
    {
        using var instance = HostRun.Instantiate("""
            (component
              (core func $get (canon context.get i32 0))
              (core func $set (canon context.set i32 0))
              (core module $d
                (import "" "get" (func $get (result i32)))
                (import "" "set" (func $set (param i32)))
                (global $seen (mut i32) (i32.const 9))
                (func (export "drop") (param i32) (global.set $seen (call $get)) (call $set (i32.const 7)))
                (func (export "seen") (result i32) (global.get $seen)))
              (core instance $d (instantiate $d (with "" (instance (export "get" (func $get)) (export "set" (func $set))))))
              (type $r (resource (rep i32) (dtor (core func $d "drop"))))
              (core func $new (canon resource.new $r))
              (core func $drop (canon resource.drop $r))
              (core module $m
                (import "" "get" (func $get (result i32)))
                (import "" "set" (func $set (param i32)))
                (import "" "new" (func $new (param i32) (result i32)))
                (import "" "drop" (func $drop (param i32)))
                (import "d" "seen" (func $seen (result i32)))
                (func (export "run") (result i32)
                  (call $set (i32.const 5))
                  (call $drop (call $new (i32.const 1)))
                  (i32.add (i32.mul (i32.const 10) (call $seen)) (call $get))))
              (core instance $m (instantiate $m
                (with "" (instance (export "get" (func $get)) (export "set" (func $set)) (export "new" (func $new)) (export "drop" (func $drop))))
                (with "d" (instance $d))))
              (func (export "run") (result u32) (canon lift (core func $m "run"))))
            """);
        HostRun.Calls(instance, ("run()", "5"), ("run()", "5"));
    }
}
