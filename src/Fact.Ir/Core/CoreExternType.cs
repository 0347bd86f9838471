namespace Fact.Ir;

/// <summary>The type of an import or export of a core module, with type indices. Spec: <c>externtype</c>.</summary>
public closed record CoreExternType
{
    private CoreExternType()
    {
    }

    /// <summary>What it is a type of.</summary>
    internal CoreExternKind Kind => this switch
    {
        Func => CoreExternKind.Func,
        Table => CoreExternKind.Table,
        Memory => CoreExternKind.Memory,
        Global => CoreExternKind.Global,
        Tag => CoreExternKind.Tag,
    };

    /// <summary>A function.</summary>
    /// <param name="Type">The index of its type.</param>
    /// <param name="IsExact">Whether <c>exact</c> is said: no proper subtype.</param>
    public sealed record Func(CoreTypeIdx Type, bool IsExact = false) : CoreExternType;

    /// <summary>A table.</summary>
    /// <param name="Type">Its type.</param>
    public sealed record Table(CoreTableType Type) : CoreExternType;

    /// <summary>A memory.</summary>
    /// <param name="Type">Its type.</param>
    public sealed record Memory(CoreMemoryType Type) : CoreExternType;

    /// <summary>A global.</summary>
    /// <param name="Type">Its type.</param>
    public sealed record Global(CoreGlobalType Type) : CoreExternType;

    /// <summary>An exception tag.</summary>
    /// <param name="Type">The index of its function type.</param>
    public sealed record Tag(CoreTypeIdx Type) : CoreExternType;
}

/// <summary>
/// What core modules and core instances import and export; the numbers are those of the binary format. Spec: <c>externidx</c>, and <c>core:sort</c> of components.
/// </summary>
internal enum CoreExternKind : byte
{
    /// <summary>A function.</summary>
    Func,

    /// <summary>A table.</summary>
    Table,

    /// <summary>A memory.</summary>
    Memory,

    /// <summary>A global.</summary>
    Global,

    /// <summary>An exception tag.</summary>
    Tag,
}

/// <summary>The type of a table. Spec: <c>tabletype</c>.</summary>
/// <param name="Element">The reference type of its elements.</param>
/// <param name="Limits">Its size, in elements.</param>
public sealed record CoreTableType(CoreValType Element, CoreLimits Limits);

/// <summary>The type of a memory. Spec: <c>memtype</c>.</summary>
/// <param name="Limits">Its size, in pages.</param>
/// <param name="PageSizeLog2">The binary logarithm of its page size in bytes: 16, or 0 under the custom-page-sizes proposal.</param>
public sealed record CoreMemoryType(CoreLimits Limits, int PageSizeLog2 = CoreMemoryType.DefaultPageSizeLog2)
{
    /// <summary>The binary logarithm of the page size in bytes of a memory that does not say another.</summary>
    public const int DefaultPageSizeLog2 = 16;

    /// <summary>A memory of any size, as an adapter imports those that it works on.</summary>
    /// <param name="is64">Whether its addresses are 64-bit integers.</param>
    /// <param name="pageSizeLog2">The binary logarithm of its page size in bytes.</param>
    public CoreMemoryType(bool is64 = false, int pageSizeLog2 = DefaultPageSizeLog2)
        : this(is64 ? CoreLimits.Any64 : CoreLimits.Any32, pageSizeLog2)
    {
    }

    /// <summary>Whether its addresses are 64-bit integers.</summary>
    public bool Is64 => Limits.Is64;

    /// <summary>The type of an address: i32 or i64.</summary>
    public CoreValType IndexType => Limits.IndexType;
}

/// <summary>The type of a global. Spec: <c>globaltype</c>.</summary>
/// <param name="Type">The type of its value.</param>
/// <param name="IsMutable">Whether it can be assigned.</param>
/// <param name="IsShared">Whether <c>shared</c> is said.</param>
public sealed record CoreGlobalType(CoreValType Type, bool IsMutable, bool IsShared = false)
{
    /// <summary>What the flags of a component instance are.</summary>
    public static CoreGlobalType MutableI32 { get; } = new(CoreValType.I32, IsMutable: true);
}

/// <summary>Limits of a table or memory. Spec: <c>limits</c>, with the <c>addrtype</c>.</summary>
/// <param name="Min">The size it starts with.</param>
/// <param name="Max">The size it may grow to, or null where nothing is said.</param>
/// <param name="Is64">Whether it is indexed by i64 instead of i32.</param>
/// <param name="IsShared">Whether threads share it.</param>
public sealed record CoreLimits(ulong Min, ulong? Max, bool Is64, bool IsShared)
{
    /// <summary>Any size that 32 bits can address.</summary>
    public static CoreLimits Any32 { get; } = new(0, null, Is64: false, IsShared: false);

    /// <summary>Any size that 64 bits can address.</summary>
    public static CoreLimits Any64 { get; } = new(0, null, Is64: true, IsShared: false);

    /// <summary>The type of an index or address: i32 or i64.</summary>
    public CoreValType IndexType => Is64 ? CoreValType.I64 : CoreValType.I32;
}
