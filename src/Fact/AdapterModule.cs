using System.Collections.Immutable;
using Fact.Ir;

namespace Fact;

/// <summary>A compiled adapter module.</summary>
/// <param name="Bytes">The core WebAssembly module.</param>
/// <param name="Imports">What it imports, in the order of the module.</param>
/// <param name="Exports">The functions that it exports, in the order of the module.</param>
/// <param name="Code">The module before it was encoded.</param>
public sealed record AdapterModule(
    ImmutableArray<byte> Bytes,
    EquatableArray<ModuleImport> Imports,
    EquatableArray<ModuleExport> Exports,
    ResolvedModule Code);

/// <summary>An import of an adapter module.</summary>
/// <param name="Module">The first name.</param>
/// <param name="Name">The second name.</param>
/// <param name="Type">What is imported.</param>
/// <param name="Denotes">What the host must provide for it.</param>
public sealed record ModuleImport(string Module, string Name, ModuleImportType Type, Import Denotes);

/// <summary>The type of an import of an adapter module.</summary>
public closed record ModuleImportType
{
    private ModuleImportType()
    {
    }

    /// <summary>A function.</summary>
    public sealed record Func(CoreFuncType Type) : ModuleImportType;

    /// <summary>A memory of at least 0 pages, without a maximum.</summary>
    public sealed record Memory(CoreMemoryType Type) : ModuleImportType;

    /// <summary>A mutable i32 global.</summary>
    public sealed record MutableI32 : ModuleImportType;
}

/// <summary>An exported function.</summary>
public sealed record ModuleExport(string Name, CoreFuncType Type);
