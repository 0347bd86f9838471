namespace Fact.Ir;

/// <summary>What an adapter module needs and gives.</summary>
/// <param name="Imports">What it imports, in the order of the module.</param>
/// <param name="Exports">The functions that it exports, in the order of the module.</param>
public sealed record ModuleInterface(EquatableArray<ModuleImport> Imports, EquatableArray<ModuleExport> Exports);

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
