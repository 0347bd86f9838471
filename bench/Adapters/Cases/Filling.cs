namespace Fact.Bench.Adapters;

/// <summary>How a caller makes its arguments.</summary>
internal static class Filling
{
    /// <summary>Makes <c>$times</c> elements, each by instructions for the one of the number <c>$i</c> at the address <c>$p</c>.</summary>
    public static string Loop(int elementSize, string element) => $"""
        (block $done (loop $again
                  (br_if $done (i32.ge_u (local.get $i) (local.get $times)))
                  {element}
                  (local.set $p (i32.add (local.get $p) (i32.const {elementSize})))
                  (local.set $i (i32.add (local.get $i) (i32.const 1)))
                  (br $again)))
        """;

    /// <summary>Repeats the pattern.</summary>
    public static string Repeat => """
        (block $done (loop $again
                  (br_if $done (i32.ge_u (local.get $i) (local.get $times)))
                  (memory.copy (local.get $p) (local.get $pattern) (local.get $pattern-bytes))
                  (local.set $p (i32.add (local.get $p) (local.get $pattern-bytes)))
                  (local.set $i (i32.add (local.get $i) (i32.const 1)))
                  (br $again)))
        """;
}
