using System.Collections.Generic;
using Fact.Host;
using Fact.Ir;
using Fact.Lower;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Component instances that are called while they are in a call: allowed, but by the older rule of reentrance.</summary>
public class ReentranceTests
{
    private static readonly HostOptions OlderRule = new() { Reentrance = Reentrance.Trap };

    /// <summary>
    /// The child's <c>down(n)</c> calls back into the parent, which calls the child's <c>down(n - 1)</c>, and so on; each adds a letter of its own to the string, which
    /// passes between UTF-8 and UTF-16.
    /// </summary>
    private const string Recursive = """
        (component
          (core module $p
            (type $down (func (param i32 i32)))
            (memory (export "m") 1)
            (table (export "t") 1 funcref)
            (global $up (mut i32) (i32.const 4096))
            (func $realloc (export "realloc") (param i32 i32 i32 i32) (result i32)
              ;; room for 8 bytes more than was asked for
              (global.set $up (i32.add (global.get $up) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8))))
              (memory.copy (i32.sub (global.get $up) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8))) (local.get 0) (local.get 1))
              (i32.sub (global.get $up) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8))))
            (func $go (export "go") (param i32) (result i32) (local $at i32)
              ;; at: pointer and length of what the child returns, in UTF-8
              (local.set $at (call $realloc (i32.const 0) (i32.const 0) (i32.const 8) (i32.const 8)))
              (call_indirect (type $down) (local.get 0) (local.get $at) (i32.const 0))
              (i32.store8 (i32.add (i32.load (local.get $at)) (i32.load offset=4 (local.get $at))) (i32.const 80))
              (i32.store offset=4 (local.get $at) (i32.add (i32.load offset=4 (local.get $at)) (i32.const 1)))
              (local.get $at)))
          (core instance $p (instantiate $p))
          (func $go (param "n" u32) (result string)
            (canon lift (core func $p "go") (memory (core memory $p "m")) (realloc (core func $p "realloc"))))
          (component $C
            (import "go" (func $go (param "n" u32) (result string)))
            (core module $a
              (memory (export "m") 1)
              (global $up (mut i32) (i32.const 4096))
              (func (export "realloc") (param i32 i32 i32 i32) (result i32)
                (global.set $up (i32.add (global.get $up) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8))))
                (memory.copy (i32.sub (global.get $up) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8))) (local.get 0) (local.get 1))
                (i32.sub (global.get $up) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
            (core instance $a (instantiate $a))
            (core func $go (canon lower (func $go) string-encoding=utf16 (memory (core memory $a "m")) (realloc (core func $a "realloc"))))
            (core module $m
              (import "" "go" (func $go (param i32 i32)))
              (import "" "m" (memory 1))
              (import "" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
              (func (export "down") (param i32) (result i32) (local $at i32)
                (local.set $at (call $realloc (i32.const 0) (i32.const 0) (i32.const 8) (i32.const 8)))
                (if (i32.eqz (local.get 0))
                  (then (i32.store (local.get $at) (call $realloc (i32.const 0) (i32.const 0) (i32.const 2) (i32.const 8)))
                    (i32.store offset=4 (local.get $at) (i32.const 0)))
                  (else (call $go (i32.sub (local.get 0) (i32.const 1)) (local.get $at))))
                (i32.store16 (i32.add (i32.load (local.get $at)) (i32.shl (i32.load offset=4 (local.get $at)) (i32.const 1))) (i32.const 0x2603))
                (i32.store offset=4 (local.get $at) (i32.add (i32.load offset=4 (local.get $at)) (i32.const 1)))
                (local.get $at)))
            (core instance $i (instantiate $m (with "" (instance (export "go" (func $go)) (export "m" (memory $a "m")) (export "realloc" (func $a "realloc"))))))
            (func (export "down") (param "n" u32) (result string)
              (canon lift (core func $i "down") string-encoding=utf16 (memory (core memory $a "m")) (realloc (core func $a "realloc")))))
          (instance $c (instantiate $C (with "go" (func $go))))
          (core func $down (canon lower (func $c "down") (memory (core memory $p "m")) (realloc (core func $p "realloc"))))
          (core module $fill
            (import "" "t" (table 1 funcref))
            (import "" "down" (func $down (param i32 i32)))
            (elem (i32.const 0) func $down))
          (core instance (instantiate $fill (with "" (instance (export "t" (table $p "t")) (export "down" (func $down))))))
          (export "go" (func $go)))
        """;

    [Fact]
    public void Parent_and_child_call_each_other_as_deep_as_they_like()
    {
        using var instance = HostRun.Instantiate(Recursive);
        HostRun.Calls(instance, ("go(0)", "\"☃P\""), ("go(1)", "\"☃P☃P\""), ("go(3)", "\"☃P☃P☃P☃P\""), ("go(0)", "\"☃P\""));
    }

    [Fact]
    public void By_the_older_rule_the_child_cannot_be_entered_again()
    {
        using var instance = HostRun.Instantiate(Recursive, options: OlderRule);
        HostRun.Calls(
            instance,
            ("go(0)", "\"☃P\""),
            ("go(1)", "trap: cannot enter instance (adapter1 \"down\")"),
            ("go(0)", "trap: cannot enter component instance"));
    }

