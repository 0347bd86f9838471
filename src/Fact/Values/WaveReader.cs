using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Values;

/// <summary>One reading of a text. A method that fails returns null, and then <see cref="Error"/> says why.</summary>
internal sealed partial class WaveReader
{
    private readonly string text;
    private readonly Func<ResourceTableId, int, HostHandle?>? handle;
    private readonly ValuePath path = new();
    private WaveToken token;

    public WaveReader(string text, int start, Func<ResourceTableId, int, HostHandle?>? handle)
    {
        (this.text, this.handle) = (text, handle);
        token = WaveLexer.Next(text, start);
    }

    public Diagnostic? Error { get; private set; }

    /// <summary>An error at a UTF-16 code unit of the text.</summary>
    public static Diagnostic ErrorAt(string text, int offset, string path, string message) =>
        new(DiagnosticCode.MalformedText, message, path) { Position = TextPosition.Of(text, offset) };

    private ReadOnlySpan<char> Token => text.AsSpan(token.Start, token.End - token.Start);

    /// <summary>Whether the text ends here.</summary>
    public bool Finish() => token.Kind == WaveTokenKind.End || Fail("the text goes on behind the value") is not null;

    public EquatableArray<ComponentValue>? Arguments(ComponentFuncType type)
    {
        Advance();
        var arguments = new List<ComponentValue>();
        while (token.Kind != WaveTokenKind.ParenClose)
        {
            if (arguments.Count == type.Params.Length)
                return Nothing(type.Params.Length == 0 ? "the function has no parameters" : $"the function has no more than {type.Params.Length} parameters");
            path.Push("param", type.Params[arguments.Count].Name);
            if (Value(type.Params[arguments.Count].Type) is not { } argument)
                return null;
            path.Pop();
            arguments.Add(argument);
            if (!Separator(WaveTokenKind.ParenClose, ")"))
                return null;
        }
        for (int i = arguments.Count; i < type.Params.Length; i++)
        {
            if (type.Params[i].Type is not ValType.Option)
                return Nothing($"the argument for \"{type.Params[i].Name}: {TypeText.Of(type.Params[i].Type)}\" is missing");
            arguments.Add(ComponentValues.None);
        }
        Advance();
        return arguments.ToEquatableArray();
    }

    public ComponentValue? Value(ValType type)
    {
        if (type.Depth > ValType.MaxDepth)
            return Fail($"the type nests {type.Depth} levels deep; the limit is {ValType.MaxDepth}");
        return type switch
        {
            ValType.Primitive t => Primitive(t.Type),
            ValType.List t => Elements(t.Element) is { } e ? new ComponentValue.List(e) : null,
            ValType.FixedLengthList t => FixedLengthList(t),
            ValType.Map t => Map(t),
            ValType.Record t => Record(t),
            ValType.Tuple t => Tuple(t.Types) is { } e ? new ComponentValue.Tuple(e) : null,
            ValType.Variant t => Variant(t),
            ValType.Enum t => Enum(t),
            ValType.Option t => Option(t),
            ValType.Result t => Result(t),
            ValType.Flags t => Flags(t),
            ValType.Own t => Handle(t.Table) is { } h ? new ComponentValue.Own(h) : null,
            ValType.Borrow t => Handle(t.Table) is { } h ? new ComponentValue.Borrow(h) : null,
            ValType.Stream or ValType.Future or ValType.ErrorContext => Fail($"a value of the type {TypeText.Of(type)} cannot be written as text"),
        };
    }

    private ComponentValue? Primitive(PrimitiveType type) => type switch
    {
        PrimitiveType.Bool => Keyword("true") ? ComponentValues.Bool(true) : Keyword("false") ? ComponentValues.Bool(false) : Expected("true or false"),
        PrimitiveType.Char => Char(),
        PrimitiveType.String => String(),
        _ => Number(type),
    };

    private ComponentValue? Number(PrimitiveType type)
    {
        bool named = token.Kind == WaveTokenKind.Label && type is PrimitiveType.F32 or PrimitiveType.F64 && Token is "nan" or "inf";
        if ((token.Kind != WaveTokenKind.Number && !named) || WaveNumbers.Parse(Token, type) is not { } value)
            return Expected(WaveNumbers.Expected(type));
        Advance();
        return value;
    }

    private ComponentValue? Char()
    {
        if (token.Kind != WaveTokenKind.Char)
            return Expected("a character in single quotes");
        var (inside, at, error) = WaveText.Unescape(text, token.Start + 1, token.End - 1);
        if (inside is null)
            return Fail(error, at);
        var status = System.Text.Rune.DecodeFromUtf16(inside, out var rune, out int length);
        if (status != System.Buffers.OperationStatus.Done || length != inside.Length)
            return Fail("a char is exactly one Unicode scalar value");
        Advance();
        return ComponentValues.Char(rune);
    }

    private ComponentValue? String()
    {
        var (inside, at, error) = token.Kind switch
        {
            WaveTokenKind.String => WaveText.Unescape(text, token.Start + 1, token.End - 1),
            WaveTokenKind.MultilineString => WaveText.UnescapeMultiline(text, token.Start + 3, token.End - 3),
            _ => (null, -1, ""),
        };
        if (inside is null)
            return at < 0 ? Expected("a string in double quotes") : Fail(error, at);
        Advance();
        return ComponentValues.String(inside);
    }

    /// <summary>A payload in parentheses; there must be one exactly if there is a type.</summary>
    private bool Payload(ValType? type, out ComponentValue? payload)
    {
        payload = null;
        if (type is null)
            return token.Kind != WaveTokenKind.ParenOpen || Fail("there is a payload, and the type has none here") is not null;
        if (!Take(WaveTokenKind.ParenOpen, "( and a payload of the type " + TypeText.Of(type)))
            return false;
        payload = Value(type);
        return payload is not null && Take(WaveTokenKind.ParenClose, ")");
    }

    private string Label() => (Token[0] == '%' ? Token[1..] : Token).ToString();

    private void Advance() => token = WaveLexer.Next(text, token.End);

    private bool Keyword(string keyword)
    {
        if (token.Kind != WaveTokenKind.Label || !Token.SequenceEqual(keyword))
            return false;
        Advance();
        return true;
    }

    private bool Take(WaveTokenKind kind, string what)
    {
        if (token.Kind != kind)
            return Expected(what) is not null;
        Advance();
        return true;
    }

    /// <summary>A comma, or the end of a sequence, which is left in place.</summary>
    private bool Separator(WaveTokenKind close, string what)
    {
        if (token.Kind == WaveTokenKind.Comma)
        {
            Advance();
            return true;
        }
        return token.Kind == close || Expected("a comma or " + what) is not null;
    }

    private ComponentValue? Expected(string what) => Fail("expected " + what + ", found " + Found());

    private string Found() => token.Kind switch
    {
        WaveTokenKind.End => "the end of the text",
        WaveTokenKind.Invalid when Token[0] is '"' or '\'' => "a quote that is not closed",
        _ => (token.End - token.Start > 40 ? Token[..40].ToString() + "…" : Token.ToString()) switch { var t => "`" + t + "`" },
    };

    private ComponentValue? Fail(string message, int? at = null)
    {
        Error ??= ErrorAt(text, at ?? token.Start, path.ToString(), message);
        return null;
    }

    private EquatableArray<ComponentValue>? Nothing(string message)
    {
        Fail(message);
        return null;
    }
}
