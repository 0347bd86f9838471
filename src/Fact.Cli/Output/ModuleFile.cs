using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Fact.Ir;

namespace Fact.Cli.Output;

/// <summary>A compiled module and the file that it goes to.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Bytes">The module.</param>
/// <param name="Imports">What it imports.</param>
/// <param name="Adapters">How many adapters it has.</param>
/// <param name="Functions">How many functions it has.</param>
/// <param name="Text">Makes its text.</param>
internal sealed record ModuleFile(string Name, ImmutableArray<byte> Bytes, EquatableArray<ModuleImport> Imports, int Adapters, int Functions, Func<string> Text)
{
    /// <summary>An adapter module. An adapter has one export of its own name; those in brackets belong to asynchronous ones.</summary>
    public static ModuleFile Of(string name, AdapterModule module) => new(
        name, module.Bytes, module.Imports, module.Exports.Items.Count(export => !export.Name.StartsWith('[')), module.Code.Funcs.Length, module.ToText);

    /// <summary>The runtime module.</summary>
    public static ModuleFile Of(string name, RuntimeModule module) => new(name, module.Bytes, module.Imports, 0, module.Code.Funcs.Length, module.ToText);

    /// <summary>What is in the file.</summary>
    public ReadOnlyMemory<byte> Content(bool asText) => asText ? Encoding.UTF8.GetBytes(Text()) : Bytes.AsMemory();
}
