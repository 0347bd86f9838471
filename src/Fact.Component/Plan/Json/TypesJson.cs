using System;
using Fact.Ir;

namespace Fact.Component.Plan;

/// <summary>The types of a plan.</summary>
internal static class TypesJson
{
    /// <summary>An element of the list of types.</summary>
    public static void Type(JsonSink json, ValType type) => json.Object(type, static (json, type) =>
    {
        switch (type)
        {
            case ValType.Primitive(var primitive):
                json.Kind(PrimitiveNames.Of(primitive));
                break;
            case ValType.List(var element):
                Part(json, "list", "element", element);
                break;
            case ValType.FixedLengthList(var element, var length):
                Part(json, "fixed-length-list", "element", element);
                json.Number("length", length);
                break;
            case ValType.Map(var key, var value):
                Part(json, "map", "key", key);
                json.Type("value", value);
                break;
            case ValType.Record(var fields):
                json.Kind("record");
                json.Array("fields", fields, static (json, field) => Named(json, field.Name, field.Type));
                break;
            case ValType.Tuple(var types):
                json.Kind("tuple");
                json.Array("types", types, static (json, part) => json.Type(part));
                break;
            case ValType.Variant(var cases):
                json.Kind("variant");
                json.Array("cases", cases, static (json, one) => Named(json, one.Name, one.Type));
                break;
            case ValType.Enum(var labels):
                json.Kind("enum");
                json.Array("labels", labels, static (json, label) => json.Name(label));
                break;
            case ValType.Option(var some):
                Part(json, "option", "some", some);
                break;
            case ValType.Result(var ok, var error):
                Part(json, "result", "ok", ok);
                json.Type("error", error);
                break;
            case ValType.Flags(var labels):
                json.Kind("flags");
                json.Array("labels", labels, static (json, label) => json.Name(label));
                break;
            case ValType.Own(var table):
                Table(json, "own", table.Value);
                break;
            case ValType.Borrow(var table):
                Table(json, "borrow", table.Value);
                break;
            case ValType.Stream(var table, _):
                Table(json, "stream", table.Value);
                break;
            case ValType.Future(var table, _):
                Table(json, "future", table.Value);
                break;
            case ValType.ErrorContext(var table):
                Table(json, "error-context", table.Value);
                break;
        }
    });

    private static void Part(JsonSink json, string kind, string name, ValType? part)
    {
        json.Kind(kind);
        json.Type(name, part);
    }

    private static void Table(JsonSink json, string kind, uint table)
    {
        json.Kind(kind);
        json.Id("table", table);
    }

    private static void Named(JsonSink json, string name, ValType? type) => json.Object((name, type), static (json, part) =>
    {
        json.Name("name", part.name);
        json.Type("type", part.type);
    });

    /// <summary>The members of a component function type.</summary>
    public static void Func(JsonSink json, ComponentFuncType type)
    {
        json.Flag("async", type.Async);
        json.Array("params", type.Params, static (json, param) => Named(json, param.Name, param.Type));
        json.Type("result", type.Result);
    }

    /// <summary>The members of a core function type.</summary>
    public static void Core(JsonSink json, CoreFuncType type)
    {
        json.Array("params", type.Params, static (json, param) => json.Text(CoreText.Of(param)));
        json.Array("results", type.Results, static (json, result) => json.Text(CoreText.Of(result)));
    }
}
