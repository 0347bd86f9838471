using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Fact.Ir;

namespace Fact.Conformance.Differential;

/// <summary>
/// Types as component text. Records, variants, enums and flags may only be used by an exported function where they have an
/// exported name, so each of them gets a definition. Streams and futures are named by the number of their table: who uses them defines <c>$c0</c> and so on.
/// </summary>
public sealed class TypeText
{
    private readonly Dictionary<ValType, string> names = [];
    private readonly List<(string Name, string Body)> definitions = [];

    /// <summary>The definitions so far, each exported by its name.</summary>
    /// <param name="imported">Whether they stand in the type of an imported instance, and not in a component.</param>
    public string Definitions(bool imported)
    {
        var text = new StringBuilder();
        foreach (var (name, body) in definitions)
        {
            text.AppendLine($"    (type ${name}-own {body})");
            text.AppendLine(imported
                ? $"    (export \"{name}\" (type ${name} (eq ${name}-own)))"
                : $"    (export ${name} \"{name}\" (type ${name}-own))");
        }
        return text.ToString();
    }

    /// <summary>The text of a function type without <c>(func</c>.</summary>
    public string Of(ComponentFuncType type)
    {
        var text = new StringBuilder();
        foreach (var (name, param) in type.Params)
            text.Append($"(param \"{name}\" {Of(param)}) ");
        if (type.Result is { } result)
            text.Append($"(result {Of(result)})");
        return text.ToString();
    }

    /// <summary>The text of a type: a reference to its definition where it has one.</summary>
    public string Of(ValType type) => type switch
    {
        ValType.Primitive t => t.Type.ToString().ToLowerInvariant(),
        ValType.List t => $"(list {Of(t.Element)})",
        ValType.FixedLengthList t => $"(list {Of(t.Element)} {t.Length.ToString(CultureInfo.InvariantCulture)})",
        ValType.Map t => $"(map {Of(t.Key)} {Of(t.Value)})",
        ValType.Tuple t => $"(tuple {string.Join(' ', t.Types.Items.Select(Of))})",
        ValType.Option t => $"(option {Of(t.Some)})",
        ValType.Result t => $"(result{(t.Ok is null ? "" : " " + Of(t.Ok))}{(t.Error is null ? "" : $" (error {Of(t.Error)})")})",
        ValType.Own => $"(own $r{PairText.N(Handles.Resource(type)!.Value)})",
        ValType.Borrow => $"(borrow $r{PairText.N(Handles.Resource(type)!.Value)})",
        ValType.Stream t => $"$c{PairText.N((int)t.Table.Value)}",
        ValType.Future t => $"$c{PairText.N((int)t.Table.Value)}",
        _ => Define(type),
    };

    private string Define(ValType type)
    {
        if (names.TryGetValue(type, out string? known))
            return known;
        string body = type switch
        {
            ValType.Record t => $"(record {string.Join(' ', t.Fields.Items.Select(f => $"(field \"{f.Name}\" {Of(f.Type)})"))})",
            ValType.Variant t => $"(variant {string.Join(' ', t.Cases.Items.Select(c => $"(case \"{c.Name}\"{(c.Type is null ? "" : " " + Of(c.Type))})"))})",
            ValType.Enum t => $"(enum {Labels(t.Labels)})",
            ValType.Flags t => $"(flags {Labels(t.Labels)})",
            _ => throw new System.ArgumentOutOfRangeException(nameof(type)),
        };
        string name = "t" + names.Count.ToString(CultureInfo.InvariantCulture);
        definitions.Add((name, body));
        names.Add(type, "$" + name);
        return "$" + name;
    }

    private static string Labels(EquatableArray<string> labels) => string.Join(' ', labels.Items.Select(l => $"\"{l}\""));
}
