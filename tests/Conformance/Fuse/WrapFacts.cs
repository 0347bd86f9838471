using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Conformance.Corpus;
using Fact.Ir;
using Fact.Properties;
using Fact.Properties.Facade;
using Wasmtime;
using Wasmtime.Components;
using Xunit;
using Xunit.Abstractions;

namespace Fact.Conformance.Fuse;

/// <summary>The component around a fused module has the type of the original.</summary>
public sealed class WrapFacts(ITestOutputHelper output)
{
    private const string Guest = """
        (core module $m
          (memory (export "memory") 1)
          (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
          (func (export "f") (param i32) (result i32) (local.get 0))
          (func (export "g") (param i32 i32))
          (func (export "drop") (param i32)))
        (core instance $i (instantiate $m))
        """;

    public static TheoryData<string, string> Types => new()
    {
        { "types alone", """(component (type $t (record (field "x" u32))) (export $t2 "t" (type $t)) (type $l (list $t2)) (export "l" (type $l)))""" },
        { "an alias that needs no name",
            $"""(component {Guest} (type $n u32) (export $n2 "n" (type $n)) (func (export "f") (param "x" $n2) (result u32) (canon lift (core func $i "f"))))""" },
        { "one function by two names",
            $"""(component {Guest} (func $f (param "x" u32) (result u32) (canon lift (core func $i "f"))) (export "f" (func $f)) (export "g" (func $f)))""" },
        { "an instance by two names", $"""
            (component {Guest} (func $f (param "x" u32) (result u32) (canon lift (core func $i "f"))) (instance $o (export "f" (func $f)))
              (export "a:b/c@1.2.3" (instance $o)) (export "d" (instance $o)))
            """ },
        { "an import that is exported", """
            (component (import "a:b/types@0.2.0" (instance $t (export "r" (type (sub resource))) (type $rec (record (field "x" u32))) (export "rec" (type (eq $rec)))))
              (export "again" (instance $t)) (alias export $t "rec" (type $rec)) (export "rec" (type $rec)))
            """ },
        { "types of an inner component", $"""
            (component
              (component $c
                {Guest}
                (type $rec (record (field "x" u32)))
                (export $rec2 "rec" (type $rec))
                (type $list (list $rec2))
                (export $list2 "recs" (type $list))
                (func (export "f") (param "x" $rec2) (result $rec2) (canon lift (core func $i "f")))
                (func (export "g") (param "x" $list2) (canon lift (core func $i "g") (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))
              (instance $c (instantiate $c))
              (alias export $c "rec" (type $rec))
              (export "a:b/c" (instance $c)))
            """ },
        { "an instance that mentions another", $"""
            (component
              (component $types (type $e (enum "a" "b")) (export "e" (type $e)))
              (instance $types (instantiate $types))
              (export $out "a:b/types" (instance $types))
              (alias export $out "e" (type $e))
              (component $user
                (type $inner (enum "a" "b"))
                (import "e" (type $e (eq $inner)))
                {Guest}
                (export $e2 "e" (type $e))
                (type $o (option $e2))
                (func (export "f") (param "x" $e2) (result $e2) (canon lift (core func $i "f")))
                (func (export "g") (param "x" $o) (canon lift (core func $i "g"))))
              (instance $user (instantiate $user (with "e" (type $e))))
              (export "a:b/user" (instance $user)))
            """ },
        { "a resource of its own", $"""
            (component
              {Guest}
              (type $r (resource (rep i32) (dtor (core func $i "drop"))))
              (core func $new (canon resource.new $r))
              (export $r2 "r" (type $r))
              (func (export "[constructor]r") (param "x" u32) (result (own $r2)) (canon lift (core func $i "f")))
              (func (export "[method]r.get") (param "self" (borrow $r2)) (result u32) (canon lift (core func $i "f"))))
            """ },
        { "a resource type that nothing uses", """(component (type $r (resource (rep i32))) (export "r" (type $r)) (export $s "s" (type $r)))""" },
        { "an import of a module and of types", """
            (component
              (core type $f (func (param i32)))
              (core type $m (module (alias outer 1 $f (type $f)) (import "a" "b" (func (type $f))) (export "c" (memory 1 2)) (export "t" (table 1 funcref))))
              (import "m" (core module (type $m)))
              (import "n" (core module (type $m)))
              (import "i" (instance (export "c" (component (import "x" (type $r (sub resource))) (export "y" (func (param "x" (own $r)))))))))
            """ },
        { "a start function that calls an import", """
            (component
              (import "f" (func $f))
              (core func $f (canon lower (func $f)))
              (core module $m (import "" "f" (func $f)) (func $s (call $f)) (start $s))
              (core instance (instantiate $m (with "" (instance (export "f" (func $f)))))))
            """ },
        { "an instance that is exported as less than it is", $"""
            (component
              (component $c
                {Guest}
                (type $e (enum "a" "b"))
                (export $e2 "e" (type $e))
                (func (export "f") (param "x" $e2) (result $e2) (canon lift (core func $i "f")))
                (func (export "g") (param "x" u32) (result u32) (canon lift (core func $i "f"))))
              (instance $c (instantiate $c))
              (export "a:b/c" (instance $c) (instance
                (type $e (enum "a" "b")) (export "e" (type $e2 (eq $e))) (export "f" (func (param "x" $e2) (result $e2)))))
              (export "a:b/d" (instance $c) (instance (export "g" (func (param "x" u32) (result u32))))))
            """ },
        { "instance and component types", """
            (component
              (import "r" (type $r (sub resource)))
              (type $t (instance (alias outer 1 $r (type $o)) (export "f" (func (param "x" (own $o)))) (export "deep" (instance (export "g" (func))))))
              (import "i" (instance (type $t)))
              (import "j" (instance $j (type $t)))
              (alias export $j "deep" (instance $deep))
              (export "t" (type $t))
              (type $c (component (import "x" (instance (export "s" (type (sub resource))))) (export "y" (func))))
              (export "c" (type $c)))
            """ },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Its_type_is_that_of_the_original(string what, string text)
    {
        byte[] component = Module.ConvertText(text);
        byte[] wrapped = Wrapped(component);
        using var engine = GatedEngine.Make();

        Assert.Null(Refused(engine, component));
        Assert.Null(Refused(engine, wrapped));
        string? difference = SameType.Difference(component, wrapped);
        Assert.True(difference is null, $"{what}: {difference}");
        Assert.Null(SameType.Difference(component, Wrapped(wrapped)));
    }

    [CorpusFact]
    public void Those_of_real_components_have_the_types_of_the_originals()
    {
        using var engine = GatedEngine.Make();
        int same = 0;
        var wrong = new List<string>();
        foreach (var (name, bytes) in Properties.Corpus.Components)
        {
            if (!ComponentCompiler.TryLink(bytes, out var plan, out _) || !Fuser.TryFuse(plan, FuseOptions.Default, out var fused, out _))
                continue;
            if (!Wrapper.TryWrap(fused, out var wrapped, out var errors))
            {
                wrong.Add($"{name}: {errors[0]}");
                continue;
            }
            if (SameType.Difference(bytes, [.. wrapped]) is { } difference && SameType.Difference(bytes, bytes) is null)
                wrong.Add($"{name}: {difference}");
            else if (Refused(engine, [.. wrapped]) is { } why && Refused(engine, bytes) is null)
                wrong.Add($"{name}: {why}");
            else
                same++;
        }
        output.WriteLine($"{same} the same");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(same > 50, $"only {same} components");
    }

    private static string? Refused(Engine engine, byte[] component)
    {
        try
        {
            using var loaded = Wasmtime.Components.Component.FromBytes(engine, component);
            return null;
        }
        catch (WasmtimeException error)
        {
            return error.Message;
        }
    }

    private static byte[] Wrapped(byte[] component)
    {
        Assert.True(Fuser.TryFuse(component, FuseOptions.Default, out var fused, out var errors), errors.ToString());
        Assert.True(Wrapper.TryWrap(fused, out var wrapped, out errors), errors.ToString());
        return [.. wrapped];
    }
}
