using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Host;
using Fact.Ir;
using Fact.Lower.Passes;
using Fact.Properties.Component.Link;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>
/// What adapters leave out, nobody can tell: guests that try to look do the same with and without each of the passes, and what the specification says. See
/// <c>docs/unobservable.md</c>.
/// </summary>
public sealed class UnobservableTests
{
    private static readonly PassList[] Lists =
    [
        PassList.All,
        .. new[] { "elide-unseen-flags", "elide-barrier", "elide-adapters" }.Select(PassList.All.Without),
        PassList.All.Without("elide-unseen-flags").Without("elide-barrier").Without("elide-adapters"),
        PassList.None,
    ];

    private static readonly HostImports Imports = HostImports.None
        .WithFunction("host", _ => null)
        .WithFunction("bytes", _ => ComponentValues.List([ComponentValues.U8(1)]));

    public static TheoryData<string, string> Leaving() => ProofLaws.Leaving();

    public static TheoryData<string, string> Staying() => ProofLaws.Staying();

    [Theory]
    [MemberData(nameof(Leaving))]
    public void Who_leaves_its_instance_while_it_must_not_traps(string name, string use)
    {
        string result = Same(ProofLaws.Named(name).Text(use), Imports, Onlooker.Call(use));
        // What traps in a call of the host in a call of a guest has no better name.
        Assert.Matches(use == "host-fetch" ? "^trap: (wasm `unreachable`|cannot leave)" : "^trap: cannot leave", result);
    }

    [Theory]
    [MemberData(nameof(Staying))]
    public void Who_does_not_leave_does_not_trap(string name, string use) =>
        Assert.DoesNotContain("trap", Same(ProofLaws.Named(name).Text(use), Imports, Onlooker.Call(use)), StringComparison.Ordinal);

