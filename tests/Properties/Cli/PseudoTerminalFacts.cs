using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>The tool as people see it, on a terminal that the program <c>script</c> of Linux makes.</summary>
public sealed class PseudoTerminalFacts
{
    private const string Red = "\u001b[1;31m", Bold = "\u001b[1m";

    [PseudoTerminalFact]
    public void There_are_colours_on_a_terminal()
    {
        Assert.Contains(Red + "error:", Shown(ToolProcess.Command + " inspect absent.wasm"), StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        string compile = $"{ToolProcess.Command} compile {ToolProcess.Quoted(Repository.Sample("numbers"))} -o {ToolProcess.Quoted(folder.Path)}";
        Assert.Contains(Bold + "module", Shown(compile), StringComparison.Ordinal);
    }

    [PseudoTerminalFact]
    public void There_are_none_for_those_who_want_none()
    {
        foreach (string environment in new[] { "NO_COLOR=1 ", "TERM=dumb " })
        {
            string shown = Shown(environment + ToolProcess.Command + " inspect absent.wasm");
            Assert.Contains("error: cannot read", shown, StringComparison.Ordinal);
            Assert.DoesNotContain(Red, shown, StringComparison.Ordinal);
        }
        Assert.DoesNotContain('\u001b', Shown("TERM=dumb " + ToolProcess.Command + " inspect absent.wasm"));
    }

    [PseudoTerminalFact]
    public void Each_stream_is_looked_at_by_itself()
    {
        using var folder = new TemporaryFolder();
        string compile = $"{ToolProcess.Command} compile {ToolProcess.Quoted(Repository.Sample("numbers"))} -o {ToolProcess.Quoted(folder.Path)}";
        Shown($"{compile} > {ToolProcess.Quoted(folder["table"])}");
        Assert.DoesNotContain('\u001b', File.ReadAllText(folder["table"]));
        Shown($"{ToolProcess.Command} inspect absent.wasm 2> {ToolProcess.Quoted(folder["errors"])}");
        Assert.StartsWith("error: cannot read", File.ReadAllText(folder["errors"]), StringComparison.Ordinal);
        Assert.Contains(Red + "error:", Shown(ToolProcess.Command + " inspect absent.wasm > /dev/null"), StringComparison.Ordinal);
    }

    /// <summary>The input comes only when the tool has said that it waits for it.</summary>
    [PseudoTerminalFact]
    public void Progress_is_shown_while_it_takes_long_and_then_it_is_gone()
    {
        using var folder = new TemporaryFolder();
        using (var made = Process.Start("mkfifo", folder["slow"]))
            made.WaitForExit();
        using var process = Start($"{ToolProcess.Command} inspect {ToolProcess.Quoted(folder["slow"])}");
        var shown = new StringBuilder();
        while (!shown.ToString().Contains("\u001b[K- reading", StringComparison.Ordinal))
        {
            int next = process.StandardOutput.Read();
            Assert.True(next >= 0, $"it ended: {shown}");
            shown.Append((char)next);
        }
        File.WriteAllText(folder["slow"], "(component)");
        shown.Clear().Append(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.Contains("\r\u001b[K", shown.ToString(), StringComparison.Ordinal);
        string last = shown.ToString()[(shown.ToString().LastIndexOf("\u001b[K", StringComparison.Ordinal) + 3)..];
        Assert.StartsWith(folder["slow"] + ": 0 adapters", last, StringComparison.Ordinal);
    }

    [PseudoTerminalFact]
    public void Without_standard_input_there_is_nothing_to_read() =>
        Assert.Contains("error: <stdin> is empty", Shown($"NO_COLOR=1 {ToolProcess.Command} inspect - <&-"), StringComparison.Ordinal);

    private static string Shown(string command)
    {
        using var process = Start(command);
        string shown = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return shown;
    }

    private static Process Start(string command)
    {
        var start = new ProcessStartInfo("script", ["-qec", command, "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["TERM"] = "xterm";
        start.Environment["SHELL"] = "/bin/sh";
        start.Environment.Remove("NO_COLOR");
        return Process.Start(start)!;
    }
}

/// <summary>A test that needs the program <c>script</c> of util-linux, and is skipped with a message without it.</summary>
internal sealed class PseudoTerminalFactAttribute : FactAttribute
{
    public PseudoTerminalFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/script"))
            Skip = "no pseudo-terminal: install the package util-linux, which has the program script";
    }
}
