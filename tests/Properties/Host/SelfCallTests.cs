using Fact.Host;
using Fact.Ir;
using Fact.Lower;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>A component instance calls functions that it has lifted itself: adapters like others, between a memory and the same memory.</summary>
public class SelfCallTests
{
    private static readonly HostOptions OlderRule = new() { Reentrance = Reentrance.Trap };

    /// <summary>
    /// The caller has UTF-8 strings and allocates from 32 KiB up, the callee another encoding, and allocates from 4 KiB up. What the callee gets it gives back, with the
    /// number of code
    /// units of the string.
    /// </summary>
    private static string Values(string encoding, string through) => $$"""
        (component
          (core module $a
            (memory (export "m") 1)
            (global $up (mut i32) (i32.const 4096))
            (global $far (mut i32) (i32.const 32768))
            (func $align (param i32 i32) (result i32)
              (i32.and (i32.add (local.get 0) (i32.sub (local.get 1) (i32.const 1))) (i32.sub (i32.const 0) (local.get 1))))
            (func (export "callee-realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
              (local.set $at (call $align (global.get $up) (local.get 2)))
              (memory.copy (local.get $at) (local.get 0) (local.get 1))
              (global.set $up (i32.add (local.get $at) (local.get 3)))
              (local.get $at))
            (func (export "caller-realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
              (local.set $at (call $align (global.get $far) (local.get 2)))
              (memory.copy (local.get $at) (local.get 0) (local.get 1))
              (global.set $far (i32.add (local.get $at) (local.get 3)))
              (local.get $at))
            (func (export "echo") (param i32 i32 i32 i32) (result i32)
              (if (i32.or (i32.ge_u (local.get 0) (i32.const 32768)) (i32.ge_u (local.get 2) (i32.const 32768))) (then unreachable))
              (i32.store (i32.const 512) (local.get 0))
              (i32.store (i32.const 516) (local.get 1))
              (i32.store (i32.const 520) (local.get 2))
              (i32.store (i32.const 524) (local.get 3))
              (i32.store (i32.const 528) (local.get 1))
              (i32.const 512))
            (func (export "done") (param i32) (memory.fill (i32.const 512) (i32.const 255) (i32.const 20))))
          (core instance $a (instantiate $a))
          (type $t (tuple string (list u16) u32))
          (func $echo (param "s" string) (param "l" (list u16)) (result $t)
            (canon lift (core func $a "echo") string-encoding={{encoding}} (memory (core memory $a "m")) (realloc (core func $a "callee-realloc"))
              (post-return (core func $a "done"))))
          {{through}}
          (core func $l (canon lower (func $f) (memory (core memory $a "m")) (realloc (core func $a "caller-realloc"))))
          (core module $b
            (import "" "f" (func $f (param i32 i32 i32 i32 i32)))
            (func (export "run") (param i32 i32 i32 i32) (result i32)
              (call $f (local.get 0) (local.get 1) (local.get 2) (local.get 3) (i32.const 1024))
              (i32.const 1024)))
          (core instance $b (instantiate $b (with "" (instance (export "f" (func $l))))))
          (func (export "run") (param "s" string) (param "l" (list u16)) (result $t)
            (canon lift (core func $b "run") (memory (core memory $a "m")) (realloc (core func $a "caller-realloc")))))
        """;

    private const string Directly = """(alias export $self "f" (func $f)) """, Self = """(instance $self (export "f" (func $echo))) """;

    /// <summary>The function goes to a child, which exports it as it is.</summary>
    private const string Passed = """
        (component $c (type $t (tuple string (list u16) u32))
          (import "f" (func $f (param "s" string) (param "l" (list u16)) (result $t))) (export "f" (func $f)))
        (instance $self (instantiate $c (with "f" (func $echo))))
        """;

    /// <summary>The function goes to a child, which calls it: two adapters, of which one enters the child and one comes back.</summary>
    private const string Relayed = """
        (component $c (type $t (tuple string (list u16) u32))
          (import "f" (func $f (param "s" string) (param "l" (list u16)) (result $t)))
          (core module $a (memory (export "m") 1) (global $up (mut i32) (i32.const 4096))
            (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
              (local.set $at (i32.and (i32.add (global.get $up) (i32.const 7)) (i32.const -8)))
              (memory.copy (local.get $at) (local.get 0) (local.get 1))
              (global.set $up (i32.add (local.get $at) (local.get 3)))
              (local.get $at)))
          (core instance $a (instantiate $a))
          (core func $l (canon lower (func $f) string-encoding=latin1+utf16 (memory (core memory $a "m")) (realloc (core func $a "realloc"))))
          (core module $b
            (import "" "f" (func $f (param i32 i32 i32 i32 i32)))
            (func (export "f") (param i32 i32 i32 i32) (result i32)
              (call $f (local.get 0) (local.get 1) (local.get 2) (local.get 3) (i32.const 1024))
              (i32.const 1024)))
          (core instance $b (instantiate $b (with "" (instance (export "f" (func $l))))))
          (func (export "f") (param "s" string) (param "l" (list u16)) (result $t)
            (canon lift (core func $b "f") string-encoding=latin1+utf16 (memory (core memory $a "m")) (realloc (core func $a "realloc")))))
        (instance $self (instantiate $c (with "f" (func $echo))))
        """;

