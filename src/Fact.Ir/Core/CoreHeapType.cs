namespace Fact.Ir;

/// <summary>What a reference refers to: a built-in type, or a defined one. Spec: <c>heaptype</c>.</summary>
public readonly record struct CoreHeapType
{
    private const ulong SharedBit = 1 << 9, ExactBit = 1 << 10, DefinedBit = 1 << 11;
    private const int IndexShift = 32;

    internal CoreHeapType(ulong bits) => Bits = bits;

    /// <summary>One of the built-in heap types.</summary>
    /// <param name="type">Which.</param>
    /// <param name="isShared">Whether <c>shared</c> is said.</param>
    public CoreHeapType(CoreAbsHeapType type, bool isShared = false)
        : this((ulong)type | (isShared ? SharedBit : 0))
    {
    }

    /// <summary>A defined type.</summary>
    /// <param name="type">Its index.</param>
    /// <param name="isExact">Whether <c>exact</c> is said: no proper subtype.</param>
    public CoreHeapType(CoreTypeIdx type, bool isExact = false)
        : this(((ulong)type.Value << IndexShift) | DefinedBit | (isExact ? ExactBit : 0))
    {
    }

    /// <summary>The index of a defined type; null for a built-in one.</summary>
    public CoreTypeIdx? Defined => (Bits & DefinedBit) != 0 ? new CoreTypeIdx((uint)(Bits >> IndexShift)) : null;

    /// <summary>Which built-in type it is; of no meaning for a defined one.</summary>
    public CoreAbsHeapType Abstract => (CoreAbsHeapType)(byte)Bits;

    /// <summary>Whether <c>shared</c> is said of a built-in type.</summary>
    public bool IsShared => (Bits & SharedBit) != 0;

    /// <summary>Whether <c>exact</c> is said of a defined type: no proper subtype.</summary>
    public bool IsExact => (Bits & ExactBit) != 0;

    /// <summary>Bytes of the type.</summary>
    internal int EncodedLength => Defined is { } index
        ? IsExact ? 1 + Leb128.Length(index.Value) : Leb128.Length((long)index.Value)
        : IsShared ? 2 : 1;

    /// <summary>All of it, as it is in a <see cref="CoreValType"/>.</summary>
    internal ulong Bits { get; }
}

/// <summary>A built-in heap type; the numbers are the binary format's opcodes. Spec: <c>absheaptype</c>.</summary>
public enum CoreAbsHeapType : byte
{
    /// <summary><c>cont</c></summary>
    Cont = 0x68,

    /// <summary><c>exn</c></summary>
    Exn = 0x69,

    /// <summary><c>array</c></summary>
    Array = 0x6A,

    /// <summary><c>struct</c></summary>
    Struct = 0x6B,

    /// <summary><c>i31</c></summary>
    I31 = 0x6C,

    /// <summary><c>eq</c></summary>
    Eq = 0x6D,

    /// <summary><c>any</c></summary>
    Any = 0x6E,

    /// <summary><c>extern</c></summary>
    Extern = 0x6F,

    /// <summary><c>func</c></summary>
    Func = 0x70,

    /// <summary><c>none</c></summary>
    None = 0x71,

    /// <summary><c>noextern</c></summary>
    NoExtern = 0x72,

    /// <summary><c>nofunc</c></summary>
    NoFunc = 0x73,

    /// <summary><c>noexn</c></summary>
    NoExn = 0x74,

    /// <summary><c>nocont</c></summary>
    NoCont = 0x75,
}
