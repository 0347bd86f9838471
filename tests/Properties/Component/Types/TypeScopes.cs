using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Fact.Properties.Component.Types;

/// <summary>
/// Makes components of types, imports and exports that mention each other every which way, by indices with a name and without one. All else about
/// them is right, or nearly always.
/// </summary>
internal sealed class TypeScopes(Random random)
{
    private int names;

    /// <summary>The text of a component; an instance type that is exported as a type is written as <paramref name="exported"/> says.</summary>
    /// <param name="exported">The extern type for an identifier of an instance type.</param>
    public string Component(Func<string, string> exported)
    {
        var scope = new Scope(Kind.Component, null) { Exported = exported };
        Fill(scope, random.Next(4, 16));
        return $"(component (component\n{scope.Text}))";
    }

    private enum Kind
    {
        Component,
        ComponentType,
        InstanceType,
    }

    /// <summary>What a type index stands for: a value type by its structure, or another.</summary>
    private sealed record Entry(string Id, string Structure, Scope? Members);

    private sealed record Instance(string Id, Scope Members);

    private sealed class Scope(Kind kind, Scope? parent)
    {
        public Kind Kind { get; } = kind;

        public Scope? Parent { get; } = parent;

        public Func<string, string> Exported { get; init; } = parent?.Exported ?? (id => id);

        public List<Entry> Types { get; } = [];

        public List<Instance> Instances { get; } = [];

        public List<string> Funcs { get; } = [];

        /// <summary>Names of exports, with what can be taken by them.</summary>
        public List<(string Name, object Item)> Exports { get; } = [];

        public List<(string Name, Entry Type)> TypeImports { get; } = [];

        public List<(string Id, Scope Members)> Components { get; } = [];

        public StringBuilder Text { get; } = new();
    }

