using System;
using Fact.Host;
using Fact.Host.Calls;
using Fact.Ir;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Nobody can tell whether what keeps handles was merged with the modules of a component: not by values, traps and their places, or limits.</summary>
public sealed class MergedHandleTests
{
    /// <summary>
    /// Who defines a resource, and who uses it. ACT is what the user does in a function, with a handle of its own in a local; STARTING what it does when it is
    /// instantiated; DESTROY what is done with a resource that nobody has any more.
    /// </summary>
    private const string Two = """
        (component
          (import "log" (func $log (param "it" u32)))
          (core func $log' (canon lower (func $log)))
          (component $definer
            (import "log" (func $log (param "it" u32)))
            (core func $log' (canon lower (func $log)))
            (core module $first
              (import "" "log" (func $log (param i32)))
              (global $made (mut i32) i32.const 0)
              (func (export "next") (result i32)
                global.get $made i32.const 1 i32.add global.set $made
                global.get $made)
              (func (export "destroy") (param i32) DESTROY))
            (core instance $first (instantiate $first (with "" (instance (export "log" (func $log'))))))
            (type $own (resource (rep i32) (dtor (core func DTOR))))
            (export $r "r" (type $own))
            (core func $new (canon resource.new $own)) (core func $drop (canon resource.drop $own)) (core func $rep (canon resource.rep $own))
            (core module $m
              (import "" "next" (func $next (result i32)))
              (import "" "new" (func $new (param i32) (result i32))) (import "" "drop" (func $drop (param i32))) (import "" "rep" (func $rep (param i32) (result i32)))
              (func (export "make") (result i32) call $next call $new)
              (func (export "look") (param i32) (result i32) local.get 0)
              (func (export "take") (param i32) (result i32)
                local.get 0 call $rep
                local.get 0 call $drop))
            (core instance $i (instantiate $m (with "" (instance
              (export "next" (func $first "next")) (export "new" (func $new)) (export "drop" (func $drop)) (export "rep" (func $rep))))))
            (func (export "make") (result (own $r)) (canon lift (core func $i "make")))
            (func (export "look") (param "it" (borrow $r)) (result u32) (canon lift (core func $i "look")))
            (func (export "take") (param "it" (own $r)) (result u32) (canon lift (core func $i "take"))))
          (instance $definer (instantiate $definer (with "log" (func $log))))
          (component $user
            (import "d" (instance $d
              (export "r" (type $r (sub resource)))
              (export "make" (func (result (own $r))))
              (export "look" (func (param "it" (borrow $r)) (result u32)))
              (export "take" (func (param "it" (own $r)) (result u32)))))
            (alias export $d "r" (type $r))
            (core func $make (canon lower (func $d "make"))) (core func $look (canon lower (func $d "look"))) (core func $take (canon lower (func $d "take")))
            (core func $drop (canon resource.drop $r))
            (core module $m
              (import "" "make" (func $make (result i32))) (import "" "drop" (func $drop (param i32)))
              (import "" "look" (func $look (param i32) (result i32))) (import "" "take" (func $take (param i32) (result i32)))
              (func $start STARTING)
              (func (export "run") (result i32) (local $it i32)
                call $make local.set $it
                ACT)
              (start $start))
            (core instance $i (instantiate $m (with "" (instance
              (export "make" (func $make)) (export "look" (func $look)) (export "take" (func $take)) (export "drop" (func $drop))))))
            (func (export "run") (result u32) (canon lift (core func $i "run"))))
          (instance $user (instantiate $user (with "d" (instance $definer))))
          (export "run" (func $user "run")))
        """;

    private const string Log = "local.get 0 call $log";

    private static string Text(string act, string destroy = Log, string starting = "", string dtor = "$first \"destroy\"") =>
        Two.Replace("ACT", act).Replace("DESTROY", destroy).Replace("STARTING", starting).Replace("DTOR", dtor);

    [Fact]
    public void All_that_it_has_is_merged()
    {
        using var engine = new HostEngine();
        using var loaded = LoadedComponent.Load(engine, Module.ConvertText(Text("i32.const 0")), new HostOptions(), default)
            .IfLeft(errors => throw new InvalidOperationException(errors[0].ToString()));

        Assert.NotNull(loaded.Merged);
        Assert.NotNull(loaded.Runtime);
        Assert.Null(loaded.Runtime.Engine);
    }

    [Theory]
    [InlineData("local.get $it call $look local.get $it call $drop", "1 2", "1", "2")]
    [InlineData("local.get $it call $take", "1 2", "1", "2")]
    [InlineData("local.get $it", "", "1", "2")]
    [InlineData("i32.const 5 call $look", "", "unknown handle", "")]
    [InlineData("local.get $it call $drop local.get $it call $take", "1", "unknown handle", "")]
    [InlineData("local.get $it call $take unreachable", "1", "unreachable", "")]
    public void What_is_done_with_handles_is_the_same(string act, string logged, string first, string second)
    {
        string[] outcomes = BothWays.Same(Text(act), "run", logged, times: 2).Split('\n');

        Assert.Contains(first, outcomes[0]);
        Assert.Contains(second.Length > 0 ? second : "cannot enter component instance", outcomes[1]);
    }

    [Theory]
    [InlineData("unreachable", "")]
    [InlineData("local.get 0 call $log i32.const 0 i32.const 0 i32.div_u drop", "1")]
    public void What_a_destructor_does_wrong_is_the_same(string destroy, string logged) =>
        BothWays.Same(Text("local.get $it call $drop i32.const 0", destroy), "run", logged, times: 2);

    [Fact]
    public void A_destructor_may_be_a_function_of_the_host() =>
        BothWays.Same(Text("local.get $it call $take", "", dtor: "$log'"), "run", "1 2", times: 2);

    [Theory]
    [InlineData("call $make call $take drop", "1 2", "2")]
    [InlineData("call $make drop", "2", "2")]
    [InlineData("i32.const 1 call $look drop", "", "unknown handle")]
    public void Start_functions_have_handles(string starting, string logged, string outcome) =>
        Assert.Contains(outcome, BothWays.Same(Text("local.get $it call $take", starting: starting), "run", logged));

    [Fact]
    public void Limits_are_the_same()
    {
        for (int handles = 0; handles < 4; handles++)
            BothWays.Same(Text("local.get $it"), "run", "", new HostOptions { MaxHandles = handles }, times: 3);
        for (int pages = 0; pages < 40; pages++)
            BothWays.Same(Text("local.get $it"), "run", "", new HostOptions { MaxMemoryBytes = pages << 16 }, times: 3);
        for (int elements = 0; elements < 3; elements++)
            BothWays.Same(Text("local.get $it"), "run", "", new HostOptions { MaxTableElements = elements });
    }

    [Fact]
    public void The_older_rule_of_reentrance_is_kept() =>
        BothWays.Same(Text("local.get $it call $take"), "run", "1 2", new HostOptions { Reentrance = Reentrance.Trap }, times: 2);
}
