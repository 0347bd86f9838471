using System.IO;
using Fact.Host;
using Fact.Properties.Cli;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Asynchronous components, called like others.</summary>
public sealed class AsyncTests
{
    private const string WaitsForNothing = """
        (component
          (core module $m
            (import "" "new" (func $new (result i32)))
            (func (export "f") (result i32) (i32.or (i32.const 2 (; wait ;)) (i32.shl (call $new) (i32.const 4))))
            (func (export "cb") (param i32 i32 i32) (result i32) unreachable))
          (core func $new (canon waitable-set.new))
          (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
          (func (export "f") async (canon lift (core func $i "f") async (callback (core func $i "cb")))))
        """;

    private const string WritesToItself = """
        (component
          (core module $libc (memory (export "memory") 1))
          (core instance $libc (instantiate $libc))
          (core module $m
            (import "" "memory" (memory 1))
            (import "" "new" (func $new (result i64)))
            (import "" "read" (func $read (param i32 i32 i32) (result i32)))
            (import "" "write" (func $write (param i32 i32 i32) (result i32)))
            (import "" "drop-readable" (func $drop-readable (param i32)))
            (import "" "drop-writable" (func $drop-writable (param i32)))
            (func (export "copy") (param $value i32) (result i32)
              (local $ends i64) (local $readable i32) (local $writable i32)
              (local.set $ends (call $new))
              (local.set $readable (i32.wrap_i64 (local.get $ends)))
              (local.set $writable (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
              (i32.store (i32.const 8) (local.get $value))
              (if (i32.ne (call $read (local.get $readable) (i32.const 16) (i32.const 2)) (i32.const -1)) (then unreachable))
              (if (i32.ne (call $write (local.get $writable) (i32.const 8) (i32.const 1)) (i32.const 0x10)) (then unreachable))
              (if (i32.eqz (i32.and (local.get $value) (i32.const 1)))
                (then
                  (call $drop-writable (local.get $writable))
                  (i32.store (i32.const 24) (call $read (local.get $readable) (i32.const 16) (i32.const 0)))))
              (i32.load (i32.const 16))))
          (type $stream (stream u32))
          (core func $new (canon stream.new $stream))
          (core func $read (canon stream.read $stream async (memory (core memory $libc "memory"))))
          (core func $write (canon stream.write $stream async (memory (core memory $libc "memory"))))
          (core func $drop-readable (canon stream.drop-readable $stream))
          (core func $drop-writable (canon stream.drop-writable $stream))
          (core instance $i (instantiate $m (with "" (instance
            (export "memory" (memory $libc "memory"))
            (export "new" (func $new)) (export "read" (func $read)) (export "write" (func $write))
            (export "drop-readable" (func $drop-readable)) (export "drop-writable" (func $drop-writable))))))
          (func (export "copy") (param "value" u32) (result u32) (canon lift (core func $i "copy"))))
        """;

    [Fact]
    public void The_sample_returns_what_it_says_ten_thousand_times_and_keeps_no_handles()
    {
        using var instance = HostRun.Instantiate(File.ReadAllText(Repository.Sample("async")), options: new HostOptions { MaxHandles = 16 });
        for (int i = 0; i < 10_000; i++)
        {
            string text = new('x', i % 7);
            Assert.True(instance.TryInvoke("total", [ComponentValues.String(text)], out var total, out var failure), failure?.ToString());
            Assert.Equal(ComponentValues.U32((uint)(3 * text.Length)), total);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(77)]
    public void Whatever_the_order_the_sample_returns_the_same(int seed)
    {
        using var instance = HostRun.Instantiate(File.ReadAllText(Repository.Sample("async")), options: new HostOptions { ScheduleSeed = seed });
        HostRun.Calls(instance, ("total(\"abc\")", "9"), ("total(\"\")", "0"), ("total(\"ä☃\")", "6"));
    }

    [Fact]
    public void A_function_that_waits_for_nothing_is_a_deadlock()
    {
        using var instance = HostRun.Instantiate(WaitsForNothing);
        HostRun.Calls(instance, ("f()", "trap: deadlock detected: event loop cannot make further progress"), ("f()", "trap: cannot enter component instance"));
    }

    [Fact]
    public void A_stream_can_be_written_and_read_by_one_instance_and_its_second_read_is_refused_while_the_first_lasts()
    {
        using var instance = HostRun.Instantiate(WritesToItself);
        HostRun.Calls(instance, ("copy(7)", "7"), ("copy(9)", "9"), ("copy(8)", "trap: cannot have concurrent operations active on a future/stream"));
    }

    [Fact]
    public void Handles_of_all_kinds_share_the_indices_of_an_instance()
    {
        using var instance = HostRun.Instantiate("""
            (component
              (type $r (resource (rep i32)))
              (core func $new (canon resource.new $r))
              (core func $drop (canon resource.drop $r))
              (core func $set-new (canon waitable-set.new))
              (core func $set-drop (canon waitable-set.drop))
              (core module $m
                (import "" "new" (func $new (param i32) (result i32)))
                (import "" "drop" (func $drop (param i32)))
                (import "" "set-new" (func $set-new (result i32)))
                (import "" "set-drop" (func $set-drop (param i32)))
                (func (export "set") (result i32) (call $set-new))
                (func (export "resource") (result i32) (call $new (i32.const 7)))
                (func (export "drop-set") (param i32) (call $set-drop (local.get 0)))
                (func (export "drop-resource") (param i32) (call $drop (local.get 0))))
              (core instance $i (instantiate $m (with "" (instance
                (export "new" (func $new)) (export "drop" (func $drop)) (export "set-new" (func $set-new)) (export "set-drop" (func $set-drop))))))
              (func (export "set") (result u32) (canon lift (core func $i "set")))
              (func (export "resource") (result u32) (canon lift (core func $i "resource")))
              (func (export "drop-set") (param "handle" u32) (canon lift (core func $i "drop-set")))
              (func (export "drop-resource") (param "handle" u32) (canon lift (core func $i "drop-resource"))))
            """);
        HostRun.Calls(
            instance,
            ("set()", "1"),
            ("resource()", "2"),
            ("set()", "3"),
            ("drop-set(1)", ""),
            ("resource()", "1"),
            ("drop-resource(2)", ""),
            ("set()", "2"),
            ("drop-resource(2)", "trap: handle index 2 is not a resource"));
    }
}