    private void Fill(Scope scope, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int choice = random.Next(22);
            switch (choice)
            {
                case 0 or 1 or 2:
                    DefineValue(scope);
                    break;
                case 3 or 4:
                    DefineFunc(scope);
                    break;
                case 5 when Depth(scope) < 4:
                    DefineInstanceType(scope);
                    break;
                case 6 when scope.Kind != Kind.InstanceType && Depth(scope) < 3:
                    DefineComponent(scope);
                    break;
                case 7 when scope.Parent is not null:
                    AliasOuter(scope);
                    break;
                case 8 or 9 when scope.Instances.Count > 0:
                    AliasExport(scope);
                    break;
                case 10 when scope.Kind == Kind.Component && random.Next(3) == 0:
                    Line(scope, Id(scope, "resource", null), id => $"(type {id} (resource (rep i32)))");
                    break;
                case 11 when scope.Kind == Kind.Component:
                    Bundle(scope);
                    break;
                case 12 when scope.Kind == Kind.Component && scope.Components.Count > 0:
                    Instantiate(scope);
                    break;
                case 13 or 14 when scope.Kind != Kind.InstanceType:
                    Import(scope);
                    break;
                default:
                    Export(scope);
                    break;
            }
        }
    }

    private static int Depth(Scope scope) => scope.Parent is null ? 0 : 1 + Depth(scope.Parent);

    private string Name() => $"n{++names}";

    private Entry Id(Scope scope, string structure, Scope? members)
    {
        var entry = new Entry($"$t{++names}", structure, members);
        scope.Types.Add(entry);
        return entry;
    }

    private static void Line(Scope scope, Entry entry, Func<string, string> text) => scope.Text.Append(text(entry.Id)).Append('\n');

    private T? Any<T>(IEnumerable<T> items)
        where T : class
    {
        var all = items.ToList();
        // What came last is most likely an index with a name.
        return all.Count == 0 ? null : random.Next(2) == 0 ? all[^1] : all[random.Next(all.Count)];
    }

    private static bool IsValue(Entry entry) => !entry.Structure.StartsWith('!') && entry.Structure != "resource";

    private Entry? Value(Scope scope) => random.Next(5) == 0 ? null : Any(scope.Types.Where(IsValue));

    private void DefineValue(Scope scope)
    {
        var (a, b) = (Value(scope), Value(scope));
        var resource = Any(scope.Types.Where(t => t.Structure == "resource"));
        string first = a?.Id ?? "u8", second = b?.Id ?? "string";
        string firstIs = a?.Structure ?? "u8", secondIs = b?.Structure ?? "string";
        var (text, structure) = random.Next(11) switch
        {
            0 or 1 => ("(enum \"a\")", "enum"),
            2 => ("(flags \"a\")", "flags"),
            3 or 4 => ($"(record (field \"a\" {first}))", $"record {firstIs}"),
            5 => ($"(variant (case \"a\") (case \"b\" {first}))", $"variant {firstIs}"),
            6 => ($"(tuple {first} {second})", $"tuple {firstIs} {secondIs}"),
            7 => ($"(list {first})", $"list {firstIs}"),
            8 => ($"(result {first} (error {second}))", $"result {firstIs} {secondIs}"),
            9 when resource is not null => ($"(own {resource.Id})", $"own {resource.Id}"),
            _ => ($"(option {first})", $"option {firstIs}"),
        };
        Line(scope, Id(scope, structure, null), id => $"(type {id} {text})");
    }

    private void DefineFunc(Scope scope)
    {
        var (a, b) = (Value(scope), Value(scope));
        var resource = Any(scope.Types.Where(t => t.Structure == "resource"));
        string parameter = resource is not null && random.Next(3) == 0 ? $"(param \"self\" (borrow {resource.Id}))" : "";
        string result = resource is not null && random.Next(3) == 0 ? $"(result (own {resource.Id}))" : b is null ? "" : $"(result {b.Id})";
        Line(scope, Id(scope, "!func", null), id => $"(type {id} (func {parameter} (param \"p\" {a?.Id ?? "u8"}) {result}))");
    }

    private void DefineInstanceType(Scope scope)
    {
        var inner = new Scope(Kind.InstanceType, scope);
        Fill(inner, random.Next(2, 10));
        Line(scope, Id(scope, "!instance", inner), id => $"(type {id} (instance\n{inner.Text}))");
    }

    private void DefineComponent(Scope scope)
    {
        bool isType = scope.Kind != Kind.Component || random.Next(3) == 0;
        var inner = new Scope(isType ? Kind.ComponentType : Kind.Component, scope);
        Fill(inner, random.Next(2, 12));
        if (isType)
        {
            Line(scope, Id(scope, "!component", inner), id => $"(type {id} (component\n{inner.Text}))");
            return;
        }
        string id = $"$c{++names}";
        scope.Components.Add((id, inner));
        scope.Text.Append($"(component {id}\n{inner.Text})\n");
    }

    private void AliasOuter(Scope scope)
    {
        int count = 0;
        var from = scope;
        do
        {
            from = from.Parent!;
            count++;
        }
        while (from.Parent is not null && random.Next(3) == 0);
        if (Any(from.Types) is { } taken)
            Line(scope, Id(scope, taken.Structure, taken.Members), id => $"(alias outer {count} {taken.Id} (type {id}))");
    }

    private void AliasExport(Scope scope)
    {
        var instance = scope.Instances[random.Next(scope.Instances.Count)];
        if (instance.Members.Exports.Count == 0)
            return;
        var (name, item) = instance.Members.Exports[random.Next(instance.Members.Exports.Count)];
        switch (item)
        {
            case Entry type:
                Line(scope, Id(scope, type.Structure, type.Members), id => $"(alias export {instance.Id} \"{name}\" (type {id}))");
                break;
            case Instance inner:
                string taken = $"$i{++names}";
                scope.Instances.Add(new Instance(taken, inner.Members));
                scope.Text.Append($"(alias export {instance.Id} \"{name}\" (instance {taken}))\n");
                break;
            case string when scope.Kind == Kind.Component:
                scope.Funcs.Add($"$f{++names}");
                scope.Text.Append($"(alias export {instance.Id} \"{name}\" (func {scope.Funcs[^1]}))\n");
                break;
        }
    }

    private void Import(Scope scope)
    {
        string name = Name();
        int choice = random.Next(5);
        if (choice < 2 && Any(scope.Types) is { } type)
        {
            if (type.Structure == "!instance")
            {
                scope.Text.Append($"(import \"{name}\" {scope.Exported(type.Id)})\n");
                return;
            }
            var entry = Id(scope, type.Structure, type.Members);
            scope.TypeImports.Add((name, entry));
            scope.Text.Append($"(import \"{name}\" (type {entry.Id} (eq {type.Id})))\n");
        }
        else if (choice == 2)
        {
            var entry = Id(scope, "resource", null);
            scope.TypeImports.Add((name, entry));
            scope.Text.Append($"(import \"{name}\" (type {entry.Id} (sub resource)))\n");
        }
        else if (choice == 3 && Any(scope.Types.Where(t => t.Structure == "!func")) is { } func)
        {
            scope.Funcs.Add($"$f{++names}");
            scope.Text.Append($"(import \"{name}\" (func {scope.Funcs[^1]} (type {func.Id})))\n");
        }
        else if (Any(scope.Types.Where(t => t.Structure == "!instance")) is { } instance)
        {
            scope.Instances.Add(new Instance($"$i{++names}", instance.Members!));
            scope.Text.Append($"(import \"{name}\" (instance {scope.Instances[^1].Id} (type {instance.Id})))\n");
        }
    }

    private void Export(Scope scope)
    {
        bool isDefinition = scope.Kind == Kind.Component;
        string name = Name();
        int choice = random.Next(8);
        if (choice < 3 && Any(scope.Types) is { } type)
        {
            if (type.Structure == "!instance")
            {
                string export = $"(export \"{name}\" {scope.Exported(type.Id)})";
                scope.Text.Append(isDefinition ? $"(type (component (alias outer 1 {type.Id} (type {type.Id})) {export}))\n" : export + "\n");
                return;
            }
            var entry = Id(scope, type.Structure, type.Members);
            scope.Exports.Add((name, entry));
            scope.Text.Append(isDefinition ? $"(export {entry.Id} \"{name}\" (type {type.Id}))\n" : $"(export \"{name}\" (type {entry.Id} (eq {type.Id})))\n");
        }
        else if (choice == 3 && !isDefinition)
        {
            var entry = Id(scope, "resource", null);
            scope.Exports.Add((name, entry));
            scope.Text.Append($"(export \"{name}\" (type {entry.Id} (sub resource)))\n");
            if (random.Next(3) == 0)
            {
                var self = Any(scope.Types.Where(t => t.Structure == "resource"))!;
                scope.Text.Append($"(export \"[method]{name}.m\" (func (param \"self\" (borrow {self.Id}))))\n");
            }
        }
        else if (choice < 6 && (isDefinition ? Any(scope.Funcs) : Any(scope.Types.Where(t => t.Structure == "!func"))?.Id) is { } func)
        {
            scope.Exports.Add((name, "func"));
            scope.Text.Append(isDefinition ? $"(export \"{name}\" (func {func}))\n" : $"(export \"{name}\" (func (type {func})))\n");
        }
        else if (isDefinition && Any(scope.Instances) is { } given)
        {
            var exported = new Instance($"$i{++names}", given.Members);
            scope.Instances.Add(exported);
            scope.Exports.Add((name, exported));
            scope.Text.Append($"(export {exported.Id} \"{name}\" (instance {given.Id}))\n");
        }
        else if (!isDefinition && Any(scope.Types.Where(t => t.Structure == "!instance")) is { } instance)
        {
            var exported = new Instance($"$i{++names}", instance.Members!);
            scope.Instances.Add(exported);
            scope.Exports.Add((name, exported));
            scope.Text.Append($"(export \"{name}\" (instance {exported.Id} (type {instance.Id})))\n");
        }
    }

    private void Bundle(Scope scope)
    {
        var bundle = new Scope(Kind.InstanceType, null);
        var items = new StringBuilder();
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            string name = Name();
            if (random.Next(2) == 0 && Any(scope.Types.Where(t => t.Structure != "!instance")) is { } type)
                Add(name, type, $"(type {type.Id})");
            else if (random.Next(2) == 0 && Any(scope.Instances) is { } instance)
                Add(name, instance, $"(instance {instance.Id})");
            else if (Any(scope.Funcs) is { } func)
                Add(name, "func", $"(func {func})");
        }
        string id = $"$i{++names}";
        scope.Instances.Add(new Instance(id, bundle));
        scope.Text.Append($"(instance {id}{items})\n");

        void Add(string name, object item, string text)
        {
            bundle.Exports.Add((name, item));
            items.Append($" (export \"{name}\" {text})");
        }
    }

    private void Instantiate(Scope scope)
    {
        var (component, members) = scope.Components[random.Next(scope.Components.Count)];
        var args = new StringBuilder();
        foreach (var (name, wanted) in members.TypeImports)
        {
            if (Any(scope.Types.Where(t => t.Structure == wanted.Structure)) is { } type)
                args.Append($" (with \"{name}\" (type {type.Id}))");
        }
        scope.Instances.Add(new Instance($"$i{++names}", members));
        scope.Text.Append($"(instance {scope.Instances[^1].Id} (instantiate {component}{args}))\n");
    }
}
