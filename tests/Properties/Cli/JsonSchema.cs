using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>
/// Checks documents against a JSON schema, with as much of the language as our schemas use. It is strict: a keyword that it does not know is no schema, so that nothing
/// can be passed over. Spec: JSON Schema 2020-12.
/// </summary>
internal sealed class JsonSchema(JsonElement root)
{
    private static readonly HashSet<string> Notes = ["$schema", "$defs", "title", "description"];

    /// <summary>The first thing that is wrong, with the way to it; null where nothing is.</summary>
    public string? Mismatch(JsonElement value) => Mismatch(root, value, "$");

    private string? Mismatch(JsonElement schema, JsonElement value, string at)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (Mismatch(schema, keyword.Name, keyword.Value, value, at) is { } wrong)
                return wrong;
        }
        return null;
    }

    private string? Mismatch(JsonElement schema, string keyword, JsonElement of, JsonElement value, string at)
    {
        switch (keyword)
        {
            case "$ref":
                Assert.StartsWith("#/$defs/", of.GetString(), StringComparison.Ordinal);
                return Mismatch(root.GetProperty("$defs").GetProperty(of.GetString()!["#/$defs/".Length..]), value, at);
            case "type":
                string[] types = of.ValueKind == JsonValueKind.Array ? [.. of.EnumerateArray().Select(type => type.GetString()!)] : [of.GetString()!];
                return types.Any(type => Is(type, value)) ? null : $"{at} is no {string.Join(" or ", types)}";
            case "const":
                return JsonElement.DeepEquals(of, value) ? null : $"{at} is not {of}";
            case "enum":
                return of.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)) ? null : $"{at} is {value}, none of {of}";
            case "oneOf":
                var wrong = of.EnumerateArray().Select(one => Mismatch(one, value, at)).ToList();
                int fit = wrong.Count(one => one is null);
                return fit == 1 ? null : fit > 1 ? $"{at} is {fit} of the choices at once" : $"{at} is none of: {string.Join("; ", wrong)}";
            case "minimum":
                return value.ValueKind != JsonValueKind.Number || value.GetInt64() >= of.GetInt64() ? null : $"{at} is less than {of}";
            case "maxLength":
                return value.ValueKind != JsonValueKind.String || value.GetString()!.Length <= of.GetInt32() ? null : $"{at} has more than {of} characters";
            case "maxItems":
                return value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= of.GetInt32() ? null : $"{at} has more than {of} elements";
            case "pattern":
                return value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, of.GetString()!) ? null : $"{at} does not match {of}";
            case "items":
                return value.ValueKind != JsonValueKind.Array ? null
                    : value.EnumerateArray().Select((item, i) => Mismatch(of, item, string.Create(CultureInfo.InvariantCulture, $"{at}[{i}]")))
                    .FirstOrDefault(one => one is not null);
            case "properties":
                return value.ValueKind != JsonValueKind.Object ? null
                    : value.EnumerateObject().Where(member => of.TryGetProperty(member.Name, out _))
                        .Select(member => Mismatch(of.GetProperty(member.Name), member.Value, $"{at}.{member.Name}")).FirstOrDefault(one => one is not null);
            case "required":
                return value.ValueKind != JsonValueKind.Object ? null
                    : of.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at} has no {name}").FirstOrDefault();
            case "additionalProperties":
                Assert.Equal(JsonValueKind.False, of.ValueKind);
                return value.ValueKind != JsonValueKind.Object ? null
                    : value.EnumerateObject().Where(member => !schema.GetProperty("properties").TryGetProperty(member.Name, out _))
                        .Select(member => $"{at} has {member.Name}, which nobody knows").FirstOrDefault();
            default:
                Assert.Contains(keyword, Notes);
                return null;
        }
    }

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new UnreachableException(),
    };
}
