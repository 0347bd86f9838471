using System;
using System.Diagnostics;

namespace Fact.Ir;

/// <summary>The types in a type, in order and without names: one level of it, for walks.</summary>
internal static class TypeParts
{
    public static ReadOnlySpan<ValType> Of(EquatableArray<ValType> types) => types.AsSpan();

    public static ReadOnlySpan<ValType> Of(EquatableArray<Field> fields)
    {
        var types = new ValType[fields.Length];
        for (int i = 0; i < types.Length; i++)
            types[i] = fields[i].Type;
        return types;
    }

    public static ReadOnlySpan<ValType?> Of(EquatableArray<Case> cases)
    {
        var types = new ValType?[cases.Length];
        for (int i = 0; i < types.Length; i++)
            types[i] = cases[i].Type;
        return types;
    }

    public static ReadOnlySpan<ValType> Of(EquatableArray<Param> parameters)
    {
        var types = new ValType[parameters.Length];
        for (int i = 0; i < types.Length; i++)
            types[i] = parameters[i].Type;
        return types;
    }

    /// <summary>How many parts a type has, cases and results without a payload counted; labels of enums and flags are none.</summary>
    public static int Count(ValType type) => type switch
    {
        ValType.Record t => t.Fields.Length,
        ValType.Tuple t => t.Types.Length,
        ValType.Variant t => t.Cases.Length,
        ValType.Map or ValType.Result => 2,
        ValType.List or ValType.FixedLengthList or ValType.Option => 1,
        ValType.Stream t => t.Element is null ? 0 : 1,
        ValType.Future t => t.Element is null ? 0 : 1,
        ValType.Primitive or ValType.Enum or ValType.Flags or ValType.Own or ValType.Borrow or ValType.ErrorContext => 0,
    };

