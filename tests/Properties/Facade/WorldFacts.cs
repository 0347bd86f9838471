using System;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Facade;

/// <summary>A fused module says what its component was where that is a world: then tools make a component of it again.</summary>
public sealed class WorldFacts
{
    private const string Guest = """
        (core module $m
          (func (export "f") (param i32)) (func (export "g") (result i32) (i32.const 1)) (func (export "h"))
          (memory (export "memory") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64)))
        (core instance $i (instantiate $m))
        """;

    private const string Things = """(import "a:b/things" (instance $things (export "r" (type (sub resource))))) (alias export $things "r" (type $r))""";
    private const string Plain = """(import "things" (instance $things (export "r" (type (sub resource))))) (alias export $things "r" (type $r))""";

    // An instance that uses an imported type and has a function with it.
    private const string User = """
        (component $user
          (import "r" (type $r (sub resource)))
          (import "f" (func $f (param "x" (own $r))))
          (export $r2 "r" (type $r))
          (export "f" (func $f) (func (param "x" (own $r2)))))
        (func $f (param "x" (own $r)) (canon lift (core func $i "f")))
        (instance $user (instantiate $user (with "r" (type $r)) (with "f" (func $f))))
        """;

    public static TheoryData<string> OfWorlds =>
    [
        "",
        Guest + """(func (export "h") (canon lift (core func $i "h")))""",
        Things + """(import "a:b/users@1.2.3" (instance (export "r" (type $r2 (eq $r))) (export "f" (func (param "x" (own $r2))))))""",
        Things + """(import "user" (instance (export "q" (type $r2 (eq $r))) (export "f" (func (param "x" (own $r2))))))""",
        Things + Guest + User + """(export "a:b/user" (instance $user))""",
        Things + Guest + User + """(export "user" (instance $user))""",
        Things + """(import "mine" (type $mine (eq $r))) (import "f" (func (param "x" (borrow $mine)) (result (own $mine))))""",
        Things + """(import "mine" (type $mine (eq $r))) (import "also" (type $also (eq $mine))) (type $l (list (own $also))) (import "f" (func (param "x" $l)))""",
        Things + """(export "again" (instance $things)) (export "a:b/more" (instance $things))""",
        """
        (import "a:b/one@1.0.0" (instance $one (export "r" (type (sub resource))))) (alias export $one "r" (type $r))
        (import "a:b/two@2.0.0" (instance $two (export "r" (type (eq $r))))) (alias export $two "r" (type $r2))
        (import "a:b/three@2.0.0" (instance $three (export "r" (type (eq $r2))))) (alias export $three "r" (type $r3))
        (import "a:b/four" (instance (export "r" (type (eq $r2))) (export "r3" (type (eq $r3)))))
        """,
        """(import "r" (type $r (sub resource))) (import "[method]r.m" (func (param "self" (borrow $r))))""",
        """
        (import "i" (instance
          (export "r" (type $r (sub resource))) (export "s" (type $s (eq $r)))
          (type $l' (list (own $s))) (export "l" (type $l (eq $l'))) (export "f" (func (param "x" $l)))))
        """,
        // One interface is imported and exported, with resource types that are used.
        """
        (import "a:b/t" (instance $t (export "q" (type (sub resource))))) (alias export $t "q" (type $q))
        (import "a:b/c" (instance
          (export "q" (type $q2 (eq $q))) (export "r" (type $r (sub resource))) (export "s" (type $s (sub resource)))
          (export "f" (func (param "x" (own $q2)))) (export "g" (func (param "x" (own $r)))) (export "h" (func (param "x" (own $s))))))
        (component $m
          (import "q" (type $q (sub resource)))
          (core module $m (func (export "f") (param i32)))
          (core instance $i (instantiate $m))
          (export $q2 "q" (type $q)) (type $r' (resource (rep i32))) (export $r "r" (type $r')) (type $s' (resource (rep i32))) (export $s "s" (type $s'))
          (func (export "f") (param "x" (own $q2)) (canon lift (core func $i "f")))
          (func (export "g") (param "x" (own $r)) (canon lift (core func $i "f")))
          (func (export "h") (param "x" (own $s)) (canon lift (core func $i "f"))))
        (instance $own (instantiate $m (with "q" (type $q)))) (export "a:b/c" (instance $own))
        """,
        // One interface is imported and exported.
        """
        (import "a:b/c" (instance $c (type $e' (enum "a" "b")) (export "e" (type $e (eq $e'))) (export "g" (func (result $e)))))
        (component $m
          (core module $m (func (export "g") (result i32) (i32.const 1)))
          (core instance $i (instantiate $m))
          (type $e' (enum "a" "b")) (export $e "e" (type $e'))
          (func (export "g") (result $e) (canon lift (core func $i "g"))))
        (instance $own (instantiate $m)) (export "a:b/c" (instance $own))
        """,
    ];

