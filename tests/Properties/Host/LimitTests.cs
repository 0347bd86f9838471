using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Host;
using Fact.Host.Engine;
using Fact.Model.Laws;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>What a component may take from its host: together, not each of its parts for itself.</summary>
public class LimitTests
{
    [Law(2_000)]
    public void A_limit_is_shared_out_as_far_as_it_goes((byte Min, byte More)[] sizes, ushort limit)
    {
        var all = sizes.Select(s => new Growable(s.Min, s.More == 255 ? UInt128.MaxValue : (UInt128)(s.Min + s.More))).ToArray();
        UInt128 first = all.Aggregate(UInt128.Zero, (sum, one) => sum + one.Min);
        var each = SharedLimit.Each(all, limit);
        Assert.Equal(first > limit, each is null);
        if (each is not { } size)
            return;
        Assert.True(SharedLimit.Together(all, size) <= limit);
        Assert.True(size == limit || SharedLimit.Together(all, size + 1) > limit);
    }

    /// <summary>Memories or tables of several modules, of which each grows by ones for as long as it can.</summary>
    private static string Growing(string what, string[] sizes, string size, string grow) => $$"""
        (component
          {{string.Concat(sizes.Select((s, i) => $$"""
            (core module $m{{i}} ({{what}} {{s}})
              (func (export "grow") (loop $next (br_if $next (i32.ne ({{grow}}) (i32.const -1)))))
              (func (export "size") (result i32) ({{size}})))
            (core instance $i{{i}} (instantiate $m{{i}}))
            (func (export "grow{{i}}") (canon lift (core func $i{{i}} "grow")))
            (func (export "size{{i}}") (result u32) (canon lift (core func $i{{i}} "size")))
            """))}})
        """;

