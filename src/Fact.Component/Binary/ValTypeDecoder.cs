using System;
using System.Linq;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>Value types. Spec: valtype, defvaltype (Binary.md, "Type Definitions").</summary>
internal static class ValTypeDecoder
{
    // One shared object per primitive type, at its opcode.
    private static readonly ValTypeMention?[] Primitives = [.. Enumerable.Range(0, 256).Select(
        opcode => Enum.IsDefined((PrimValType)opcode) ? new ValTypeMention.Primitive((PrimValType)opcode) : null)];

    /// <summary>Reads a <c>valtype</c>.</summary>
    public static ValTypeMention ValType(ref ByteReader r)
    {
        if (Primitives[r.Peek()] is { } primitive)
        {
            r.Byte();
            return primitive;
        }
        long start = r.Offset;
        long index = r.S33();
        if (index < 0)
            r.Fail("neither a primitive value type nor a type index", start);
        return new ValTypeMention.Defined(new TypeIdx((uint)index));
    }

    /// <summary>Reads a <c>valtype?</c>.</summary>
    public static ValTypeMention? OptionalValType(ref ByteReader r) =>
        r.Flag("a value type") ? ValType(ref r) : null;

    /// <summary>Reads a <c>labelvaltype</c>.</summary>
    public static LabelValType LabelValType(ref ByteReader r) => new(Label(ref r), ValType(ref r));

    /// <summary>Reads a <c>resultlist</c>: the one result of a function, or none.</summary>
    public static ValTypeMention? ResultList(ref ByteReader r)
    {
        byte kind = r.Byte();
        if (kind == 0x00)
            return ValType(ref r);
        if (kind != 0x01)
        {
            r.FailOpcode(kind, "result list (0x00, or 0x01 0x00)");
            return null;
        }
        byte count = r.Byte();
        if (count != 0x00)
            r.FailOpcode(count, "number of results that can follow 0x01 (only 0x00: named results are no more)");
        return null;
    }

    /// <summary>Reads what follows the opcode of a <c>defvaltype</c>.</summary>
    public static DefValType DefValType(ref ByteReader r, byte opcode)
    {
        long start = r.Offset - 1;
        if (Primitives[opcode] is not null)
            return new DefValType.Primitive((PrimValType)opcode);
        switch (opcode)
        {
            case 0x72:
                var fields = r.Vec(DecoderLimits.Fields, "record field", static (ref r) => LabelValType(ref r));
                RequireSome(ref r, fields.Length, "record", "field", start);
                RequireDistinct(ref r, fields.AsSpan(), static field => field.Label, "record field", start);
                return new DefValType.Record(fields);
            case 0x71:
                var cases = r.Vec(DecoderLimits.Cases, "variant case", static (ref r) => Case(ref r));
                RequireSome(ref r, cases.Length, "variant", "case", start);
                RequireDistinct(ref r, cases.AsSpan(), static @case => @case.Label, "variant case", start);
                return new DefValType.Variant(cases);
            case 0x70:
                return new DefValType.List(ValType(ref r));
            case 0x67:
                return FixedLengthList(ref r);
            case 0x63:
                return Map(ref r);
            case 0x6f:
                var types = r.Vec(DecoderLimits.TupleTypes, "tuple type", static (ref r) => ValType(ref r));
                RequireSome(ref r, types.Length, "tuple", "type", start);
                return new DefValType.Tuple(types);
            case 0x6e:
                return new DefValType.Flags(Labels(ref r, DecoderLimits.Flags, "flags", "flag", start));
            case 0x6d:
                return new DefValType.Enum(Labels(ref r, DecoderLimits.EnumLabels, "enum", "enum case", start));
            case 0x6b:
                return new DefValType.Option(ValType(ref r));
            case 0x6a:
                return new DefValType.Result(OptionalValType(ref r), OptionalValType(ref r));
            case 0x69:
                return new DefValType.Own(new TypeIdx(r.U32()));
            case 0x68:
                return new DefValType.Borrow(new TypeIdx(r.U32()));
            case 0x66:
                return new DefValType.Stream(OptionalValType(ref r));
            case 0x65:
                return new DefValType.Future(OptionalValType(ref r));
            default:
                r.Fail($"0x{opcode:x2} is not a type", start);
                return null!;
        }
    }

    /// <summary>Fails where two labels of one type are not strongly unique.</summary>
    public static void RequireDistinct<T>(
        ref ByteReader r, ReadOnlySpan<T> items, Func<T, string> label, string what, long start)
    {
        if (r.Failed)
            return;
        int repeated = Ir.DistinctNames.FirstRepeated(items, label);
        if (repeated >= 0)
            r.Fail(DiagnosticCode.DuplicateName, $"{what} {Show.Name(label(items[repeated]))} comes twice: a difference in hyphens or case alone does not count", start);
    }

    private static VariantCase Case(ref ByteReader r)
    {
        string label = Label(ref r);
        var type = OptionalValType(ref r);
        byte zero = r.Byte();
        if (zero != 0x00)
            r.FailOpcode(zero, "valid end of a variant case (0x00: refinement is no more)");
        return new VariantCase(label, type);
    }

    private static DefValType.FixedLengthList FixedLengthList(ref ByteReader r)
    {
        var element = ValType(ref r);
        long start = r.Offset;
        uint length = r.U32();
        if (length is 0 or > DecoderLimits.ListLength)
            r.Fail($"length {length} of a fixed-length list is not from 1 to {DecoderLimits.ListLength}", start);
        return new DefValType.FixedLengthList(element, length);
    }

    private static DefValType.Map Map(ref ByteReader r)
    {
        long start = r.Offset;
        var key = ValType(ref r);
        if (key is ValTypeMention.Primitive { Type: PrimValType.F32 or PrimValType.F64 or PrimValType.ErrorContext })
            r.Fail("type of map keys is not bool, an integer, char or string", start);
        return new DefValType.Map(key, ValType(ref r));
    }

    private static Ir.EquatableArray<string> Labels(
        ref ByteReader r, uint limit, string type, string what, long start)
    {
        var labels = r.Vec(limit, what, static (ref r) => Label(ref r));
        RequireSome(ref r, labels.Length, type, "label", start);
        RequireDistinct(ref r, labels.AsSpan(), static label => label, what, start);
        return labels;
    }

    private static string Label(ref ByteReader r)
    {
        long start = r.Offset;
        string label = r.Name();
        if (!r.Failed && !NameSyntax.IsLabel(label))
            r.Fail(DiagnosticCode.InvalidName, $"{Show.Name(label)} is not a label: kebab-case words, the first of which begins with a letter", start);
        return label;
    }

    private static void RequireSome(ref ByteReader r, int count, string type, string part, long start)
    {
        if (count == 0)
            r.Fail($"{type} without a {part}", start);
    }
}
