using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Fact.Properties.Facade;

/// <summary>
/// Makes components of interfaces, types and functions that mention each other every which way, as a world can have them and as none can. All that they import is
/// lowered, so that a core module imports it.
/// </summary>
internal sealed class Worlds(Random random)
{
    private const string Guest = """(memory (export "memory") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)""";
    private const string Options = """(memory (core memory $g "memory")) (realloc (core func $g "realloc"))""";

    private readonly StringBuilder text = new();
    private readonly List<Entry> types = [], worldTypes = [];
    private readonly List<(string Lowered, string Core)> lowered = [];
    private readonly List<string> interfaces = [];
    private readonly HashSet<string> exportedNames = [];
    private int names;

    /// <summary>A type that can be mentioned where its identifier is.</summary>
    /// <param name="Id">The identifier.</param>
    /// <param name="Flat">The core types that it is as a parameter.</param>
    /// <param name="IsResource">Whether it is a resource type.</param>
    /// <param name="HasHandles">Whether handles are in it.</param>
    private sealed record Entry(string Id, string[] Flat, bool IsResource, bool HasHandles);

    /// <summary>The text of a component.</summary>
    public string Component()
    {
        text.Append($"(component (core module $guest {Guest}) (core instance $g (instantiate $guest))\n");
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            if (random.Next(3) > 0)
                ImportInterface();
            else if (random.Next(3) > 0 || types.Count == 0)
                ImportType();
            else
                ImportFunc();
        }
        for (int i = random.Next(0, 4); i > 0; i--)
        {
            if (random.Next(4) > 0)
                ExportInterface();
            else
                ExportFunc();
        }
        text.Append("(core module $all").Append(string.Concat(lowered.Select((one, i) => $" (import \"\" \"{i}\" (func {one.Core}))"))).Append(")\n");
        text.Append("(core instance (instantiate $all (with \"\" (instance").Append(string.Concat(lowered.Select((one, i) => $" (export \"{i}\" (func {one.Lowered}))")));
        return text.Append("))))\n)").ToString();
    }

    private string Id() => $"$x{++names}";

    private string Name() => random.Next(5) == 0 ? $"use-GET-n{++names}" : $"n{++names}";

    private Entry? Any(List<Entry> among) => among.Count == 0 ? null : among[random.Next(among.Count)];

    private string InterfaceName(bool isExport)
    {
        if (isExport && interfaces.Count > 0 && random.Next(10) == 0)
            return interfaces[random.Next(interfaces.Count)];
        string name = random.Next(8) == 0 ? Name() : $"a:{(random.Next(3) == 0 ? "d" : "b")}/c{++names}" + (random.Next(2) == 0 ? $"@0.{random.Next(3)}.1" : "");
        interfaces.Add(name);
        return name;
    }

    // A new definition, with another type in it, where there is one.
    private (string Definition, Entry Type) Value(List<Entry> among)
    {
        var part = random.Next(3) == 0 ? null : Any(among);
        string mention = part is null ? "u32" : part.IsResource ? Handle(part) : part.Id;
        string[] flat = part?.Flat ?? ["i32"];
        bool hasHandles = part is { IsResource: true } or { HasHandles: true };
        string id = Id(), handle = part is { IsResource: true } ? mention : "", named = handle.Length > 0 ? Id() : mention;
        string before = handle.Length > 0 ? $"(type {named} {handle}) " : "";
        var (definition, made) = random.Next(7) switch
        {
            0 => ("(enum \"a\" \"b\")", new Entry(id, ["i32"], false, false)),
            1 => ("(flags \"a\" \"b\")", new Entry(id, ["i32"], false, false)),
            2 => ($"(list {named})", new Entry(id, ["i32", "i32"], false, hasHandles)),
            3 => ($"(option {named})", new Entry(id, ["i32", .. flat], false, hasHandles)),
            4 => ($"(variant (case \"a\") (case \"b\" {named}))", new Entry(id, ["i32", .. flat], false, hasHandles)),
            _ => ($"(record (field \"a\" {named}) (field \"b\" u32))", new Entry(id, [.. flat, "i32"], false, hasHandles)),
        };
        return ($"{before}(type {id} {definition}) ", made);
    }

    private static string Handle(Entry resource) => $"(own {resource.Id})";

    // The type of a function, its core type as it is lowered, and as it is lifted.
    private (string Type, string Lowered, string Lifted) Func(List<Entry> among)
    {
        var (param, result) = (Any(among), random.Next(2) == 0 ? Any(among) : null);
        string type = param is null ? "" : $"(param \"p\" {Mention(param, random.Next(2) == 0)})";
        string core = param is null ? "" : $"(param {string.Join(' ', param.Flat.Length > 16 ? ["i32"] : param.Flat)})";
        if (result is null)
            return (type, core, core);
        type += $" (result {Mention(result, false)})";
        return result.Flat.Length > 1 ? (type, core + " (param i32)", core + " (result i32)") : (type, core + " (result i32)", core + " (result i32)");
    }

    private static string Mention(Entry type, bool isBorrow) => !type.IsResource ? type.Id : isBorrow ? $"(borrow {type.Id})" : Handle(type);

    private void ImportInterface()
    {
        string name = InterfaceName(isExport: false), instance = Id();
        var body = new StringBuilder();
        var inside = new List<Entry>();
        var exports = new List<(string Name, Entry Type)>();
        var funcs = new List<(string Name, string Lowered)>();
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int choice = random.Next(7);
            string member = Name(), id = Id();
            if (choice == 0 || (choice == 1 && types.Count == 0))
            {
                body.Append($"(export \"{member}\" (type {id} (sub resource))) ");
                exports.Add((member, new Entry(id, ["i32"], true, false)));
                inside.Add(exports[^1].Type);
            }
            else if (choice is 1 or 2 && Any(types) is { } foreign)
            {
                string alias = Id();
                body.Append($"(alias outer 1 {foreign.Id} (type {alias})) ");
                bool isUsed = random.Next(10) > 0;
                if (isUsed)
                {
                    body.Append($"(export \"{member}\" (type {id} (eq {alias}))) ");
                    exports.Add((member, foreign with { Id = id }));
                }
                inside.Add(foreign with { Id = isUsed ? id : alias });
            }
            else if (choice < 5)
            {
                var (definition, made) = Value(inside);
                body.Append($"{definition}(export \"{member}\" (type {id} (eq {made.Id}))) ");
                exports.Add((member, made with { Id = id }));
                inside.Add(exports[^1].Type);
            }
            else
            {
                var (type, core, _) = Func(inside);
                body.Append($"(export \"{member}\" (func {type})) ");
                funcs.Add((member, core));
            }
        }
        text.Append($"(import \"{name}\" (instance {instance} {body}))\n");
        foreach (var (member, type) in exports)
            Take(instance, member, type);
        foreach (var (member, core) in funcs)
            Lower($"{instance} \"{member}\"", core);
    }

    private void Take(string instance, string member, Entry type)
    {
        string id = Id();
        text.Append($"(alias export {instance} \"{member}\" (type {id}))\n");
        types.Add(type with { Id = id });
    }

    private void Lower(string func, string core)
    {
        string id = Id();
        text.Append($"(core func {id} (canon lower (func {func}) {Options}))\n");
        lowered.Add((id, core));
    }

    private void ImportType()
    {
        string id = Id(), name = Name();
        int choice = random.Next(3);
        if (choice == 0)
        {
            text.Append($"(import \"{name}\" (type {id} (sub resource)))\n");
            Add(new Entry(id, ["i32"], true, false));
        }
        else
        {
            (string definition, Entry made) = choice == 1 && Any(types) is { } other ? ("", other) : Value(WorldTypes);
            text.Append($"{definition}(import \"{name}\" (type {id} (eq {made.Id})))\n");
            Add(made with { Id = id });
        }

        void Add(Entry type)
        {
            worldTypes.Add(type);
            if (random.Next(10) == 0)
                types.Add(type);
        }
    }

    private List<Entry> WorldTypes => random.Next(10) == 0 ? types : worldTypes;

    private void ImportFunc()
    {
        var (type, core, _) = Func(WorldTypes);
        string id = Id();
        text.Append($"(import \"{Name()}\" (func {id} {type}))\n");
        Lower(id, core);
    }

    private void ExportFunc()
    {
        var (type, _, core) = Func(WorldTypes);
        string instance = Id();
        text.Append($"(core module {instance} (func (export \"f\") {core} unreachable)) (core instance {instance} (instantiate {instance}))\n");
        text.Append($"(func (export \"{Name()}\") {type} (canon lift (core func {instance} \"f\") {Options}))\n");
    }

    private void ExportInterface()
    {
        string name = InterfaceName(isExport: true), component = Id(), instance = Id(), exported = Id();
        if (!exportedNames.Add(name))
            return;
        StringBuilder given = new(), arguments = new(), body = new(), guest = new();
        var inside = new List<Entry>();
        var exports = new List<(string Name, Entry Type)>();
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int choice = random.Next(7);
            string member = Name(), id = Id();
            if (choice == 0 || (choice == 1 && types.Count == 0))
            {
                body.Append($"(type {id}' (resource (rep i32))) (export {id} \"{member}\" (type {id}'))\n");
                exports.Add((member, new Entry(id, ["i32"], true, false)));
                inside.Add(exports[^1].Type);
            }
            else if (choice is 1 or 2 && Any(types) is { HasHandles: false } foreign)
            {
                string argument = Id();
                given.Append(foreign.IsResource
                    ? $"(import \"{argument[1..]}\" (type {argument} (sub resource)))\n"
                    : $"(alias outer 1 {foreign.Id} (type {argument}')) (import \"{argument[1..]}\" (type {argument} (eq {argument}')))\n");
                arguments.Append($" (with \"{argument[1..]}\" (type {foreign.Id}))");
                bool isUsed = random.Next(10) > 0;
                if (isUsed)
                {
                    body.Append($"(export {id} \"{member}\" (type {argument}))\n");
                    exports.Add((member, foreign with { Id = id }));
                }
                inside.Add(foreign with { Id = isUsed ? id : argument });
            }
            else if (choice < 5)
            {
                var (definition, made) = Value(inside);
                body.Append($"{definition}(export {id} \"{member}\" (type {made.Id}))\n");
                exports.Add((member, made with { Id = id }));
                inside.Add(exports[^1].Type);
            }
            else
            {
                var (type, _, core) = Func(inside);
                guest.Append($" (func (export \"{member}\") {core} unreachable)");
                body.Append($"(func (export \"{member}\") {type} (canon lift (core func $g \"{member}\") {Options}))\n");
            }
        }
        text.Append($"(component {component}\n{given}(core module $guest {Guest}{guest}) (core instance $g (instantiate $guest))\n{body})\n");
        text.Append($"(instance {instance} (instantiate {component}{arguments})) (export {exported} \"{name}\" (instance {instance}))\n");
        foreach (var (member, type) in exports)
            Take(exported, member, type);
    }
}
