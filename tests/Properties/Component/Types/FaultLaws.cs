using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component;
using Fact.Component.Binary;
using Fact.Component.Types;
using Fact.Ir;
using Fact.Model.Laws;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Component.Types;

/// <summary>Checking goes on after a faulty definition: each fault is reported, and nothing that only comes of one.</summary>
public sealed class FaultLaws
{
    private const string Common = """
        (core module $m (func (export "f")) (memory (export "mem") 1))
        (core instance $i (instantiate $m))
        (core func $f (alias core export $i "f"))
        """;

    /// <summary>Definitions with a fault of their own, and others that would be right but for that.</summary>
    private static readonly (DiagnosticCode Code, string Faulty, string[] Dependents)[] Faults =
    [
        (DiagnosticCode.Unsupported, "(type $t# (stream char))",
            ["(type (list $t#))", "(type (tuple $t# $t#))", "(type (func (param \"x\" $t#)))", "(import \"t#\" (type (eq $t#)))",
            "(component (alias outer 1 $t# (type)) (type (list 0)))", "(type (component (alias outer 1 $t# (type)) (export \"x\" (type (eq 0)))))"]),
        (DiagnosticCode.InvalidType, "(type $t# (func (result (borrow $r))))", ["(import \"t#\" (func (type $t#)))", "(func (type $t#) (canon lift (core func $f)))"]),
        (DiagnosticCode.NotDefined, "(func $g# (type 99999) (canon lift (core func $f)))", ["(export \"g#\" (func $g#))", "(core func (canon lower (func $g#)))",
            "(instance (export \"g\" (func $g#)))", "(instance (instantiate $needs (with \"f\" (func $g#))))"]),
        (DiagnosticCode.Unsupported, "(component $c# (type (list u8)) (type (stream char)) (type (list 1)))",
            ["(instance (instantiate $c#))", "(export \"c#\" (component $c#))"]),
        (DiagnosticCode.TypeMismatch, "(instance $n# (instantiate $needs (with \"f\" (func $wrong))))",
            ["(alias export $n# \"e\" (func))", "(export \"n#\" (instance $n#))"]),
        (DiagnosticCode.NotDefined, "(import \"r#\" (type $r# (eq 99999)))", ["(import \"[method]r#.m\" (func (param \"self\" (borrow $r#))))", "(type (own $r#))",
            "(import \"[static]r#.s\" (func))"]),
        (DiagnosticCode.NotDefined, "(core instance $k# (instantiate 99))", ["(core func (alias core export $k# \"f\"))", "(alias core export $k# \"f\" (core memory))",
            "(core instance (instantiate $m (with \"\" (instance $k#))))"]),
        (DiagnosticCode.NotDefined, "(core func $l# (alias core export $i \"none\"))",
            ["(func (type $nothing) (canon lift (core func $l#)))", "(core instance (export \"x\" (func $l#)))"]),
        (DiagnosticCode.NotDefined, "(alias export $h \"none\" (instance $a#))", ["(alias export $a# \"x\" (func))", "(export \"a#\" (instance $a#))"]),
        (DiagnosticCode.WrongCoreType, "(type $d# (resource (rep i32) (dtor (core func $realloc))))",
            ["(core func (canon resource.drop $d#))", "(type (own $d#))", "(export \"d#\" (type $d#))"]),
        (DiagnosticCode.CanonicalOption, "(core func $o# (canon lower (func $text)))", ["(core instance (export \"x\" (func $o#)))"]),
    ];

    private static readonly string[] Sound =
    [
        "(type (list string))", "(import \"s#\" (func))", "(core module (func (export \"g\")))", "(component)", "(core instance (instantiate $m))",
        "(func (type $nothing) (canon lift (core func $f)))",
    ];

    private const string Start = """
        (core module $m (func (export "f")) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
        (core instance $i (instantiate $m))
        (core func $f (alias core export $i "f"))
        (core func $realloc (alias core export $i "realloc"))
        (type $nothing (func))
        (import "r" (type $r (sub resource)))
        (import "h" (instance $h))
        (import "text" (func $text (param "p" string)))
        (import "wrong" (func $wrong (result u8)))
        (component $needs (import "f" (func $g)) (export "e" (func $g)))
        """;

