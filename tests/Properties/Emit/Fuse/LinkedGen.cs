using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Fact.Properties.Emit.Fuse;

/// <summary>
/// Makes core modules that import memories, tables, globals, tags and functions from each other, and use them with instructions of all kinds. What they do ends:
/// every function takes from its module's fuel.
/// </summary>
/// <param name="seed">Which.</param>
internal sealed class LinkedGen(int seed)
{
    /// <summary>A table that nothing changes, in most modules.</summary>
    public const string ConstantTable = "$constant";

    private readonly Random random = new(seed);
    private readonly List<ModuleScope> made = [];

    /// <summary>Two to four modules, and some calls.</summary>
    public static LinkedModules Of(int seed)
    {
        var gen = new LinkedGen(seed);
        int count = gen.random.Next(1, 5);
        string[] texts = [.. Enumerable.Range(0, count).Select(gen.Module)];
        var functions = gen.made.SelectMany((scope, module) => scope.ExportedFuncs.Select(name => (module, name))).ToArray();
        var calls = Enumerable.Range(0, 8).Select(_ => functions[gen.random.Next(functions.Length)])
            .Select(each => (each.module, each.name, gen.random.Next(-3, 70_000)));
        return new LinkedModules(texts, [.. calls]);
    }

    private string Module(int number)
    {
        var scope = new ModuleScope();
        var text = new StringBuilder($"(module $M{number}\n");
        foreach (string type in Types())
            text.Append(type).Append('\n');
        Imports(text, scope);
        Definitions(text, scope);
        Segments(text, scope);
        var code = new CodeGen(random, scope);
        for (int i = 0; i < scope.Defined; i++)
            text.Append(code.Function(i)).Append('\n');
        if (random.Next(2) == 0)
        {
            string call = random.Next(2) == 0 ? $"(call $log (call $f{random.Next(scope.Defined)} (i32.const 5)))" : "";
            text.Append($"(start $start) (func $start (call $log (i32.const {number})) {call})\n");
        }
        made.Add(scope);
        return text.Append(')').ToString();
    }

    // Their order is another one in each module, some come twice, and some are missing, so that their numbers differ.
    private IEnumerable<string> Types()
    {
        string[] needed =
        [
            "(type $f (func (param i32) (result i32)))",
            "(type $t (func (param i32)))",
            "(type $two (func (param i32 i32) (result i32 i32)))",
            "(type $s (struct (field (mut i32)) (field (mut i8))))",
            "(type $a (array (mut i16)))",
            "(rec (type $p (struct (field i32) (field (ref null $q)))) (type $q (struct (field (ref null $p)))))",
            "(type $base (sub (struct (field i32)))) (type $derived (sub $base (struct (field i32) (field i64))))",
        ];
        string[] more =
        [
            "(type (func))", "(type (func (param i32) (result i32)))", "(type (func (param i64 f32)))", "(type (array i8))",
            "(rec (type $self (struct (field (ref null $self)))))", "(rec (type (func)) (type (struct)))",
        ];
        return needed.Concat(more.Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next());
    }

    private void Imports(StringBuilder text, ModuleScope scope)
    {
        List<string> imports = ["(import \"host\" \"log\" (func $log (type $t)))"];
        for (int from = 0; from < made.Count; from++)
        {
            foreach (var (kind, name, type) in made[from].Exports.Where(_ => random.Next(3) > 0))
            {
                string own = $"${name}-of-{from}";
                imports.Add($"(import \"m{from}\" \"{name}\" ({kind} {own} {type}))");
                scope.Add(kind, own, type);
            }
        }
        foreach (string import in imports.OrderBy(_ => random.Next()))
            text.Append(import).Append('\n');
    }

    private void Definitions(StringBuilder text, ModuleScope scope)
    {
        text.Append("(global $fuel (mut i32) (i32.const 40))\n");
        for (int i = random.Next(1, 4); i > 0; i--)
            Export(text, scope, "memory", $"mem{i}", random.Next(4) == 0 ? "i64 1 3" : random.Next(2) == 0 ? "1 3" : "1", "");
        for (int i = random.Next(1, 3); i > 0; i--)
            Export(text, scope, "table", $"tab{i}", random.Next(2) == 0 ? "6 20 funcref" : "8 funcref", "");
        text.Append($"(table {ConstantTable} 4 funcref)\n");
        if (random.Next(6) == 0)
            scope.Tables.Add(ConstantTable);
        string[] constants = [.. scope.Globals.Where(global => !global.IsMutable).Select(global => global.Name)];
        for (int i = random.Next(4); i > 0; i--)
        {
            string init = constants.Length > 0 && random.Next(2) == 0 ? $"(global.get {Any(constants)})" : $"(i32.const {random.Next(100)})";
            if (random.Next(3) == 0)
                init = $"(i32.add {init} (i32.const {random.Next(10)}))";
            Export(text, scope, "global", $"g{i}", random.Next(2) == 0 ? "i32" : "(mut i32)", init);
        }
        if (random.Next(2) == 0)
            Export(text, scope, "tag", "e", "(type $t)", "");
        scope.Defined = random.Next(1, 6);
        for (int i = 0; i < scope.Defined; i++)
            scope.AddFunction($"f{i}", isExported: random.Next(3) > 0 || i == 0);
    }