    /// <summary>A part of a type; null for a case or result without a payload.</summary>
    /// <param name="type">The type.</param>
    /// <param name="index">Which part, less than <see cref="Count"/>.</param>
    public static ValType? At(ValType type, int index) => type switch
    {
        ValType.Record t => t.Fields[index].Type,
        ValType.Tuple t => t.Types[index],
        ValType.Variant t => t.Cases[index].Type,
        ValType.Map t => index == 0 ? t.Key : t.Value,
        ValType.Result t => index == 0 ? t.Ok : t.Error,
        ValType.List t => t.Element,
        ValType.FixedLengthList t => t.Element,
        ValType.Option t => t.Some,
        ValType.Stream t => t.Element,
        ValType.Future t => t.Element,
        ValType.Primitive or ValType.Enum or ValType.Flags or ValType.Own or ValType.Borrow or ValType.ErrorContext =>
            throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <summary>How many labels a type has: names of fields or cases, or the labels of an enum or flags.</summary>
    public static int LabelCount(ValType type) => type switch
    {
        ValType.Record t => t.Fields.Length,
        ValType.Variant t => t.Cases.Length,
        ValType.Enum t => t.Labels.Length,
        ValType.Flags t => t.Labels.Length,
        ValType.Primitive or ValType.List or ValType.FixedLengthList or ValType.Map or ValType.Tuple or ValType.Option or ValType.Result or ValType.Own
            or ValType.Borrow or ValType.Stream or ValType.Future or ValType.ErrorContext => 0,
    };

    /// <summary>A label of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="index">Which label, less than <see cref="LabelCount"/>.</param>
    public static string LabelAt(ValType type, int index) => type switch
    {
        ValType.Record t => t.Fields[index].Name,
        ValType.Variant t => t.Cases[index].Name,
        ValType.Enum t => t.Labels[index],
        ValType.Flags t => t.Labels[index],
        ValType.Primitive or ValType.List or ValType.FixedLengthList or ValType.Map or ValType.Tuple or ValType.Option or ValType.Result or ValType.Own
            or ValType.Borrow or ValType.Stream or ValType.Future or ValType.ErrorContext => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <summary>The type with each of its parts replaced, from the first to the last; the same object where all of them stay. Names are not looked at.</summary>
    /// <param name="type">The type.</param>
    /// <param name="by">What takes the place of a part.</param>
    public static ValType Map(ValType type, Func<ValType, ValType> by)
    {
        switch (type)
        {
            case ValType.List t:
                return by(t.Element) is var element && ReferenceEquals(element, t.Element) ? t : new ValType.List(element);
            case ValType.FixedLengthList t:
                return by(t.Element) is var item && ReferenceEquals(item, t.Element) ? t : new ValType.FixedLengthList(item, t.Length);
            case ValType.Option t:
                return by(t.Some) is var some && ReferenceEquals(some, t.Some) ? t : new ValType.Option(some);
            case ValType.Map t:
                var (key, value) = (by(t.Key), by(t.Value));
                return ReferenceEquals(key, t.Key) && ReferenceEquals(value, t.Value) ? t : new ValType.Map(key, value);
            case ValType.Result t:
                var (ok, error) = (Maybe(t.Ok, by), Maybe(t.Error, by));
                return ReferenceEquals(ok, t.Ok) && ReferenceEquals(error, t.Error) ? t : new ValType.Result(ok, error);
            case ValType.Stream t:
                return Maybe(t.Element, by) is var sent && ReferenceEquals(sent, t.Element) ? t : new ValType.Stream(t.Table, sent);
            case ValType.Future t:
                return Maybe(t.Element, by) is var promised && ReferenceEquals(promised, t.Element) ? t : new ValType.Future(t.Table, promised);
            case ValType.Record t:
                return Fields(t.Fields, by) is { } fields ? new ValType.Record(fields) : t;
            case ValType.Tuple t:
                return Types(t.Types, by) is { } types ? new ValType.Tuple(types) : t;
            case ValType.Variant t:
                return Cases(t.Cases, by) is { } cases ? new ValType.Variant(cases) : t;
            case ValType.Primitive or ValType.Enum or ValType.Flags or ValType.Own or ValType.Borrow or ValType.ErrorContext:
                return type;
        }
        throw new UnreachableException();
    }

    private static ValType? Maybe(ValType? type, Func<ValType, ValType> by) => type is null ? null : by(type);

    // Each gives null where all parts stay.

    private static EquatableArray<Field>? Fields(EquatableArray<Field> fields, Func<ValType, ValType> by)
    {
        Field[]? changed = null;
        for (int i = 0; i < fields.Length; i++)
        {
            var type = by(fields[i].Type);
            if (!ReferenceEquals(type, fields[i].Type))
                (changed ??= [.. fields.AsSpan()])[i] = fields[i] with { Type = type };
        }
        return changed is null ? null : EquatableArray.Seal(changed);
    }

    private static EquatableArray<Case>? Cases(EquatableArray<Case> cases, Func<ValType, ValType> by)
    {
        Case[]? changed = null;
        for (int i = 0; i < cases.Length; i++)
        {
            var type = Maybe(cases[i].Type, by);
            if (!ReferenceEquals(type, cases[i].Type))
                (changed ??= [.. cases.AsSpan()])[i] = cases[i] with { Type = type };
        }
        return changed is null ? null : EquatableArray.Seal(changed);
    }

    private static EquatableArray<ValType>? Types(EquatableArray<ValType> types, Func<ValType, ValType> by)
    {
        ValType[]? changed = null;
        for (int i = 0; i < types.Length; i++)
        {
            var type = by(types[i]);
            if (!ReferenceEquals(type, types[i]))
                (changed ??= [.. types.AsSpan()])[i] = type;
        }
        return changed is null ? null : EquatableArray.Seal(changed);
    }

    /// <summary>The parameters with each type replaced; null where all stay.</summary>
    public static EquatableArray<Param>? Map(EquatableArray<Param> parameters, Func<ValType, ValType> by)
    {
        Param[]? changed = null;
        for (int i = 0; i < parameters.Length; i++)
        {
            var type = by(parameters[i].Type);
            if (!ReferenceEquals(type, parameters[i].Type))
                (changed ??= [.. parameters.AsSpan()])[i] = parameters[i] with { Type = type };
        }
        return changed is null ? null : EquatableArray.Seal(changed);
    }
}