    /// <summary>An allocator that can throw and is caught by the caller: without barriers, the flag stays clear behind it, and who leaves then finds it so.</summary>
    [Fact]
    public void A_flag_that_an_exception_leaves_clear_stays_clear()
    {
        const string component = """
            (component
              (component $Other (core module $m (func (export "f"))) (core instance $i (instantiate $m)) (func (export "f") (canon lift (core func $i "f"))))
              (instance $other (instantiate $Other))
              (component $Callee
                (import "other" (func $other))
                (core func $out (canon lower (func $other)))
                (core module $m
                  (import "" "out" (func $out)) (tag $e) (memory (export "m") 1)
                  (func (export "realloc") (param i32 i32 i32 i32) (result i32) (throw $e))
                  (func (export "take") (param i32 i32))
                  (func (export "leave") (call $out)))
                (core instance $i (instantiate $m (with "" (instance (export "out" (func $out))))))
                (func (export "take") (param "x" (list u8)) (canon lift (core func $i "take") (memory (core memory $i "m")) (realloc (core func $i "realloc"))))
                (func (export "leave") (canon lift (core func $i "leave"))))
              (instance $callee (instantiate $Callee (with "other" (func $other "f"))))
              (component $Caller
                (import "take" (func $take (param "x" (list u8))))
                (import "leave" (func $leave))
                (core module $a (memory (export "m") 1))
                (core instance $a (instantiate $a))
                (core func $take (canon lower (func $take) (memory (core memory $a "m"))))
                (core func $leave (canon lower (func $leave)))
                (core module $m
                  (import "" "take" (func $take (param i32 i32))) (import "" "leave" (func $leave))
                  (func (export "run")
                    (block $caught (try_table (catch_all $caught) (call $take (i32.const 0) (i32.const 1))))
                    (call $leave)))
                (core instance $m (instantiate $m (with "" (instance (export "take" (func $take)) (export "leave" (func $leave))))))
                (func (export "run") (canon lift (core func $m "run"))))
              (instance $caller (instantiate $Caller (with "take" (func $callee "take")) (with "leave" (func $callee "leave"))))
              (export "run" (func $caller "run")))
            """;
        var open = new HostOptions { Compile = new(TrapInfo: true) };
        // Without any pass the next call of the same callee sets it again; what is without the barrier is not the specification's.
        Assert.StartsWith("trap: cannot leave", Same(Lists[..^1], component, HostImports.None, open, "run()"), StringComparison.Ordinal);
        Assert.StartsWith("trap: uncaught exception", Same(component, HostImports.None, "run()"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(tag $e) (func (export \"f\") (throw $e))", "")]
    [InlineData("(import \"\" \"g\" (func $g)) (func (export \"f\") (call $g))", "(tag $e) (func (export \"g\") (throw $e))")]
    [InlineData("(import \"\" \"g\" (func $g)) (export \"f\" (func $g))", "(tag $e) (func (export \"g\") (throw $e))")]
    [InlineData("(import \"\" \"t\" (table 1 funcref)) (func (export \"f\") (call_indirect (i32.const 0)))",
        "(tag $e) (table (export \"t\") 1 funcref) (elem (i32.const 0) func $g) (func $g (throw $e))")]
    [InlineData("(import \"\" \"e\" (tag $e)) (func (export \"f\") (throw $e))", "(tag (export \"e\"))")]
    public void What_a_guest_throws_comes_to_no_other(string module, string before)
    {
        string given = before.Length == 0 ? "" : "(with \"\" (instance $b))";
        Assert.StartsWith("trap: uncaught exception",
            Same(Catching($"(core module $b {before}) (core instance $b (instantiate $b)) (core module $m {module}) (core instance $i (instantiate $m {given}))"),
            HostImports.None, "run()"), StringComparison.Ordinal);
    }

    /// <summary>A guest without tags that calls one with: that one is behind a barrier, so the first needs none.</summary>
    [Fact]
    public void What_a_guest_throws_does_not_come_through_another()
    {
        string inner = """
            (component $Inner (core module $m (tag $e) (func (export "f") (throw $e))) (core instance $i (instantiate $m))
              (func (export "f") (canon lift (core func $i "f"))))
            (instance $inner (instantiate $Inner)) (core func $l (canon lower (func $inner "f")))
            (core module $m (import "" "f" (func $f)) (func (export "f") (call $f))) (core instance $i (instantiate $m (with "" (instance (export "f" (func $l))))))
            """;
        Assert.StartsWith("trap: uncaught exception", Same(Catching(inner), HostImports.None, "run()"), StringComparison.Ordinal);
    }

    /// <summary>A callee that is given by a core instance <c>$i</c> as <c>f</c>, and a caller that would catch what it throws.</summary>
    private static string Catching(string callee) => $$"""
        (component
          (component $Callee {{callee}} (func (export "f") (canon lift (core func $i "f"))))
          (instance $callee (instantiate $Callee))
          (component $Caller
            (import "f" (func $f))
            (core func $f (canon lower (func $f)))
            (core module $m (import "" "f" (func $f)) (func (export "run") (block $caught (try_table (catch_all $caught) (call $f)))))
            (core instance $m (instantiate $m (with "" (instance (export "f" (func $f))))))
            (func (export "run") (canon lift (core func $m "run"))))
          (instance $caller (instantiate $Caller (with "f" (func $callee "f"))))
          (export "run" (func $caller "run")))
        """;

    /// <summary>Every call has storage of its own, whoever of caller and callee looks at it.</summary>
    [Fact]
    public void Storage_of_a_call_is_not_that_of_its_caller()
    {
        const string component = """
            (component
              (component $Callee
                (core func $get (canon context.get i32 0))
                (core func $set (canon context.set i32 0))
                (core module $m
                  (import "" "get" (func $get (result i32))) (import "" "set" (func $set (param i32)))
                  (func (export "f") (param i32) (result i32) (call $get) (call $set (local.get 0))))
                (core instance $i (instantiate $m (with "" (instance (export "get" (func $get)) (export "set" (func $set))))))
                (func (export "f") (param "x" u32) (result u32) (canon lift (core func $i "f"))))
              (instance $callee (instantiate $Callee))
              (component $Caller
                (import "f" (func $f (param "x" u32) (result u32)))
                (core func $f (canon lower (func $f)))
                (core func $get (canon context.get i32 0))
                (core func $set (canon context.set i32 0))
                (core module $m
                  (import "" "get" (func $get (result i32))) (import "" "set" (func $set (param i32))) (import "" "f" (func $f (param i32) (result i32)))
                  (func (export "run") (result i32)
                    (call $set (i32.const 7))
                    (i32.add (i32.mul (call $f (i32.const 5)) (i32.const 100)) (i32.add (i32.mul (call $f (i32.const 3)) (i32.const 10)) (call $get)))))
                (core instance $m (instantiate $m (with "" (instance (export "get" (func $get)) (export "set" (func $set)) (export "f" (func $f))))))
                (func (export "run") (result u32) (canon lift (core func $m "run"))))
              (instance $caller (instantiate $Caller (with "f" (func $callee "f"))))
              (export "run" (func $caller "run")))
            """;
        Assert.Equal("7", Same(component, HostImports.None, "run()"));
    }

    /// <summary>Values of every type that flat values could pass unchanged, or nearly, with any bits.</summary>
    [Theory]
    [InlineData("bool", "i32", "i32.const 0x12345602", "1")]
    [InlineData("u8", "i32", "i32.const 0x123456ff", "255")]
    [InlineData("s8", "i32", "i32.const 0x123456ff", "-1")]
    [InlineData("u16", "i32", "i32.const 0x1234ffff", "65535")]
    [InlineData("s16", "i32", "i32.const 0x1234ffff", "-1")]
    [InlineData("u32", "i32", "i32.const -1", "4294967295")]
    [InlineData("s32", "i32", "i32.const -1", "-1")]
    [InlineData("u64", "i64", "i64.const -1", "18446744073709551615")]
    [InlineData("s64", "i64", "i64.const -1", "-1")]
    [InlineData("f32", "f32", "f32.const -0.5", "-0.5")]
    [InlineData("f64", "f64", "f64.const -0.5", "-0.5")]
    [InlineData("char", "i32", "i32.const 0x1F600", "'😀'")]
    [InlineData("char", "i32", "i32.const 0xD800", "trap: invalid char")]
    public void Numbers_arrive_as_their_type_has_them(string type, string core, string constant, string shown)
    {
        // The callee gives back what it is given; the caller gives that to its own caller, through a type with all bits, so that nothing hides what the adapter did.
        string all = core switch { "i32" => type.StartsWith('u') || type is "bool" or "char" ? "u32" : "s32", "i64" => type, _ => type };
        string result = Same($$"""
            (component
              (component $Callee
                (core module $m (func (export "f") (param {{core}}) (result {{core}}) (local.get 0)))
                (core instance $i (instantiate $m))
                (func (export "f") (param "x" {{type}}) (result {{type}}) (canon lift (core func $i "f"))))
              (instance $callee (instantiate $Callee))
              (component $Caller
                (import "f" (func $f (param "x" {{type}}) (result {{type}})))
                (core func $f (canon lower (func $f)))
                (core module $m (import "" "f" (func $f (param {{core}}) (result {{core}}))) (func (export "run") (result {{core}}) (call $f ({{constant}}))))
                (core instance $m (instantiate $m (with "" (instance (export "f" (func $f))))))
                (func (export "run") (result {{all}}) (canon lift (core func $m "run"))))
              (instance $caller (instantiate $Caller (with "f" (func $callee "f"))))
              (export "run" (func $caller "run")))
            """, HostImports.None, "run()");
        Assert.StartsWith(type == "char" && shown[0] == '\'' ? "128512" : shown, result, StringComparison.Ordinal);
    }

    /// <summary>A chain of components that lift what they have lowered, called by a start function, by itself, and again from a call of the host in it.</summary>
    [Fact]
    public void Callers_are_linked_through_components_that_only_pass_on()
    {
        string text = """
            (component
              (import "host" (func $host))
              (component $Counter
                (import "host" (func $host))
                (core func $host (canon lower (func $host)))
                (core module $m
                  (import "" "host" (func $host))
                  (global $n (mut i32) (i32.const 0))
                  (func (export "next") (param i32) (result i32)
                    (global.set $n (i32.add (global.get $n) (local.get 0))) (if (i32.eq (local.get 0) (i32.const 5)) (then (call $host))) (global.get $n)))
                (core instance $i (instantiate $m (with "" (instance (export "host" (func $host))))))
                (func (export "next") (param "x" u32) (result u32) (canon lift (core func $i "next"))))
              (component $Relay
                (import "next" (func $next (param "x" u32) (result u32)))
                (core func $next (canon lower (func $next)))
                (func (export "next") (param "x" u32) (result u32) (canon lift (core func $next))))
              (component $Starter
                (import "next" (func $next (param "x" u32) (result u32)))
                (core func $next (canon lower (func $next)))
                (core module $m
                  (import "" "next" (func $next (param i32) (result i32)))
                  (func $start (drop (call $next (i32.const 100)))) (start $start)
                  (func (export "run") (param i32) (result i32) (call $next (local.get 0))))
                (core instance $i (instantiate $m (with "" (instance (export "next" (func $next))))))
                (func (export "run") (param "x" u32) (result u32) (canon lift (core func $i "run"))))
              (instance $counter (instantiate $Counter (with "host" (func $host))))
              (instance $relay (instantiate $Relay (with "next" (func $counter "next"))))
              (instance $second (instantiate $Relay (with "next" (func $relay "next"))))
              (instance $starter (instantiate $Starter (with "next" (func $second "next"))))
              (export "run" (func $starter "run"))
              (export "direct" (func $second "next")))
            """;
        Assert.Equal("101\n103\n108\n109", Same(text, Imports, "run(1)", "direct(2)", "run(5)", "run(1)"));
        using var host = HostRun.Open(text);
        Assert.All(host.Plan.Adapters.Items, adapter => Assert.Null(adapter.Module));
        Assert.Empty(host.AdapterModules);
    }

    /// <summary>By the older rule of reentrance, who is entered and calls back finds itself entered, whether the flag was cleared or not.</summary>
    [Fact]
    public void By_the_older_rule_who_calls_back_traps()
    {
        string text = Cli.ReentranceFacts.Reentrant;
        var older = new HostOptions { Reentrance = Reentrance.Trap };
        Assert.Equal("1\ntrap: cannot enter instance", Same(text, HostImports.None, older, "factorial(0)", "factorial(5)").Split(" (")[0]);
        Assert.Equal("120", Same(text, HostImports.None, "factorial(5)"));
    }

    /// <summary>What calls give, one after the other, whatever passes there are.</summary>
    private static string Same(string text, HostImports imports, params string[] calls) => Same(text, imports, new HostOptions(), calls);

    private static string Same(string text, HostImports imports, HostOptions options, params string[] calls) => Same(Lists, text, imports, options, calls);

    private static string Same(PassList[] lists, string text, HostImports imports, HostOptions options, params string[] calls)
    {
        string[] results = [.. lists.Select(passes =>
        {
            using var host = HostRun.Open(text, options with { Compile = options.Compile with { Passes = passes } });
            using var instance = host.Instantiate(imports).IfLeft(failure => throw new InvalidOperationException(failure.ToString()));
            var session = new WaveSession(instance);
            // Which adapter trapped, and at what, is not to be compared: it may be left out, or do at once what others do for each part.
            return string.Join('\n', calls.Select(call => session.Invoke(call).Match(
                value => value, failure => failure is CallFailure.Trapped(var trap) ? $"trap: {trap.Message}" : failure.ToString())));
        })];
        Assert.All(results, result => Assert.Equal(results[^1], result));
        return results[^1];
    }
}
