using System;
using System.Globalization;
using System.Text;
using Fact.Ir;

namespace Fact.Values;

/// <summary>
/// Writes values in WAVE syntax, the component ecosystem's text form of values. Fields that are <c>none</c> are left out of records, as
/// the syntax allows. A map, for which it has no form yet, is written as the list of pairs that it is; a handle as the name of its
/// resource with a number in parentheses, or with nothing in them where it has no number.
/// </summary>
public static class WavePrinter
{
    private static readonly string[] Keywords = ["true", "false", "some", "none", "ok", "err", "inf", "nan"];

    /// <summary>The value as text.</summary>
    /// <param name="value">The value.</param>
    /// <param name="handleNumber">The number by which the reader knows a handle; null where there is none.</param>
    /// <param name="maxLength">How many UTF-16 code units the text may have: what is longer is cut off there, and ends with <c>…</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static string Print(ComponentValue value, Func<HostHandle, int?>? handleNumber = null, int maxLength = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = new StringBuilder();
        new Writer(text, handleNumber, maxLength).Write(value);
        if (text.Length <= maxLength)
            return text.ToString();
        bool isPair = maxLength > 0 && char.IsHighSurrogate(text[maxLength - 1]);
        return text.ToString(0, isPair ? maxLength - 1 : maxLength) + "…";
    }

    internal static bool IsKeyword(ReadOnlySpan<char> label)
    {
        foreach (string keyword in Keywords)
        {
            if (label.SequenceEqual(keyword))
                return true;
        }
        return false;
    }

    private readonly struct Writer(StringBuilder text, Func<HostHandle, int?>? handleNumber, int maxLength)
    {
        private bool IsFull => text.Length > maxLength;

        public void Write(ComponentValue? value)
        {
            if (IsFull)
                return;
            switch (value)
            {
                case null:
                    text.Append("null");
                    break;
                case ComponentValue.Bool v:
                    text.Append(v.Value ? "true" : "false");
                    break;
                case ComponentValue.S8 v:
                    Number(v.Value);
                    break;
                case ComponentValue.U8 v:
                    Number(v.Value);
                    break;
                case ComponentValue.S16 v:
                    Number(v.Value);
                    break;
                case ComponentValue.U16 v:
                    Number(v.Value);
                    break;
                case ComponentValue.S32 v:
                    Number(v.Value);
                    break;
                case ComponentValue.U32 v:
                    Number(v.Value);
                    break;
                case ComponentValue.S64 v:
                    Number(v.Value);
                    break;
                case ComponentValue.U64 v:
                    text.Append(CultureInfo.InvariantCulture, $"{v.Value}");
                    break;
                case ComponentValue.F32 v:
                    text.Append(WaveNumbers.Print(BitConverter.UInt32BitsToSingle(v.Bits)));
                    break;
                case ComponentValue.F64 v:
                    text.Append(WaveNumbers.Print(BitConverter.UInt64BitsToDouble(v.Bits)));
                    break;
                case ComponentValue.Char v:
                    text.Append('\'');
                    WaveText.Print(text, v.Value);
                    text.Append('\'');
                    break;
                case ComponentValue.String v:
                    text.Append('"');
                    foreach (var rune in v.Value.EnumerateRunes())
                    {
                        if (IsFull)
                            break;
                        WaveText.Print(text, rune);
                    }
                    text.Append('"');
                    break;
                case ComponentValue.List v:
                    Sequence('[', v.Elements, ']');
                    break;
                case ComponentValue.Map v:
                    Map(v);
                    break;
                case ComponentValue.Record v:
                    Record(v);
                    break;
                case ComponentValue.Tuple v:
                    Sequence('(', v.Elements, ')');
                    break;
                case ComponentValue.Variant v:
                    Label(v.Case);
                    Payload(v.Payload);
                    break;
                case ComponentValue.Enum v:
                    Label(v.Label);
                    break;
                case ComponentValue.Option v:
                    text.Append(v.Some is null ? "none" : "some");
                    Payload(v.Some);
                    break;
                case ComponentValue.Ok v:
                    text.Append("ok");
                    Payload(v.Payload);
                    break;
                case ComponentValue.Error v:
                    text.Append("err");
                    Payload(v.Payload);
                    break;
                case ComponentValue.Flags v:
                    text.Append('{').AppendJoin(", ", v.Labels.Items).Append('}');
                    break;
                case ComponentValue.Own v:
                    Handle(v.Handle);
                    break;
                case ComponentValue.Borrow v:
                    Handle(v.Handle);
                    break;
                case ComponentValue.Stream v:
                    text.Append(v.Value);
                    break;
                case ComponentValue.Future v:
                    text.Append(v.Value);
                    break;
                case ComponentValue.ErrorContext v:
                    text.Append("error-context(");
                    Write(new ComponentValue.String(v.DebugMessage));
                    text.Append(')');
                    break;
            }
        }

        private void Number(long value) => text.Append(CultureInfo.InvariantCulture, $"{value}");

        private void Label(string label)
        {
            if (IsKeyword(label))
                text.Append('%');
            text.Append(label);
        }

        private void Payload(ComponentValue? payload)
        {
            if (payload is null)
                return;
            text.Append('(');
            Write(payload);
            text.Append(')');
        }

        private void Sequence(char open, EquatableArray<ComponentValue> elements, char close)
        {
            text.Append(open);
            for (int i = 0; i < elements.Length && !IsFull; i++)
            {
                if (i > 0)
                    text.Append(", ");
                Write(elements[i]);
            }
            text.Append(close);
        }

        private void Map(ComponentValue.Map map)
        {
            text.Append('[');
            for (int i = 0; i < map.Entries.Length && !IsFull; i++)
            {
                text.Append(i > 0 ? ", (" : "(");
                Write(map.Entries[i].Key);
                text.Append(", ");
                Write(map.Entries[i].Value);
                text.Append(')');
            }
            text.Append(']');
        }

        private void Record(ComponentValue.Record record)
        {
            text.Append('{');
            bool empty = true;
            foreach (var (name, value) in record.Fields)
            {
                if (value is ComponentValue.Option { Some: null })
                    continue;
                if (IsFull)
                    break;
                if (!empty)
                    text.Append(", ");
                empty = false;
                text.Append(name).Append(": ");
                Write(value);
            }
            text.Append(empty ? ":}" : "}");
        }

        private void Handle(HostHandle handle) =>
            text.Append(handle.Type.Name).Append('(').Append(handleNumber?.Invoke(handle)?.ToString(CultureInfo.InvariantCulture)).Append(')');
    }
}
