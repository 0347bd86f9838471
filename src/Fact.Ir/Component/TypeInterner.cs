using System.Collections.Generic;
using System.Diagnostics;

namespace Fact.Ir;

/// <summary>
/// Makes equal types one object, so that they can be told apart by reference and what is known of a type is found by it. Time and memory are linear in the
/// number of type objects, not in the written size of the types; the stack grows with their depth.
/// </summary>
/// <param name="capacity">How many different types are expected.</param>
internal sealed class TypeInterner(int capacity = 0)
{
    private readonly Dictionary<ValType, ValType> known = new(capacity, ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ValType, ValType> interned = new(capacity);

    /// <summary>How many types and parts of types were looked at.</summary>
    public long Work { get; private set; }

    /// <summary>The one object that stands for a type.</summary>
    public ValType Of(ValType type)
    {
        if (type is ValType.Primitive primitive)
            return ValType.Of(primitive.Type);
        if (known.TryGetValue(type, out var found))
            return found;
        Work++;
        // With interned parts, comparing two types looks at one level of them.
        var one = WithInternedParts(type);
        if (!interned.TryGetValue(one, out var first))
            interned.Add(first = one, one);
        known.Add(type, first);
        return first;
    }

    private ValType WithInternedParts(ValType type)
    {
        switch (type)
        {
            case ValType.List t:
                return Of(t.Element) is var element && ReferenceEquals(element, t.Element) ? t : new ValType.List(element);
            case ValType.FixedLengthList t:
                return Of(t.Element) is var item && ReferenceEquals(item, t.Element) ? t : new ValType.FixedLengthList(item, t.Length);
            case ValType.Map t:
                return Of(t.Key) is var key && Of(t.Value) is var value && ReferenceEquals(key, t.Key) && ReferenceEquals(value, t.Value)
                    ? t
                    : new ValType.Map(key, value);
            case ValType.Option t:
                return Of(t.Some) is var some && ReferenceEquals(some, t.Some) ? t : new ValType.Option(some);
            case ValType.Result t:
                return Maybe(t.Ok) is var ok && Maybe(t.Error) is var error && ReferenceEquals(ok, t.Ok) && ReferenceEquals(error, t.Error)
                    ? t
                    : new ValType.Result(ok, error);
            case ValType.Record t:
                return Fields(t.Fields) is { } fields ? new ValType.Record(EquatableArray.Create<Field>(fields)) : t;
            case ValType.Tuple t:
                return Types(t.Types) is { } types ? new ValType.Tuple(EquatableArray.Create<ValType>(types)) : t;
            case ValType.Variant t:
                return Cases(t.Cases) is { } cases ? new ValType.Variant(EquatableArray.Create<Case>(cases)) : t;
            case ValType.Enum t:
                Work += t.Labels.Length;
                return t;
            case ValType.Flags or ValType.Own or ValType.Borrow or ValType.Stream or ValType.Future or ValType.ErrorContext or ValType.Primitive:
                return type;
        }
        throw new UnreachableException();
    }

    private ValType? Maybe(ValType? type) => type is null ? null : Of(type);

    /// <summary>The fields with interned types; null where they are interned already.</summary>
    private Field[]? Fields(EquatableArray<Field> fields)
    {
        Work += fields.Length;
        Field[]? changed = null;
        for (int i = 0; i < fields.Length; i++)
        {
            var type = Of(fields[i].Type);
            if (!ReferenceEquals(type, fields[i].Type))
                (changed ??= [.. fields.AsSpan()])[i] = new(fields[i].Name, type);
        }
        return changed;
    }

    private Case[]? Cases(EquatableArray<Case> cases)
    {
        Work += cases.Length;
        Case[]? changed = null;
        for (int i = 0; i < cases.Length; i++)
        {
            var type = Maybe(cases[i].Type);
            if (!ReferenceEquals(type, cases[i].Type))
                (changed ??= [.. cases.AsSpan()])[i] = new(cases[i].Name, type);
        }
        return changed;
    }

    private ValType[]? Types(EquatableArray<ValType> types)
    {
        Work += types.Length;
        ValType[]? changed = null;
        for (int i = 0; i < types.Length; i++)
        {
            var type = Of(types[i]);
            if (!ReferenceEquals(type, types[i]))
                (changed ??= [.. types.AsSpan()])[i] = type;
        }
        return changed;
    }
}
