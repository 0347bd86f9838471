using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Model;

// Loading, as in definitions.py.
public partial class LiftLowerContext
{
    /// <summary>The value of a type at an address. Spec: <c>load</c>.</summary>
    public SpecValue Load(ulong ptr, ValType type) => SpecAbi.Despecialize(type) switch
    {
        ValType.Primitive { Type: PrimitiveType.Bool } => new SpecValue.Bool(memory.LoadInt(ptr, 1) != 0),
        ValType.Primitive { Type: PrimitiveType.Char } => ConvertI32ToChar(memory.LoadInt(ptr, 4)),
        ValType.Primitive { Type: PrimitiveType.String } => LoadStringFromRange(LoadPtr(ptr), LoadPtr(ptr + Abi.PtrSize)),
        ValType.Primitive t => new SpecValue.Bits(memory.LoadInt(ptr, Abi.ElemSize(t))),
        ValType.List t => LoadListFromRange(LoadPtr(ptr), LoadPtr(ptr + Abi.PtrSize), t.Element),
        ValType.FixedLengthList t => LoadListFromValidRange(ptr, t.Length, t.Element),
        ValType.Record t => LoadRecord(ptr, t),
        ValType.Variant t => LoadVariant(ptr, t),
        ValType.Flags t => UnpackFlagsFromInt(memory.LoadInt(ptr, SpecAbi.FlagsSize(t.Labels.Length)), t),
        _ => handles.Lift(type, (uint)memory.LoadInt(ptr, 4)),
    };

    private ulong LoadPtr(ulong ptr) => memory.LoadInt(ptr, Abi.PtrSize);

    // def convert_i32_to_char(cx, i)
    private static SpecValue.Char ConvertI32ToChar(ulong i)
    {
        SpecTrap.If(i >= 0x110000, "char too large");
        SpecTrap.If(i is >= 0xD800 and <= 0xDFFF, "surrogate");
        return new((int)i);
    }

    // def load_string_from_range(cx, ptr, tagged_code_units)
    private SpecValue.Text LoadStringFromRange(ulong ptr, ulong taggedCodeUnits)
    {
        bool tagged = encoding == StringEncoding.Latin1OrUtf16 && (taggedCodeUnits & Tag) != 0;
        ulong units = tagged ? taggedCodeUnits ^ Tag : taggedCodeUnits;
        var codec = tagged || encoding == StringEncoding.Utf16 ? Codec.Utf16 : encoding == StringEncoding.Utf8 ? Codec.Utf8 : Codec.Latin1;
        ulong unit = (ulong)codec.UnitSize;
        SpecTrap.If(units > dialect.MaxByteLength / unit, "string too long");
        SpecTrap.If(ptr % (encoding == StringEncoding.Utf8 ? 1u : 2u) != 0, "unaligned string");
        SpecTrap.If(!memory.Has(ptr, units * unit), "string out of bounds");
        string? text = codec.Decode(memory.Read(ptr, units * unit));
        SpecTrap.If(text is null, "invalid string");
        return new(text!, encoding, taggedCodeUnits);
    }

    // def load_list_from_range(cx, ptr, length, elem_type)
    private SpecValue.List LoadListFromRange(ulong ptr, ulong length, ValType element)
    {
        ulong size = Abi.ElemSize(element);
        SpecTrap.If(length > dialect.MaxByteLength / size, "list too long");
        SpecTrap.If(ptr % Abi.Alignment(element) != 0, "unaligned list");
        SpecTrap.If(!memory.Has(ptr, length * size), "list out of bounds");
        return LoadListFromValidRange(ptr, length, element);
    }

    // def load_list_from_valid_range(cx, ptr, length, elem_type)
    private SpecValue.List LoadListFromValidRange(ulong ptr, ulong length, ValType element)
    {
        ulong size = Abi.ElemSize(element);
        var elements = new List<SpecValue>();
        for (ulong i = 0; i < length; i++)
            elements.Add(Load(ptr + (i * size), element));
        return new([.. elements]);
    }

    // def load_record(cx, ptr, fields)
    private SpecValue.Record LoadRecord(ulong ptr, ValType.Record type)
    {
        var fields = new List<(string, SpecValue)>();
        foreach (var field in type.Fields)
        {
            ptr = SpecAbi.AlignTo(ptr, Abi.Alignment(field.Type));
            fields.Add((field.Name, Load(ptr, field.Type)));
            ptr += Abi.ElemSize(field.Type);
        }
        return new([.. fields]);
    }

    // def load_variant(cx, ptr, cases)
    private SpecValue.Case LoadVariant(ulong ptr, ValType.Variant type)
    {
        ulong discriminantSize = SpecAbi.DiscriminantSize(type.Cases.Length);
        ulong index = memory.LoadInt(ptr, discriminantSize);
        SpecTrap.If(index >= (ulong)type.Cases.Length, "invalid discriminant");
        ptr = SpecAbi.AlignTo(ptr + discriminantSize, Abi.MaxCaseAlignment(type));
        var one = type.Cases[(int)index];
        return new(one.Name, one.Type is { } payload ? Load(ptr, payload) : null);
    }

    // def unpack_flags_from_int(i, labels)
    private static SpecValue.Flags UnpackFlagsFromInt(ulong i, ValType.Flags type) =>
        new([.. type.Labels.Items.Where((_, n) => (i >> n & 1) != 0)]);
}
