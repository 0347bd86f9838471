using System;
using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fact.Component.Types;
using Fact.Ir;
using LanguageExt;

namespace Fact.Component.Plan;

/// <summary>
/// Writes the few shapes that a plan, or a report on a component, is made of. Types, and names that are long, are written once, in lists at the end, and mentioned
/// by number: so the text is linear in what it says. It never grows much beyond the limit: where it is reached, the rest is left out, and there is an error in place of
/// the text.
/// </summary>
/// <param name="what">What is written, for the error.</param>
internal sealed class JsonSink(string what) : IDisposable
{
    private readonly ArrayBufferWriter<byte> output = new();
    private readonly ArrayBufferWriter<byte> scratch = new();
    private readonly NumberTable<ValType> types = new();
    private readonly NumberTable<ComponentFuncType> funcTypes = new();
    private readonly NumberTable<CoreFuncType> coreTypes = new();
    private readonly NumberTable<string> names = new();
    private Utf8JsonWriter? element;

    private Utf8JsonWriter Writer => element ??= new(scratch, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    private bool IsFull => output.WrittenCount + Writer.BytesCommitted + Writer.BytesPending > ComponentLimits.OutputBytes;

    /// <summary>A number among the members of the whole.</summary>
    public void Root(string name, long value)
    {
        Writer.WriteNumberValue(value);
        Member(name);
        Flush(2);
    }

    /// <summary>A text among the members of the whole, or null: a name of our own, or of a file.</summary>
    public void Root(string name, string? value)
    {
        Writer.WriteStringValue(value);
        Member(name);
        Flush(2);
    }

    /// <summary>A list among the members of the whole.</summary>
    public void Root<T>(string name, EquatableArray<T> items, Action<JsonSink, T> item)
    {
        Member(name);
        output.Write("["u8);
        for (int i = 0; i < items.Length && !IsFull; i++)
        {
            item(this, items[i]);
            Element(isFirst: i == 0);
        }
        EndRoot(items.IsEmpty);
    }

    /// <summary>An object among the members of the whole.</summary>
    public void RootObject<T>(string name, T value, Action<JsonSink, T> members)
    {
        Object(value, members);
        Member(name);
        Flush(2);
    }

    private void Root<T>(string name, NumberTable<T> items, Action<JsonSink, T> item)
        where T : class
    {
        Member(name);
        output.Write("["u8);
        // Writing a type may mention others, which come later in the list.
        for (int i = 0; i < items.Count && !IsFull; i++)
        {
            item(this, items[i]);
            Element(isFirst: i == 0);
        }
        EndRoot(items.Count == 0);
    }

    /// <summary>The lists of what was mentioned by number, of those that are needed.</summary>
    /// <param name="withTypes">Whether types are among it.</param>
    public void Mentioned(bool withTypes)
    {
        if (withTypes)
        {
            Root("funcTypes", funcTypes, static (json, type) => json.Object(type, TypesJson.Func));
            Root("coreTypes", coreTypes, static (json, type) => json.Object(type, TypesJson.Core));
            Root("types", types, TypesJson.Type);
        }
        Root("names", names, static (json, name) => json.Text(name));
    }

    /// <summary>The whole as UTF-8, or that it would be too large. Nothing can be written after it.</summary>
    public Either<Diagnostic, ReadOnlyMemory<byte>> Finish()
    {
        output.Write("\n}\n"u8);
        return output.WrittenCount > ComponentLimits.OutputBytes
            ? new Diagnostic(
                DiagnosticCode.TooLarge,
                $"{what} would have more than the {ComponentLimits.OutputBytes >> 20} MiB allowed: the component instantiates, or shows, too much again and again")
            : output.WrittenMemory;
    }

    /// <summary>A member that is a list.</summary>
    public void Array<T>(string name, EquatableArray<T> items, Action<JsonSink, T> item)
    {
        Writer.WritePropertyName(name);
        Array(items, item);
    }

    /// <summary>A list that is an element of one.</summary>
    public void Array<T>(EquatableArray<T> items, Action<JsonSink, T> item)
    {
        Writer.WriteStartArray();
        for (int i = 0; i < items.Length && !IsFull; i++)
            item(this, items[i]);
        Writer.WriteEndArray();
    }

    /// <summary>An object that is an element of a list.</summary>
    public void Object<T>(T value, Action<JsonSink, T> members)
    {
        Writer.WriteStartObject();
        members(this, value);
        Writer.WriteEndObject();
    }

    /// <summary>A member that is an object.</summary>
    public void Object<T>(string name, T value, Action<JsonSink, T> members)
    {
        Writer.WritePropertyName(name);
        Object(value, members);
    }

    /// <summary>A member that says which kind of thing the object is.</summary>
    public void Kind(string kind) => Text("kind", kind);

    /// <summary>A text of our own, or null.</summary>
    public void Text(string name, string? value) => Writer.WriteString(name, value);

    /// <summary>A text of our own that is an element of a list.</summary>
    public void Text(string value) => Writer.WriteStringValue(value);

    /// <summary>A member that is a name from the component, or null.</summary>
    public void Name(string name, string? value)
    {
        Writer.WritePropertyName(name);
        if (value is null)
            Writer.WriteNullValue();
        else
            Name(value);
    }

    /// <summary>A name from the component that is an element of a list: the name, or its number in the list of long names.</summary>
    public void Name(string value) => Name(value, isKept: true);

    /// <summary>A member that is a text of the component's making, and written as names are.</summary>
    public void MadeName(string name, string value)
    {
        Writer.WritePropertyName(name);
        Name(value, isKept: false);
    }

    private void Name(string value, bool isKept)
    {
        if (value.Length <= Printable.ShortLength)
            Writer.WriteStringValue(value);
        else
            Writer.WriteNumberValue(names.Number(value, isKept));
    }

    public void Number(string name, long value) => Writer.WriteNumber(name, value);

    /// <summary>A number that is an element of a list.</summary>
    public void Number(long value) => Writer.WriteNumberValue(value);

    public void Flag(string name, bool value) => Writer.WriteBoolean(name, value);

    public void Null(string name) => Writer.WriteNull(name);

    /// <summary>A number that refers to an element of a list, or null.</summary>
    public void Id(string name, uint? value)
    {
        if (value is { } id)
            Writer.WriteNumber(name, id);
        else
            Writer.WriteNull(name);
    }

    /// <summary>A member that is a value type, or null: a primitive type by name, another by its number in the list of types.</summary>
    public void Type(string name, ValType? type)
    {
        Writer.WritePropertyName(name);
        Type(type);
    }

    /// <summary>A value type, or null, that is an element of a list.</summary>
    public void Type(ValType? type)
    {
        if (type is null)
            Writer.WriteNullValue();
        else if (type is ValType.Primitive(var primitive))
            Writer.WriteStringValue(PrimitiveNames.Of(primitive));
        else
            Writer.WriteNumberValue(types.Number(type));
    }

    /// <summary>A member that is a component function type, by its number.</summary>
    public void FuncType(string name, ComponentFuncType type) => Writer.WriteNumber(name, funcTypes.Number(type));

    /// <summary>A member that is a core function type, by its number.</summary>
    public void CoreType(string name, CoreFuncType type) => Writer.WriteNumber(name, coreTypes.Number(type));

    /// <inheritdoc/>
    public void Dispose() => element?.Dispose();

    private void Member(string name)
    {
        output.Write(output.WrittenCount == 0 ? "{"u8 : ","u8);
        JsonLayout.NewLine(2, output);
        // Names of members are ours, and need no escapes.
        output.Write(System.Text.Encoding.UTF8.GetBytes($"\"{name}\": "));
    }

    private void Element(bool isFirst)
    {
        if (!isFirst)
            output.Write(","u8);
        JsonLayout.NewLine(4, output);
        Flush(4);
    }

    private void EndRoot(bool isEmpty)
    {
        if (!isEmpty)
            JsonLayout.NewLine(2, output);
        output.Write("]"u8);
    }

    private void Flush(int indentation)
    {
        Writer.Flush();
        JsonLayout.Write(scratch.WrittenSpan, indentation, output);
        scratch.ResetWrittenCount();
        Writer.Reset();
    }
}