    [SeededFact]
    public void Every_fault_is_reported_once_and_what_comes_of_it_never()
    {
        var random = Fuzz.Random(71);
        for (int n = Fuzz.Cases ?? 100; n > 0; n--)
        {
            var text = new List<string>();
            var expected = new List<DiagnosticCode>();
            var dependents = new List<string>();
            for (int i = random.Next(1, 8); i >= 0; i--)
            {
                string Numbered(string definition) => definition.Replace("#", $"{i}", StringComparison.Ordinal);
                if (random.Next(3) == 0)
                    text.Add(Numbered(Sound[random.Next(Sound.Length)]));
                var (code, faulty, uses) = Faults[random.Next(Faults.Length)];
                text.Add(Numbered(faulty));
                expected.Add(code);
                dependents.AddRange(uses.Where(_ => random.Next(2) == 0).Select(Numbered));
                for (int j = random.Next(dependents.Count + 1); j > 0; j--)
                {
                    int one = random.Next(dependents.Count);
                    text.Add(dependents[one]);
                    dependents.RemoveAt(one);
                }
            }
            string component = $"(component {Start}\n{string.Join("\n", text.Concat(dependents))})";
            var found = Errors(component);
            Assert.True(expected.SequenceEqual(found.Select(error => error.Code)),
                $"expected {string.Join(", ", expected)}, found:\n{string.Join("\n", found)}\nin\n{component}");
            Assert.Equal(found.OrderBy(error => error.Offset), found);
        }
    }

    /// <summary>What the law relies on: nothing but the faults themselves is wrong.</summary>
    [Fact]
    public void What_depends_on_a_fault_is_right_without_it()
    {
        Assert.Empty(Errors($"(component {Start}\n{string.Join("\n", Sound.Select(definition => definition.Replace("#", "0", StringComparison.Ordinal)))})"));
        foreach (var (code, faulty, _) in Faults)
            Assert.Equal(code, Assert.Single(Errors($"(component {Start}\n{faulty.Replace("#", "0", StringComparison.Ordinal)})")).Code);
    }

    [Fact]
    public void Faults_of_nested_components_are_all_reported()
    {
        var errors = Errors("(component (component (type (stream char)) (component (type (stream char)) (type (stream char)))) (type (stream char)))");
        Assert.Equal(4, errors.Length);
        Assert.Equal(["component 0 · type 0", "component 0 · component 0 · type 0", "component 0 · component 0 · type 1", "type 0"],
            errors.Items.Select(error => error.Path));
    }

    [Fact]
    public void A_component_that_is_not_whole_is_not_linked_however_sound_the_rest_is() =>
        Assert.Single(Errors($"(component {Common} (type (stream char)) (type $t (func)) (func (export \"f\") (type $t) (canon lift (core func $f))))"));

    [Fact]
    public void Reports_end_after_so_much_text()
    {
        string name = new('a', 50_000);
        var errors = Errors($"(component {string.Concat(Enumerable.Range(0, 100).Select(i => $"(import \"{name}{i}\" (type (eq 99999)))"))})");
        Assert.InRange(errors.Items.Sum(error => error.Path.Length + error.Message.Length), ComponentLimits.ErrorText / 2, (2 * ComponentLimits.ErrorText) - 1);
    }

    [Fact]
    public void A_budget_that_is_spent_is_reported_once()
    {
        string types = string.Concat(Enumerable.Range(0, 1_001).Select(_ => "(core module)"));
        Assert.Single(Errors($"(component {types} (core instance (instantiate 0)))"));
    }

    private static EquatableArray<Diagnostic> Errors(string text) => Errors(Module.ConvertText(text));

    private static EquatableArray<Diagnostic> Errors(byte[] component) =>
        ComponentDecoder.Decode(component).MapLeft(error => (EquatableArray<Diagnostic>)[error]).Bind(ast => ComponentLinker.Link(ast))
            .Match(Right: _ => [], Left: errors => errors);
}
