using System;
using Fact.Properties.Component.Link;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Component.Types;

/// <summary>What is given to a component or for a component is what it asks for. Spec: Subtyping.md, Explainer, "Type Checking".</summary>
public sealed class SubtypingLaws
{
    /// <summary>A component with a resource type, of which each instance has one of its own; and one that wants the same type twice.</summary>
    private const string Resources = """
        (component $made (type $t' (resource (rep i32))) (export $t "t" (type $t')))
        (component $pair
          (import "a" (instance $a (export "t" (type $t (sub resource)))))
          (alias export $a "t" (type $t))
          (import "b" (instance $b (export "t" (type (eq $t))))))
        (instance $x (instantiate $made))
        (instance $y (instantiate $made))
        """;

    [Theory]
    [InlineData("(instance (instantiate $pair (with \"a\" (instance $x)) (with \"b\" (instance $x))))", null)]
    [InlineData("(instance (instantiate $pair (with \"a\" (instance $x)) (with \"b\" (instance $y))))", "\"b\": export \"t\": the resource types are different")]
    [InlineData("(component $one (import \"t\" (type $t (sub resource))) (import \"f\" (func (param \"p\" (own $t))))) (import \"f\" (func $f)) "
        + "(instance (instantiate $one (with \"t\" (type $x \"t\")) (with \"f\" (func $f))))", "\"f\": expected 1 parameters, found 0")]
    [InlineData("(alias export $x \"t\" (type $t)) (component $one (import \"t\" (type $t (sub resource))) (import \"u\" (type (eq $t)))) "
        + "(instance (instantiate $one (with \"t\" (type $t)) (with \"u\" (type $t))))", null)]
    [InlineData("(alias export $x \"t\" (type $t)) (alias export $y \"t\" (type $u)) (component $one (import \"t\" (type $t (sub resource))) "
        + "(import \"u\" (type (eq $t)))) (instance (instantiate $one (with \"t\" (type $t)) (with \"u\" (type $u))))", "\"u\": the resource types are different")]
    [InlineData("(component $two (import \"t\" (type $t (sub resource))) (import \"u\" (type $u (sub resource))) (import \"o\" (type (eq $t)))) "
        + "(alias export $x \"t\" (type $t)) (alias export $y \"t\" (type $u)) (instance (instantiate $two (with \"t\" (type $t)) (with \"u\" (type $u)) "
        + "(with \"o\" (type $u))))", "\"o\": the resource types are different")]
    public void Each_instance_has_resource_types_of_its_own(string use, string? message) => Check($"(component {Resources} {use})", message);

    [Theory]
    // As much, less or more is imported than the type says; what is more would not be given.
    [InlineData("(import \"f\" (func))", "(import \"f\" (func))", null)]
    [InlineData("(import \"f\" (func))", "", null)]
    [InlineData("", "(import \"f\" (func))", "import \"f\" is missing")]
    [InlineData("(import \"f\" (func (param \"p\" u8)))", "(import \"f\" (func))", "import \"f\": expected 0 parameters, found 1")]
    [InlineData("(import \"i\" (instance (export \"f\" (func)) (export \"g\" (func))))", "(import \"i\" (instance (export \"f\" (func))))", null)]
    [InlineData("(import \"i\" (instance (export \"f\" (func))))", "(import \"i\" (instance (export \"f\" (func)) (export \"g\" (func))))",
        "import \"i\": export \"g\" is missing")]
    // The other way round with exports.
    [InlineData("(export \"t\" (type (sub resource)))", "(type $t (resource (rep i32))) (export \"t\" (type $t)) (export \"u\" (type $t))", null)]
    [InlineData("(export \"t\" (type (sub resource))) (export \"u\" (type (sub resource)))", "(type $t (resource (rep i32))) (export \"t\" (type $t))",
        "export \"u\" is missing")]
    [InlineData("(export \"t\" (type $t (sub resource))) (export \"u\" (type (eq $t)))",
        "(type $t (resource (rep i32))) (export \"t\" (type $t)) (export \"u\" (type $t))", null)]
    [InlineData("(export \"t\" (type $t (sub resource))) (export \"u\" (type (eq $t)))",
        "(type $t (resource (rep i32))) (type $u (resource (rep i32))) (export \"t\" (type $t)) (export \"u\" (type $u))",
        "export \"u\": the resource types are different")]
    // Resource types that the type leaves to be chosen twice may be chosen differently.
    [InlineData("(import \"t\" (type $t (sub resource))) (import \"u\" (type (eq $t)))", "(import \"t\" (type $t (sub resource))) (import \"u\" (type (sub resource)))",
        null)]
    [InlineData("(import \"t\" (type $t (sub resource))) (import \"u\" (type (sub resource)))", "(import \"t\" (type $t (sub resource))) (import \"u\" (type (eq $t)))",
        "import \"u\": the resource types are different")]
    [InlineData("(import \"t\" (type $t (sub resource))) (export \"e\" (type (eq $t)))", "(import \"t\" (type $t (sub resource))) (export \"e\" (type $t))", null)]
    [InlineData("(import \"t\" (type $t (sub resource))) (export \"e\" (type (eq $t)))", "(type $t (resource (rep i32))) (export \"e\" (type $t))",
        "export \"e\": the resource types are different")]
    public void Components_may_import_less_and_export_more_than_their_type_says(string type, string component, string? message) => Check($"""
        (component
          (component $given {component})
          (component $user (import "c" (component {type})))
          (instance (instantiate $user (with "c" (component $given)))))
        """, message);

