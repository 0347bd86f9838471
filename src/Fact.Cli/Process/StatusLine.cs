using System;
using System.IO;
using Fact.Ir;

namespace Fact.Cli;

/// <summary>
/// Standard error, where a line that says what is going on may come and go below what stays. The line is never on the screen together with anything that is
/// written after it, whichever thread writes.
/// </summary>
internal sealed class StatusLine(TextWriter writer, Func<int> width)
{
    private const string Erase = "\r\u001b[K";
    private const int SomeWidth = 80;

    private readonly object gate = new();
    private bool shown, closed;

    /// <summary>Shows a line, in place of the one that was shown.</summary>
    public void Show(string line) => Quietly(() =>
    {
        if (closed)
            return;
        line = Printable.Of(line);
        int room = Math.Max(1, (width() is > 1 and var known ? known : SomeWidth) - 1);
        writer.Write(Erase + (line.Length <= room ? line : line[..room]));
        shown = true;
    });

    /// <summary>Takes the line away.</summary>
    public void Hide() => Quietly(Clear);

    /// <summary>Takes the line away for good.</summary>
    public void Close() => Quietly(() =>
    {
        Clear();
        closed = true;
    });

    /// <summary>Writes a line that stays.</summary>
    public void Write(string line) => Quietly(() =>
    {
        Clear();
        writer.Write(line + "\n");
    });

    private void Clear()
    {
        if (shown)
            writer.Write(Erase);
        shown = false;
    }

    private void Quietly(Action write)
    {
        lock (gate)
        {
            try
            {
                write();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Nobody listens; the exit code still says how it went.
            }
        }
    }
}