    [Theory]
    [InlineData("utf8", 5, 3)]
    [InlineData("utf16", 2, 3)]
    [InlineData("latin1+utf16", 2147483650, 3)]
    public void Values_pass_between_two_encodings_and_two_allocators_of_one_memory(string encoding, uint units, uint latin1)
    {
        foreach (string through in new[] { Self + Directly, Passed + Directly, Relayed + Directly })
        {
            foreach (var options in new[] { new(), OlderRule })
            {
                using var instance = HostRun.Instantiate(Values(encoding, through), options: options);
                HostRun.Calls(
                    instance,
                    ("run(\"ü☃\", [1, 65535])", $"(\"ü☃\", [1, 65535], {units})"),
                    ("run(\"abc\", [])", $"(\"abc\", [], {latin1})"),
                    ("run(\"\", [7])", "(\"\", [7], 0)"));
            }
        }
    }

    /// <summary>A resource that the instance defines, and one that a child does, both passed from the instance to itself.</summary>
    private static string Resources(string look, string lookChild) => $$"""
        (component
          (component $child
            (type $r' (resource (rep i32)))
            (export $r "r" (type $r'))
            (core func $new (canon resource.new $r'))
            (func (export "make") (param "rep" u32) (result (own $r)) (canon lift (core func $new))))
          (instance $child (instantiate $child))
          (alias export $child "r" (type $theirs))
          (type $ours (resource (rep i32)))
          (core func $new (canon resource.new $ours))
          (core func $rep (canon resource.rep $ours))
          (core func $drop-theirs (canon resource.drop $theirs))
          (core func $make (canon lower (func $child "make")))
          (core module $a
            (import "" "rep" (func $rep (param i32) (result i32)))
            (import "" "drop" (func $drop (param i32)))
            (func (export "take") (param i32) (result i32) (local.get 0))
            (func (export "look") (param i32) (result i32) {{look}})
            (func (export "look-child") (param i32) (result i32) {{lookChild}}))
          (core instance $a (instantiate $a (with "" (instance (export "rep" (func $rep)) (export "drop" (func $drop-theirs))))))
          (func $take (param "r" (own $ours)) (result (own $ours)) (canon lift (core func $a "take")))
          (func $look (param "r" (borrow $ours)) (result u32) (canon lift (core func $a "look")))
          (func $look-child (param "r" (borrow $theirs)) (result u32) (canon lift (core func $a "look-child")))
          (core func $take' (canon lower (func $take)))
          (core func $look' (canon lower (func $look)))
          (core func $look-child' (canon lower (func $look-child)))
          (core module $b
            (import "" "new" (func $new (param i32) (result i32)))
            (import "" "rep" (func $rep (param i32) (result i32)))
            (import "" "make" (func $make (param i32) (result i32)))
            (import "" "take" (func $take (param i32) (result i32)))
            (import "" "look" (func $look (param i32) (result i32)))
            (import "" "look-child" (func $look-child (param i32) (result i32)))
            (func (export "own") (param i32) (result i32) (call $rep (call $take (call $take (call $new (local.get 0))))))
            (func (export "borrow") (param i32) (result i32) (call $look (call $new (local.get 0))))
            (func (export "borrow-child") (param i32) (result i32) (call $look-child (call $make (local.get 0)))))
          (core instance $b (instantiate $b (with "" (instance
            (export "new" (func $new)) (export "rep" (func $rep)) (export "make" (func $make))
            (export "take" (func $take')) (export "look" (func $look')) (export "look-child" (func $look-child'))))))
          (func (export "own") (param "n" u32) (result u32) (canon lift (core func $b "own")))
          (func (export "borrow") (param "n" u32) (result u32) (canon lift (core func $b "borrow")))
          (func (export "borrow-child") (param "n" u32) (result u32) (canon lift (core func $b "borrow-child"))))
        """;

    [Fact]
    public void Handles_are_moved_and_lent_as_between_two_instances()
    {
        // Who defines a resource gets its representation of a borrow; of another's a second handle, which must be dropped.
        using var instance = HostRun.Instantiate(Resources(
            "(local.get 0)",
            "(call $drop (local.get 0)) (local.get 0)"));
        HostRun.Calls(instance, ("own(77)", "77"), ("borrow(88)", "88"), ("borrow-child(99)", "4"));
    }

    [Fact]
    public void What_is_lent_must_be_given_back()
    {
        using var instance = HostRun.Instantiate(Resources("(local.get 0)", "(local.get 0)"));
        HostRun.Calls(instance, ("borrow-child(99)", "trap: borrow handles still remain at the end of the call (adapter3)"));
    }

    [Fact]
    public void What_is_lent_cannot_be_dropped()
    {
        using var instance = HostRun.Instantiate(Resources("(local.get 0)", "(call $drop (i32.const 1)) (local.get 0)"));
        HostRun.Calls(instance, ("borrow-child(99)", "trap: cannot remove owned resource while borrowed"));
    }
}
