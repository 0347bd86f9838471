using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Fact.Properties.Cli;

/// <summary>Checks JSON against a schema that has no other keywords than those named here; another one is a mistake in the schema.</summary>
internal sealed class JsonSchema(JsonElement root)
{
    /// <summary>What is wrong, with the path to it.</summary>
    public IEnumerable<string> Faults(JsonElement value) => Faults(root, value, "$");

    private IEnumerable<string> Faults(JsonElement schema, JsonElement value, string at) => schema.EnumerateObject().SelectMany(keyword => keyword.Name switch
    {
        "$schema" or "$defs" or "title" or "description" => [],
        "$ref" => Faults(root.GetProperty("$defs").GetProperty(keyword.Value.GetString()!["#/$defs/".Length..]), value, at),
        "type" => Unless(Strings(keyword.Value).Any(type => IsOf(type, value)), $"{at}: {value} is no {keyword.Value}"),
        "const" => Unless(JsonElement.DeepEquals(keyword.Value, value), $"{at}: {value} is not {keyword.Value}"),
        "enum" => Unless(keyword.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)), $"{at}: {value} is none of {keyword.Value}"),
        "minimum" => Unless(value.ValueKind != JsonValueKind.Number || value.GetInt64() >= keyword.Value.GetInt64(), $"{at}: {value} is less than {keyword.Value}"),
        "items" => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany((item, i) => Faults(keyword.Value, item, $"{at}[{i}]")) : [],
        "required" => value.ValueKind == JsonValueKind.Object
            ? Strings(keyword.Value).Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{at}: no {name}") : [],
        "properties" => value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().SelectMany(member => keyword.Value.TryGetProperty(member.Name, out var of) ? Faults(of, member.Value, $"{at}.{member.Name}") : []) : [],
        "additionalProperties" => value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().Where(member => !schema.GetProperty("properties").TryGetProperty(member.Name, out _)).Select(member => $"{at}: what is {member.Name}") : [],
        _ => throw new InvalidOperationException($"the schema has the keyword {keyword.Name}"),
    });

    private static string[] Unless(bool holds, string fault) => holds ? [] : [fault];

    private static IEnumerable<string> Strings(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(one => one.GetString()!) : [value.GetString()!];

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new InvalidOperationException($"the schema has the type {type}"),
    };
}
