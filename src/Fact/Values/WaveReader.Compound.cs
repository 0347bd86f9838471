using System.Collections.Generic;
using System.Globalization;
using Fact.Ir;

namespace Fact.Values;

/// <summary>Values that have parts, and handles.</summary>
internal sealed partial class WaveReader
{
    private EquatableArray<ComponentValue>? Elements(ValType element)
    {
        if (!Take(WaveTokenKind.BracketOpen, "["))
            return null;
        var elements = new List<ComponentValue>();
        while (token.Kind != WaveTokenKind.BracketClose)
        {
            path.Push("list element", elements.Count);
            if (Value(element) is not { } value)
                return null;
            path.Pop();
            elements.Add(value);
            if (!Separator(WaveTokenKind.BracketClose, "]"))
                return null;
        }
        Advance();
        return elements.ToEquatableArray();
    }

    private ComponentValue? FixedLengthList(ValType.FixedLengthList type)
    {
        int start = token.Start;
        if (Elements(type.Element) is not { } elements)
            return null;
        return elements.Length == type.Length ? new ComponentValue.List(elements) : Fail($"the list has {elements.Length} elements, its type says {type.Length}", start);
    }

    private ComponentValue.Map? Map(ValType.Map type)
    {
        if (Elements(new ValType.Tuple([type.Key, type.Value])) is not { } pairs)
            return null;
        var entries = new MapEntry[pairs.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            var pair = ((ComponentValue.Tuple)pairs[i]).Elements;
            entries[i] = new(pair[0], pair[1]);
        }
        return new(entries.ToEquatableArray());
    }

    private EquatableArray<ComponentValue>? Tuple(EquatableArray<ValType> types)
    {
        if (!Take(WaveTokenKind.ParenOpen, "("))
            return null;
        var elements = new List<ComponentValue>();
        while (token.Kind != WaveTokenKind.ParenClose && elements.Count < types.Length)
        {
            path.Push("tuple element", elements.Count);
            if (Value(types[elements.Count]) is not { } value)
                return null;
            path.Pop();
            elements.Add(value);
            if (!Separator(WaveTokenKind.ParenClose, ")"))
                return null;
        }
        if (token.Kind != WaveTokenKind.ParenClose || elements.Count != types.Length)
        {
            string elementCount = token.Kind == WaveTokenKind.ParenClose ? elements.Count.ToString(CultureInfo.InvariantCulture) : "more";
            return Nothing($"the tuple has {elementCount} elements, its type has {types.Length}");
        }
        Advance();
        return elements.ToEquatableArray();
    }

    private ComponentValue.Record? Record(ValType.Record type)
    {
        if (!Take(WaveTokenKind.BraceOpen, "{"))
            return null;
        var values = new ComponentValue?[type.Fields.Length];
        if (token.Kind == WaveTokenKind.Colon)
        {
            Advance();
            if (token.Kind != WaveTokenKind.BraceClose)
                return (ComponentValue.Record?)Expected("} after {: of a record without fields");
        }
        while (token.Kind != WaveTokenKind.BraceClose)
        {
            if (token.Kind != WaveTokenKind.Label)
                return (ComponentValue.Record?)Expected("the name of a field");
            string name = Label();
            int index = type.IndexOf(name);
            if (index < 0)
                return (ComponentValue.Record?)Fail($"the record has no field \"{name}\"");
            if (values[index] is not null)
                return (ComponentValue.Record?)Fail($"the field \"{name}\" stands twice");
            Advance();
            path.Push("record field", name);
            if (!Take(WaveTokenKind.Colon, ":") || Value(type.Fields[index].Type) is not { } value)
                return null;
            path.Pop();
            values[index] = value;
            if (!Separator(WaveTokenKind.BraceClose, "}"))
                return null;
        }
        var fields = new FieldValue[values.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            if (values[i] is null && type.Fields[i].Type is not ValType.Option)
                return (ComponentValue.Record?)Fail($"the field \"{type.Fields[i].Name}: {TypeText.Of(type.Fields[i].Type)}\" is missing");
            fields[i] = new(type.Fields[i].Name, values[i] ?? ComponentValues.None);
        }
        Advance();
        return new(fields.ToEquatableArray());
    }

