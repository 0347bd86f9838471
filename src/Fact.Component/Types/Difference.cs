namespace Fact.Component.Types;

/// <summary>Says where two types that should be equal differ first.</summary>
internal static class Difference
{
    /// <summary>The first difference of two value types that are not the same object, with the way to it.</summary>
    public static string Of(CheckedValType found, CheckedValType expected)
    {
        string way = "";
        while (true)
        {
            if (found.Kind != expected.Kind)
                return $"{way}expected {expected.Kind.Text()}, found {found.Kind.Text()}";
            if (found.Kind is ValKind.Own or ValKind.Borrow)
                return $"{way}the {found.Kind.Text()} types are of different resources";
            if (found.Kind == ValKind.FixedLengthList && found.Number != expected.Number)
                return $"{way}expected a list of {expected.Number} elements, found one of {found.Number}";
            if (Labels(found, expected) is { } labels)
                return way + labels;
            int part = FirstDifferent(found, expected);
            if (part < 0)
                return $"{way}expected {expected.Parts.Length} types, found {found.Parts.Length}";
            way += Way(found, part);
            if (found.Parts[part] is not { } foundPart)
                return $"{way}expected a type, found none";
            if (expected.Parts[part] is not { } expectedPart)
                return $"{way}expected no type, found one";
            (found, expected) = (foundPart, expectedPart);
        }
    }

    /// <summary>The first difference of two function types that are not the same object.</summary>
    public static string Of(CheckedFuncType found, CheckedFuncType expected)
    {
        if (found.IsAsync != expected.IsAsync)
            return expected.IsAsync ? "expected an async function, found a synchronous one" : "expected a synchronous function, found an async one";
        if (found.Params.Length != expected.Params.Length)
            return $"expected {expected.Params.Length} parameters, found {found.Params.Length}";
        for (int i = 0; i < found.Params.Length; i++)
        {
            if (found.Names[i] != expected.Names[i])
                return $"expected parameter \"{expected.Names[i]}\", found \"{found.Names[i]}\"";
            if (!ReferenceEquals(found.Params[i], expected.Params[i]))
                return $"parameter \"{found.Names[i]}\": {Of(found.Params[i], expected.Params[i])}";
        }
        return (found.Result, expected.Result) switch
        {
            (null, _) => "expected a result, found none",
            (_, null) => "expected no result, found one",
            var (a, b) => $"result: {Of(a, b)}",
        };
    }

    private static string? Labels(CheckedValType found, CheckedValType expected)
    {
        string what = found.Kind switch
        {
            ValKind.Record => "field",
            ValKind.Variant => "case",
            _ => "label",
        };
        if (found.Labels.Length != expected.Labels.Length)
            return $"expected {expected.Labels.Length} {what}s, found {found.Labels.Length}";
        for (int i = 0; i < found.Labels.Length; i++)
        {
            if (found.Labels[i] != expected.Labels[i])
                return $"expected {what} \"{expected.Labels[i]}\", found \"{found.Labels[i]}\"";
        }
        return null;
    }

    private static int FirstDifferent(CheckedValType found, CheckedValType expected)
    {
        if (found.Parts.Length != expected.Parts.Length)
            return -1;
        for (int i = 0; i < found.Parts.Length; i++)
        {
            if (!ReferenceEquals(found.Parts[i], expected.Parts[i]))
                return i;
        }
        return -1;
    }

    private static string Way(CheckedValType type, int part) => type.Kind switch
    {
        ValKind.Record => $"field \"{type.Labels[part]}\": ",
        ValKind.Variant => $"case \"{type.Labels[part]}\": ",
        ValKind.Tuple => $"tuple member {part}: ",
        ValKind.Map => part == 0 ? "map key: " : "map value: ",
        ValKind.Result => part == 0 ? "ok: " : "error: ",
        _ => $"{type.Kind.Text()} element: ",
    };
}
