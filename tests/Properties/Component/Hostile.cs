using System;
using System.Text;

namespace Fact.Properties.Component;

/// <summary>
/// Components that say something large in few bytes: names, types and instances that come again and again. Each grows with a factor; what is made of it may grow
/// as the input does, or not be made.
/// </summary>
internal static class Hostile
{
    /// <summary>A component of a kind, with a factor from 1.</summary>
    public delegate string Kind(int factor);

    /// <summary>The kinds by name; with what is made once for each of many instances, and so only limited.</summary>
    public static readonly (string Name, Kind Of, bool Multiplies)[] Kinds =
    [
        ("bundles that double", f => Doubled(f + 8, 1), false),
        ("bundles with long names that double", f => Doubled(f + 8, 500), false),
        ("imported instances that double", DoubledImports, false),
        ("an exported instance with a long name and many functions", f => $"""
            (component {Lifted(0)}
              (instance $i {Repeat(50 * f, i => $"(export \"f{i}\" (func $f))")})
              (export "{Long(Math.Min(90_000, 2_000 * f))}" (instance $i)))
            """, false),
        ("exports with long parameter names", f => $"""
            (component {Lifted(8, 200 * f)} {Repeat(50 * f, i => $"(export \"f{i}\" (func $f))")})
            """, false),
        ("an imported instance with a long name and many functions", f => $"""
            (component (import "{Long(Math.Min(90_000, 2_000 * f))}" (instance $i {Repeat(50 * f, i => $"(export \"f{i}\" (func))")}))
              {Repeat(50 * f, i => $"(core func (canon lower (func $i \"f{i}\")))")})
            """, false),
        ("an instance type with long names that is imported often", f => $"""
            (component (type $t (instance {Repeat(20 * f, i => $"(export \"{Long(100)}{i}\" (func))")}))
              {Repeat(Math.Min(900, 50 * f), i => $"(import \"i{i}\" (instance (type $t)))")})
            """, false),
        ("a core module type with long names that is imported often", f => $"""
            (component (core type $t (module {Repeat(20 * f, i => $"(import \"{Long(100)}\" \"{i}\" (func)) (export \"{Long(100)}{i}\" (func))")}))
              {Repeat(Math.Min(900, 50 * f), i => $"(import \"i{i}\" (core module (type $t)))")})
            """, false),
        ("components with long names, instantiated often",
            f => Often(f, $"(component ${Long(1_000 * f)} (type $r (resource (rep i32))) (export \"{Long(1_000 * f)}\" (type $r)))"), false),
        ("core modules with long import names, instantiated often", f => Often(f, $"""
            (component
              (core module $m (func (export "{Long(1_000 * f)}")))
              (core instance $m (instantiate $m))
              (core module $n (import "{Long(1_000 * f)}m" "{Long(1_000 * f)}" (func)))
              (core instance (instantiate $n (with "{Long(1_000 * f)}m" (instance $m)))))
            """), false),
        ("functions with long parameter names, lowered in many instances", f => $"""
            (component
              (component $leaf {Lifted(8, 200 * f)} (export "f" (func $f)))
              (instance $leaf (instantiate $leaf))
              (component $relay (import "f" (func $f {Params(8, 200 * f)})) (core func (canon lower (func $f))) (core func (canon lower (func $f) string-encoding=utf16)))
              {Repeat(Math.Min(900, 20 * f), _ => "(instance (instantiate $relay (with \"f\" (func $leaf \"f\"))))")})
            """, false),
        ("resource types with all their built-ins", f => $"""
            (component
              (core module $m
                {Repeat(500 * f, i => $"(import \"\" \"n{i}\" (func (param i32) (result i32))) (import \"\" \"r{i}\" (func (param i32) (result i32)))")}
                {Repeat(500 * f, i => $"(import \"\" \"d{i}\" (func (param i32)))")})
              {Repeat(500 * f, i => $"(type $r{i} (resource (rep i32))) (core func $n{i} (canon resource.new $r{i}))")}
              {Repeat(500 * f, i => $"(core func $r{i} (canon resource.rep $r{i})) (core func $d{i} (canon resource.drop $r{i}))")}
              (core instance (instantiate $m (with "" (instance
                {Repeat(500 * f, i => $"(export \"n{i}\" (func $n{i})) (export \"r{i}\" (func $r{i})) (export \"d{i}\" (func $d{i}))")})))))
            """, false),
        ("types with resources, in many instances", f => Often(f, $"""
            (component
              (type $r' (resource (rep i32)))
              (export $r "r" (type $r'))
              (type $big' (record {Repeat(50 * f, i => $"(field \"{Long(20)}{i}\" (own $r))")}))
              (export $big "big" (type $big'))
              (core module $m (func (export "f") (param i32)) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable) (memory (export "mem") 1))
              (core instance $i (instantiate $m))
              (func (export "f") (param "p" $big) (canon lift (core func $i "f") (memory (core memory $i "mem")) (realloc (core func $i "realloc")))))
            """), true),
        ("bundles in many instances", f => Often(f, $"(component {Lifted(0)} {Repeat(5, _ => $"(instance {Repeat(40 * f, i => $"(export \"f{i}\" (func $f))")})")})"),
            true),
        ("calls of many functions in many instances", f => $"""
            (component
              (component $leaf
                (core module $m {Repeat(10 * f, i => $"(func (export \"f{i}\"))")})
                (core instance $m (instantiate $m))
                {Repeat(10 * f, i => $"(func (export \"f{i}\") (canon lift (core func $m \"f{i}\")))")})
              (instance $leaf (instantiate $leaf))
              (component $relay
                (import "i" (instance $i {Repeat(10 * f, i => $"(export \"f{i}\" (func))")}))
                {Repeat(10 * f, i => $"(core func (canon lower (func $i \"f{i}\")))")})
              {Repeat(10 * f, _ => "(instance (instantiate $relay (with \"i\" (instance $leaf))))")})
            """, true),
        ("a deep chain of instances", f => Chain(Math.Min(900, 50 * f)), false),
    ];

