using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Fact.Component.Binary;
using Fact.Emit;
using Fact.Ir;
using Wasmtime;

namespace Fact.Bench;

/// <summary>How fast core modules are taken apart and merged: bytes of code in a second, for each file, or for a generated module.</summary>
internal static class MergeBench
{
    private const int Functions = 20_000, Rounds = 15;

    /// <summary>Measures. Each module comes behind a small one, so that all numbers change.</summary>
    public static void Run(IReadOnlyList<string> files)
    {
        List<(string Name, byte[] Bytes)> modules = [.. files.Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))];
        if (modules.Count == 0)
            modules.Add(("generated", Generate()));
        var first = Decode(Module.ConvertText(
            "(module (type (func (param f64))) (memory 1) (table 1 funcref) (global (mut i32) (i32.const 0)) (func (type 0)) (func (type 0)))"));
        foreach (var (name, bytes) in modules)
        {
            var parts = Decode(bytes);
            var program = new FuseProgram(
                [new FusePart("first", first, []), new FusePart("second", parts, [.. parts.Imports.Items.Select((_, i) => (FuseBinding)new FuseBinding.Outside(i))])],
                [.. parts.Imports.Items.Select((import, i) => new FuseImport(import.Module, import.Name, 1, i))],
                [.. parts.Exports.Items.Select(export => new FuseExport(export.Name, 1, export.Kind, export.Index))]);
            Case decode = new("decode", 1, () => Decode(bytes));
            Case merge = new("merge", 1, () => Merged(program)), all = new("keep all", 1, () => Merged(program, keepAll: true));
            for (int i = 0; i < 2 * Rounds; i++)
            {
                if (i == Rounds)
                {
                    decode.Forget();
                    merge.Forget();
                    all.Forget();
                }
                decode.Batch(0.05);
                merge.Batch(0.05);
                all.Batch(0.05);
            }
            long code = parts.Bodies.Items.Sum(body => (long)body.Length);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name}: {bytes.Length} bytes, of them {code} of code in {parts.Bodies.Length} functions; merged {Merged(program)}"));
            foreach (var one in (Case[])[decode, merge, all])
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {one.Name,-8} {one.Microseconds / 1000,8:0.00} ms (fastest {one.Fastest / 1000,8:0.00})  {code / one.Microseconds,8:0} "
                        + $"MB/s of code  {one.Allocated,10:0} B"));
            }
        }
    }

    private static CoreModuleParts Decode(byte[] bytes) => CoreModuleDecoder.Decode(bytes).Match(
        Right: parts => parts,
        Left: error => throw new InvalidOperationException(error.ToString()));

    private static int Merged(FuseProgram program, bool keepAll = false) => Merge.Run(program, new MergeOptions(KeepAll: keepAll)).Match(
        Right: module => module.Bytes.Length,
        Left: error => throw new InvalidOperationException(error.ToString()));

    /// <summary>Functions such as compilers make them: locals, constants, memory, calls and branches.</summary>
    private static byte[] Generate()
    {
        var text = new StringBuilder("(module (memory 1) (table 8 funcref) (global $sp (mut i32) (i32.const 1024)) (type $t (func (param i32 i32) (result i32)))\n");
        for (int i = 0; i < Functions; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                (func $f{i} (type $t) (local i32 i64)
                  (global.set $sp (local.tee 2 (i32.sub (global.get $sp) (i32.const {16 + (i % 64)}))))
                  (block $done
                    (br_if $done (i32.eqz (local.get 0)))
                    (i32.store offset={i % 512} (local.get 2) (i32.add (local.get 1) (i32.const {i})))
                    (local.set 3 (i64.load offset=8 (local.get 2)))
                    (local.set 1 (call $f{(i * 7) % Functions} (i32.load8_u offset={i % 300} (local.get 0)) (i32.wrap_i64 (local.get 3))))
                    (local.set 0 (call_indirect (type $t) (local.get 1) (local.get 0) (i32.and (local.get 1) (i32.const 7)))))
                  (global.set $sp (i32.add (local.get 2) (i32.const {16 + (i % 64)})))
                  (i32.xor (local.get 0) (local.get 1)))

                """);
        }

        // All of them are reached.
        text.Append(CultureInfo.InvariantCulture, $"(table $all {Functions} funcref) (export \"all\" (table $all)) (elem (table $all) (i32.const 0) func");
        for (int i = 0; i < Functions; i++)
            text.Append(CultureInfo.InvariantCulture, $" $f{i}");
        return Module.ConvertText(text.Append("))").ToString());
    }
}
