using System.Collections.Generic;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Plan;

namespace Fact.Lower.Check;

/// <summary>Finds where in a call a type is mentioned first.</summary>
internal static class TypePath
{
    /// <summary>The path to an interned type; that of all parameters where it is none of the call's.</summary>
    public static string To(ValType? type, CallShape call)
    {
        foreach (var (name, side) in new[] { ("lower", call.Lower), ("lift", call.Lift) })
        {
            var path = new ValuePath();
            path.Push(name);
            var seen = new System.Collections.Generic.HashSet<ValType>(ReferenceEqualityComparer.Instance);
            for (int i = 0; i < side.Params.Length; i++)
            {
                if (Find(side.Params[i], type, PathSegment.Param(side.Input.Type.Params[i].Name), path, seen))
                    return path.ToString();
            }
            if (side.Result is { } result && Find(result, type, PathSegment.Result, path, seen))
                return path.ToString();
        }
        return "lower · " + PathSegment.Params;
    }

    /// <summary>Whether a type is in another one; then the path goes on to it.</summary>
    private static bool Find(ValType where, ValType? type, PathSegment segment, ValuePath path, System.Collections.Generic.HashSet<ValType> seen)
    {
        if (!seen.Add(where))
            return false;
        path.Push(segment);
        if (ReferenceEquals(where, type))
            return true;
        foreach (var (part, next) in Parts(where))
        {
            if (Find(part, type, next, path, seen))
                return true;
        }
        path.Pop();
        return false;
    }

    private static IEnumerable<(ValType Type, PathSegment Segment)> Parts(ValType type)
    {
        switch (type)
        {
            case ValType.List t:
                yield return (t.Element, PathSegment.ListElement);
                break;
            case ValType.FixedLengthList t:
                yield return (t.Element, PathSegment.ListElement);
                break;
            case ValType.Map t:
                yield return (t.Key, new("map key"));
                yield return (t.Value, new("map value"));
                break;
            case ValType.Record t:
                foreach (var field in t.Fields.Items)
                    yield return (field.Type, PathSegment.Field(field.Name));
                break;
            case ValType.Tuple t:
                for (int i = 0; i < t.Types.Length; i++)
                    yield return (t.Types[i], PathSegment.TupleElement(i));
                break;
            case ValType.Variant t:
                foreach (var one in t.Cases.Items)
                {
                    if (one.Type is { } payload)
                        yield return (payload, PathSegment.Case(one.Name));
                }
                break;
            case ValType.Option t:
                yield return (t.Some, PathSegment.OptionSome);
                break;
            case ValType.Result t:
                if (t.Ok is { } ok)
                    yield return (ok, PathSegment.ResultOk);
                if (t.Error is { } error)
                    yield return (error, PathSegment.ResultError);
                break;
            case ValType.Primitive or ValType.Enum or ValType.Flags or ValType.Own or ValType.Borrow or ValType.Stream or ValType.Future or ValType.ErrorContext:
                break;
        }
    }
}
