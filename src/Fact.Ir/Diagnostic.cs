using System;
using System.Globalization;
using System.Text;

namespace Fact.Ir;

/// <summary>What is wrong with an input, where, and what to do.</summary>
/// <param name="Code">What kind of thing it is.</param>
/// <param name="Message">What is wrong and, where it helps, what to do; one sentence without a final full stop.</param>
/// <param name="Path">The thing at fault, outermost first, such as <c>component section at 0x51 · type 3</c>, <c>lift · param "p" · list element</c> or
/// <c>import "a:b/c"</c>; empty where the rest says it all.</param>
/// <param name="Offset">Byte offset from the start of the input; null where no byte is to blame.</param>
/// <param name="Adapter">The name of the adapter at fault; null where none by itself is.</param>
public sealed record Diagnostic(DiagnosticCode Code, string Message, string Path = "", long? Offset = null, string? Adapter = null)
{
    /// <summary>The code as it is written, and found in <c>docs/diagnostics.md</c>: <c>FACT2004</c>.</summary>
    public string Id => "FACT" + ((int)Code).ToString(CultureInfo.InvariantCulture);

    /// <summary>The place in the text; null where the input is none.</summary>
    public TextPosition? Position { get; init; }

    /// <summary>One line: place, adapter, path, message and offset. Characters of names that cannot be seen are escaped.</summary>
    public override string ToString()
    {
        var line = new StringBuilder();
        if (Position is { } position)
            line.Append(position).Append(": ");
        if (Adapter is not null)
            line.Append("adapter \"").Append(Adapter).Append('"').Append(Path.Length == 0 ? ": " : " · ");
        if (Path.Length > 0)
            line.Append(Path).Append(": ");
        line.Append(Message);
        if (Offset is { } offset)
            line.Append(" (at offset 0x").Append(offset.ToString("x", CultureInfo.InvariantCulture)).Append(')');
        return Printable.Of(line.ToString());
    }

    /// <summary>The same in something that the path does not say yet.</summary>
    internal Diagnostic Within(string where) => this with { Path = Path.Length == 0 ? where : where + ": " + Path };
}

/// <summary>A place in a text.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character in the line, from 1, in UTF-16 code units.</param>
public readonly record struct TextPosition(int Line, int Column)
{
    /// <summary>The position of a UTF-16 code unit.</summary>
    internal static TextPosition Of(string text, int offset)
    {
        int line = 1, start = 0;
        for (int i = text.IndexOf('\n', StringComparison.Ordinal); i >= 0 && i < offset; i = text.IndexOf('\n', i + 1))
        {
            line++;
            start = i + 1;
        }
        return new(line, offset - start + 1);
    }

    /// <summary><c>column 3</c>, or <c>line 2, column 3</c> where the line is not the first.</summary>
    public override string ToString() =>
        Line == 1 ? string.Create(CultureInfo.InvariantCulture, $"column {Column}") : string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}");
}
