using System;
using System.Diagnostics;
using System.Text.Json;
using Fact.Ir;

namespace Fact.Component.Plan;

/// <summary>Writes the few shapes that a plan is made of.</summary>
internal sealed class JsonSink(Utf8JsonWriter writer, TypeTable types)
{
    /// <summary>A member that is a list.</summary>
    public void Array<T>(string name, EquatableArray<T> items, Action<JsonSink, T> item)
    {
        writer.WriteStartArray(name);
        foreach (var one in items)
            item(this, one);
        writer.WriteEndArray();
    }

    /// <summary>A list that is an element of one.</summary>
    public void Array<T>(EquatableArray<T> items, Action<JsonSink, T> item)
    {
        writer.WriteStartArray();
        foreach (var one in items)
            item(this, one);
        writer.WriteEndArray();
    }

    /// <summary>An object that is an element of a list.</summary>
    public void Object<T>(T value, Action<JsonSink, T> members)
    {
        writer.WriteStartObject();
        members(this, value);
        writer.WriteEndObject();
    }

    /// <summary>A member that is an object.</summary>
    public void Object<T>(string name, T value, Action<JsonSink, T> members)
    {
        writer.WriteStartObject(name);
        members(this, value);
        writer.WriteEndObject();
    }

    /// <summary>A member that says which kind of thing the object is.</summary>
    public void Kind(string kind) => writer.WriteString("kind", kind);

    public void Text(string name, string value) => writer.WriteString(name, value);

    /// <summary>A text that may be missing.</summary>
    public void OptionalText(string name, string? value)
    {
        if (value is null)
            writer.WriteNull(name);
        else
            writer.WriteString(name, value);
    }

    public void Text(string value) => writer.WriteStringValue(value);

    public void Number(string name, long value) => writer.WriteNumber(name, value);

    public void Flag(string name, bool value) => writer.WriteBoolean(name, value);

    /// <summary>A number that refers to an element of a list of the plan, or null.</summary>
    public void Id(string name, uint? value)
    {
        if (value is { } id)
            writer.WriteNumber(name, id);
        else
            writer.WriteNull(name);
    }

    /// <summary>A member that is a value type, or null: a primitive type by name, another by its number in the list of types.</summary>
    public void Type(string name, ValType? type)
    {
        writer.WritePropertyName(name);
        Type(type);
    }

    /// <summary>A value type, or null, that is an element of a list.</summary>
    public void Type(ValType? type)
    {
        if (type is null)
            writer.WriteNullValue();
        else if (type is ValType.Primitive(var primitive))
            writer.WriteStringValue(PrimitiveNames.Of(primitive));
        else
            writer.WriteNumberValue(types.Number(type));
    }

    /// <summary>A member that is a component function type.</summary>
    public void FuncType(string name, ComponentFuncType type) => Object(name, type, static (json, type) =>
    {
        json.Flag("async", type.Async);
        json.Array("params", type.Params, static (json, param) => json.Object(param, static (json, param) =>
        {
            json.Text("name", param.Name);
            json.Type("type", param.Type);
        }));
        json.Type("result", type.Result);
    });

    /// <summary>A member that is a core function type.</summary>
    public void CoreType(string name, CoreFuncType type) => Object(name, type, static (json, type) =>
    {
        json.Array("params", type.Params, static (json, param) => json.Text(CoreName(param)));
        json.Array("results", type.Results, static (json, result) => json.Text(CoreName(result)));
    });

    /// <summary>The list of the types that were mentioned.</summary>
    public void Types()
    {
        writer.WriteStartArray("types");
        // Writing a type may mention others, which come later in the list.
        for (int i = 0; i < types.Count; i++)
            TypesJson.Type(this, types[i]);
        writer.WriteEndArray();
    }

    /// <summary>The name of a core type.</summary>
    public static string CoreName(CoreValType type) => type switch
    {
        CoreValType.I32 => "i32",
        CoreValType.I64 => "i64",
        CoreValType.F32 => "f32",
        CoreValType.F64 => "f64",
        CoreValType.FuncRef => "funcref",
        _ => throw new UnreachableException(),
    };
}
