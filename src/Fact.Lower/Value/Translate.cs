using System.Diagnostics;
using Fact.Lower.Abi;
using Fact.Lower.Code;

namespace Fact.Lower.Value;

/// <summary>Translates a value of one type in one place to another type in another place: by a helper, or by the rule of its family.</summary>
internal static class Translate
{
    /// <summary>In place where the type is small, by a helper where it is not.</summary>
    public static void Value(Scope s, AbiType from, in Source source, AbiType to, in Target target)
    {
        if (Budget.IsOutlined(from) || ManyAreRenumbered(from, to))
            s.Helpers.Translate(s, from, source, to, target);
        else
            InPlace(s, from, source, to, target);
    }

    /// <summary>Whether many cases have other numbers on the other side. (Enums with the same labels are the same object.)</summary>
    private static bool ManyAreRenumbered(AbiType from, AbiType to) =>
        from is AbiType.Variant { Names.Length: > Budget.FewCases } f && to is AbiType.Variant t && !ReferenceEquals(f, t)
        && (f.Flavor == VariantFlavor.Enum || !Records.SameNames(f.Names, t.Names));

    /// <summary>One level in place, however large the type is: what a helper's own body is.</summary>
    public static void InPlace(Scope s, AbiType from, in Source source, AbiType to, in Target target)
    {
        switch (from, to)
        {
            case (AbiType.Scalar f, AbiType.Scalar):
                ScalarValues.Scalar(s, f.Type, source, target);
                break;
            case (AbiType.Record f, AbiType.Record t):
                Records.Record(s, f, source, t, target);
                break;
            case (AbiType.Variant f, AbiType.Variant t):
                Variants.Variant(s, f, source, t, target);
                break;
            case (AbiType.String, AbiType.String):
                Strings.String(s, from, source, target);
                break;
            case (AbiType.List f, AbiType.List t):
                Lists.List(s, f.Element, source, t.Element, target);
                break;
            case (AbiType.FixedList f, AbiType.FixedList t):
                FixedLists.List(s, f, source, t, target);
                break;
            case (AbiType.Flags f, AbiType.Flags):
                ScalarValues.Flags(s, f, source, target);
                break;
            case (AbiType.Handle f, AbiType.Handle t):
                ScalarValues.Handle(s, f, source, t, target);
                break;
            default:
                throw new UnreachableException("the two sides were checked to have the same type");
        }
    }
}
