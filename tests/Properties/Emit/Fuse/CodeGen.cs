using System;
using System.Collections.Generic;
using System.Linq;

namespace Fact.Properties.Emit.Fuse;

/// <summary>Makes functions from a number to a number that use everything in a module.</summary>
internal sealed class CodeGen(Random random, ModuleScope scope)
{
    private const int Depth = 4;

    private static readonly string[] Risky =
    [
        "(call_indirect", "(array.get", "(i32.div", "(block (result i32) (if (i32.eq", "(block (result i32) (memory.init", "(block (result i32) (table.", "(loop",
        "(i32.atomic",
    ];

    private const string Burn = "(if (i32.eqz (global.get $fuel)) (then (unreachable))) (global.set $fuel (i32.sub (global.get $fuel) (i32.const 1)))";

    private bool isShort;

    /// <summary>A function.</summary>
    public string Function(int number)
    {
        string name = $"$f{number}";
        string export = scope.IsExported(name) ? $"(export \"f{number}\") " : "";
        if (random.Next(4) == 0)
            return $"(func {name} {export}(type $f) local.get 0 {Forward()})";
        isShort = random.Next(2) == 0;
        return isShort
            ? $"(func {name} {export}(type $f) (local i32 i64 v128 f32 f64) {Burn} {Short()})"
            : $"(func {name} {export}(type $f) (local i32 i64 v128 (ref null $s) funcref) {Burn} {Number(Depth)})";
    }

    // What can stand in place of a call: with locals that are read before they are set, parameters that are set, and all ways to its end.
    private string Short() => random.Next(12) switch
    {
        0 => $"(i32.add (local.get 1) (local.tee 1 {Number(1)}))",
        1 => $"(local.set 0 {Number(1)}) (if {Number(0)} (then (return {Number(0)}))) (local.get 0)",
        2 => $"(block (result i32) (br_table 0 1 0 {Number(1)} {Number(0)})) (drop) {Number(1)}",
        3 => $"(block (br_if 0 {Number(0)}) (block (br 2 {Number(1)}))) {Number(0)}",
        4 => scope.Globals.Count > 0
            ? $"(i32.add (global.get {Any([.. scope.Globals.Select(global => global.Name)])}) (i32.wrap_i64 (i64.add (local.get 2) (local.tee 2 (i64.const 5)))))"
            : Number(1),
        5 => $"(i32.add (i32.trunc_sat_f32_s (local.get 4)) (i32.trunc_sat_f64_s (local.get 5))) "
            + $"(local.set 4 (f32.const 7)) (local.set 5 (f64.const 9)) (i32.add (call {Function()} (local.get 0)))",
        6 => $"(i32x4.extract_lane 0 (local.get 3)) (local.set 3 (v128.const i32x4 3 2 1 0)) (i32.add {Number(1)})",
        7 => $"(if (result i32) {Number(0)} (then (call {Function()} {Number(0)})) (else (return (call {Function()} {Number(0)}))))",
        _ => $"(call $log (local.get 0)) (call {Function()} (call {Function()} {Number(0)}))",
    };

    // Nothing but a call: in a circle it ends with the stack.
    private string Forward() => random.Next(2) == 0
        ? $"call {Function()}"
        : $"i32.const {Slot()} call_indirect {(random.Next(3) == 0 ? Any(scope.Tables) : LinkedGen.ConstantTable)} (type $f)";

    // Mostly one that there is a function in.
    private int Slot() => random.Next(8) == 0 ? random.Next(5) : random.Next(1, 3);

    private string Number(int depth)
    {
        if (depth == 0)
            return random.Next(2) == 0 ? "(local.get 0)" : $"(i32.const {random.Next(-4, 300)})";
        Func<int, string>[] makers = [.. Makers()];
        string made = makers[random.Next(makers.Length)](depth - 1);

        // What often traps is not often there, so that something happens before.
        return Risky.Any(start => made.StartsWith(start, StringComparison.Ordinal)) && random.Next(4) > 0 ? Number(depth) : made;
    }