    /// <summary>The child calls its parent, which drops a handle of the child's: the destructor runs in the child.</summary>
    private const string Destructor = """
        (component
          (core module $t (table (export "t") 1 funcref))
          (core instance $t (instantiate $t))
          (core module $pm
            (import "" "t" (table 1 funcref))
            (type $drop (func (param i32)))
            (func (export "let-go") (param i32) (call_indirect (type $drop) (i32.const 1) (i32.const 0))))
          (core instance $pi (instantiate $pm (with "" (instance $t))))
          (func $let-go (param "n" u32) (canon lift (core func $pi "let-go")))
          (component $C
            (import "let-go" (func $let-go (param "n" u32)))
            (core func $let-go (canon lower (func $let-go)))
            (core module $d (global $gone (export "gone") (mut i32) (i32.const 0)) (func (export "dtor") (param i32) (global.set $gone (local.get 0))))
            (core instance $d (instantiate $d))
            (type $r' (resource (rep i32) (dtor (core func $d "dtor"))))
            (export $r "r" (type $r'))
            (core func $new (canon resource.new $r'))
            (core module $m
              (import "" "let-go" (func $let-go (param i32)))
              (import "d" "gone" (global $gone (mut i32)))
              (func (export "run") (result i32) (call $let-go (i32.const 0)) (global.get $gone)))
            (core instance $i (instantiate $m (with "" (instance (export "let-go" (func $let-go)))) (with "d" (instance $d))))
            (core module $make (import "" "new" (func $new (param i32) (result i32))) (func (export "make") (result i32) (call $new (i32.const 42))))
            (core instance $make (instantiate $make (with "" (instance (export "new" (func $new))))))
            (func (export "make") (result (own $r)) (canon lift (core func $make "make")))
            (func (export "run") (result u32) (canon lift (core func $i "run"))))
          (instance $c (instantiate $C (with "let-go" (func $let-go))))
          (alias export $c "r" (type $r))
          (core func $drop (canon resource.drop $r))
          (core func $make (canon lower (func $c "make")))
          (core func $run (canon lower (func $c "run")))
          (core module $main
            (import "" "t" (table 1 funcref))
            (import "" "drop" (func $drop (param i32)))
            (import "" "make" (func $make (result i32)))
            (import "" "run" (func $run (result i32)))
            (elem (i32.const 0) func $drop)
            (func (export "run") (result i32) (drop (call $make)) (call $run)))
          (core instance $main (instantiate $main (with "" (instance
            (export "t" (table $t "t")) (export "drop" (func $drop)) (export "make" (func $make)) (export "run" (func $run))))))
          (func (export "run") (result u32) (canon lift (core func $main "run"))))
        """;

    [Fact]
    public void A_destructor_may_enter_an_instance_that_is_in_a_call()
    {
        using var instance = HostRun.Instantiate(Destructor);
        HostRun.Calls(instance, ("run()", "42"));
    }

    [Fact]
    public void By_the_older_rule_it_may_not()
    {
        using var instance = HostRun.Instantiate(Destructor, options: OlderRule);
        HostRun.Calls(instance, ("run()", "trap: cannot enter component instance"));
    }

    private const string CallsHost = """
        (component
          (import "ask" (func $ask (param "n" u32) (result u32)))
          (core func $ask (canon lower (func $ask)))
          (core module $m
            (import "" "ask" (func $ask (param i32) (result i32)))
            (global $calls (mut i32) (i32.const 0))
            (func (export "f") (param i32) (result i32)
              (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
              (if (i32.eqz (local.get 0)) (then (return (global.get $calls))))
              (call $ask (i32.sub (local.get 0) (i32.const 1))))
            (func (export "fail") (param i32) (result i32) unreachable))
          (core instance $i (instantiate $m (with "" (instance (export "ask" (func $ask))))))
          (func (export "f") (param "n" u32) (result u32) (canon lift (core func $i "f")))
          (func (export "fail") (param "n" u32) (result u32) (canon lift (core func $i "fail"))))
        """;

    [Fact]
    public void A_host_function_may_call_the_component_that_calls_it()
    {
        ComponentInstance? instance = null;
        using (instance = HostRun.Instantiate(CallsHost, HostImports.None.WithFunction("ask", a => Call(instance!, "f", a[0]))))
            HostRun.Calls(instance, ("f(0)", "1"), ("f(5)", "7"), ("f(0)", "8"));
    }

    [Fact]
    public void A_trap_in_a_call_from_a_host_function_ends_the_outer_calls_too_whatever_the_host_function_makes_of_it()
    {
        ComponentInstance? instance = null;
        var inner = new List<string>();
        using (instance = HostRun.Instantiate(CallsHost, HostImports.None.WithFunction("ask", _ =>
        {
            for (int i = 0; i < 2; i++)
                inner.Add(instance!.Invoke(i == 0 ? "fail" : "f", ComponentValues.U32(0)).Match(_ => "returned", f => f.ToString()));
            return ComponentValues.U32(1);
        })))
        {
            HostRun.Calls(instance, ("f(1)", "trap: wasm `unreachable` instruction executed"), ("f(0)", "trap: cannot enter component instance"));
            Assert.Equal(["trap: wasm `unreachable` instruction executed", "trap: cannot enter component instance"], inner);
            Assert.Equal("wasm `unreachable` instruction executed", instance.Poison!.Message);
        }
    }

    [Fact]
    public void Calls_back_and_forth_without_end_are_a_trap_and_no_end_of_the_process()
    {
        ComponentInstance? instance = null;
        using (instance = HostRun.Instantiate(CallsHost, HostImports.None.WithFunction("ask", _ => Call(instance!, "f", ComponentValues.U32(1)))))
        {
            HostRun.Calls(instance, ("f(1)", "trap: call stack exhausted"), ("f(0)", "trap: cannot enter component instance"));
            Assert.Equal("call stack exhausted", instance.Poison!.Message);
        }
    }

    private static ComponentValue Call(ComponentInstance instance, string name, ComponentValue argument) => instance.Invoke(name, argument).Match(
        value => value.IfNone(() => throw new System.InvalidOperationException("no value")),
        failure => throw new System.InvalidOperationException(failure.ToString()));
}
