using Xunit;

namespace Fact.Properties.Component.Link;

/// <summary>What is wrong with a component is said, with the place and the way to it.</summary>
public sealed class TypeErrorLaws
{
    private const string Values = """
        (core module $m
          (func (export "f") (param i32 i32) (result i32) unreachable)
          (func (export "none"))
          (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
          (func (export "callback") (param i32 i32 i32) (result i32) unreachable)
          (memory (export "mem") 1))
        (core instance $i (instantiate $m))
        (alias core export $i "f" (core func $f))
        (alias core export $i "none" (core func $none))
        (alias core export $i "realloc" (core func $realloc))
        (alias core export $i "callback" (core func $callback))
        (alias core export $i "mem" (core memory $mem))
        (type $text (func (param "s" string) (result u32)))
        (type $nothing (func))
        """;

    [Theory]
    [InlineData("(func (type 9) (canon lift (core func $f)))", "there is no type 9 here")]
    [InlineData("(func (type $text) (canon lift (core func 77)))", "there is no core function 77 here: 4 defined before this point")]
    [InlineData("(func (type $text) (canon lift (core func $f)))", "the option memory is missing: its parameters")]
    [InlineData("(func (type $text) (canon lift (core func $f) (memory $mem)))", "the option realloc is missing")]
    [InlineData("(func (type $text) (canon lift (core func $none) (memory $mem) (realloc $realloc)))",
        "core function 1 has type (func), but lifting to the function type takes (func (param i32 i32) (result i32))")]
    [InlineData("(func (type $text) (canon lift (core func $f) (realloc $realloc)))", "the option realloc needs the option memory")]
    [InlineData("(func (type $text) (canon lift (core func $f) (memory $mem) (realloc $f)))", "cannot be realloc")]
    [InlineData("(func (type $text) (canon lift (core func $f) (memory $mem) (realloc $realloc) (post-return $none)))",
        "cannot be post-return: it has type (func), not (func (param i32))")]
    [InlineData("(func (type $nothing) (canon lift (core func $none) (callback $callback)))", "the option callback needs the option async")]
    [InlineData("(func (type $nothing) (canon lift (core func $none) async (callback $none)))", "cannot be a callback")]
    [InlineData("(func (type $nothing) (canon lift (core func $none) async (post-return $none)))", "post-return and async exclude each other")]
    [InlineData("(import \"g\" (func $g (type $nothing))) (core func (canon lower (func $g) (post-return $none)))",
        "the option post-return is not allowed on canon lower")]
    [InlineData("(import \"g\" (func $g (type $text))) (core func (canon lower (func $g)))", "the option memory is missing: its parameters")]
    [InlineData("(import \"g\" (func $g (type $text))) (core func (canon lower (func $g) (memory $mem) gc))", "not supported")]
    [InlineData("(core func (canon task.return (result string)))", "the option memory is missing")]
    [InlineData("(core func (canon task.return (result u8) (memory $mem) (realloc $realloc)))", "the option realloc is not allowed on task.return")]
    [InlineData("(core func (canon context.get i32 2))", "there is no context slot 2")]
    [InlineData("(type $s (stream u8)) (core func (canon stream.read $s async))", "the option memory is missing: its elements")]
    [InlineData("(type $s (stream u8)) (core func (canon future.new $s))", "is a stream type, not a future type")]
    [InlineData("(core func (canon error-context.new async (memory $mem)))", "the option async is not allowed on error-context.new")]
    public void Canonical_functions_are_checked(string definition, string message)
    {
        var error = Linked.Error($"(component {Values} {definition})");
        Assert.Contains(message, error.Message, System.StringComparison.Ordinal);
        Assert.StartsWith("canon ", error.Path, System.StringComparison.Ordinal);
        Assert.NotNull(error.Offset);
    }

