using System;
using System.Diagnostics;
using System.Linq;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>What <c>fact completion</c> prints completes, in the shells that are here.</summary>
public sealed class CompletionFacts
{
    private static readonly (string Line, string[] Words)[] Lines =
    [
        ("fact ", ["compile", "completion", "fuse", "inspect", "run"]),
        ("fact comp", ["compile", "completion"]),
        ("fact compile --l", ["--limit"]),
        ("fact compile --limit ", ["classic", "spec"]),
        ("fact fuse --as co", ["component"]),
        // Options come when they are begun; until then it is names of files.
        ("fact compile ", []),
    ];

    private static readonly string Bash = $$"""
        fact() { {{ToolProcess.Command}} "$@"; }
        eval "$(fact completion bash)"
        try() {
          COMP_LINE=$1 COMP_POINT=${#1} COMPREPLY=(); read -ra COMP_WORDS <<<"$1"
          [[ $1 == *" " ]] && COMP_WORDS+=("")
          COMP_CWORD=$((${#COMP_WORDS[@]}-1))
          _fact
          echo "$1|${COMPREPLY[*]}"
        }
        {{string.Join('\n', Lines.Select(line => $"try '{line.Line}'"))}}
        complete -p fact
        """;

    // A shell without a line editor: what it would be told is printed.
    private static readonly string Zsh = $$"""
        fact() { {{ToolProcess.Command}} "$@" }
        compdef() { :; }
        compadd() { echo "$LBUFFER|$found" }
        _files() { echo "$LBUFFER|" }
        eval "$(fact completion zsh)"
        {{string.Join('\n', Lines.Select(line => $"LBUFFER='{line.Line}' PREFIX='{line.Line[(line.Line.LastIndexOf(' ') + 1)..]}'; _fact"))}}
        """;

    private static readonly string Fish = $$"""
        function fact; {{ToolProcess.Command}} $argv; end
        function __fish_complete_path; end
        fact completion fish | source
        {{string.Join('\n', Lines.Select(line => $"printf '%s|%s\\n' '{line.Line}' (complete -C '{line.Line}' | sort | string join ' ')"))}}
        """;

    [ShellFact("bash")]
    public void In_bash()
    {
        string printed = Completed("bash", Bash);
        Assert.Contains("complete -o default -F _fact fact\n", printed, StringComparison.Ordinal);
    }

    [ShellFact("zsh")]
    public void In_zsh() => Completed("zsh", Zsh, "-f");

    [ShellFact("fish")]
    public void In_fish() => Completed("fish", Fish, "--no-config");

    [Fact]
    public void Every_shell_that_is_named_has_a_script() =>
        Assert.All(["bash", "zsh", "fish", "pwsh"], (string shell) =>
            Assert.Contains("[suggest:", ToolRun.Of("completion", shell).Succeeds().Output, StringComparison.Ordinal));

    private static string Completed(string shell, string script, params string[] options)
    {
        var run = ToolProcess.Run(new ProcessStartInfo(ShellFactAttribute.Find(shell)!, [.. options, "-c", script]));
        Assert.Equal("", run.Errors);
        Assert.All(Lines, line => Assert.Contains($"{line.Line}|{string.Join(' ', line.Words)}\n", run.Output, StringComparison.Ordinal));
        return run.Output;
    }
}

/// <summary>A test that needs a shell, and is skipped with a message without it.</summary>
internal sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute(string shell)
    {
        if (OperatingSystem.IsWindows() || Find(shell) is null)
            Skip = $"no {shell} here";
    }

    /// <summary>Where a shell is.</summary>
    public static string? Find(string shell) => Programs.Find("FACT_SHELL_" + shell, [shell], _ => true);
}
