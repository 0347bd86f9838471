using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Types. Spec: chapter "Types" of the binary format.</summary>
internal static class Types
{
    private const byte FuncTypeTag = 0x60, NullableTag = 0x63, NonNullTag = 0x64, SharedTag = 0x65, ExactTag = 0x62;
    private const byte FuncKind = 0x00, ExactFuncKind = 0x20, TableKind = 0x01, MemoryKind = 0x02, GlobalKind = 0x03, TagKind = 0x04, Exception = 0x00;
    private const byte HasMax = 0x01, Shared = 0x02, Is64 = 0x04, HasPageSize = 0x08, Mutable = 0x01;

    /// <summary>The number of bytes of a function type.</summary>
    public static int Length(CoreFuncType type) => 1 + Length(type.Params.AsSpan()) + Length(type.Results.AsSpan());

    /// <summary>Writes a function type. Spec: <c>functype</c>.</summary>
    public static int Write(Span<byte> to, int at, CoreFuncType type)
    {
        at = Values.Byte(to, at, FuncTypeTag);
        at = Write(to, at, type.Params.AsSpan());
        return Write(to, at, type.Results.AsSpan());
    }

    /// <summary>The number of bytes of a value type.</summary>
    public static int Length(CoreValType type) => type.EncodedLength;

    /// <summary>Writes a value type. Spec: <c>valtype</c>.</summary>
    public static int Write(Span<byte> to, int at, CoreValType type) =>
        type.IsOneByte ? Values.Byte(to, at, (byte)type)
            : Write(to, type.IsShort ? at : Values.Byte(to, at, type.IsNullable ? NullableTag : NonNullTag), type.Heap);

    /// <summary>The number of bytes of the type of a block.</summary>
    public static int BlockTypeLength(CoreFuncType type, ref Immediates immediates) =>
        Numbering.NeedsTypeIndex(type) ? Leb128.Length((long)immediates.Next()) : type.Results.IsEmpty ? 1 : Length(type.Results[0]);

    /// <summary>The number of bytes of the type of an import or export.</summary>
    public static int Length(CoreExternType type) => 1 + type switch
    {
        CoreExternType.Func func => Leb128.Length(func.Type.Value),
        CoreExternType.Table(var table) => Length(table),
        CoreExternType.Memory(var memory) => Length(memory),
        CoreExternType.Global(var global) => Length(global),
        CoreExternType.Tag(var tag) => 1 + Leb128.Length(tag.Value),
    };

    /// <summary>Writes the type of an import or export. Spec: <c>externtype</c>.</summary>
    public static int Write(Span<byte> to, int at, CoreExternType type) => type switch
    {
        CoreExternType.Func func => Leb128.Write(to, Values.Byte(to, at, func.IsExact ? ExactFuncKind : FuncKind), func.Type.Value),
        CoreExternType.Table(var table) => Write(to, Values.Byte(to, at, TableKind), table),
        CoreExternType.Memory(var memory) => Write(to, Values.Byte(to, at, MemoryKind), memory),
        CoreExternType.Global(var global) => Write(to, Values.Byte(to, at, GlobalKind), global),
        CoreExternType.Tag(var tag) => Leb128.Write(to, Values.Byte(to, Values.Byte(to, at, TagKind), Exception), tag.Value),
    };

    /// <summary>The number of bytes of a memory type.</summary>
    public static int Length(CoreMemoryType type) => Length(type.Limits) + (HasPageSizeOf(type) == 0 ? 0 : Leb128.Length((uint)type.PageSizeLog2));

    /// <summary>The number of bytes of a table type.</summary>
    public static int Length(CoreTableType type) => Length(type.Element) + Length(type.Limits);

    /// <summary>The number of bytes of a global type.</summary>
    public static int Length(CoreGlobalType type) => Length(type.Type) + 1;

    /// <summary>Writes a table type. Spec: <c>tabletype</c>.</summary>
    public static int Write(Span<byte> to, int at, CoreTableType type) => Write(to, Write(to, at, type.Element), type.Limits, 0);

    /// <summary>Writes a memory type. Spec: <c>memtype</c>.</summary>
    public static int Write(Span<byte> to, int at, CoreMemoryType type)
    {
        byte hasPageSize = HasPageSizeOf(type);
        at = Write(to, at, type.Limits, hasPageSize);
        return hasPageSize == 0 ? at : Leb128.Write(to, at, (uint)type.PageSizeLog2);
    }

    /// <summary>Writes a global type. Spec: <c>globaltype</c>.</summary>
    public static int Write(Span<byte> to, int at, CoreGlobalType type) =>
        Values.Byte(to, Write(to, at, type.Type), (byte)((type.IsMutable ? Mutable : 0) | (type.IsShared ? Shared : 0)));

    private static byte HasPageSizeOf(CoreMemoryType type) => type.PageSizeLog2 == CoreMemoryType.DefaultPageSizeLog2 ? (byte)0 : HasPageSize;

    private static int Length(CoreLimits limits) => 1 + Leb128.Length(limits.Min) + (limits.Max is { } max ? Leb128.Length(max) : 0);

    private static int Write(Span<byte> to, int at, CoreLimits limits, byte otherFlags)
    {
        at = Values.Byte(to, at, (byte)((limits.Max is null ? 0 : HasMax) | (limits.IsShared ? Shared : 0) | (limits.Is64 ? Is64 : 0) | otherFlags));
        at = Leb128.Write(to, at, limits.Min);
        return limits.Max is { } max ? Leb128.Write(to, at, max) : at;
    }

    /// <summary>Writes what a reference refers to. Spec: <c>heaptype</c>.</summary>
    public static int Write(Span<byte> to, int at, CoreHeapType type)
    {
        if (type.Defined is { } index)
            return type.IsExact ? Leb128.Write(to, Values.Byte(to, at, ExactTag), index.Value) : Leb128.Write(to, at, (long)index.Value);
        return Values.Byte(to, type.IsShared ? Values.Byte(to, at, SharedTag) : at, (byte)type.Abstract);
    }

    private static int Length(ReadOnlySpan<CoreValType> types)
    {
        int length = Leb128.Length((uint)types.Length);
        foreach (var type in types)
            length += Length(type);
        return length;
    }

    private static int Write(Span<byte> to, int at, ReadOnlySpan<CoreValType> types)
    {
        at = Leb128.Write(to, at, (uint)types.Length);
        foreach (var type in types)
            at = Write(to, at, type);
        return at;
    }
}