    private ComponentValue? Variant(ValType.Variant type)
    {
        if (token.Kind != WaveTokenKind.Label || WavePrinter.IsKeyword(Token))
            return Expected($"a case of {TypeText.Of(type)}");
        string name = Label();
        int index = type.IndexOf(name);
        if (index < 0)
            return Fail($"the variant has no case \"{name}\"; it has {ValueNames.List(type.Cases)}");
        path.Push("variant case", name);
        Advance();
        if (!Payload(type.Cases[index].Type, out var payload))
            return null;
        path.Pop();
        return new ComponentValue.Variant(name, payload);
    }

    private ComponentValue? Enum(ValType.Enum type)
    {
        if (token.Kind != WaveTokenKind.Label || WavePrinter.IsKeyword(Token))
            return Expected($"a label of {TypeText.Of(type)}");
        string label = Label();
        if (type.IndexOf(label) < 0)
            return Fail($"the enum has no label \"{label}\"; it has {ValueNames.List(type.Labels.Items)}");
        Advance();
        return new ComponentValue.Enum(label);
    }

    private ComponentValue? Option(ValType.Option type)
    {
        if (Keyword("none"))
            return ComponentValues.None;
        path.Push("option some");
        ComponentValue? some;
        if (Keyword("some"))
        {
            if (!Payload(type.Some, out some))
                return null;
        }
        else
        {
            if (type.Some is ValType.Option or ValType.Result)
                return Expected("some(…) or none");
            some = Value(type.Some);
        }
        path.Pop();
        return some is null ? null : new ComponentValue.Option(some);
    }

    private ComponentValue? Result(ValType.Result type)
    {
        bool ok = Keyword("ok");
        if (ok || Keyword("err"))
        {
            path.Push(ok ? "result ok" : "result error");
            if (!Payload(ok ? type.Ok : type.Error, out var payload))
                return null;
            path.Pop();
            return ok ? new ComponentValue.Ok(payload) : new ComponentValue.Error(payload);
        }
        if (type.Ok is null or ValType.Option or ValType.Result)
            return Expected("ok or err, with the payload in parentheses");
        path.Push("result ok");
        if (Value(type.Ok) is not { } value)
            return null;
        path.Pop();
        return new ComponentValue.Ok(value);
    }

    private ComponentValue? Flags(ValType.Flags type)
    {
        if (!Take(WaveTokenKind.BraceOpen, "{"))
            return null;
        var set = new bool[type.Labels.Length];
        while (token.Kind != WaveTokenKind.BraceClose)
        {
            if (token.Kind != WaveTokenKind.Label)
                return Expected("the label of a flag");
            string label = Label();
            int index = type.IndexOf(label);
            if (index < 0)
                return Fail($"the flags have no label \"{label}\"; they have {ValueNames.List(type.Labels.Items)}");
            if (set[index])
                return Fail($"the flag \"{label}\" stands twice");
            set[index] = true;
            Advance();
            if (!Separator(WaveTokenKind.BraceClose, "}"))
                return null;
        }
        Advance();
        var labels = new List<string>();
        for (int i = 0; i < set.Length; i++)
        {
            if (set[i])
                labels.Add(type.Labels[i]);
        }
        return new ComponentValue.Flags(labels.ToEquatableArray());
    }

    private HostHandle? Handle(ResourceTableId table)
    {
        int start = token.Start;
        if (handle is null)
        {
            Fail("a handle cannot be written as text here");
            return null;
        }
        if (token.Kind != WaveTokenKind.Label)
        {
            Expected("a handle, such as name(1)");
            return null;
        }
        Advance();
        if (!Take(WaveTokenKind.ParenOpen, "("))
            return null;
        if (token.Kind != WaveTokenKind.Number || !int.TryParse(Token, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            Expected("the number of a handle");
            return null;
        }
        Advance();
        if (!Take(WaveTokenKind.ParenClose, ")"))
            return null;
        if (handle(table, number) is { } found)
            return found;
        Fail($"there is no handle {number} of this type; handles get their numbers when they are printed", start);
        return null;
    }
}
