using System.Collections.Immutable;
using Fact.Ir;

namespace Fact.Host.Canonical;

/// <summary>
/// A component type as the Canonical ABI sees it with pointers of one size: where its parts are in memory, and as which core values it travels.
/// Spec: <c>alignment</c>, <c>elem_size</c>, <c>flatten_type</c>.
/// </summary>
internal closed class TypeLayout
{
    private TypeLayout(uint alignment, ulong size, ImmutableArray<CoreValType> flat, bool hasPointers) =>
        (Alignment, Size, Flat, HasPointers) = (alignment, size, flat, hasPointers);

    /// <summary>Bytes; a power of two.</summary>
    public uint Alignment { get; }

    /// <summary>Bytes; less than 2^28 in a type that was checked.</summary>
    public ulong Size { get; }

    /// <summary>The core values; default where there are more than can ever travel flat.</summary>
    public ImmutableArray<CoreValType> Flat { get; }

    /// <summary>Whether a string or list is in it, so that storing a value calls the guest's allocator.</summary>
    public bool HasPointers { get; }

    /// <summary>A bool, number or char.</summary>
    public sealed class Scalar(PrimitiveType type, uint size, CoreValType flat) : TypeLayout(size, size, [flat], false)
    {
        public PrimitiveType Type { get; } = type;
    }

    /// <summary>A string: pointer and length.</summary>
    public sealed class String(uint ptrSize, CoreValType ptr) : TypeLayout(ptrSize, 2 * ptrSize, [ptr, ptr], true);

    /// <summary>A list, or a map as the list of its entries: pointer and length.</summary>
    public sealed class List(TypeLayout element, bool isMap, uint ptrSize, CoreValType ptr) : TypeLayout(ptrSize, 2 * ptrSize, [ptr, ptr], true)
    {
        public TypeLayout Element { get; } = element;

        public bool IsMap { get; } = isMap;
    }

    /// <summary>A list of fixed length, its elements inline.</summary>
    public sealed class FixedList(TypeLayout element, uint length, ulong size, ImmutableArray<CoreValType> flat)
        : TypeLayout(element.Alignment, size, flat, element.HasPointers)
    {
        public TypeLayout Element { get; } = element;

        public uint Length { get; } = length;
    }

    /// <summary>A record, or a tuple where there are no names.</summary>
    public sealed class Record(string[]? names, TypeLayout[] fields, ulong[] offsets, uint alignment, ulong size, ImmutableArray<CoreValType> flat, bool hasPointers)
        : TypeLayout(alignment, size, flat, hasPointers)
    {
        public string[]? Names { get; } = names;

        public TypeLayout[] Fields { get; } = fields;

        public ulong[] Offsets { get; } = offsets;
    }

    /// <summary>A variant, or what is stored like one.</summary>
    public sealed class Variant(
        VariantKind kind,
        string[] names,
        TypeLayout?[] cases,
        uint discriminantSize,
        uint payloadOffset,
        uint alignment,
        ulong size,
        ImmutableArray<CoreValType> flat,
        bool hasPointers)
        : TypeLayout(alignment, size, flat, hasPointers)
    {
        public VariantKind Kind { get; } = kind;

        public string[] Names { get; } = names;

        public TypeLayout?[] Cases { get; } = cases;

        public uint DiscriminantSize { get; } = discriminantSize;

        public uint PayloadOffset { get; } = payloadOffset;
    }

    /// <summary>Flags: one bit for each label.</summary>
    public sealed class Flags(EquatableArray<string> labels, uint size) : TypeLayout(size, size, [CoreValType.I32], false)
    {
        public EquatableArray<string> Labels { get; } = labels;
    }

    /// <summary>A handle of a resource.</summary>
    public sealed class Handle(ResourceTableId table, bool own) : TypeLayout(4, 4, [CoreValType.I32], false)
    {
        public ResourceTableId Table { get; } = table;

        public bool Own { get; } = own;
    }

    /// <summary>A stream, future or error context: this host has none to give or take.</summary>
    public sealed class Async() : TypeLayout(4, 4, [CoreValType.I32], false);
}

/// <summary>What a variant was before it was despecialized. Spec: <c>despecialize</c>.</summary>
internal enum VariantKind
{
    Variant,
    Enum,
    Option,
    Result,
}
