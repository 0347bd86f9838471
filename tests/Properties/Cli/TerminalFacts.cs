using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using Fact.Cli;
using Fact.Cli.Input;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>Progress and colours are for terminals that can show them, and for users who want them.</summary>
public sealed class TerminalFacts
{
    private const string Erase = "\r\u001b[K";

    [Theory]
    [InlineData(true, "xterm-256color", null, Display.Colours)]
    [InlineData(true, "xterm", "", Display.Colours)]
    [InlineData(true, "xterm", "1", Display.Lines)]
    [InlineData(true, "dumb", null, Display.Text)]
    [InlineData(true, "", null, Display.Text)]
    [InlineData(true, null, null, Display.Text)]
    [InlineData(false, "xterm", null, Display.Text)]
    internal void What_can_be_shown_is_said_by_the_environment(bool isTerminal, string? term, string? noColor, Display display)
    {
        if (OperatingSystem.IsWindows())
            return;
        var environment = new Dictionary<string, string?> { ["TERM"] = term, ["NO_COLOR"] = noColor };
        Assert.Equal(display, Displays.Of(isTerminal, environment.GetValueOrDefault));
    }

    [Theory]
    [InlineData(Display.Text, "error: a\\u{1b}b\nnote: c\n")]
    [InlineData(Display.Lines, "error: a\\u{1b}b\nnote: c\n")]
    [InlineData(Display.Colours, "\u001b[1;31merror:\u001b[0m a\\u{1b}b\n\u001b[1;36mnote:\u001b[0m c\n")]
    internal void Errors_have_colours_where_there_are_any(Display display, string written)
    {
        using var errors = new Watched();
        using var terminal = new Terminal(Stream.Null, Stream.Null, errors, stderrDisplay: display);
        terminal.Error("a\u001bb");
        terminal.Note("c");
        Assert.Equal(written, errors.Text);
    }

    [Theory]
    [InlineData(Display.Lines)]
    [InlineData(Display.Colours)]
    internal void Work_that_takes_long_says_what_it_is_at_and_leaves_no_trace_of_it(Display display)
    {
        using var errors = new Watched();
        using var terminal = new Terminal(Stream.Null, Stream.Null, errors, stderrDisplay: display);
        int result = Progress.Of(terminal, progress =>
        {
            progress.Now("counting\nsheep");
            errors.WaitFor("counting\\u{a}sheep");
            terminal.Note("one is missing");
            progress.Now("counting again");
            errors.WaitFor("counting again");
            return 42;
        });
        Assert.Equal(42, result);
        Assert.Contains(display == Display.Colours ? Erase + "\u001b[1;36mnote:\u001b[0m one is missing\n" : Erase + "note: one is missing\n", errors.Text,
            StringComparison.Ordinal);
        Assert.EndsWith("counting again" + Erase, errors.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_stays_away_from_what_is_no_terminal()
    {
        using var errors = new Watched();
        using var terminal = new Terminal(Stream.Null, Stream.Null, errors);
        terminal.Status.Hide();
        Assert.False(terminal.ShowsProgress);
        // Without a screen the work is done at once, by whoever asks for it.
        int thread = Environment.CurrentManagedThreadId;
        Assert.Equal(thread, Progress.Of(terminal, _ => Environment.CurrentManagedThreadId));
        Assert.Equal("", errors.Text);
    }

    /// <summary>What is typed appears on the screen, where the line would be.</summary>
    [Fact]
    public void Progress_makes_way_for_somebody_who_types()
    {
        using var errors = new Watched();
        using var keyboard = new Keyboard("(component)", () => errors.WaitUntil(text => text.EndsWith(Erase, StringComparison.Ordinal)));
        using var terminal = new Terminal(keyboard, Stream.Null, errors, stderrDisplay: Display.Lines, stdinIsKeyboard: true);
        Assert.True(Progress.Of(terminal, progress =>
        {
            progress.Now("waking up");
            errors.WaitFor("waking up");
            return ComponentInput.Read("-", terminal, progress, CancellationToken.None);
        }).IsRight);
    }

    [Fact]
    public void A_line_is_no_longer_than_the_screen_and_none_comes_after_the_end()
    {
        using var errors = new Watched();
        using var writer = new StreamWriter(errors) { AutoFlush = true };
        var status = new StatusLine(writer, () => 10);
        status.Show("0123456789abc");
        Assert.Equal(Erase + "012345678", errors.Text);
        status.Close();
        status.Show("more");
        Assert.Equal(Erase + "012345678" + Erase, errors.Text);
    }

    [Fact]
    public void Failed_work_leaves_no_trace_of_its_progress()
    {
        using var errors = new Watched();
        using var terminal = new Terminal(Stream.Null, Stream.Null, errors, stderrDisplay: Display.Lines);
        Assert.Throws<OperationCanceledException>(() => Progress.Of<int>(terminal, progress =>
        {
            progress.Now("hoping");
            errors.WaitFor("hoping");
            throw new OperationCanceledException();
        }));
        Assert.EndsWith("hoping" + Erase, errors.Text, StringComparison.Ordinal);
    }

    /// <summary>Somebody who does something before each key.</summary>
    private sealed class Keyboard(string text, Action before) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            before();
            return base.Read(buffer, offset, count);
        }
    }

    /// <summary>A stream that tells when something was written to it.</summary>
    private sealed class Watched : MemoryStream
    {
        private readonly object gate = new();

        public string Text
        {
            get
            {
                lock (gate)
                    return Encoding.UTF8.GetString(ToArray());
            }
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            lock (gate)
            {
                base.Write(buffer, offset, count);
                Monitor.PulseAll(gate);
            }
        }

        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

        public void WaitFor(string text) => WaitUntil(shown => shown.Contains(text, StringComparison.Ordinal));

        public void WaitUntil(Func<string, bool> shown)
        {
            lock (gate)
            {
                while (!shown(Encoding.UTF8.GetString(ToArray())))
                    Assert.True(Monitor.Wait(gate, TimeSpan.FromMinutes(2)), "it was never shown");
            }
        }
    }
}
