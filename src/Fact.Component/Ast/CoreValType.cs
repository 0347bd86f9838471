namespace Fact.Component.Ast;

/// <summary>A core value type.</summary>
public closed record CoreValType
{
    private CoreValType()
    {
    }

    /// <summary>A number or vector type.</summary>
    /// <param name="Type">Which.</param>
    public sealed record Numeric(CoreNumType Type) : CoreValType;

    /// <summary>A reference type.</summary>
    /// <param name="IsNullable">Whether null is among its values.</param>
    /// <param name="Heap">What it refers to.</param>
    public sealed record Ref(bool IsNullable, CoreHeapType Heap) : CoreValType;
}

/// <summary>A core number or vector type; the numbers are the binary format's opcodes.</summary>
public enum CoreNumType : byte
{
    /// <summary><c>i32</c></summary>
    I32 = 0x7f,

    /// <summary><c>i64</c></summary>
    I64 = 0x7e,

    /// <summary><c>f32</c></summary>
    F32 = 0x7d,

    /// <summary><c>f64</c></summary>
    F64 = 0x7c,

    /// <summary><c>v128</c></summary>
    V128 = 0x7b,
}

/// <summary>What a reference refers to.</summary>
public closed record CoreHeapType
{
    private CoreHeapType()
    {
    }

    /// <summary>One of the built-in heap types.</summary>
    /// <param name="Type">Which.</param>
    /// <param name="IsShared">Whether <c>shared</c> is said.</param>
    public sealed record Abstract(CoreAbsHeapType Type, bool IsShared) : CoreHeapType;

    /// <summary>A defined type.</summary>
    /// <param name="Type">Its index.</param>
    /// <param name="IsExact">Whether <c>exact</c> is said: no proper subtype.</param>
    public sealed record Concrete(CoreTypeIdx Type, bool IsExact) : CoreHeapType;
}

/// <summary>A built-in heap type; the numbers are the binary format's opcodes.</summary>
public enum CoreAbsHeapType : byte
{
    /// <summary><c>nocont</c></summary>
    NoCont = 0x75,

    /// <summary><c>noexn</c></summary>
    NoExn = 0x74,

    /// <summary><c>nofunc</c></summary>
    NoFunc = 0x73,

    /// <summary><c>noextern</c></summary>
    NoExtern = 0x72,

    /// <summary><c>none</c></summary>
    None = 0x71,

    /// <summary><c>func</c></summary>
    Func = 0x70,

    /// <summary><c>extern</c></summary>
    Extern = 0x6f,

    /// <summary><c>any</c></summary>
    Any = 0x6e,

    /// <summary><c>eq</c></summary>
    Eq = 0x6d,

    /// <summary><c>i31</c></summary>
    I31 = 0x6c,

    /// <summary><c>struct</c></summary>
    Struct = 0x6b,

    /// <summary><c>array</c></summary>
    Array = 0x6a,

    /// <summary><c>exn</c></summary>
    Exn = 0x69,

    /// <summary><c>cont</c></summary>
    Cont = 0x68,
}
