using System;
using System.Globalization;
using System.Text;

namespace Fact.Ir;

/// <summary>Component types as text, in the manner of WIT; types without names are written out, to a length.</summary>
public static class TypeText
{
    /// <summary>How many characters there may be before the rest is left out.</summary>
    public const int MaxLength = 400;

    /// <summary>The type, cut off with <c>…</c> where it is very long or nests deeper than any type of a component.</summary>
    /// <param name="type">The type.</param>
    /// <param name="resource">What a resource table is a table of; <c>resource N</c> where it, or what it says, is null.</param>
    public static string Of(ValType type, Func<ResourceTableId, string?>? resource = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Of(type, resource, null);
    }

    /// <summary>The type, with names for those in it that have one.</summary>
    /// <param name="type">The type.</param>
    /// <param name="resource">What a resource table is a table of.</param>
    /// <param name="named">What a type is called; null where it is to be written out.</param>
    internal static string Of(ValType type, Func<ResourceTableId, string?>? resource, Func<ValType, string?>? named)
    {
        var text = new StringBuilder();
        new Writer(text, resource, named).Write(type);
        return text.ToString();
    }

    /// <summary>A function type: <c>func(a: u8, b: string) -> u8</c>, cut off as a type is.</summary>
    /// <param name="type">The type.</param>
    /// <param name="resource">What a resource table is a table of.</param>
    public static string Of(ComponentFuncType type, Func<ResourceTableId, string?>? resource = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Of(type, resource, null);
    }

    /// <summary>A function type, with names for the types in it that have one.</summary>
    /// <param name="type">The type.</param>
    /// <param name="resource">What a resource table is a table of.</param>
    /// <param name="named">What a type is called; null where it is to be written out.</param>
    internal static string Of(ComponentFuncType type, Func<ResourceTableId, string?>? resource, Func<ValType, string?>? named)
    {
        var text = new StringBuilder(type.Async ? "async func(" : "func(");
        new Writer(text, resource, named).Write(type);
        return text.ToString();
    }

    private sealed class Writer(StringBuilder text, Func<ResourceTableId, string?>? resource, Func<ValType, string?>? named)
    {
        private readonly StringBuilder text = text;
        private int depth;

        public void Write(ComponentFuncType type)
        {
            Separated(type.Params, static (writer, parameter) => writer.Named(parameter.Name, parameter.Type));
            text.Append(')');
            if (type.Result is null)
                return;
            text.Append(" -> ");
            Write(type.Result);
        }

        public void Write(ValType? type)
        {
            if (IsFull(depth > ValType.MaxDepth))
                return;
            if (type is not null && named?.Invoke(type) is { } name)
            {
                text.Append(Printable.Short(name));
                return;
            }
            depth++;
            WriteLevel(type);
            depth--;
        }

        private void WriteLevel(ValType? type)
        {
            switch (type)
            {
                case null:
                    text.Append('_');
                    break;
                case ValType.Primitive t:
                    text.Append(PrimitiveNames.Of(t.Type));
                    break;
                case ValType.List t:
                    Generic("list", t.Element);
                    break;
                case ValType.FixedLengthList t:
                    text.Append("list<");
                    Write(t.Element);
                    text.Append(CultureInfo.InvariantCulture, $", {t.Length}>");
                    break;
                case ValType.Map t:
                    Generic("map", t.Key, t.Value);
                    break;
                case ValType.Record t:
                    text.Append("record { ");
                    Separated(t.Fields, static (writer, field) => writer.Named(field.Name, field.Type));
                    text.Append(" }");
                    break;
                case ValType.Tuple t:
                    Generic("tuple", t.Types.AsSpan());
                    break;
                case ValType.Variant t:
                    text.Append("variant { ");
                    Separated(t.Cases, static (writer, one) => writer.Case(one));
                    text.Append(" }");
                    break;
                case ValType.Enum t:
                    Labels("enum", t.Labels);
                    break;
                case ValType.Option t:
                    Generic("option", t.Some);
                    break;
                case ValType.Result { Ok: null, Error: null }:
                    text.Append("result");
                    break;
                case ValType.Result { Error: null } t:
                    Generic("result", t.Ok);
                    break;
                case ValType.Result t:
                    Generic("result", t.Ok, t.Error);
                    break;
                case ValType.Flags t:
                    Labels("flags", t.Labels);
                    break;
                case ValType.Own t:
                    text.Append(Resource(t.Table));
                    break;
                case ValType.Borrow t:
                    text.Append("borrow<").Append(Resource(t.Table)).Append('>');
                    break;
                case ValType.Stream t:
                    Channel("stream", t.Element);
                    break;
                case ValType.Future t:
                    Channel("future", t.Element);
                    break;
                case ValType.ErrorContext:
                    text.Append("error-context");
                    break;
            }
        }

        // Long enough: the rest is … for all that would follow.
        private bool IsFull(bool isDeep = false)
        {
            if (text.Length <= MaxLength && !isDeep)
                return false;
            if (text[^1] != '…')
                text.Append('…');
            return true;
        }

        private void Separated<T>(EquatableArray<T> items, Action<Writer, T> write)
        {
            for (int i = 0; i < items.Length && !IsFull(); i++)
            {
                if (i > 0)
                    text.Append(", ");
                write(this, items[i]);
            }
        }

        private void Named(string name, ValType type)
        {
            text.Append(Printable.Short(name)).Append(": ");
            Write(type);
        }

        private void Case(Case one)
        {
            text.Append(Printable.Short(one.Name));
            if (one.Type is null)
                return;
            text.Append('(');
            Write(one.Type);
            text.Append(')');
        }

        private void Generic(string name, params ReadOnlySpan<ValType?> types)
        {
            text.Append(name).Append('<');
            for (int i = 0; i < types.Length && !IsFull(); i++)
            {
                if (i > 0)
                    text.Append(", ");
                Write(types[i]);
            }
            text.Append('>');
        }

        private void Labels(string name, EquatableArray<string> labels)
        {
            text.Append(name).Append(" { ");
            Separated(labels, static (writer, label) => writer.text.Append(Printable.Short(label)));
            text.Append(" }");
        }

        private void Channel(string kind, ValType? element)
        {
            if (element is null)
                text.Append(kind);
            else
                Generic(kind, element);
        }

        private string Resource(ResourceTableId table) => resource?.Invoke(table) is { } name
            ? Printable.Short(name)
            : "resource " + table.Value.ToString(CultureInfo.InvariantCulture);
    }
}
