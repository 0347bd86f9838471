using System;
using System.Linq;
using Fact.Host;
using Fact.Model.Laws;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>A guest can trap, and do nothing else to its host.</summary>
public sealed class HostileGuestTests
{
    private static string Allocator(string body, string type = "string", string encoding = "utf8") => $$"""
        (component
          (import "f" (func $f))
          (core func $f (canon lower (func $f)))
          (core module $m
            (import "" "f" (func $f))
            (memory (export "memory") 1)
            (func $realloc (export "realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32) {{body}})
            (func (export "take") (param i32 i32)))
          (core instance $i (instantiate $m (with "" (instance (export "f" (func $f))))))
          (func (export "take") (param "x" {{type}})
            (canon lift (core func $i "take") (memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding={{encoding}})))
        """;

    private static ComponentInstance Run(string text, HostOptions? options = null) =>
        HostRun.Instantiate(text, HostImports.None.WithFunction("f", _ => null), options);

    [Theory]
    [InlineData("(i32.const -1)", "take(\"abc\")", "string", "utf8", "trap: realloc return: beyond end of memory (param \"x\")")]
    [InlineData("(i32.const 65534)", "take(\"abc\")", "string", "utf8", "trap: realloc return: beyond end of memory (param \"x\")")]
    [InlineData("(i32.const 65533)", "take(\"abc\")", "string", "utf8", "")]
    [InlineData("(i32.const 65536)", "take(\"\")", "string", "utf8", "")]
    [InlineData("(i32.const 65537)", "take(\"\")", "string", "utf8", "trap: realloc return: beyond end of memory (param \"x\")")]
    [InlineData("(i32.const 1)", "take(\"abc\")", "string", "utf16", "trap: realloc return: result not aligned (param \"x\")")]
    [InlineData("(if (result i32) (local.get $old) (then (i32.const 1)) (else (i32.const 16)))", "take(\"ü\")", "string", "utf16",
        "trap: realloc return: result not aligned (param \"x\")")]
    [InlineData("(if (result i32) (local.get $old) (then (i32.const -16)) (else (i32.const 16)))", "take(\"a☃\")", "string", "latin1+utf16",
        "trap: realloc return: beyond end of memory (param \"x\")")]
    [InlineData("(i32.const 4)", "take([1])", "(list u64)", "utf8", "trap: realloc return: result not aligned (param \"x\")")]
    [InlineData("unreachable", "take([1])", "(list u64)", "utf8", "trap: wasm `unreachable` instruction executed")]
    [InlineData("(call $f) (i32.const 8)", "take([1])", "(list u64)", "utf8", "trap: cannot leave component instance")]
    [InlineData("(call $realloc (local.get 0) (local.get 1) (local.get 2) (local.get 3))", "take([1])", "(list u64)", "utf8", "trap: call stack exhausted")]
    [InlineData("(drop (memory.grow (i32.const 200))) (i32.const 8388608)", "take([[1], [2, 3]])", "(list (list u8))", "utf8", "")]
    public void What_an_allocator_returns_is_not_believed(string body, string call, string type, string encoding, string result)
    {
        using var instance = Run(Allocator(body, type, encoding));
        HostRun.Calls(instance, (call, result));
    }

    /// <summary>Returns whatever two numbers it is given as the address and length of its result.</summary>
    private static string Returning(string type, string data = "", string encoding = "utf8") => $$"""
        (component
          (core module $m
            (memory (export "memory") 1)
            (data (i32.const 32) "{{data}}")
            (func (export "give") (param i32 i32) (result i32)
              (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) (i32.const 16))
            (func (export "raw") (param i32) (result i32) (local.get 0)))
          (core instance $i (instantiate $m))
          (func (export "give") (param "at" u32) (param "length" u32) (result {{type}})
            (canon lift (core func $i "give") (memory (core memory $i "memory")) string-encoding={{encoding}}))
          (func (export "raw") (param "at" u32) (result {{type}}) (canon lift (core func $i "raw") (memory (core memory $i "memory")))))
        """;