    private IEnumerable<Func<int, string>> Makers()
    {
        yield return d => $"(i32.{Any("add", "sub", "xor", "lt_u", "mul")} {Number(d)} {Number(d)})";
        yield return d => $"(i32.div_u {Number(d)} {Number(d)})";
        yield return d => $"(block (result i32) (call $log {Number(d)}) {Number(d)})";
        yield return d => $"(block (result i32) (local.set 0 {Number(d)}) {Number(d)})";
        yield return d => $"(if (result i32) {Number(d)} (then {Number(d)}) (else {Number(d)}))";
        yield return d => $"(loop $l (result i32) {Burn} (br_if $l (i32.eq {Number(d)} (i32.const 1))) {Number(d)})";
        yield return d => $"(block $b (result i32) (br_table $b $b {Number(d)} (i32.and {Number(d)} (i32.const 3))))";
        yield return d => $"(block (result i32) {Number(d)} {Number(d)} (block (type $two) (call $log (i32.const 7))) (i32.add))";
        yield return d => $"(select (result i32) {Number(d)} {Number(d)} {Number(d)})";
        for (int i = 0; i < 3; i++)
        {
            yield return d => $"(call {Function()} {Number(d)})";
            yield return d => $"(call_indirect {LinkedGen.ConstantTable} (type $f) {Number(d)} (i32.const {Slot()}))";
        }
        yield return d => $"(call_ref $f {Number(d)} (ref.func {Any(scope.Referable)}))";
        yield return d => $"(block (result i32) (return_call {Function()} {Number(d)}))";
        yield return d => $"(i32x4.extract_lane 1 (i32x4.mul (i32x4.splat {Number(d)}) (v128.const i32x4 1 2 3 {random.Next()})))";
        yield return d => $"(i32.trunc_sat_f64_s (f64.mul (f64.convert_i32_s {Number(d)}) (f64.const 1.5)))";
        foreach (var (name, is64) in scope.Memories)
        {
            string At(int d, int bytes = 0xFFFF) => is64 ? $"(i64.extend_i32_u (i32.and {Number(d)} (i32.const {bytes})))" : $"(i32.and {Number(d)} (i32.const {bytes}))";
            string grown = is64 ? $"(i32.wrap_i64 (memory.grow {name} (i64.const 1)))" : $"(memory.grow {name} (i32.const 1))";
            string number = is64 ? "i64" : "i32";
            yield return d => $"(i32.load8_u {name} offset={random.Next(8)} {At(d)})";
            yield return d => $"(i32.load {name} offset=2 align=1 {At(d)})";
            yield return d => $"(block (result i32) (i32.store16 {name} {At(d)} {Number(d)}) (i32.load {name} ({number}.const 0)))";
            yield return d => $"(block (result i32) (v128.store {name} {At(d, 255)} (i8x16.splat {Number(d)})) (i32.const 2))";
            yield return d => $"(i32x4.extract_lane 0 (v128.load32_lane {name} 0 {At(d, 255)} (v128.const i64x2 1 2)))";
            yield return _ => grown;
            yield return d => $"(block (result i32) (memory.fill {name} {At(d, 255)} {Number(d)} {At(d, 63)}) (i32.const 3))";
            if (!is64)
            {
                yield return d => $"(i32.atomic.rmw.add {name} (i32.and {Number(d)} (i32.const 252)) {Number(d)})";
                foreach (var (other, _) in scope.Memories.Where(memory => !memory.Is64))
                    yield return d => $"(block (result i32) (memory.copy {name} {other} {At(d, 255)} {At(d, 255)} {At(d, 63)}) (i32.const 4))";
            }
            foreach (string data in scope.Data)
            {
                yield return d => $"(block (result i32) (memory.init {name} {data} {At(d, 255)} (i32.const 0) (i32.and {Number(d)} (i32.const 7))) (i32.const 5))";
                yield return _ => $"(block (result i32) (data.drop {data}) (i32.const 6))";
            }
        }
        foreach (string table in scope.Tables)
        {
            string other = scope.Tables[random.Next(scope.Tables.Count)];
            yield return d => $"(call_indirect {table} (type $f) {Number(d)} (i32.and {Number(d)} (i32.const 7)))";
            yield return d => $"(call_indirect {table} (type $f) {Number(d)} (i32.const {random.Next(5)}))";
            yield return d => $"(ref.is_null (table.get {table} (i32.and {Number(d)} (i32.const 7))))";
            yield return d => $"(block (result i32) (table.set {table} (i32.and {Number(d)} (i32.const 7)) (ref.func {Any(scope.Referable)})) (table.size {table}))";
            yield return d => $"(table.grow {table} (ref.null func) (i32.and {Number(d)} (i32.const 1)))";
            yield return _ => $"(block (result i32) (table.copy {table} {other} (i32.const 1) (i32.const 2) (i32.const 2)) (i32.const 8))";
            yield return _ => $"(block (result i32) (table.fill {table} (i32.const 5) (ref.null func) (i32.const 1)) (i32.const 8))";
            foreach (string segment in scope.Elements)
            {
                yield return d => $"(block (result i32) (table.init {table} {segment} (i32.const 1) (i32.const 0) (i32.and {Number(d)} (i32.const 1))) (i32.const 9))";
                yield return _ => $"(block (result i32) (elem.drop {segment}) (i32.const 9))";
            }
        }
        foreach (var (name, isMutable) in scope.Globals)
        {
            yield return _ => $"(global.get {name})";
            if (isMutable)
                yield return d => $"(block (result i32) (global.set {name} {Number(d)}) (global.get {name}))";
        }
        foreach (string tag in scope.Tags)
        {
            yield return d => $"(block $c (result i32) (try_table (result i32) (catch {tag} $c) {Number(d)} (throw {tag} {Number(d)})))";
            yield return d => $"(block (result i32) (if (i32.eq {Number(d)} (i32.const 2)) (then (throw {tag} (i32.const 1)))) {Number(d)})";
        }
        yield return d => $"(block $c (result i32) (block $x (try_table (result i32) (catch_all $x) {Number(d)}) (br $c)) (i32.const 99))";
        yield return d => $"(struct.get $s 0 (struct.new $s {Number(d)} {Number(d)}))";
        yield return d => $"(array.get_u $a (array.new_fixed $a 3 {Number(d)} {Number(d)} (i32.const 1)) (i32.and {Number(d)} (i32.const 3)))";
        yield return d => $"(struct.get $p 0 (struct.new $p {Number(d)} (struct.new $q (ref.null $p))))";
        yield return d => $"(ref.test (ref $derived) (select (result (ref null $base)) (struct.new_default $derived) (struct.new $base {Number(d)}) {Number(d)}))";
        if (!isShort)
            yield return d => $"(block (result i32) (local.set 4 (struct.new_default $s)) (struct.set $s 1 (local.get 4) {Number(d)}) (struct.get_s $s 1 (local.get 4)))";
        yield return d => $"(i31.get_s (ref.i31 {Number(d)}))";
        yield return d => $"(ref.is_null (ref.cast (ref null $f) (block (result funcref) (drop {Number(d)}) (ref.func {Any(scope.Referable)}))))";
    }

    // What is short mostly calls what other modules have.
    private string Function()
    {
        string[] others = isShort && random.Next(4) > 0 ? [.. scope.Funcs.Where(name => name.Contains("-of-", StringComparison.Ordinal))] : [];
        return others.Length > 0 ? Any(others) : Any(scope.Funcs);
    }

    private string Any(params IReadOnlyList<string> items) => items[random.Next(items.Count)];
}
