using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Fact.Cli.Input;

/// <summary>What came of parsing a text.</summary>
internal closed record ParsedText
{
    private ParsedText()
    {
    }

    /// <summary>The text as a binary.</summary>
    public sealed record Binary(byte[] Bytes) : ParsedText;

    /// <summary>The parser does not take the text, and says why: several lines, with the place.</summary>
    public sealed record Refused(string Message) : ParsedText;

    /// <summary>The parser broke: what is known of it, on one line.</summary>
    public sealed record Broken(string Why) : ParsedText;

    /// <summary>The engine's native library is not there.</summary>
    public sealed record NoEngine : ParsedText;
}

/// <summary>
/// The engine's parser of the text format, in a process of its own: what is wrong with some texts ends the process that parses them, and nothing inside of
/// that process can prevent it. <see cref="TextParserProcess"/> is the other end.
/// </summary>
internal static class TextParser
{
    /// <summary>The exit code of an interrupted process on Windows.</summary>
    private const int ControlC = unchecked((int)0xC000013A);

    private const int MaxComplaint = 1 << 16;

    /// <summary>Parses a text.</summary>
    /// <param name="utf8">Valid UTF-8.</param>
    /// <param name="cancellationToken">Ends the parser.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the user interrupted the parser.</exception>
    public static ParsedText Parse(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
    {
        if (OwnProcess.Command(TextParserProcess.Verb, utf8.Length.ToString(CultureInfo.InvariantCulture)) is not { } start)
            return new ParsedText.Broken("nobody knows how to start it");
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["RUST_BACKTRACE"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using var process = new Process { StartInfo = start };
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new ParsedText.Broken($"its process did not start: {e.Message}");
        }
        using var kill = cancellationToken.Register(() => Kill(process));
        var writing = Task.Run(() => Write(process.StandardInput.BaseStream, utf8), CancellationToken.None);
        var complaining = Task.Run(() => Complaint(process.StandardError.BaseStream), CancellationToken.None);
        byte[] output = ReadAll(process.StandardOutput.BaseStream);
        process.WaitForExit();
        Task.WaitAll(writing, complaining);
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode switch
        {
            TextParserProcess.Converted => new ParsedText.Binary(output),
            TextParserProcess.Refused => new ParsedText.Refused(Encoding.UTF8.GetString(output)),
            TextParserProcess.NoEngine => new ParsedText.NoEngine(),
            // Terminals interrupt all processes of a command at once, and this one may be the first to go.
            ExitCode.Interrupted or ControlC => throw new OperationCanceledException(),
            var code => new ParsedText.Broken(ParserComplaint.Of(complaining.Result, code)),
        };
    }

    private static void Write(Stream stdin, ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using (stdin)
                stdin.Write(utf8.Span);
        }
        catch (IOException)
        {
            // It ended without reading all; its exit code says why.
        }
    }

    /// <summary>The beginning of what it has to say; the rest is read as well, for it would wait for that.</summary>
    private static string Complaint(Stream stderr)
    {
        byte[] start = new byte[MaxComplaint];
        int length = stderr.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stderr.CopyTo(Stream.Null);
        return Encoding.UTF8.GetString(start, 0, length);
    }

    private static byte[] ReadAll(Stream stdout)
    {
        using var collected = new MemoryStream();
        stdout.CopyTo(collected);
        return collected.ToArray();
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
