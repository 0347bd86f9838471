using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Ir;
using Fact.Properties.Generators;

namespace Fact.Conformance.Behaviour.Spec;

// Loading, as in definitions.py.
internal sealed partial class SpecSide
{
    private static readonly Encoding
        StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true),
        StrictUtf16 = new UnicodeEncoding(false, false, throwOnInvalidBytes: true);

    public SpecValue Load(ulong ptr, ValType type) => SpecAbi.Despecialize(type) switch
    {
        ValType.Primitive { Type: PrimitiveType.Bool } => new SpecValue.Bool(LoadInt(ptr, 1) != 0),
        ValType.Primitive { Type: PrimitiveType.Char } => ToChar(LoadInt(ptr, 4)),
        ValType.Primitive { Type: PrimitiveType.String } => LoadStringFromRange(LoadInt(ptr, Abi.PtrSize), LoadInt(ptr + Abi.PtrSize, Abi.PtrSize)),
        ValType.Primitive t => new SpecValue.Bits(LoadInt(ptr, Abi.ElemSize(t))),
        ValType.List t => LoadListFromRange(LoadInt(ptr, Abi.PtrSize), LoadInt(ptr + Abi.PtrSize, Abi.PtrSize), t.Element),
        ValType.FixedLengthList t => LoadListFromValidRange(ptr, t.Length, t.Element),
        ValType.Record t => LoadRecord(ptr, t),
        ValType.Variant t => LoadVariant(ptr, t),
        ValType.Flags t => UnpackFlags(LoadInt(ptr, SpecAbi.FlagsSize(t.Labels.Length)), t),
        var t => LiftHandle(LoadInt(ptr, 4), t),
    };

    private static SpecValue.Handle LiftHandle(ulong index, ValType type)
    {
        var (kind, table) = HandleOf(type)!.Value;
        return new(kind, (uint)index, table);
    }

    // def convert_i32_to_char(cx, i)
    private static SpecValue.Char ToChar(ulong i)
    {
        SpecTrap.If(i >= 0x110000, "char too large");
        SpecTrap.If(i is >= 0xD800 and <= 0xDFFF, "surrogate");
        return new((int)i);
    }

    private SpecValue.Text LoadStringFromRange(ulong ptr, ulong taggedCodeUnits)
    {
        bool tagged = Encoding == StringEncoding.Latin1OrUtf16 && (taggedCodeUnits & Tag) != 0;
        ulong units = tagged ? taggedCodeUnits ^ Tag : taggedCodeUnits;
        bool wide = tagged || Encoding == StringEncoding.Utf16;
        ulong alignment = Encoding == StringEncoding.Utf8 ? 1u : 2u;
        SpecTrap.If(units > ByteLimit / (wide ? 2u : 1u), "string too long");
        ulong byteLength = wide ? 2 * units : units;
        SpecTrap.If(ptr != SpecAbi.AlignTo(ptr, alignment), "unaligned string");
        SpecTrap.If(OutOfBounds(ptr, byteLength), "string out of bounds");
        var codec = wide ? StrictUtf16 : Encoding == StringEncoding.Utf8 ? StrictUtf8 : System.Text.Encoding.Latin1;
        try
        {
            return new(codec.GetString(Range(ptr, byteLength)), Encoding, taggedCodeUnits);
        }
        catch (DecoderFallbackException)
        {
            throw new SpecTrap("invalid string");
        }
    }

    private SpecValue.List LoadListFromRange(ulong ptr, ulong length, ValType element)
    {
        SpecTrap.If(length > ByteLimit / Abi.ElemSize(element), "list too long");
        SpecTrap.If(ptr != SpecAbi.AlignTo(ptr, Abi.Alignment(element)), "unaligned list");
        SpecTrap.If(OutOfBounds(ptr, length * Abi.ElemSize(element)), "list out of bounds");
        return LoadListFromValidRange(ptr, length, element);
    }

    private SpecValue.List LoadListFromValidRange(ulong ptr, ulong length, ValType element)
    {
        var elements = new List<SpecValue>();
        for (ulong i = 0; i < length; i++)
            elements.Add(Load(ptr + (i * Abi.ElemSize(element)), element));
        return new([.. elements]);
    }

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

    private SpecValue.Case LoadVariant(ulong ptr, ValType.Variant type)
    {
        ulong discriminantSize = SpecAbi.DiscriminantSize(type.Cases.Length);
        ulong index = LoadInt(ptr, discriminantSize);
        SpecTrap.If(index >= (ulong)type.Cases.Length, "invalid discriminant");
        ptr = SpecAbi.AlignTo(ptr + discriminantSize, Abi.MaxCaseAlignment(type));
        var one = type.Cases[(int)index];
        return new(one.Name, one.Type is { } payload ? Load(ptr, payload) : null);
    }

    // def unpack_flags_from_int(i, labels)
    private static SpecValue.Flags UnpackFlags(ulong bits, ValType.Flags type) =>
        new([.. type.Labels.Items.Where((_, i) => (bits >> i & 1) != 0)]);
}