    private static uint[] SizesOfGrown(ComponentInstance instance, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            Assert.True(instance.Invoke($"grow{i}").IsRight);
            return instance.Invoke($"size{i}").Match(v => v.Match(n => ((ComponentValue.U32)n).Value, () => 0u), f => throw new InvalidOperationException(f.ToString()));
        }),
    ];

    [Theory]
    [InlineData("1", "1", "1", 32, new uint[] { 10, 10, 10 })]
    [InlineData("0 3", "2 4", "1", 32, new uint[] { 3, 4, 25 })]
    [InlineData("20", "1", "1", 32, new uint[] { 20, 6, 6 })]
    [InlineData("i64 1", "1", "1 2", 32, new uint[] { 15, 15, 2 })]
    public void All_memories_together_stay_within_the_limit(string a, string b, string c, int pages, uint[] sizes)
    {
        string text = Growing("memory", [a, b, c], "memory.size", "memory.grow (i32.const 1)");
        if (a.StartsWith("i64", StringComparison.Ordinal))
            text = With64(text);
        using var instance = HostRun.Instantiate(text, null, new HostOptions { MaxMemoryBytes = pages * 65536L });
        Assert.Equal(sizes, SizesOfGrown(instance, 3));

        // The first module's memory has 64-bit addresses.
        static string With64(string text)
        {
            int end = text.IndexOf("(core module $m1", StringComparison.Ordinal);
            return text[..end]
                .Replace("(i32.ne (memory.grow (i32.const 1)) (i32.const -1))", "(i64.ne (memory.grow (i64.const 1)) (i64.const -1))", StringComparison.Ordinal)
                .Replace("(result i32) (memory.size)", "(result i32) (i32.wrap_i64 (memory.size))", StringComparison.Ordinal) + text[end..];
        }
    }

    [Theory]
    [InlineData("1 funcref", "1 externref", 20, new uint[] { 10, 10 })]
    [InlineData("1 3 funcref", "5 externref", 20, new uint[] { 3, 17 })]
    [InlineData("15 funcref", "0 externref", 20, new uint[] { 15, 5 })]
    public void All_tables_together_stay_within_the_limit(string a, string b, int limit, uint[] sizes)
    {
        string text = Growing("table", [a, b], "table.size 0", "table.grow 0 (ref.null func) (i32.const 1)");
        int second = text.IndexOf("(core module $m1", StringComparison.Ordinal);
        text = text[..second] + text[second..].Replace("ref.null func", "ref.null extern", StringComparison.Ordinal);
        using var instance = HostRun.Instantiate(text, null, new HostOptions { MaxTableElements = limit });
        Assert.Equal(sizes, SizesOfGrown(instance, 2));
    }

    [Theory]
    [InlineData("memory 10", "memory 10", "2 memories 1310720 bytes")]
    [InlineData("memory 10", "memory 6", "")]
    [InlineData("table 60 funcref", "table 50 funcref", "2 tables 110 elements")]
    [InlineData("table 60 funcref", "table 40 funcref", "")]
    [InlineData("memory 12", "memory 1) (func $start) (start $start", "")]
    [InlineData("memory 1", "memory 12) (func $start) (start $start", "2 memories 851968 bytes")]
    public void What_a_component_has_at_first_must_fit(string a, string b, string needs)
    {
        string error = "";
        if (needs.Split(' ') is [var count, var what, var size, var unit])
        {
            string limit = unit == "bytes" ? "1048576: raise MaxMemoryBytes" : "100: raise MaxTableElements";
            error = $"the {count} {what} of the component have {size} {unit} at first, and the limit of this host is {limit}";
        }
        var options = new HostOptions { MaxMemoryBytes = 1 << 20, MaxTableElements = 100 };
        string text = $"(component (core module $a ({a})) (core module $b ({b})) (core instance (instantiate $a)) (core instance (instantiate $b)))";
        using var host = HostRun.Open(text, options);
        Assert.Equal(error, host.Instantiate().Match(
            instance =>
            {
                instance.Dispose();
                return "";
            },
            f => f.ToString()));
    }

    [Fact]
    public void Objects_count_as_memory()
    {
        const string Text = """
            (component
              (core module $m
                (memory 1)
                (type $array (array (mut i8)))
                (type $list (struct (field (ref null $list)) (field (ref null $array))))
                (func (export "keep") (param i32) (local $list (ref null $list))
                  (loop $next
                    (local.set $list (struct.new $list (local.get $list) (array.new_default $array (i32.const 100000))))
                    (br_if $next (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
                (func (export "grow") (result i32) (loop $next (br_if $next (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) (memory.size)))
              (core instance $i (instantiate $m))
              (func (export "keep") (param "n" u32) (canon lift (core func $i "keep")))
              (func (export "grow") (result u32) (canon lift (core func $i "grow"))))
            """;
        using var instance = HostRun.Instantiate(Text, null, new HostOptions { MaxMemoryBytes = 64 << 16 });
        HostRun.Calls(instance, ("grow()", "32"), ("keep(5)", ""));
        Assert.Contains("GC heap out of memory", instance.Invoke("keep", ComponentValues.U32(1000)).Match(_ => "", f => f.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void By_default_tables_end_before_the_process_does()
    {
        using var instance = HostRun.Instantiate("""
            (component
              (core module $m (table $t 1 funcref) (elem declare func $x) (func $x)
                (func (export "grow") (result i32)
                  (loop $next (br_if $next (i32.ne (table.grow $t (ref.func $x) (i32.const 1000000)) (i32.const -1))))
                  (table.size $t)))
              (core instance $i (instantiate $m))
              (func (export "grow") (result u32) (canon lift (core func $i "grow"))))
            """);
        HostRun.Calls(instance, ("grow()", "9000001"));
    }

    [Fact]
    public void All_instances_together_stay_within_the_limit_of_handles()
    {
        const string Inner = """
            (component $c
              (core module $m
                (import "" "new" (func $new (param i32) (result i32)))
                (import "" "drop" (func $drop (param i32)))
                (func (export "new") (param i32) (loop $next (drop (call $new (i32.const 1))) (br_if $next (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
                (func (export "drop") (param i32) (call $drop (local.get 0))))
              (type $r (resource (rep i32)))
              (core func $new (canon resource.new $r))
              (core func $drop (canon resource.drop $r))
              (core instance $i (instantiate $m (with "" (instance (export "new" (func $new)) (export "drop" (func $drop))))))
              (func (export "new") (param "n" u32) (canon lift (core func $i "new")))
              (func (export "drop") (param "h" u32) (canon lift (core func $i "drop"))))
            """;
        string text = $"(component {Inner} (instance $a (instantiate $c)) (instance $b (instantiate $c)) (export \"a\" (instance $a)) (export \"b\" (instance $b)))";
        using var instance = HostRun.Instantiate(text, null, new HostOptions { MaxHandles = 10 });
        HostRun.Calls(
            instance,
            ("a#new(7)", ""),
            ("b#new(3)", ""),
            ("a#drop(1)", ""),
            ("b#new(1)", ""),
            ("a#new(1)", "trap: cannot allocate another handle: the component has 10, the limit of this host"));
        using var endless = HostRun.Instantiate(text);
        HostRun.Calls(endless, ("a#new(0)", "trap: cannot allocate another handle: the component has 1048576, the limit of this host"));
    }
}
