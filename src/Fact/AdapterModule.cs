using System.Collections.Immutable;
using Fact.Emit;
using Fact.Ir;

namespace Fact;

/// <summary>A compiled adapter module.</summary>
public sealed record AdapterModule
{
    internal AdapterModule(ImmutableArray<byte> bytes, EquatableArray<ModuleImport> imports, EquatableArray<ModuleExport> exports, ResolvedModule code) =>
        (Bytes, Imports, Exports, Code) = (bytes, imports, exports, code);

    /// <summary>The core WebAssembly module.</summary>
    public ImmutableArray<byte> Bytes { get; }

    /// <summary>What it imports, in the order of the module.</summary>
    public EquatableArray<ModuleImport> Imports { get; }

    /// <summary>The functions that it exports, in the order of the module.</summary>
    public EquatableArray<ModuleExport> Exports { get; }

    /// <summary>The module before it was encoded.</summary>
    internal ResolvedModule Code { get; }

    /// <summary>The module in the WebAssembly text format, for people: with identifiers made of names, and a comment for what each trap means.</summary>
    public string ToText() => WatPrinter.Print(Code);
}
