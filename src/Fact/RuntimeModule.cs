using System.Collections.Immutable;
using Fact.Emit;
using Fact.Ir;

namespace Fact;

/// <summary>A compiled runtime module, which keeps the handles of a component's resources: it is instantiated once, before everything else.</summary>
public sealed record RuntimeModule
{
    internal RuntimeModule(ImmutableArray<byte> bytes, EquatableArray<ModuleImport> imports, EquatableArray<ModuleExport> exports, ResolvedModule code) =>
        (Bytes, Imports, Exports, Code) = (bytes, imports, exports, code);

    /// <summary>The core WebAssembly module.</summary>
    public ImmutableArray<byte> Bytes { get; }

    /// <summary>What it imports, in the order of the module: flags of instances, and what the host does when its resources are dropped.</summary>
    public EquatableArray<ModuleImport> Imports { get; }

    /// <summary>The functions that it exports, in the order of the module. It also exports some globals and a table, always the same.</summary>
    public EquatableArray<ModuleExport> Exports { get; }

    /// <summary>The module before it was encoded.</summary>
    internal ResolvedModule Code { get; }

    /// <summary>The module in the WebAssembly text format, for people.</summary>
    public string ToText() => WatPrinter.Print(Code);
}
