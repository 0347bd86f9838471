namespace Fact.Component.Binary;

/// <summary>
/// Implementation limits, the same that Wasmtime has: what exceeds one would not load there either. They also bound
/// what hostile input can make the decoder do.
/// </summary>
internal static class Limits
{
    /// <summary>Bytes of a name.</summary>
    public const uint NameBytes = 100_000;

    /// <summary>Bytes of a core module or component inside a component.</summary>
    public const uint ModuleBytes = 1 << 30;

    /// <summary>How deep components, component types and instance types may nest, together.</summary>
    public const int Nesting = 100;

    public const uint Modules = 1_000;
    public const uint Components = 1_000;

    /// <summary>Core and component instances together.</summary>
    public const uint Instances = 1_000;

    /// <summary>Definitions of any other kind in one section.</summary>
    public const uint Definitions = 1_000_000;

    public const uint InstantiationArgs = 100_000;
    public const uint InlineExports = 100_000;
    public const uint CanonOpts = 10;
    public const uint Declarators = 1_000_000;
    public const uint ModuleDeclarators = 100_000;
    public const uint NameAttributes = 3;

    public const uint Fields = 10_000;
    public const uint Cases = 10_000;
    public const uint TupleTypes = 10_000;
    public const uint Flags = 32;
    public const uint EnumLabels = 10_000;
    public const uint ListLength = 1 << 30;
    public const uint Params = 1_000;

    public const uint CoreTypes = 1_000_000;
    public const uint CoreSupertypes = 1;
    public const uint CoreFields = 10_000;
    public const uint CoreParams = 1_000;
    public const uint CoreResults = 1_000;
    public const uint CoreTables = 100;
    public const uint CoreMemories = 100;
}
