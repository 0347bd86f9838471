using System.Collections.Generic;
using System.Linq;
using Fact.Host;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Handles that stand more than once among the arguments of a call: a mistake that is found before anything moves.</summary>
public class ArgumentHandleTests
{
    /// <summary>Its allocator counts its calls, which nobody should see before the arguments were checked.</summary>
    private const string Text = """
        (component
          (import "r" (type $r (sub resource)))
          (core func $drop (canon resource.drop $r))
          (core module $m
            (import "" "drop" (func $drop (param i32)))
            (memory (export "memory") 1)
            (global $allocated (mut i32) (i32.const 0))
            (func (export "realloc") (param i32 i32 i32 i32) (result i32)
              (global.set $allocated (i32.add (global.get $allocated) (i32.const 1)))
              (i32.const 1024))
            (func (export "two") (param i32 i32) (call $drop (local.get 0)) (call $drop (local.get 1)))
            (func (export "list") (param i32 i32)
              (loop $next
                (if (local.get 1)
                  (then
                    (call $drop (i32.load (local.get 0)))
                    (local.set 0 (i32.add (local.get 0) (i32.const 4)))
                    (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
                    (br $next)))))
            (func (export "text") (param i32 i32 i32) (call $drop (local.get 0)))
            (func (export "allocated") (result i32) (global.get $allocated)))
          (core instance $i (instantiate $m (with "" (instance (export "drop" (func $drop))))))
          (type $pair' (record (field "first" (own $r)) (field "second" (option (own $r)))))
          (export $pair "pair" (type $pair'))
          (func (export "two") (param "a" (own $r)) (param "b" (own $r)) (canon lift (core func $i "two")))
          (func (export "mix") (param "a" (borrow $r)) (param "b" (own $r)) (canon lift (core func $i "two")))
          (func (export "xim") (param "a" (own $r)) (param "b" (borrow $r)) (canon lift (core func $i "two")))
          (func (export "lent") (param "a" (borrow $r)) (param "b" (borrow $r)) (canon lift (core func $i "two")))
          (func (export "list") (param "l" (list (own $r))) (canon lift (core func $i "list") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
          (func (export "pairs") (param "l" (list $pair)) (canon lift (core func $i "list") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
          (func (export "text") (param "a" (own $r)) (param "s" string)
            (canon lift (core func $i "text") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
          (func (export "allocated") (result u32) (canon lift (core func $i "allocated"))))
        """;

    private static readonly ResourceType Type = new("r");

    private static ComponentInstance Instantiate(List<ulong>? dropped = null) =>
        HostRun.Instantiate(Text, HostImports.None.WithResource("r", Type, rep => dropped?.Add(rep)));

    private static ComponentValue Own(HostHandle handle) => new ComponentValue.Own(handle);

    private static ComponentValue Borrow(HostHandle handle) => new ComponentValue.Borrow(handle);

    private static string Failure(ComponentInstance instance, string function, params ComponentValue[] arguments) =>
        instance.Invoke(function, arguments).Match(_ => "", f => f.ToString());

    private static ComponentValue Pair(HostHandle first, HostHandle? second) => ComponentValues.Record(
        ("first", Own(first)), ("second", second is null ? ComponentValues.None : ComponentValues.Some(Own(second))));

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "two", "param \"b\"", "param \"a\"" },
        { "mix", "param \"b\"", "param \"a\"" },
        { "xim", "param \"b\"", "param \"a\"" },
        { "list", "param \"l\" · list element 2", "param \"l\" · list element 0" },
        { "pairs", "param \"l\" · list element 1 · record field \"second\" · option some", "param \"l\" · list element 0 · record field \"first\"" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_handle_that_is_given_away_stands_once_among_the_arguments(string function, string path, string first)
    {
        var dropped = new List<ulong>();
        using var instance = Instantiate(dropped);
        var handle = HostHandle.New(Type, 1);
        var others = Enumerable.Range(2, 3).Select(i => HostHandle.New(Type, (uint)i)).ToArray();
        ComponentValue[] arguments = function switch
        {
            "two" => [Own(handle), Own(handle)],
            "mix" => [Borrow(handle), Own(handle)],
            "xim" => [Own(handle), Borrow(handle)],
            "list" => [ComponentValues.List(Own(handle), Own(others[0]), Own(handle))],
            _ => [ComponentValues.List(Pair(handle, others[0]), Pair(others[1], handle))],
        };
        Assert.Equal(
            $"\"{function}\": {path}: the handle stands at {first} too, and what is given away can be neither lent nor given away once more in the same call",
            Failure(instance, function, arguments));
        Assert.Null(instance.Poison);
        Assert.True(handle.IsLive);
        Assert.All(others, other => Assert.True(other.IsLive));
        HostRun.Calls(instance, ("allocated()", "0"));
        Assert.True(instance.Drop(handle).IsRight);
        Assert.Equal([1ul], dropped);
    }

    [Fact]
    public void A_handle_can_be_lent_twice_in_one_call()
    {
        using var instance = Instantiate();
        var handle = HostHandle.New(Type, 1);
        Assert.Equal("", Failure(instance, "lent", Borrow(handle), Borrow(handle)));
        Assert.Equal("", Failure(instance, "two", Own(handle), Own(HostHandle.New(Type, 2))));
        Assert.False(handle.IsLive);
    }

    [Fact]
    public void Nothing_moves_where_another_argument_is_at_fault()
    {
        using var instance = Instantiate();
        var handle = HostHandle.New(Type, 1);
        var dropped = HostHandle.New(Type, 2);
        Assert.True(instance.Drop(dropped).IsRight);
        (string Function, ComponentValue Second, string Error)[] mistakes =
        [
            ("two", Own(dropped), "param \"b\": the handle was given away or dropped"),
            ("two", Own(HostHandle.New(new ResourceType("other"), 1)), "param \"b\": expected a handle of the resource \"r\", found one of \"other\""),
            ("two", Own(null!), "param \"b\": a handle is missing (null)"),
            ("text", ComponentValues.String(new string('a', 1 << 28)), "param \"s\": string byte size exceeds maximum"),
            ("two", ComponentValues.U8(1), "param \"b\": expected resource 0, found a u8"),
        ];
        foreach (var (function, second, error) in mistakes)
            Assert.Contains(error, Failure(instance, function, Own(handle), second), System.StringComparison.Ordinal);
        Assert.Null(instance.Poison);
        HostRun.Calls(instance, ("allocated()", "0"));
        Assert.True(instance.Drop(handle).IsRight);
    }
}