    [Theory]
    [InlineData("(type $r (resource (rep i32))) (type $c (component (alias outer 1 $r (type $s)) (export \"s\" (type (eq $s))))) (export \"c\" (type $c))",
        "export \"c\" mentions a resource type that the component defines but does not export")]
    [InlineData("(type $r (resource (rep i32))) (type $c (component (alias outer 1 $r (type $s)) (export \"s\" (type (eq $s))))) (export \"r\" (type $r)) "
        + "(export \"c\" (type $c))", null)]
    [InlineData("(type $r (resource (rep i32))) (type $c (component (alias outer 1 $r (type $s)) (import \"s\" (type (eq $s))))) (import \"c\" (component (type $c)))",
        "import \"c\" mentions a resource type that the component itself defines")]
    [InlineData("(type $r (resource (rep i32))) (type $i (instance (alias outer 1 $r (type $s)) (export \"s\" (type (eq $s))))) (import \"i\" (instance (type $i)))",
        "import \"i\" mentions a resource type that the component itself defines")]
    [InlineData("(type $r (resource (rep i32))) (import \"r\" (type (eq $r)))", "import \"r\" mentions a resource type that the component itself defines")]
    [InlineData("(component $made (type $t (resource (rep i32))) (export \"t\" (type $t))) (instance $x (instantiate $made)) (alias export $x \"t\" (type $t)) "
        + "(type $c (component (alias outer 1 $t (type $s)) (export \"s\" (type (eq $s))))) (export \"c\" (type $c))",
        "export \"c\" mentions a resource type that the component defines but does not export")]
    [InlineData("(component $made (type $t (resource (rep i32))) (export \"t\" (type $t))) (instance $x (instantiate $made)) (alias export $x \"t\" (type $t)) "
        + "(type $c (component (alias outer 1 $t (type $s)) (export \"s\" (type (eq $s))))) (export \"x\" (instance $x)) (export \"c\" (type $c))", null)]
    public void Imports_and_exports_mention_no_hidden_resource_type(string definitions, string? message) =>
        // Nested, as Wasmtime runs no root that imports or exports component types.
        Check($"(component (component {definitions}))", message);

    [Theory]
    [InlineData("(result string)", "", "", "the option memory is missing: its result")]
    [InlineData("(result string)", "", "(memory $mem)", null)]
    [InlineData("(result (list u8))", "", "", "the option memory is missing: its result")]
    [InlineData("(result (tuple u64 u64 u64))", "", "", null)]
    [InlineData("(result (tuple u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64))", "", "", null)]
    [InlineData("(result (tuple u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64))", "", "", "the option memory is missing: its result")]
    public void What_an_asynchronous_function_returns_must_be_readable(string result, string parameters, string options, string? message) => Check($"""
        (component
          (core module $m (func (export "f") {parameters} (result i32) unreachable) (func (export "callback") (param i32 i32 i32) (result i32) unreachable)
            (memory (export "mem") 1))
          (core instance $i (instantiate $m))
          (alias core export $i "mem" (core memory $mem))
          (func (export "f") async {result} (canon lift (core func $i "f") async (callback (core func $i "callback")) {options})))
        """, message, isAsync: true);

    private static void Check(string text, string? message, bool isAsync = false)
    {
        byte[] bytes = Module.ConvertText(text);
        if (message is null)
            Assert.NotNull(Linked.Plan(bytes));
        else
            Assert.Contains(message, Linked.Error(bytes).Message, StringComparison.Ordinal);
        if (!isAsync)
            Assert.Equal(message is null, EngineOracle.Accepts(bytes));
    }
}
