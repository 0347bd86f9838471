using System;
using System.Globalization;
using System.IO;
using System.Text;
using Fact.Ir;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fact.Cli;

/// <summary>What a command reads from and writes to, and what it may do there. Tests give it streams of their own.</summary>
internal sealed class Terminal : IDisposable
{
    private const int WidthWhereNothingWraps = 10_000;

    private readonly Display stdoutDisplay, stderrDisplay;

    public Terminal(
        Stream stdin, Stream stdout, Stream stderr, Display stdoutDisplay = Display.Text, Display stderrDisplay = Display.Text, bool stdinIsKeyboard = false)
    {
        Stdin = stdin;
        StdinIsKeyboard = stdinIsKeyboard;
        (StdoutBytes, StderrBytes) = (stdout, stderr);
        Stdout = Writer(stdout);
        Stderr = Writer(stderr);
        Stderr.AutoFlush = true;
        this.stdoutDisplay = stdoutDisplay;
        this.stderrDisplay = stderrDisplay;
        Status = new(Stderr, Width);
    }

    public Stream Stdin { get; }

    /// <summary>Whether somebody types what is read, and sees it on the screen.</summary>
    public bool StdinIsKeyboard { get; }

    /// <summary>Results. UTF-8 whatever the locale, so that output is the same everywhere.</summary>
    public StreamWriter Stdout { get; }

    /// <summary>Standard output as it is, for components; what is in <see cref="Stdout"/> must be flushed before.</summary>
    public Stream StdoutBytes { get; }

    /// <summary>Standard error as it is, for components.</summary>
    public Stream StderrBytes { get; }

    /// <summary>Errors, and progress.</summary>
    public StreamWriter Stderr { get; }

    /// <summary>Where progress is shown, if it is.</summary>
    public StatusLine Status { get; }

    /// <summary>Whether somebody sits there who wants to know how far long work is.</summary>
    public bool ShowsProgress => stderrDisplay != Display.Text;

    /// <summary>Whether results go to somebody's screen.</summary>
    public bool ShowsResults => stdoutDisplay != Display.Text;

    /// <summary>The console of this process.</summary>
    public static Terminal OfProcess()
    {
        if (OperatingSystem.IsWindows())
            Console.OutputEncoding = Encoding.UTF8;
        return new(
            StandardInput.Open(),
            Console.OpenStandardOutput(),
            Console.OpenStandardError(),
            Displays.Of(!Console.IsOutputRedirected, Environment.GetEnvironmentVariable),
            Displays.Of(!Console.IsErrorRedirected, Environment.GetEnvironmentVariable),
            !Console.IsInputRedirected);
    }

    /// <summary>Prints a failure and returns its exit code.</summary>
    public int Report(Failure failure)
    {
        foreach (string line in failure.Lines)
            Error(line);
        return failure.ExitCode;
    }

    /// <summary>Writes one error line.</summary>
    public void Error(string line) => Say("error:", "1;31", line);

    /// <summary>Writes one line about something that is no error.</summary>
    public void Note(string line) => Say("note:", "1;36", line);

    /// <summary>Writes a table or the like to standard output: plain text of any width unless that is a terminal.</summary>
    public void Show(IRenderable table)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ShowsResults ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = stdoutDisplay == Display.Colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = ShowsResults && Width() is > 0 and var width ? width : WidthWhereNothingWraps;
        console.Write(table);
        // Output has the same bytes everywhere, and these are lines of the system.
        Stdout.Write(text.ToString().Replace(Environment.NewLine, "\n", StringComparison.Ordinal));
    }

    /// <summary>Part of a result, in a colour if there are any.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="colour">Parameters of the sequence that selects it, such as <c>1;31</c>.</param>
    public string Coloured(string text, string colour) => Coloured(text, colour, stdoutDisplay);

    /// <inheritdoc/>
    public void Dispose()
    {
        Status.Close();
        try
        {
            Stdout.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Commands flush where it matters; what is left here is that of a failed one.
        }
    }

    private void Say(string kind, string colour, string line) => Status.Write(Coloured(kind, colour, stderrDisplay) + " " + Printable.Of(line));

    private static string Coloured(string text, string colour, Display display) =>
        display == Display.Colours ? $"\u001b[{colour}m{text}\u001b[0m" : text;

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(false), bufferSize: 1 << 14, leaveOpen: true) { NewLine = "\n" };

    /// <summary>Columns of the screen; 0 where nobody knows.</summary>
    private static int Width()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (Exception e) when (e is IOException or PlatformNotSupportedException)
        {
            return 0;
        }
    }
}
