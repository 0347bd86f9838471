using System;
using Fact.Component.Binary;
using Fact.Component.Types;
using Fact.Model.Laws;
using Fact.Properties.Component.Link;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Component.Types;

/// <summary>
/// Imports and exports mention record, variant, flags, enum and resource types by an index that has a name. Spec: Explainer, "External Visibility of Types".
/// </summary>
public sealed class VisibilityLaws
{
    /// <summary>
    /// Wasmtime looks for the names that an instance type gives around it only, where the type is exported as a type. Where an instance of it is exported
    /// it finds them; by the text both are the same, so the second says what is right for the first.
    /// </summary>
    [Law(600)]
    public void What_has_a_name_is_decided_as_in_Wasmtime(int a, int b)
    {
        byte[] types = Module.ConvertText(new TypeScopes(new Random((a * 1_000) + b)).Component(type => $"(type (eq {type}))"));
        byte[] instances = Module.ConvertText(new TypeScopes(new Random((a * 1_000) + b)).Component(type => $"(instance (type {type}))"));
        var context = new CheckContext();
        bool isValid = ComponentDecoder.Decode(types).Match(Right: ast => ComponentChecker.Check(context, ast) is not null, Left: _ => false);
        Assert.True(EngineOracle.Says(instances) is var theirs && theirs.Length == 0 == isValid, $"Wasmtime says \"{theirs}\", we say \"{context.Error}\"");
    }

    [Theory]
    [InlineData("(type $t (record (field \"x\" s8)))", "(param \"p\" $t)")]
    [InlineData("(type $t (variant (case \"c\" string)))", "(result $t)")]
    [InlineData("(type $t (enum \"e\" \"f\"))", "(param \"p\" (list $t))")]
    [InlineData("(type $t (flags \"g\"))", "(result (result $t (error string)))")]
    public void An_instance_type_names_the_types_that_it_exports(string definition, string mention)
    {
        string unnamed = $"(type $i (instance {definition} (export \"t\" (type (eq $t))) (export \"f\" (func {mention}))))";
        string mentionByName = mention.Replace("$t", "$n", StringComparison.Ordinal);
        string named = $"(type $i (instance {definition} (export \"t\" (type $n (eq $t))) (export \"f\" (func {mentionByName}))))";
        foreach (string use in new[] { "(export \"i\" (type $i))", "(import \"i\" (type (eq $i)))", "(import \"i\" (instance (type $i)))" })
        {
            Assert.NotNull(Linked.Plan($"(component {named} {use})"));
            Assert.Contains("mentions a ", Linked.Error($"(component {unnamed} {use})").Message, StringComparison.Ordinal);
        }
        // By itself it says nothing of what is around it, which may have the names.
        Assert.NotNull(Linked.Plan($"(component {unnamed})"));
    }

