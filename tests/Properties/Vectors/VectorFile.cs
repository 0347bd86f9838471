using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Fact.Ir;
using Fact.Model;

namespace Fact.Properties.Vectors;

/// <summary>The vectors that the specification's definitions made, and how they write types, values and options.</summary>
internal static class VectorFile
{
    /// <summary>The vectors of a file, in order.</summary>
    public static IEnumerable<JsonNode> Read(string name)
    {
        using var stream = typeof(SpecAbi).Assembly.GetManifestResourceStream($"Fact.Model.Vectors.{name}.jsonl")
            ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            yield return JsonNode.Parse(line)!;
    }

    /// <summary>What is wrong with which vector of a file; nothing where all of them hold.</summary>
    public static string[] Faults(string name, Func<JsonNode, string?> fault) =>
        [.. Read(name).Select((vector, i) => fault(vector) is { } wrong ? $"{name}.jsonl, line {i + 1}: {wrong}" : null).OfType<string>()];

    public static ValType[] Types(JsonNode node) => [.. node.AsArray().Select(one => Type(one!))];

    public static ValType Type(JsonNode node)
    {
        if (node is JsonValue)
            return ValType.Of(Enum.Parse<PrimitiveType>(node.GetValue<string>(), ignoreCase: true));
        return node[0]!.GetValue<string>() switch
        {
            "list" when node.AsArray().Count > 2 => new ValType.FixedLengthList(Type(node[1]!), node[2]!.GetValue<uint>()),
            "list" => new ValType.List(Type(node[1]!)),
            "map" => new ValType.Map(Type(node[1]!), Type(node[2]!)),
            "record" => new ValType.Record([.. Types(node[1]!).Select((t, i) => new Field("f" + i, t))]),
            "tuple" => new ValType.Tuple([.. Types(node[1]!)]),
            "variant" => Variant(node[1]!.GetValue<int>(), [.. node[2]!.AsArray().Select(Maybe)]),
            "enum" => new ValType.Enum(Labels("e", node[1]!.GetValue<int>())),
            "flags" => new ValType.Flags(Labels("l", node[1]!.GetValue<int>())),
            "option" => new ValType.Option(Type(node[1]!)),
            "result" => new ValType.Result(Maybe(node[1]), Maybe(node[2])),
            "own" => new ValType.Own(new(node[1]!.GetValue<uint>())),
            "borrow" => new ValType.Borrow(new(node[1]!.GetValue<uint>())),
            "stream" => new ValType.Stream(new(0)),
            "future" => new ValType.Future(new(0)),
            "error-context" => new ValType.ErrorContext(new(0)),
            var other => throw new InvalidDataException(other),
        };
    }

    /// <summary>A value as vectors write it.</summary>
    public static JsonNode Value(SpecValue value, ValType type) => (SpecAbi.Despecialize(type), value) switch
    {
        (_, SpecValue.Bool v) => v.Value,
        (_, SpecValue.Char v) => v.Value,
        (ValType.Primitive t, SpecValue.Bits v) => SpecAbi.With32.ElemSize(t) == 8 ? v.Value.ToString() : v.Value,
        (_, SpecValue.Text v) => new JsonArray(v.Value, Name(v.Encoding), v.TaggedCodeUnits.ToString()),
        (ValType.List t, SpecValue.List v) => Array(v.Elements.Items.Select(e => Value(e, t.Element))),
        (ValType.FixedLengthList t, SpecValue.List v) => Array(v.Elements.Items.Select(e => Value(e, t.Element))),
        (ValType.Record t, SpecValue.Record v) => Array(t.Fields.Items.Select(f => Value(v[f.Name], f.Type))),
        (ValType.Variant t, SpecValue.Case v) => Case(v, t),
        (ValType.Flags t, SpecValue.Flags v) => t.Labels.Items.Select((label, i) => v.Set.Items.Contains(label) ? 1UL << i : 0).Aggregate(0UL, (a, b) => a | b),
        _ => throw new InvalidDataException($"{value} is no {type}"),
    };

    public static JsonArray Array(IEnumerable<JsonNode?> nodes) => new([.. nodes]);

    public static JsonArray Numbers(IEnumerable<ulong> numbers) => Array(numbers.Select(n => (JsonNode?)n));

    public static StringEncoding Encoding(JsonNode node) => node.GetValue<string>() switch
    {
        "utf8" => StringEncoding.Utf8,
        "utf16" => StringEncoding.Utf16,
        _ => StringEncoding.Latin1OrUtf16,
    };

    /// <summary>Core types as vectors write them.</summary>
    public static string Core(IEnumerable<CoreValType> types) => string.Join(' ', types.Select(t => t.ToString().ToLowerInvariant()));

    private static string Name(StringEncoding encoding) => encoding switch
    {
        StringEncoding.Utf8 => "utf8",
        StringEncoding.Utf16 => "utf16",
        _ => "latin1+utf16",
    };

    private static JsonArray Case(SpecValue.Case value, ValType.Variant type)
    {
        int index = type.Cases.Items.Select(c => c.Name).ToList().IndexOf(value.Label);
        return type.Cases[index].Type is { } payload ? [index, Value(value.Value!, payload)] : [index];
    }

    private static ValType.Variant Variant(int count, ValType?[] payloads) =>
        new([.. Enumerable.Range(0, count).Select(i => new Case("c" + i, payloads[i % payloads.Length]))]);

    private static ValType? Maybe(JsonNode? node) => node is null ? null : Type(node);

    private static EquatableArray<string> Labels(string letter, int count) => [.. Enumerable.Range(0, count).Select(i => letter + i)];
}
