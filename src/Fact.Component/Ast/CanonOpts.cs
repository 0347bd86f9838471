using Fact.Ir;

namespace Fact.Component.Ast;

/// <summary>
/// The canonical options of a lift, a lower or a built-in: <c>opts</c>. Their order has no meaning, and the decoder
/// rejects one given twice; whether they fit what they are given to is the linker's to check.
/// </summary>
internal sealed record CanonOpts
{
    /// <summary>No option given.</summary>
    public static CanonOpts None { get; } = new();

    /// <summary><c>string-encoding</c>; null where nothing is said, which means <see cref="StringEncoding.Utf8"/>.</summary>
    public StringEncoding? StringEncoding { get; init; }

    /// <summary><c>memory</c>: where strings, lists and what does not fit core values live.</summary>
    public CoreMemoryIdx? Memory { get; init; }

    /// <summary><c>realloc</c>: allocates in that memory.</summary>
    public CoreFuncIdx? Realloc { get; init; }

    /// <summary><c>post-return</c>: called when the results of a lifted function were read.</summary>
    public CoreFuncIdx? PostReturn { get; init; }

    /// <summary><c>async</c></summary>
    public bool IsAsync { get; init; }

    /// <summary><c>callback</c>: the event loop of an async lift without a stack of its own.</summary>
    public CoreFuncIdx? Callback { get; init; }

    /// <summary><c>core-type</c> (<c>0x08</c>, of the GC proposal): the core function type to lower to.</summary>
    public CoreTypeIdx? CoreType { get; init; }

    /// <summary><c>gc</c> (<c>0x09</c>, of the GC proposal): values are GC objects.</summary>
    public bool IsGc { get; init; }
}