    private static void Export(StringBuilder text, ModuleScope scope, string kind, string name, string type, string init)
    {
        text.Append($"({kind} ${name} (export \"{name}\") {type} {init})\n");
        scope.Add(kind, "$" + name, type);
        scope.Exports.Add((kind, name, type));
    }

    private void Segments(StringBuilder text, ModuleScope scope)
    {
        string[] constants = [.. scope.ImportedConstants];
        string At(bool is64) => constants.Length > 0 && !is64 && random.Next(3) == 0
            ? $"(offset (global.get {Any(constants)}))"
            : $"(offset ({(is64 ? "i64" : "i32")}.const {(random.Next(25) == 0 ? 70_000 : random.Next(4))}))";
        for (int i = random.Next(4); i > 0; i--)
        {
            var (memory, is64) = scope.Memories[random.Next(scope.Memories.Count)];
            text.Append(random.Next(3) == 0 ? $"(data $d{i} \"passive {i}\")\n" : $"(data $d{i} (memory {memory}) {At(is64)} \"active {i}{random.Next(100)}\")\n");
            scope.Data.Add($"$d{i}");
        }
        for (int i = random.Next(4); i > 0; i--)
        {
            string functions = string.Join(' ', Enumerable.Range(0, random.Next(4)).Select(_ => Any(scope.Funcs)));
            var expressions = Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(3) == 0 ? "(ref.null func)" : $"(ref.func {Any(scope.Funcs)})");
            string items = random.Next(2) == 0 ? $"func {functions}" : $"funcref {string.Join(' ', expressions)}";
            string mode = random.Next(4) switch { 0 => "", 1 => "declare", _ => $"(table {Any(scope.Tables)}) {At(false)}" };
            text.Append($"(elem $l{i} {mode} {items})\n");
            scope.Elements.Add($"$l{i}");
        }
        text.Append($"(elem (table {ConstantTable}) (i32.const {random.Next(2)}) func {Any(scope.Funcs)} {Any(scope.Funcs)} {Any(scope.Funcs)})\n");

        // References to imported functions must be declared by something.
        foreach (string function in scope.Funcs)
            scope.Referable.Add(function);
        text.Append($"(elem declare func {string.Join(' ', scope.Funcs.Where(function => !scope.IsExported(function)))})\n");
    }

    private T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}

/// <summary>What there is in a module.</summary>
internal sealed class ModuleScope
{
    private readonly HashSet<string> exportedFuncs = [];

    public List<(string Kind, string Name, string Type)> Exports { get; } = [];

    public List<(string Name, bool Is64)> Memories { get; } = [];

    public List<string> Tables { get; } = [];

    public List<(string Name, bool IsMutable)> Globals { get; } = [];

    public List<string> ImportedConstants { get; } = [];

    public List<string> Tags { get; } = [];

    public List<string> Funcs { get; } = [];

    public List<string> Referable { get; } = [];

    public List<string> Data { get; } = [];

    public List<string> Elements { get; } = [];

    public int Defined { get; set; }

    public IEnumerable<string> ExportedFuncs => Exports.Where(export => export.Kind == "func").Select(export => export.Name);

    public bool IsExported(string function) => exportedFuncs.Contains(function);

    public void AddFunction(string name, bool isExported)
    {
        Funcs.Add("$" + name);
        if (!isExported)
            return;
        exportedFuncs.Add("$" + name);
        Exports.Add(("func", name, "(type $f)"));
    }

    public void Add(string kind, string name, string type)
    {
        switch (kind)
        {
            case "func":
                Funcs.Add(name);
                break;
            case "memory":
                Memories.Add((name, type.StartsWith("i64", StringComparison.Ordinal)));
                break;
            case "table":
                Tables.Add(name);
                break;
            case "global":
                Globals.Add((name, type != "i32"));
                if (type == "i32" && name.Contains("-of-", StringComparison.Ordinal))
                    ImportedConstants.Add(name);
                break;
            default:
                Tags.Add(name);
                break;
        }
    }
}
