using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Values;
using Wasmtime;
using Theirs = Wasmtime.Components.ComponentValue;

namespace Fact.Bench.Host;

/// <summary>All that is measured.</summary>
internal static class HostCases
{
    /// <summary>So many calls of the host does one call of a guest make.</summary>
    private const uint Loops = 100;

    private const int Elements = 100;

    private const string Text = "twelve bytes";

    /// <summary>A guest for calls. It allocates in one place, because no call of it needs more.</summary>
    private const string Guest = """
        (component
          (import "host-add" (func $host-add (param "a" u32) (param "b" u32) (result u32)))
          (type $point' (record (field "x" u32) (field "y" u64) (field "z" f32)))
          (export $point "point" (type $point'))
          (core func $lowered (canon lower (func $host-add)))
          (import "host-first" (func $host-first FOURTEEN (result u32)))
          (core func $lowered-first (canon lower (func $host-first)))
          (core module $m
            (import "" "host-add" (func $host-add (param i32 i32) (result i32)))
            (import "" "host-first" (func $host-first (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
            (memory (export "memory") 1)
            (func (export "realloc") (param i32 i32 i32 i32) (result i32) i32.const 1024)
            (func (export "add") (param i32 i32) (result i32)
              local.get 0 local.get 1 i32.add)
            (func (export "echo") (param i32 i32) (result i32)
              i32.const 16 local.get 0 i32.store
              i32.const 20 local.get 1 i32.store
              i32.const 16)
            (func (export "move") (param i32 i64 f32) (result i32)
              i32.const 16 local.get 0 i32.store
              i32.const 24 local.get 1 i64.store
              i32.const 32 local.get 2 f32.store
              i32.const 16)
            (func (export "sum") (param $at i32) (param $length i32) (result i32) (local $sum i32)
              block
                loop
                  local.get $length i32.eqz br_if 1
                  local.get $sum local.get $at i32.load i32.add local.set $sum
                  local.get $at i32.const 4 i32.add local.set $at
                  local.get $length i32.const 1 i32.sub local.set $length
                  br 0
                end
              end
              local.get $sum)
            (func (export "call-host") (param $calls i32) (result i32) (local $sum i32)
              loop
                local.get $sum i32.const 2 call $host-add local.set $sum
                local.get $calls i32.const 1 i32.sub local.tee $calls
                br_if 0
              end
              local.get $sum)
            (func (export "call-first") (param $calls i32) (result i32) (local $sum i32)
              loop
                local.get $sum i32.const 2 i32.add
                i32.const 2 i32.const 3 i32.const 4 i32.const 5 i32.const 6 i32.const 7 i32.const 8
                i32.const 9 i32.const 10 i32.const 11 i32.const 12 i32.const 13 i32.const 14
                call $host-first local.set $sum
                local.get $calls i32.const 1 i32.sub local.tee $calls
                br_if 0
              end
              local.get $sum))
          (core instance $i (instantiate $m (with "" (instance (export "host-add" (func $lowered)) (export "host-first" (func $lowered-first))))))
          (alias core export $i "memory" (core memory $memory))
          (alias core export $i "realloc" (core func $realloc))
          (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add")))
          (func (export "echo") (param "text" string) (result string)
            (canon lift (core func $i "echo") (memory $memory) (realloc $realloc)))
          (func (export "move") (param "it" $point) (result $point) (canon lift (core func $i "move") (memory $memory)))
          (func (export "sum") (param "all" (list u32)) (result u32)
            (canon lift (core func $i "sum") (memory $memory) (realloc $realloc)))
          (func (export "call-host") (param "calls" u32) (result u32) (canon lift (core func $i "call-host")))
          (func (export "call-first") (param "calls" u32) (result u32) (canon lift (core func $i "call-first"))))
        """;