    [Theory]
    [InlineData("(export \"r\" (type $r (sub resource))) (export \"f\" (func (param \"p\" (borrow $r)) (result (own $r))))", true)]
    [InlineData("(export \"r\" (type $r (sub resource))) (export \"s\" (type $s (eq $r))) (export \"[method]s.m\" (func (param \"self\" (borrow $s))))", true)]
    [InlineData("(export \"r\" (type $r (sub resource))) (export \"s\" (type $s (eq $r))) (export \"[method]s.m\" (func (param \"self\" (borrow $r))))", false)]
    [InlineData("(export \"r\" (type $r (sub resource))) (export \"s\" (type $s (eq $r))) (export \"[constructor]s\" (func (result (own $r))))", false)]
    [InlineData("(export \"r\" (type $r (sub resource))) (type $o (own $r)) (export \"[constructor]r\" (func (result (result $o (error $o)))))", true)]
    [InlineData("(export \"e\" (type $r (sub resource))) (export \"r\" (type $s (sub resource))) (export \"[constructor]r\" (func (result (result (own $s) "
        + "(error (own $r))))))", true)]
    [InlineData("(export \"e\" (type $r (sub resource))) (export \"r\" (type $s (sub resource))) (export \"[constructor]r\" (func (result (result (own $r) "
        + "(error (own $s))))))", false)]
    [InlineData("(type $a (enum \"x\")) (export \"b\" (type $b (eq $a))) (export \"c\" (type $c (eq $b))) (export \"f\" (func (param \"p\" $c) (result $b)))", true)]
    [InlineData("(type $a (enum \"x\")) (export \"b\" (type $b (eq $a))) (export \"c\" (type $c (eq $b))) (export \"f\" (func (param \"p\" $c) (result $a)))", false)]
    [InlineData("(type $a (enum \"x\")) (export \"n\" (instance $n (alias outer 1 $a (type $a)) (export \"b\" (type (eq $a))))) (alias export $n \"b\" (type $b)) "
        + "(export \"f\" (func (param \"p\" $b)))", true)]
    [InlineData("(type $a (enum \"x\")) (export \"n\" (instance $n (alias outer 1 $a (type $a)) (export \"b\" (type (eq $a))))) (alias export $n \"b\" (type $b)) "
        + "(export \"f\" (func (param \"p\" $a)))", false)]
    [InlineData("(type $n (instance (type $a (enum \"x\")) (export \"b\" (type $b (eq $a))) (export \"f\" (func (param \"p\" $b))))) (export \"n\" (type (eq $n)))",
        true)]
    [InlineData("(type $n (instance (type $a (enum \"x\")) (export \"b\" (type $b (eq $a))) (export \"f\" (func (param \"p\" $a))))) (export \"n\" (type (eq $n)))",
        false)]
    [InlineData("(type $a (enum \"x\")) (type $n (component (alias outer 1 $a (type $a)) (export \"b\" (type $b (eq $a))) (export \"f\" (func (param \"p\" $b))))) "
        + "(export \"n\" (component (type $n)))", true)]
    public void Names_in_instance_types_are_those_of_indices(string declarations, bool isValid)
    {
        foreach (string use in new[] { "(export \"i\" (type $i))", "(import \"i\" (type (eq $i)))" })
        {
            string text = $"(component (type $i (instance {declarations})) {use})";
            if (isValid)
                Assert.NotNull(Linked.Plan(text));
            else
                Assert.NotEmpty(Linked.Error(text).Message);
        }
        // An instance type inside of it as well.
        string instances = declarations.Replace("(type (eq $n))", "(instance (type $n))", StringComparison.Ordinal);
        byte[] component = Module.ConvertText($"(component (type (component (type $i (instance {instances})) (export \"i\" (instance (type $i))))))");
        Assert.Equal(isValid, EngineOracle.Accepts(component));
    }

    [Theory]
    [InlineData("(export $n \"n\" (type $r))", "$n", true)]
    [InlineData("(export $n \"n\" (type $r))", "$r", false)]
    [InlineData("(import \"n\" (type $n (eq $r)))", "$n", true)]
    [InlineData("", "$r", false)]
    public void What_an_instance_type_takes_from_around_it_has_its_name_there(string definition, string mention, bool isValid)
    {
        string text = $"""
            (component
              (type $r (record (field "x" u8)))
              {definition}
              (type $i (instance (alias outer 1 {mention} (type $m)) (export "f" (func (result $m)))))
              (export "i" (type $i)))
            """;
        if (isValid)
            Assert.NotNull(Linked.Plan(text));
        else
            Assert.Contains("\"i\" mentions the record type 0 by an index that has no name", Linked.Error(text).Message, StringComparison.Ordinal);
        Assert.Equal(isValid, EngineOracle.Accepts(Module.ConvertText($"(component {text})")));
    }

    [Fact]
    public void Names_inside_of_an_instance_type_are_not_names_outside()
    {
        // No instance comes with the type, so that nothing could take a type out of it by its name.
        Assert.Contains("mentions the enum type 0", Linked.Error("""
            (component
              (type $a (enum "x"))
              (type $i (instance (alias outer 1 $a (type $a)) (export "b" (type (eq $a)))))
              (export "i" (type $i))
              (import "f" (func (param "p" $a))))
            """).Message, StringComparison.Ordinal);
    }
}