    /// <summary>A name of a length.</summary>
    public static string Long(int length) => "n" + new string('a', length - 1);

    // Instances of instances: as many as the square of the factor, a little more than it.
    private static string Often(int factor, string component) => $"""
        (component
          (component $some {component} {Repeat(Math.Min(900, 10 * factor), _ => "(instance (instantiate 0))")})
          {Repeat(Math.Min(900, 10 * factor), _ => "(instance (instantiate 0))")})
        """;

    private static string Doubled(int depth, int name) => $"""
        (component {Lifted(0)} (instance $i0 (export "f" (func $f)))
          {Repeat(depth, i => $"(instance $i{i + 1} (export \"{Long(name)}a\" (instance $i{i})) (export \"{Long(name)}b\" (instance $i{i})))")}
          (export "all" (instance $i{depth})))
        """;

    private static string DoubledImports(int factor) => $"""
        (component (type $t0 (instance (export "f" (func))))
          {Repeat(factor + 4, i =>
              $"(type $t{i + 1} (instance (alias outer 1 $t{i} (type $t)) (export \"a\" (instance (type $t))) (export \"b\" (instance (type $t)))))")}
          {Repeat(10, i => $"(import \"i{i}\" (instance (type $t{factor + 4})))")})
        """;

    private static string Chain(int length) => $"""
        (component {Lifted(0)}
          (component $c0 (import "f" (func $f)) (core func (canon lower (func $f))))
          {Repeat(length, i => $"(component $c{i + 1} (import \"f\" (func $f)) (alias outer 1 $c{i} (component $inner)) "
              + "(core func (canon lower (func $f))) (instance (instantiate $inner (with \"f\" (func $f)))))")}
          (component $leaf {Lifted(0)} (export "f" (func $f)))
          (instance $leaf (instantiate $leaf))
          (instance (instantiate $c{length} (with "f" (func $leaf "f")))))
        """;

    private static string Lifted(int parameters, int name = 0) => $"""
        (core module $m (func (export "f"){(parameters == 0 ? "" : " (param" + Repeat(parameters, _ => " i32") + ")")}))
        (core instance $m (instantiate $m))
        (func $f {Params(parameters, name)} (canon lift (core func $m "f")))
        """;

    private static string Params(int count, int name) => Repeat(count, i => $"(param \"{Long(name)}{i}\" u32)");

    private static string Repeat(int count, Func<int, string> one)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
            text.Append(one(i)).Append('\n');
        return text.ToString();
    }
}
