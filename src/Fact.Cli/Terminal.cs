using System;
using System.IO;
using System.Text;
using Fact.Ir;
using Spectre.Console;

namespace Fact.Cli;

/// <summary>What a command reads from and writes to, and what it may do there. Tests give it streams of their own.</summary>
internal sealed class Terminal : IDisposable
{
    private const int WidthWhereNothingWraps = 10_000;

    private readonly bool stdoutIsTerminal;

    public Terminal(Stream stdin, Stream stdout, Stream stderr, bool stdoutIsTerminal = false, bool stderrIsTerminal = false)
    {
        Stdin = stdin;
        Stdout = Writer(stdout);
        Stderr = Writer(stderr);
        Stderr.AutoFlush = true;
        this.stdoutIsTerminal = stdoutIsTerminal;
        ShowsProgress = stderrIsTerminal;
    }

    public Stream Stdin { get; }

    /// <summary>Results. UTF-8 whatever the locale, so that output is the same everywhere.</summary>
    public StreamWriter Stdout { get; }

    /// <summary>Errors, and progress.</summary>
    public StreamWriter Stderr { get; }

    /// <summary>Whether somebody sits there who wants to know how far long work is.</summary>
    public bool ShowsProgress { get; }

    /// <summary>The console of this process.</summary>
    public static Terminal OfProcess()
    {
        if (OperatingSystem.IsWindows())
            Console.OutputEncoding = Encoding.UTF8;
        return new(
            Console.OpenStandardInput(),
            Console.OpenStandardOutput(),
            Console.OpenStandardError(),
            !Console.IsOutputRedirected,
            !Console.IsErrorRedirected);
    }

    /// <summary>Writes one error line.</summary>
    public void Error(string line) => Say("error", line);

    /// <summary>Writes one line about something that is no error.</summary>
    public void Note(string line) => Say("note", line);

    /// <summary>Tables and the like for standard output: plain text of any width unless that is a terminal.</summary>
    public IAnsiConsole Results() => Ansi(Stdout, stdoutIsTerminal);

    /// <summary>What comes and goes on standard error.</summary>
    public IAnsiConsole Progress() => Ansi(Stderr, ShowsProgress);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Stdout.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Commands flush where it matters; what is left here is that of a failed one.
        }
    }

    private void Say(string kind, string line)
    {
        try
        {
            Stderr.Write(kind + ": " + Printable.Of(line) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody listens; the exit code still says it.
        }
    }

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(false), bufferSize: 1 << 14, leaveOpen: true) { NewLine = "\n" };

    private static IAnsiConsole Ansi(TextWriter writer, bool isTerminal)
    {
        bool plain = !isTerminal || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Environment.GetEnvironmentVariable("TERM") == "dumb";
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!isTerminal)
            console.Profile.Width = WidthWhereNothingWraps;
        return console;
    }
}
