using System;

namespace Fact.Ir;

/// <summary>Variants, and what despecializes to one: the cases of an enum, option or result. Spec: <c>despecialize</c>.</summary>
internal static class TypeCases
{
    /// <summary>How many cases a type has; 0 for a type that is no variant.</summary>
    public static int Count(ValType type) => type switch
    {
        ValType.Variant t => t.Cases.Length,
        ValType.Enum t => t.Labels.Length,
        ValType.Option or ValType.Result => 2,
        ValType.Primitive or ValType.List or ValType.FixedLengthList or ValType.Map or ValType.Record or ValType.Tuple or ValType.Flags or ValType.Own
            or ValType.Borrow or ValType.Stream or ValType.Future or ValType.ErrorContext => 0,
    };

    /// <summary>The payload of a case; null where it has none.</summary>
    /// <param name="type">The type.</param>
    /// <param name="index">The case: of an option 0 is none and 1 some, of a result 0 is ok and 1 error.</param>
    public static ValType? Payload(ValType type, int index) => type switch
    {
        ValType.Variant t => t.Cases[index].Type,
        ValType.Enum => null,
        ValType.Option t => index == 0 ? null : t.Some,
        ValType.Result t => index == 0 ? t.Ok : t.Error,
        ValType.Primitive or ValType.List or ValType.FixedLengthList or ValType.Map or ValType.Record or ValType.Tuple or ValType.Flags or ValType.Own
            or ValType.Borrow or ValType.Stream or ValType.Future or ValType.ErrorContext => throw new ArgumentException("the type is no variant", nameof(type)),
    };

    /// <summary>Bytes of the discriminant in memory: 1, 2 or 4. Spec: <c>discriminant_type</c>.</summary>
    public static int DiscriminantSize(ValType type) => LayoutRules.DiscriminantSize(Count(type));
}