    /// <summary>What calling costs.</summary>
    public static IEnumerable<HostCase> Calls(HostSides sides)
    {
        string fourteen = string.Concat(Enumerable.Range(0, 14).Select(i => FormattableString.Invariant($" (param \"p{i}\" u32)")));
        byte[] guest = Module.ConvertText(Guest.Replace("FOURTEEN", fourteen));
        ComponentValue[] point = [new ComponentValue.Record([new("x", U32(1)), new("y", ComponentValues.U64(2)), new("z", ComponentValues.F32(3))])];
        Theirs[] pointThere = [Theirs.Record([new("x", Theirs.U32(1)), new("y", Theirs.U64(2)), new("z", Theirs.F32(3))])];
        ComponentValue[] list = [ComponentValues.List(Enumerable.Range(0, Elements).Select(i => U32((uint)i)))];
        Theirs[] listThere = [Theirs.List([.. Enumerable.Range(0, Elements).Select(i => Theirs.U32((uint)i))])];
        uint sum = Elements * (Elements - 1) / 2;
        yield return sides.Call(
            AddName, 1, guest, "add", [U32(40), U32(2)], [Theirs.U32(40), Theirs.U32(2)], r => Is(r, 42), r => r.AsU32() == 42);
        yield return sides.Call(
            "call echo(string of 12)", 1.2, guest, "echo", [ComponentValues.String(Text)], [Theirs.String(Text)],
            r => r is ComponentValue.String { Value: Text }, r => r.AsString() == Text);
        yield return sides.Call(
            "call move(record of 3)", null, guest, "move", point, pointThere,
            r => r is ComponentValue.Record { Fields.Length: 3 }, r => r.AsRecord().Count == 3);
        yield return sides.Call(
            $"call sum(list<u32> of {Elements})", null, guest, "sum", list, listThere, r => Is(r, sum), r => r.AsU32() == sum);
        yield return sides.Call(
            $"guest calls host-add(u32, u32) {Loops} times", null, guest, "call-host", [U32(Loops)], [Theirs.U32(Loops)],
            r => Is(r, 2 * Loops), r => r.AsU32() == 2 * Loops);
        yield return sides.Call(
            $"guest calls host-first(u32 × 14) {Loops} times", null, guest, "call-first", [U32(Loops)], [Theirs.U32(Loops)],
            r => Is(r, 2 * Loops), r => r.AsU32() == 2 * Loops);
        yield return sides.Call(
            $"guest makes, lends and drops {Loops} resources", null, HandleComponents.Component(4), "use", [U32(Loops)], [Theirs.U32(Loops)],
            r => Is(r, HandleComponents.Representation * Loops), r => r.AsU32() == HandleComponents.Representation * Loops);
    }

    /// <summary>What making components ready costs.</summary>
    /// <param name="sides">The runtimes.</param>
    /// <param name="largest">How many adapters there are at most.</param>
    public static IEnumerable<HostCase> Components(HostSides sides, int largest = 1000)
    {
        int[] sizes = [.. ((int[])[1, 50, 1000]).Where(size => size <= largest)];
        foreach (int adapters in sizes)
            yield return sides.Instantiation($"instantiate, {adapters} adapters", 1.5, Generated.Component(adapters));
        foreach (int adapters in sizes)
            yield return sides.Instantiation($"instantiate, {adapters} adapters for handles", null, HandleComponents.Component(adapters));
        foreach (int adapters in sizes)
            yield return sides.Opening($"open, {adapters} adapters", 1, Generated.Component(adapters));
        foreach (int adapters in sizes)
            yield return sides.Opening($"open, {adapters} adapters for handles", null, HandleComponents.Component(adapters));
    }

    /// <summary>The case that says what a scalar call allocates, too.</summary>
    public const string AddName = "call add(u32, u32)";

    private static ComponentValue U32(uint value) => ComponentValues.U32(value);

    private static bool Is(ComponentValue value, uint expected) => value is ComponentValue.U32(var number) && number == expected;
}