    // An imported and an exported interface of one name, whose types are written in different ways.
    [Theory]
    [InlineData("""(type $l (list u8)) (export "f" (func (param "x" $l))) (export "g" (func (param "x" $l)))""", true)]
    [InlineData("""(type $k (list u8)) (export "f" (func (param "x" $k))) (type $l (list u8)) (export "g" (func (param "x" $l)))""", true)]
    [InlineData("""(type $k (list s8)) (export "f" (func (param "x" $k))) (type $l (list u8)) (export "g" (func (param "x" $l)))""", false)]
    public void One_interface_may_be_written_in_different_ways(string exports, bool isOne)
    {
        Assert.Equal(isOne, IsSaid($"""
            (import "a:b/c" (instance {exports}))
            (core module $m (memory (export "m") 1) (func (export "r") (param i32 i32 i32 i32) (result i32) unreachable) (func (export "f") (param i32 i32)))
            (core instance $i (instantiate $m))
            (type $l (list u8))
            (func $f (param "x" $l) (canon lift (core func $i "f") (memory (core memory $i "m")) (realloc (core func $i "r"))))
            (instance $own (export "f" (func $f)) (export "g" (func $f)))
            (export "a:b/c" (instance $own))
            """));
    }

    public static TheoryData<string> OfNone =>
    [
        // An interface without a full name is mentioned by others.
        Plain + """(import "a:b/users" (instance (export "r" (type (eq $r)))))""",
        Plain + """(import "users" (instance (export "r" (type (eq $r)))))""",
        Plain + """(import "mine" (type (eq $r)))""",
        Plain + """(import "f" (func (param "x" (own $r))))""",
        Plain + Guest + User + """(export "a:b/user" (instance $user))""",
        Plain + """(export "a:b/again" (instance $things))""",
        // A type of the world is mentioned by an interface.
        """(import "r" (type $r (sub resource))) (import "a:b/users" (instance (export "r" (type (eq $r)))))""",
        """(import "r" (type $r (sub resource))) (import "i" (instance (export "f" (func (param "x" (own $r))))))""",
        """(type $e' (enum "a")) (import "e" (type $e (eq $e'))) (import "a:b/users" (instance (export "e" (type (eq $e)))))""",
        // A type is mentioned that is not used by a name.
        Things + """(import "a:b/users" (instance (export "f" (func (param "x" (own $r))))))""",
        Things + """(import "f" (func (param "x" (own $r))))""",
        Things + Guest + """(func (export "f") (param "x" (own $r)) (canon lift (core func $i "f")))""",
        Things + """(import "a:b/users" (instance (type $l (list (own $r))) (export "l" (type (eq $l)))))""",
        // What is imported and exported by one name is no one interface.
        Things + """(export "a:b/things" (instance $things))""",
        """(import "a:b/c" (instance (export "f" (func)))) """ + Guest
            + """(func $h (canon lift (core func $i "h"))) (instance $own (export "h" (func $h))) (export "a:b/c" (instance $own))""",
        """(import "a:b/c" (instance (export "f" (func (param "x" u32))))) """ + Guest
            + """(func $f (param "x" s32) (canon lift (core func $i "f"))) (instance $own (export "f" (func $f))) (export "a:b/c" (instance $own))""",
        """
        (import "a:b/c" (instance
          (export "r" (type $r (sub resource))) (export "s" (type $s (sub resource))) (export "g" (func (param "x" (own $r)))) (export "h" (func (param "x" (own $s))))))
        (component $m
          (core module $m (func (export "f") (param i32)))
          (core instance $i (instantiate $m))
          (type $r' (resource (rep i32))) (export $r "r" (type $r')) (type $s' (resource (rep i32))) (export $s "s" (type $s'))
          (func (export "g") (param "x" (own $s)) (canon lift (core func $i "f")))
          (func (export "h") (param "x" (own $r)) (canon lift (core func $i "f"))))
        (instance $own (instantiate $m)) (export "a:b/c" (instance $own))
        """,
        // What is exported uses what is imported, where the same interface is exported too.
        Things + Guest + User + """
            (component $m (type $r' (resource (rep i32))) (export "r" (type $r')))
            (instance $own (instantiate $m)) (export "a:b/things" (instance $own)) (export "a:b/user" (instance $user))
            """,
        // A package needs itself by way of another.
        """
        (import "a:b/one" (instance $one (export "r" (type (sub resource))))) (alias export $one "r" (type $r))
        (import "a:c/two" (instance $two (export "r" (type (eq $r))))) (alias export $two "r" (type $r2))
        (import "a:b/three" (instance (export "r" (type (eq $r2)))))
        """,
        """(type $e (enum "a")) (export "e" (type $e))""",
        """(import "i" (instance (export "j" (instance (export "f" (func))))))""",
    ];

    [Theory]
    [MemberData(nameof(OfWorlds))]
    public void A_world_is_said(string component) => Assert.True(IsSaid(component));

    [Theory]
    [MemberData(nameof(OfNone))]
    public void What_is_no_world_is_not(string component) => Assert.False(IsSaid(component));

    /// <summary>Whether a fused module has the section.</summary>
    internal static bool IsSaid(FusedComponent fused) => fused.Bytes.AsSpan().IndexOf("component-type:fact"u8) >= 0;

    private static bool IsSaid(string component)
    {
        Assert.True(Fuser.TryFuse(Module.ConvertText($"(component {component})"), FuseOptions.Default, out var fused, out var errors), errors.ToString());
        return IsSaid(fused);
    }
}