    [Theory]
    [InlineData("(type (func (result (borrow 0))))", "cannot outlive a call")]
    [InlineData("(type $b (borrow $r)) (type (stream $b))", "contains a borrow")]
    [InlineData("(type (stream char))", "a stream of char is not valid yet")]
    [InlineData("(type $k (list u8)) (type (map $k u8))", "the keys of a map cannot be of list")]
    [InlineData("(type (own 1)) (type (func))", "there is no type 1 here")]
    [InlineData("(type $f (func)) (type (list $f))", "is a function type, not a value type")]
    [InlineData("(type $f (func)) (type (own $f))", "is a function type, not a resource type")]
    [InlineData("(type (list u64 67108864))", "it must be less than 2^28")]
    public void Types_are_checked(string definition, string message)
    {
        var error = Linked.Error($"(component (type $r (resource (rep i32))) {definition})");
        Assert.Contains(message, error.Message, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(core instance (instantiate $m))", "the core module imports from \"env\", which is not among the arguments")]
    [InlineData("(core instance (instantiate $m (with \"env\" (instance))))", "argument \"env\" does not export \"f\"")]
    [InlineData("(core instance (instantiate $m (with \"env\" (instance $i))))", "argument \"env\", export \"f\": expected type (func (param i64)), found (func)")]
    [InlineData("(instance (instantiate $c))", "instantiation argument \"g\" is missing")]
    [InlineData("(instance (instantiate $c (with \"g\" (component $c))))", "instantiation argument \"g\": expected function, found component")]
    public void Arguments_that_are_missing_or_do_not_fit_are_named(string definition, string message)
    {
        var error = Linked.Error($"""
            (component
              (core module $m (import "env" "f" (func (param i64))))
              (core module $n (func (export "f")))
              (core instance $i (instantiate $n))
              (component $c (import "g" (func)))
              {definition})
            """);
        Assert.Contains(message, error.Message, System.StringComparison.Ordinal);
        Assert.Contains("instance", error.Path, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(func (param \"p\" u32))", "parameter \"p\": expected u32, found record")]
    [InlineData("(func (param \"q\" $rec))", "expected parameter \"q\", found \"p\"")]
    [InlineData("(func)", "expected 0 parameters, found 1")]
    [InlineData("(func (param \"p\" $rec) (result u8))", "expected a result, found none")]
    [InlineData("(func (param \"p\" $other))", "parameter \"p\": field \"deep\": list element: tuple member 1: expected string, found u8")]
    public void A_mismatch_is_shown_with_the_way_to_it(string type, string message)
    {
        var error = Linked.Error($"""
            (component
              (component $callee
                (type $rec' (record (field "deep" (list (tuple u8 u8)))))
                (export $rec "rec" (type $rec'))
                (core module $m (func (export "f") (param i32 i32)) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable) (memory (export "mem") 1))
                (core instance $i (instantiate $m))
                (func (export "f") (param "p" $rec) (canon lift (core func $i "f") (memory (core memory $i "mem")) (realloc (core func $i "realloc")))))
              (component $caller
                (type $rec' (record (field "deep" (list (tuple u8 u8)))))
                (import "rec" (type $rec (eq $rec')))
                (type $other' (record (field "deep" (list (tuple u8 string)))))
                (import "other" (type $other (eq $other')))
                (import "i" (instance $i
                  (alias outer 1 $rec (type $rec'))
                  (export "rec" (type $rec (eq $rec')))
                  (alias outer 1 $other (type $other'))
                  (export "other" (type $other (eq $other')))
                  (export "f" {type}))))
              (instance $x (instantiate $callee))
              (alias export $x "rec" (type $rec))
              (type $other (record (field "deep" (list (tuple u8 string)))))
              (instance $given (export "rec" (type $rec)) (export "other" (type $other)) (export "f" (func $x "f")))
              (instance (instantiate $caller (with "rec" (type $rec)) (with "other" (type $other)) (with "i" (instance $given)))))
            """);
        Assert.Equal($"instantiation argument \"i\": export \"f\": {message}", error.Message);
        Assert.Equal("instance 2", error.Path);
    }

    [Fact]
    public void An_export_must_not_mention_types_that_have_no_name()
    {
        var error = Linked.Error("""
            (component
              (type $r (record (field "x" u8)))
              (core module $m (func (export "f") (param i32)))
              (core instance $i (instantiate $m))
              (func $f (param "p" $r) (canon lift (core func $i "f")))
              (export "f" (func $f)))
            """);
        Assert.Equal("export \"f\"", error.Path);
        Assert.Contains("the record type 0 by an index that has no name", error.Message, System.StringComparison.Ordinal);
    }

    /// <summary>An import or export of a type gives it a new index, and that is the one with the name. Spec: Explainer, "External Visibility of Types".</summary>
    [Theory]
    [InlineData("(export $r' \"r\" (type $r)) (export \"f\" (func $f))", "\"f\" mentions the record type 0 by an index that has no name")]
    [InlineData("(import \"r\" (type $r' (eq $r))) (export \"f\" (func $f))", "\"f\" mentions the record type 0 by an index that has no name")]
    [InlineData("(import \"r\" (type $r' (eq $r))) (import \"g\" (func (param \"p\" $r)))", "\"g\" mentions the record type 0 by an index that has no name")]
    [InlineData("(export $r' \"r\" (type $r)) (type $s (record (field \"y\" (list $r)))) (export \"s\" (type $s))",
        "\"s\" mentions the record type 0 by an index that has no name")]
    [InlineData("(type $q (resource (rep i32))) (export $q' \"q\" (type $q)) (type $o (own $q)) (export \"o\" (type $o))",
        "\"o\" mentions the resource type 2 by an index that has no name")]
    [InlineData("(type (component (type $t (enum \"a\")) (export \"t\" (type (eq $t))) (export \"f\" (func (param \"p\" $t)))))",
        "\"f\" mentions the enum type 0 by an index that has no name")]
    [InlineData("(export $r' \"r\" (type $r)) (export \"f\" (func $f) (func (param \"p\" $r')))", null)]
    [InlineData("(export $r' \"r\" (type $r)) (func $g (param \"p\" $r') (canon lift (core func $i \"f\"))) (export \"g\" (func $g))", null)]
    [InlineData("(export $r' \"r\" (type $r)) (type $s (record (field \"y\" (list $r')))) (export \"s\" (type $s))", null)]
    [InlineData("(type (instance (type $t (enum \"a\")) (export \"t\" (type $t' (eq $t))) (export \"f\" (func (param \"p\" $t')))))", null)]
    public void Types_are_mentioned_by_the_index_that_has_the_name(string definitions, string? message)
    {
        string text = $"""
            (component
              (type $r (record (field "x" u8)))
              (core module $m (func (export "f") (param i32)))
              (core instance $i (instantiate $m))
              (func $f (param "p" $r) (canon lift (core func $i "f")))
              {definitions})
            """;
        if (message is null)
            Assert.NotNull(Linked.Plan(text));
        else
            Assert.Contains(message, Linked.Error(text).Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_type_must_not_be_taken_from_an_outer_component()
    {
        var error = Linked.Error("(component $c (type $r (resource (rep i32))) (component (alias outer $c $r (type $r))))");
        Assert.Contains("resource type of another component", error.Message, System.StringComparison.Ordinal);
        Assert.Equal("component 0", error.Path);
    }

    [Fact]
    public void Only_the_component_that_defines_a_resource_type_knows_its_representation()
    {
        var error = Linked.Error("(component (import \"r\" (type $r (sub resource))) (core func (canon resource.new $r)))");
        Assert.Contains("knows its representation", error.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_in_nested_components_show_the_way()
    {
        var error = Linked.Error("(component (component (component (type (func)) (type (list 0)))))");
        Assert.Equal("component 0 · component 0 · type 1", error.Path);
    }
}
