using Fact.Ir;

namespace Fact.Component.Ast;

/// <summary>A primitive value type; the numbers are the binary format's opcodes.</summary>
internal enum PrimValType : byte
{
    /// <summary><c>bool</c></summary>
    Bool = 0x7f,

    /// <summary><c>s8</c></summary>
    S8 = 0x7e,

    /// <summary><c>u8</c></summary>
    U8 = 0x7d,

    /// <summary><c>s16</c></summary>
    S16 = 0x7c,

    /// <summary><c>u16</c></summary>
    U16 = 0x7b,

    /// <summary><c>s32</c></summary>
    S32 = 0x7a,

    /// <summary><c>u32</c></summary>
    U32 = 0x79,

    /// <summary><c>s64</c></summary>
    S64 = 0x78,

    /// <summary><c>u64</c></summary>
    U64 = 0x77,

    /// <summary><c>f32</c></summary>
    F32 = 0x76,

    /// <summary><c>f64</c></summary>
    F64 = 0x75,

    /// <summary><c>char</c>: a Unicode scalar value.</summary>
    Char = 0x74,

    /// <summary><c>string</c></summary>
    String = 0x73,

    /// <summary><c>error-context</c></summary>
    ErrorContext = 0x64,
}

/// <summary>A mention of a value type: <c>valtype</c>.</summary>
internal closed record ValTypeMention
{
    private ValTypeMention()
    {
    }

    /// <summary>A primitive type.</summary>
    /// <param name="Type">Which.</param>
    public sealed record Primitive(PrimValType Type) : ValTypeMention;

    /// <summary>A type defined before.</summary>
    /// <param name="Type">Its index.</param>
    public sealed record Defined(TypeIdx Type) : ValTypeMention;
}

/// <summary>A labelled value type: a record field or a parameter.</summary>
/// <param name="Label">The label.</param>
/// <param name="Type">The type.</param>
internal sealed record LabelValType(string Label, ValTypeMention Type);

/// <summary>A case of a variant.</summary>
/// <param name="Label">The label.</param>
/// <param name="Type">The type of its payload, if it has one.</param>
internal sealed record VariantCase(string Label, ValTypeMention? Type);

/// <summary>A definition of a value type: <c>defvaltype</c>.</summary>
internal closed record DefValType
{
    private DefValType()
    {
    }

    /// <summary>A name for a primitive type.</summary>
    /// <param name="Type">Which.</param>
    public sealed record Primitive(PrimValType Type) : DefValType;

    /// <summary><c>record</c></summary>
    /// <param name="Fields">One field or more.</param>
    public sealed record Record(EquatableArray<LabelValType> Fields) : DefValType;

    /// <summary><c>variant</c></summary>
    /// <param name="Cases">One case or more.</param>
    public sealed record Variant(EquatableArray<VariantCase> Cases) : DefValType;

    /// <summary><c>list</c></summary>
    /// <param name="Element">The type of its elements.</param>
    public sealed record List(ValTypeMention Element) : DefValType;

    /// <summary><c>list</c> of a fixed length.</summary>
    /// <param name="Element">The type of its elements.</param>
    /// <param name="Length">The number of elements, at least 1.</param>
    public sealed record FixedLengthList(ValTypeMention Element, uint Length) : DefValType;

    /// <summary><c>map</c></summary>
    /// <param name="Key">The type of its keys; the decoder checks a primitive one, an index is for the linker.</param>
    /// <param name="Value">The type of its values.</param>
    public sealed record Map(ValTypeMention Key, ValTypeMention Value) : DefValType;

    /// <summary><c>tuple</c></summary>
    /// <param name="Types">One type or more.</param>
    public sealed record Tuple(EquatableArray<ValTypeMention> Types) : DefValType;

    /// <summary><c>flags</c></summary>
    /// <param name="Labels">1 to 32 labels.</param>
    public sealed record Flags(EquatableArray<string> Labels) : DefValType;

    /// <summary><c>enum</c></summary>
    /// <param name="Labels">One label or more.</param>
    public sealed record Enum(EquatableArray<string> Labels) : DefValType;

    /// <summary><c>option</c></summary>
    /// <param name="Type">The type of what is there, when something is.</param>
    public sealed record Option(ValTypeMention Type) : DefValType;

    /// <summary><c>result</c></summary>
    /// <param name="Ok">The type of the payload of success, if any.</param>
    /// <param name="Error">The type of the payload of failure, if any.</param>
    public sealed record Result(ValTypeMention? Ok, ValTypeMention? Error) : DefValType;

    /// <summary><c>own</c>: a handle that owns its resource.</summary>
    /// <param name="Resource">The resource type.</param>
    public sealed record Own(TypeIdx Resource) : DefValType;

    /// <summary><c>borrow</c>: a handle lent for a call.</summary>
    /// <param name="Resource">The resource type.</param>
    public sealed record Borrow(TypeIdx Resource) : DefValType;

    /// <summary><c>stream</c></summary>
    /// <param name="Element">The type of its elements, if any.</param>
    public sealed record Stream(ValTypeMention? Element) : DefValType;

    /// <summary><c>future</c></summary>
    /// <param name="Element">The type of its value, if any.</param>
    public sealed record Future(ValTypeMention? Element) : DefValType;
}
