namespace Fact.Ir;

/// <summary>
/// The most that engines take, of everything that a core module can have too much of: one table for the decoder, the checks, the partition into modules
/// and the encoder. Each number is the smaller of Wasmtime's (<c>wasmparser/src/limits.rs</c>) and that of the JavaScript embedding (JavaScript Interface,
/// "Implementation-defined Limits"). A compiler that divides adapters into modules itself keeps to these.
/// </summary>
public sealed record EngineLimits
{
    /// <summary>What all engines take.</summary>
    public static EngineLimits Common { get; } = new();

    /// <summary>Bytes of a module.</summary>
    public long ModuleBytes { get; init; } = 1 << 30;

    /// <summary>Bytes of the UTF-8 of a name: of an import, an export or a custom section. Wasmtime's; the JavaScript embedding has none.</summary>
    public int NameBytes { get; init; } = 100_000;

    /// <summary>Types of a module, and of one recursion group.</summary>
    public int Types { get; init; } = 1_000_000;

    /// <summary>Types that a type may name as its supertypes.</summary>
    public int Supertypes { get; init; } = 1;

    /// <summary>How many supertypes a type has, one above the other.</summary>
    public int SubtypingDepth { get; init; } = 63;

    /// <summary>
    /// The types of all imports and exports, written out: a function counts 2 and its parameters and results, anything else 1, and the module itself 1.
    /// Wasmtime's; the JavaScript embedding has none.
    /// </summary>
    public int TypeSize { get; init; } = 999_999;

    /// <summary>Parameters of a function or block.</summary>
    public int Params { get; init; } = 1_000;

    /// <summary>Results of a function or block.</summary>
    public int Results { get; init; } = 1_000;

    /// <summary>Fields of a structure.</summary>
    public int Fields { get; init; } = 10_000;

    /// <summary>Imports of a module.</summary>
    public int Imports { get; init; } = 1_000_000;

    /// <summary>Exports of a module.</summary>
    public int Exports { get; init; } = 1_000_000;

    /// <summary>Functions of a module, imported ones too.</summary>
    public int Functions { get; init; } = 1_000_000;

    /// <summary>Globals of a module, imported ones too.</summary>
    public int Globals { get; init; } = 1_000_000;

    /// <summary>Memories of a module, imported ones too.</summary>
    public int Memories { get; init; } = 100;

    /// <summary>Tables of a module, imported ones too. Wasmtime's; the JavaScript embedding has 100,000.</summary>
    public int Tables { get; init; } = 100;

    /// <summary>Tags of a module, imported ones too.</summary>
    public int Tags { get; init; } = 1_000_000;

    /// <summary>Element segments of a module. Wasmtime's.</summary>
    public int ElementSegments { get; init; } = 100_000;

    /// <summary>Data segments of a module.</summary>
    public int DataSegments { get; init; } = 100_000;

    /// <summary>Bytes of the body of a function, its declarations of locals included.</summary>
    public int BodyBytes { get; init; } = 7_654_321;

    /// <summary>Locals of a function, its parameters included.</summary>
    public int Locals { get; init; } = 50_000;

    /// <summary>Targets of a <c>br_table</c>, without the default. That of V8; the JavaScript embedding names none, and Wasmtime has as many as bytes of a
    /// body.</summary>
    public int BranchTargets { get; init; } = 65_519;

    /// <summary>Handlers of a <c>try_table</c>. Wasmtime's.</summary>
    public int Handlers { get; init; } = 10_000;
}
