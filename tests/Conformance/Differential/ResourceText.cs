namespace Fact.Conformance.Differential;

/// <summary>
/// What components of a pair with resources have in addition. Each resource type comes with functions that make a resource, that say what a handle stands for, and which
/// resources were destroyed.
/// </summary>
internal static class ResourceText
{
    /// <summary>What a component has that defines a resource type.</summary>
    public static string Definer(int type) => $"""
            (core module $Destructor
              (global $sum (mut i32) (i32.const 0))
              (func (export "dtor") (param i32) (global.set $sum (i32.add (i32.mul (global.get $sum) (i32.const 31)) (local.get 0))))
              (func (export "dropped") (result i32) (global.get $sum)))
            (core instance $destructor (instantiate $Destructor))
            (alias core export $destructor "dropped" (core func $dropped{type}))
            (type $r{type}-own (resource (rep i32) (dtor (core func $destructor "dtor"))))
            (export $r{type} "r{type}" (type $r{type}-own))
            (core func $make{type} (canon resource.new $r{type}-own))
            (core module $Definer
              (import "" "new" (func $new (param i32) (result i32)))
              (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
              (func (export "rep") (param i32) (result i32) (local.get 0)))
            (core instance $definer (instantiate $Definer (with "" (instance (export "new" (func $make{type}))))))
            (func (export "make{type}") (param "rep" u32) (result (own $r{type})) (canon lift (core func $definer "make")))
            (func (export "rep{type}") (param "it" (borrow $r{type})) (result u32) (canon lift (core func $definer "rep")))
            (func (export "dropped{type}") (result u32) (canon lift (core func $dropped{type})))

        """;

    /// <summary>What a component sees of a resource type in an instance that it imports.</summary>
    public static string Imported(int type) => $"""
            (export "r{type}" (type $r{type} (sub resource)))
            (export "make{type}" (func (param "rep" u32) (result (own $r{type}))))
            (export "rep{type}" (func (param "it" (borrow $r{type})) (result u32)))
            (export "dropped{type}" (func (result u32)))

        """;

    /// <summary>The functions that the callee needs.</summary>
    public const string CalleeFunctions = LeafFunctions + """
            (core func $drop1 (canon resource.drop $r1-own))
            (core func $rep1 (canon resource.rep $r1-own))

        """;

    /// <summary>The functions that the caller needs.</summary>
    public const string CallerFunctions = LeafFunctions + """
            (alias export $callee "r1" (type $r1))
            (core func $drop1 (canon resource.drop $r1))
            (core func $make1 (canon lower (func $callee "make1")))
            (core func $rep1 (canon lower (func $callee "rep1")))
            (core func $dropped1 (canon lower (func $callee "dropped1")))

        """;

    /// <summary>The functions as arguments of an instantiation.</summary>
    public const string Arguments = """
         (with "res" (instance
              (export "make0" (func $make0)) (export "drop0" (func $drop0)) (export "rep0" (func $rep0)) (export "dropped0" (func $dropped0))
              (export "make1" (func $make1)) (export "drop1" (func $drop1)) (export "rep1" (func $rep1)) (export "dropped1" (func $dropped1))))
        """;

    private const string LeafFunctions = """
            (core func $drop0 (canon resource.drop $r0))
            (core func $make0 (canon lower (func $leaf "make0")))
            (core func $rep0 (canon lower (func $leaf "rep0")))
            (core func $dropped0 (canon lower (func $leaf "dropped0")))

        """;
}
