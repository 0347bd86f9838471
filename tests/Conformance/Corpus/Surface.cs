using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Fact.Ir;

namespace Fact.Conformance.Corpus;

/// <summary>The imports and exports of an adapter module, one line for each, sorted; without the instance flags.</summary>
/// <param name="Imports">The imports.</param>
/// <param name="Exports">The exports.</param>
internal sealed record Surface(EquatableArray<string> Imports, EquatableArray<string> Exports)
{
    /// <summary>Those of a module of ours.</summary>
    public static Surface Of(AdapterModule module) => new(
        Sorted(module.Imports.Items.Where(i => i.Module != "flags").Select(i => $"{i.Module} {i.Name}: {Text(i.Type)}")),
        Sorted(module.Exports.Items.Select(e => $"{e.Name}: {Text(new ModuleImportType.Func(e.Type))}")));

    /// <summary>Those of the reference's modules, by component file, from the file beside the components.</summary>
    public static Dictionary<string, EquatableArray<Surface>> OfReference(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "adapters.json")));
        return json.RootElement.EnumerateObject().ToDictionary(
            file => file.Name,
            file => file.Value.EnumerateArray().Select(Of).ToEquatableArray());
    }

    private static Surface Of(JsonElement module) => new(
        Sorted(module.GetProperty("imports").EnumerateArray()
            .Where(i => i.GetProperty("module").GetString() != "flags")
            .Select(i => $"{i.GetProperty("module").GetString()} {i.GetProperty("name").GetString()}: {Text(i.GetProperty("type"))}")),
        Sorted(module.GetProperty("exports").EnumerateArray()
            .Select(e => $"{e.GetProperty("name").GetString()}: {Text(e.GetProperty("type"))}")));

    private static string Text(ModuleImportType type) => type switch
    {
        ModuleImportType.Func(var func) => Text(func.Params.Items.Select(Text), func.Results.Items.Select(Text)),
        ModuleImportType.Memory(var memory) => memory.Is64 ? "memory64" : "memory",
        ModuleImportType.MutableI32 => "(mut i32)",
    };

    private static string Text(CoreValType type) => type.ToString().ToLowerInvariant();

    private static string Text(JsonElement type)
    {
        if (type.ValueKind == JsonValueKind.String)
            return type.GetString()!;
        if (type.TryGetProperty("memory64", out var is64))
            return is64.GetBoolean() ? "memory64" : "memory";
        return Text(Names(type, "params"), Names(type, "results"));
    }

    private static IEnumerable<string> Names(JsonElement type, string property) =>
        type.GetProperty(property).EnumerateArray().Select(t => t.GetString()!);

    private static string Text(IEnumerable<string> parameters, IEnumerable<string> results) =>
        $"({string.Join(' ', parameters)}) -> ({string.Join(' ', results)})";

    private static EquatableArray<string> Sorted(IEnumerable<string> lines) => lines.Order(System.StringComparer.Ordinal).ToEquatableArray();
}
