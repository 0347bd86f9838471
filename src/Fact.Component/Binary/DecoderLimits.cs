using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>
/// Implementation limits, the same that Wasmtime has for components and <see cref="EngineLimits"/> for core modules: what exceeds one would not load there
/// either. They also bound what hostile input can make the decoder do.
/// </summary>
internal static class DecoderLimits
{
    private static readonly EngineLimits Engine = EngineLimits.Common;

    /// <summary>Bytes of a name.</summary>
    public static readonly uint NameBytes = (uint)Engine.NameBytes;

    /// <summary>Bytes of a core module or component inside a component.</summary>
    public static readonly uint ModuleBytes = (uint)Engine.ModuleBytes;

    /// <summary>How deep components, component types and instance types may nest, together.</summary>
    public const int Nesting = 100;

    public const uint Modules = 1_000;
    public const uint Components = 1_000;

    /// <summary>Core and component instances together.</summary>
    public const uint Instances = 4_096;

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

    public static readonly uint CoreTypes = (uint)Engine.Types;
    public static readonly uint CoreSupertypes = (uint)Engine.Supertypes;
    public static readonly uint CoreFields = (uint)Engine.Fields;
    public static readonly uint CoreParams = (uint)Engine.Params;
    public static readonly uint CoreResults = (uint)Engine.Results;
    public static readonly uint CoreTables = (uint)Engine.Tables;
    public static readonly uint CoreMemories = (uint)Engine.Memories;
}
