using System.Globalization;

namespace Fact.Host.Wave;

/// <summary>Why a text is not the WAVE form of a value.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character in the line, from 1, in UTF-16 code units.</param>
/// <param name="Path">The value that was being read, such as <c>param "p" · record field "x"</c>; empty for the whole.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record WaveError(int Line, int Column, string Path, string Message)
{
    internal static WaveError At(string text, int offset, string path, string message)
    {
        int line = 1, start = 0;
        for (int i = text.IndexOf('\n'); i >= 0 && i < offset; i = text.IndexOf('\n', i + 1))
        {
            line++;
            start = i + 1;
        }
        return new(line, offset - start + 1, path, message);
    }

    /// <summary>One line: place, path and message.</summary>
    public override string ToString()
    {
        string column = "column " + Column.ToString(CultureInfo.InvariantCulture);
        string place = Line == 1 ? column : "line " + Line.ToString(CultureInfo.InvariantCulture) + ", " + column;
        return place + ": " + (Path.Length == 0 ? "" : Path + ": ") + Message;
    }
}
