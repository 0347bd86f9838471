using System.Collections.Generic;
using System.CommandLine;
using System.Linq;

namespace Fact.Cli.Commands;

/// <summary>
/// <c>fact completion</c>: prints a script that lets a shell complete commands, options and their values. The script asks <c>fact</c> itself, by the directive
/// <c>[suggest]</c> of the command line parser; where that has nothing to say, or only options that nobody has begun, names of files are completed.
/// </summary>
internal sealed class CompletionCommand : Command, IHasExamples
{
    // The line that is completed begins with the name of the command, whatever it was called by.
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = """
            _fact() {
              local IFS=$'\n' word=${COMP_WORDS[COMP_CWORD]} line=${COMP_LINE:0:COMP_POINT}
              line="fact ${line#* }"
              COMPREPLY=($(compgen -W "$(fact "[suggest:${#line}]" "$line" 2>/dev/null)" -- "$word"))
              [[ $word == [-/]* ]] || COMPREPLY=($(printf '%s\n' "${COMPREPLY[@]}" | grep -v '^[-/]'))
            }
            complete -o default -F _fact fact

            """,
        ["zsh"] = """
            _fact() {
              local line="fact ${LBUFFER#* }"
              local -a found=("${(@f)$(fact "[suggest:${#line}]" "$line" 2>/dev/null)}")
              [[ $PREFIX == [-/]* ]] || found=(${found:#[-/]*})
              found=(${(M)found:#$PREFIX*})
              if (( ${#found} )); then compadd -a found; else _files; fi
            }
            (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
            compdef _fact fact

            """,
        ["fish"] = """
            function __fact_complete
              set -l line (commandline -cp)
              set line "fact "(string replace -r '^\s*\S+\s' '' -- $line)
              set -l found (fact "[suggest:"(string length -- $line)"]" $line 2>/dev/null)
              string match -q -r '^[-/]' -- (commandline -ct); or set found (string match -v -r '^[-/]' -- $found)
              if set -q found[1]; printf '%s\n' $found; else; __fish_complete_path (commandline -ct); end
            end
            complete -c fact -f -a '(__fact_complete)'

            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName fact -ScriptBlock {
              param($word, $ast, $cursor)
              $line = "$ast".PadRight($cursor).Substring(0, $cursor) -replace '^\s*\S+', 'fact'
              fact "[suggest:$($line.Length)]" $line 2>$null | Where-Object { $_ -and $_.StartsWith($word) -and ($word -match '^[-/]' -or $_ -notmatch '^[-/]') } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }

            """,
    };

    private readonly Argument<string> shell = new("SHELL") { Description = $"One of {string.Join(", ", Scripts.Keys)}.", HelpName = string.Join('|', Scripts.Keys) };

    public CompletionCommand(Terminal terminal)
        : base("completion", "Prints a script that lets a shell complete commands, options and values.")
    {
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        Add(shell);
        SetAction(parsed =>
        {
            terminal.Stdout.Write(Scripts[parsed.GetValue(shell)!].ReplaceLineEndings("\n"));
            return ExitCode.Done;
        });
    }

    /// <inheritdoc/>
    public string[] Examples =>
    [
        "eval \"$(fact completion bash)\"                                in ~/.bashrc",
        "eval \"$(fact completion zsh)\"                                 in ~/.zshrc",
        "fact completion fish > ~/.config/fish/completions/fact.fish",
        "fact completion pwsh | Out-String | Invoke-Expression         in $PROFILE",
    ];
}
