using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Says where two types that should be equal differ first.</summary>
internal static class Difference
{
    /// <summary>The first difference of two value types that are not the same object, with the way to it.</summary>
    public static string Of(ValType found, ValType expected)
    {
        string way = "";
        while (true)
        {
            if (found.Keyword != expected.Keyword)
                return $"{way}expected {expected.Keyword}, found {found.Keyword}";
            if (found is ValType.Own or ValType.Borrow)
                return $"{way}the {found.Keyword} types are of different resources";
            if ((found, expected) is (ValType.FixedLengthList(_, var foundLength), ValType.FixedLengthList(_, var length)) && foundLength != length)
                return $"{way}expected a list of {length} elements, found one of {foundLength}";
            if (Labels(found, expected) is { } labels)
                return way + labels;
            int part = FirstDifferent(found, expected);
            if (part < 0)
                return $"{way}expected {TypeParts.Count(expected)} types, found {TypeParts.Count(found)}";
            way += Way(found, part);
            if (TypeParts.At(found, part) is not { } foundPart)
                return $"{way}expected a type, found none";
            if (TypeParts.At(expected, part) is not { } expectedPart)
                return $"{way}expected no type, found one";
            (found, expected) = (foundPart, expectedPart);
        }
    }

    /// <summary>The first difference of two function types that are not the same object.</summary>
    public static string Of(ComponentFuncType found, ComponentFuncType expected)
    {
        if (found.Async != expected.Async)
            return expected.Async ? "expected an async function, found a synchronous one" : "expected a synchronous function, found an async one";
        if (found.Params.Length != expected.Params.Length)
            return $"expected {expected.Params.Length} parameters, found {found.Params.Length}";
        for (int i = 0; i < found.Params.Length; i++)
        {
            var (name, type) = found.Params[i];
            if (name != expected.Params[i].Name)
                return $"expected parameter \"{expected.Params[i].Name}\", found \"{name}\"";
            if (!ReferenceEquals(type, expected.Params[i].Type))
                return $"parameter \"{name}\": {Of(type, expected.Params[i].Type)}";
        }
        return (found.Result, expected.Result) switch
        {
            (null, _) => "expected a result, found none",
            (_, null) => "expected no result, found one",
            var (a, b) => $"result: {Of(a, b)}",
        };
    }

    private static string? Labels(ValType found, ValType expected)
    {
        string what = found is ValType.Record ? "field" : found is ValType.Variant ? "case" : "label";
        int count = TypeParts.LabelCount(found), expectedCount = TypeParts.LabelCount(expected);
        if (count != expectedCount)
            return $"expected {expectedCount} {what}s, found {count}";
        for (int i = 0; i < count; i++)
        {
            string label = TypeParts.LabelAt(found, i), expectedLabel = TypeParts.LabelAt(expected, i);
            if (label != expectedLabel)
                return $"expected {what} \"{expectedLabel}\", found \"{label}\"";
        }
        return null;
    }

    private static int FirstDifferent(ValType found, ValType expected)
    {
        int count = TypeParts.Count(found);
        if (count != TypeParts.Count(expected))
            return -1;
        for (int i = 0; i < count; i++)
        {
            if (!ReferenceEquals(TypeParts.At(found, i), TypeParts.At(expected, i)))
                return i;
        }
        return -1;
    }

    private static string Way(ValType type, int part)
    {
        if (type is ValType.Record or ValType.Variant)
            return $"{(type is ValType.Record ? "field" : "case")} \"{TypeParts.LabelAt(type, part)}\": ";
        if (type is ValType.Tuple)
            return $"tuple member {part}: ";
        if (type is ValType.Map)
            return part == 0 ? "map key: " : "map value: ";
        if (type is ValType.Result)
            return part == 0 ? "ok: " : "error: ";
        return $"{type.Keyword} element: ";
    }
}
