using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Fact.Ir;

namespace Fact.Conformance.Corpus;

/// <summary>The imports and exports of an adapter module, one line for each, sorted.</summary>
/// <param name="Flags">The imports that are instance flags.</param>
/// <param name="Imports">The other imports.</param>
/// <param name="Exports">The exports.</param>
internal sealed record Surface(EquatableArray<string> Flags, EquatableArray<string> Imports, EquatableArray<string> Exports)
{
    /// <summary>Whether a host for another module can host this one: it needs the same, or fewer flags.</summary>
    public bool Fits(Surface other) => Imports == other.Imports && Exports == other.Exports && Flags.Items.All(other.Flags.Items.Contains);

    /// <summary>Those of a module of ours.</summary>
    public static Surface Of(AdapterModule module) => Of(
        module.Imports.Items.Select(i => (i.Module, $"{i.Module} {i.Name}: {Text(i.Type)}")),
        module.Exports.Items.Select(e => $"{e.Name}: {Text(new ModuleImportType.Func(e.Type))}"));

    /// <summary>Those of the reference's modules, by component file, from the file beside the components.</summary>
    public static Dictionary<string, EquatableArray<Surface>> OfReference(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "adapters.json")));
        return json.RootElement.EnumerateObject().ToDictionary(
            file => file.Name,
            file => file.Value.EnumerateArray().Select(Of).ToEquatableArray());
    }

    private static Surface Of(JsonElement module) => Of(
        module.GetProperty("imports").EnumerateArray()
            .Select(i => (Module: i.GetProperty("module").GetString()!, Name: i.GetProperty("name").GetString(), Type: Text(i.GetProperty("type"))))
            .Select(i => (i.Module, $"{i.Module} {i.Name}: {i.Type}")),
        module.GetProperty("exports").EnumerateArray()
            .Select(e => $"{e.GetProperty("name").GetString()}: {Text(e.GetProperty("type"))}"));

    private static Surface Of(IEnumerable<(string Module, string Line)> imports, IEnumerable<string> exports)
    {
        var kinds = imports.ToLookup(i => i.Module == "flags", i => i.Line);
        return new(Sorted(kinds[true]), Sorted(kinds[false]), Sorted(exports));
    }

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
