using System;
using System.Collections.Generic;
using Fact.Conformance.Corpus;
using Fact.Host;
using Fact.Ir;
using Fact.Values;
using Wasmtime;
using Xunit;

namespace Fact.Conformance.Fuse;

/// <summary>What fusing need not do because no component can ask for it, and what it cannot do.</summary>
public sealed class FuseLimitFacts
{
    private const string Defined = """(type $r' (resource (rep i32))) (export $r "r" (type $r'))""";
    private const string Maker = """(component $maker (type $r (resource (rep i32))) (export "r" (type $r))) (instance $maker (instantiate $maker))""";
    private const string Lent = """(import "i" (instance (alias outer 1 $r (type $o)) (export "r" (type $x (eq $o))) (export "f" (func (param "x" (borrow $x))))))""";

    public static TheoryData<string> OwnResourcesInImports =>
    [
        """(type $r (resource (rep i32))) (import "f" (func (param "x" (borrow $r))))""",
        """(type $r (resource (rep i32))) (import "r" (type $r2 (eq $r))) (import "f" (func (param "x" (borrow $r2))))""",
        """(type $r (resource (rep i32))) """ + Lent,
        Defined + """(import "f" (func (param "x" (borrow $r))))""",
        Defined + """(type $l (list (borrow $r))) (import "f" (func (param "x" $l)))""",
        Defined + """(import "f" (func (result (own $r))))""",
        Defined + Lent,
        Maker + """(alias export $maker "r" (type $r)) (import "f" (func (param "x" (borrow $r))))""",
        Maker + """(export $exported "maker" (instance $maker)) (alias export $exported "r" (type $r))""" + Lent,
        // The type of the host's function is of the host's resource, whatever an inner component that is given it takes it for.
        """
        (import "r" (type $r (sub resource))) (import "f" (func $f (param "x" (borrow $r))))
        (type $own (resource (rep i32)))
        (component $in (import "r" (type $r (sub resource))) (import "f" (func (param "x" (borrow $r)))))
        (instance (instantiate $in (with "r" (type $own)) (with "f" (func $f))))
        """,
    ];

    [Theory]
    [MemberData(nameof(OwnResourcesInImports))]
    public void No_import_mentions_a_resource_type_that_the_component_defines(string text)
    {
        byte[] component = Module.ConvertText($"(component {text})");
        using var engine = GatedEngine.Make();

        Assert.False(ComponentCompiler.TryLink(component, out _, out var errors));
        Assert.Contains("resource", errors[0].Message, StringComparison.Ordinal);
        Assert.Throws<WasmtimeException>(() => Wasmtime.Components.Component.FromBytes(engine, component));
    }

    // A guest takes a handle of one imported type for that of the other, which no function type lets it have.
    private static string Pair(string drop, bool hasOther) => $$"""
        (component
          (import "a" (type $a (sub resource)))
          (import "b" (type $b (sub resource)))
          (core func $drop (canon resource.drop ${{drop}}))
          (core module $m (import "" "drop" (func $drop (param i32))) (func (export "f") (param i32) (call $drop (local.get 0))))
          (core instance $i (instantiate $m (with "" (instance (export "drop" (func $drop))))))
          (func (export "run") (param "x" (own $a)) (canon lift (core func $i "f")))
          {{(hasOther ? """
          (component $other
            (import "b" (type $b (sub resource)))
            (core func $drop (canon resource.drop $b))
            (core instance $i (export "f" (func $drop)))
            (func (export "take") (param "x" (own $b)) (canon lift (core func $i "f"))))
          (instance $other (instantiate $other (with "b" (type $b))))
          (export "take" (func $other "take"))
          """ : "")}})
        """;

    [Theory]
    [InlineData("a", false, true, true, true)]
    [InlineData("a", false, false, true, true)]
    [InlineData("b", false, true, true, true)]
    [InlineData("b", false, false, false, false)]
    [InlineData("a", true, true, true, true)]
    [InlineData("b", true, false, false, false)]
    [InlineData("b", true, true, true, false)]
    public void Where_the_module_keeps_handles_two_imported_types_are_two_whatever_the_host_gives(
        string drop, bool hasOther, bool isOneType, bool returns, bool fusedReturns)
    {
        byte[] component = Module.ConvertText(Pair(drop, hasOther));
        var wrapped = Fuser.Fuse(component, FuseOptions.Default).Bind(Wrapper.Wrap).Match(made => made, errors => throw new InvalidOperationException(errors.ToString()));

        Assert.Equal(returns ? ["dropped 7", "returned"] : ["trap"], Run(component, isOneType));
        Assert.Equal(fusedReturns ? ["dropped 7", "returned"] : ["trap"], Run([.. wrapped], isOneType));
    }

    private static List<string> Run(byte[] component, bool isOneType)
    {
        var happened = new List<string>();
        ResourceType a = new("a"), b = isOneType ? a : new("b");
        using var engine = new HostEngine();
        using var host = ComponentHost.Open(engine, component).Match(made => made, errors => throw new InvalidOperationException(errors.ToString()));
        var imports = HostImports.None.WithResource("a", a, rep => happened.Add($"dropped {rep}")).WithResource("b", b, rep => happened.Add($"dropped {rep}"));
        using var instance = host.Instantiate(imports).Match(made => made, failure => throw new InvalidOperationException(failure.ToString()));
        happened.Add(instance.Invoke("run", [new ComponentValue.Own(HostHandle.New(a, 7))]).Match(_ => "returned", _ => "trap"));
        return happened;
    }
}
