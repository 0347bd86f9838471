using System;

namespace Fact.Ir;

/// <summary>How the strings of one side are encoded in its memory. Spec: <c>string-encoding</c>.</summary>
public enum StringEncoding
{
    /// <summary>UTF-8; a code unit is one byte.</summary>
    Utf8 = 0,
    /// <summary>UTF-16, little endian; a code unit is two bytes.</summary>
    Utf16 = 1,
    /// <summary>Latin-1 or, where the top bit of the length is set, UTF-16. Spec: <c>latin1+utf16</c>.</summary>
    Latin1OrUtf16 = 2,
}

/// <summary>Where the values of one side live.</summary>
public enum DataModel
{
    /// <summary>In linear memory.</summary>
    LinearMemory,
    /// <summary>In the garbage-collected heap: a proposal whose ABI is not settled.</summary>
    Gc,
}

/// <summary>A linear memory that one side's values live in.</summary>
/// <param name="Id">Which memory.</param>
/// <param name="Type">Its index type and page size.</param>
/// <exception cref="ArgumentNullException">The type is null.</exception>
public sealed record CanonicalMemory(CoreMemoryId Id, CoreMemoryType Type)
{
    /// <summary>Its index type and page size.</summary>
    public CoreMemoryType Type { get; init => field = Given.NotNull(value, nameof(Type)); } = Given.NotNull(Type, nameof(Type));
}

/// <summary>The canonical options that one side was lifted or lowered with. Spec: <c>canonopt</c>.</summary>
/// <param name="StringEncoding">How its strings are encoded.</param>
/// <param name="Memory">Its memory; null where it has none.</param>
/// <param name="Realloc">Its allocator, <c>(ptr ptr ptr ptr) -> ptr</c>; null where it has none.</param>
/// <param name="Async">Whether it uses the async ABI.</param>
/// <param name="Callback">The callback of an async lift; null where it has none.</param>
/// <param name="PostReturn">What to call when the results were read (lift side only); null where there is none.</param>
/// <param name="DataModel">Linear memory, or GC.</param>
public sealed record CanonicalOptions(
    StringEncoding StringEncoding,
    CanonicalMemory? Memory = null,
    CoreFuncId? Realloc = null,
    bool Async = false,
    CoreFuncId? Callback = null,
    CoreFuncId? PostReturn = null,
    DataModel DataModel = DataModel.LinearMemory)
{
    /// <summary>The type of an address on this side: i32 or i64.</summary>
    public CoreValType PointerType => Memory?.Type.IndexType ?? CoreValType.I32;

    /// <summary>A hash that who chooses the functions cannot know: many options may have been made to be looked for.</summary>
    public override int GetHashCode() => HashCode.Combine(StringEncoding, Memory, Realloc, Async, Callback, PostReturn, DataModel);
}