    [Theory]
    [InlineData("(list u32)", "give(32, 2)", "[1, 0]")]
    [InlineData("(list u32)", "give(65532, 1)", "[0]")]
    [InlineData("(list u32)", "give(65532, 2)", "trap: list pointer/length out of bounds of memory (result)")]
    [InlineData("(list u32)", "give(4294967292, 1)", "trap: list pointer/length out of bounds of memory (result)")]
    [InlineData("(list u32)", "give(1, 1)", "trap: pointer not aligned correctly (result)")]
    [InlineData("(list u32)", "give(0, 4294967295)", "trap: byte size of list exceeds maximum (result)")]
    [InlineData("(list char)", "give(32, 3)", "['\\u{1}', '\\u{0}', '\\u{2}']")]
    [InlineData("(list bool)", "give(32, 2)", "[true, false]")]
    [InlineData("(list (option u8))", "give(32, 2)", "[some(0), none]")]
    [InlineData("(list (option u8))", "give(40, 1)", "trap: invalid variant discriminant (result · list element 0)")]
    [InlineData("string", "give(0, 4294967295)", "trap: string byte size exceeds maximum (result)")]
    [InlineData("string", "give(65536, 1)", "trap: string pointer/length out of bounds of memory (result)")]
    [InlineData("string", "give(65536, 0)", "\"\"")]
    [InlineData("string", "give(44, 1)", "trap: invalid utf-8 string (result)")]
    [InlineData("string", "raw(65533)", "trap: pointer not aligned correctly (result)")]
    [InlineData("string", "raw(65532)", "trap: pointer out of bounds of memory (result)")]
    [InlineData("string", "raw(4294967292)", "trap: pointer out of bounds of memory (result)")]
    public void What_a_guest_returns_is_checked(string type, string call, string result)
    {
        using var instance = HostRun.Instantiate(Returning(type, "\\01\\00\\00\\00\\00\\00\\00\\00\\02\\00\\00\\00\\ff"));
        HostRun.Calls(instance, (call, result));
    }

    [Law(50)]
    public void Any_address_and_length_give_a_value_or_a_trap(uint at, uint length, byte shift)
    {
        foreach (string type in new[] { "string", "(list (tuple string (list u8)))", "(list (result string (error (list char))))" })
        {
            using var instance = HostRun.Instantiate(Returning(type, string.Concat(Enumerable.Range(0, 200).Select(i => $"\\{i * 37 % 80:x2}"))));
            var result = instance.Invoke("give", ComponentValues.U32(at >> (shift % 32)), ComponentValues.U32(length >> (31 - (shift % 32))));
            Assert.True(result.IsRight || result.Match(_ => false, failure => failure is CallFailure.Trapped));
        }
    }

    [Fact]
    public void Lists_that_share_their_elements_are_read_up_to_a_limit()
    {
        // Eight levels of lists, each of 15 times the list at address 0, which is of 15 times itself.
        string type = string.Concat(Enumerable.Repeat("(list ", 8)) + "u8" + new string(')', 8);
        string text = Returning(type)
            .Replace("(data (i32.const 32) \"\")", "(data (i32.const 0) \"" + string.Concat(Enumerable.Repeat("\\20\\00\\00\\00\\0f\\00\\00\\00", 30)) + "\")",
            StringComparison.Ordinal);
        using var instance = HostRun.Instantiate(text, null, new HostOptions { MaxLiftedBytes = 1 << 20 });
        string failure = instance.Invoke("give", ComponentValues.U32(32), ComponentValues.U32(15)).Match(_ => "", f => f.ToString());
        Assert.StartsWith(
            "trap: the values that the call passes to the host take more than 1048576 bytes here, the limit of this host",
            failure,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Memories_have_the_limit_that_the_host_sets()
    {
        string text = Returning("string")
            .Replace("(i32.store (i32.const 16)", "(i32.store (i32.add (i32.const 17) (memory.grow (i32.const 100)))", StringComparison.Ordinal);
        using var instance = HostRun.Instantiate(text, null, new HostOptions { MaxMemoryBytes = 1 << 20 });
        // The growth fails, so that −1 is added.
        HostRun.Calls(instance, ("give(32, 0)", "\"\""));
    }

    [Fact]
    public void Destructors_that_drop_handles_end_with_the_stack_and_not_with_the_process()
    {
        using var instance = HostRun.Instantiate("""
            (component
              (core module $table (table (export "table") 1 funcref))
              (core instance $table (instantiate $table))
              (core module $dtor
                (import "" "table" (table 1 funcref))
                (type $drop (func (param i32)))
                (func (export "drop") (param i32) (call_indirect (type $drop) (local.get 0) (i32.const 0))))
              (core instance $dtor (instantiate $dtor (with "" (instance (export "table" (table $table "table"))))))
              (type $r (resource (rep i32) (dtor (core func $dtor "drop"))))
              (core func $new (canon resource.new $r))
              (core func $drop (canon resource.drop $r))
              (core module $m
                (import "" "table" (table 1 funcref))
                (import "" "new" (func $new (param i32) (result i32)))
                (import "" "drop" (func $drop (param i32)))
                (elem (i32.const 0) func $drop)
                (func (export "run") (param $n i32)
                  (local $last i32)
                  (loop $more
                    (local.set $last (call $new (local.get $last)))
                    (br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                  (call $drop (local.get $last))))
              (core instance $i (instantiate $m (with "" (instance (export "table" (table $table "table")) (export "new" (func $new)) (export "drop" (func $drop))))))
              (func (export "run") (param "n" u32) (canon lift (core func $i "run"))))
            """);
        HostRun.Calls(instance, ("run(100000)", "trap: call stack exhausted"));
    }
}
