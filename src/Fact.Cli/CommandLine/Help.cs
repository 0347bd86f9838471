using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using System.IO;

namespace Fact.Cli;

/// <summary>Help with examples at its end.</summary>
internal sealed class Help(HelpAction inner) : SynchronousCommandLineAction
{
    /// <summary>Gives the options of the root command what they do here; they serve all commands.</summary>
    public static void AddTo(RootCommand root, bool isTerminal)
    {
        foreach (var option in root.Options)
        {
            if (option is VersionOption)
                option.Action = new PrintVersion();
            if (option is not HelpOption { Action: HelpAction action })
                continue;
            if (!isTerminal)
                action.MaxWidth = Columns() ?? 100;
            option.Action = new Help(action);
        }
    }

    /// <summary>How wide its user wants it who reads it by another program; too narrow is no use to anybody.</summary>
    private static int? Columns() =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns)
            ? Math.Clamp(columns, 40, 1000)
            : null;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var console = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter { NewLine = "\n" };
        parseResult.InvocationConfiguration.Output = text;
        int code = inner.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = console;
        // Arguments behind two dashes are the last of a line, which the parser's own help does not know.
        console.Write(text.ToString().Replace("<-- ARGUMENT>", "[-- ARGUMENT]", StringComparison.Ordinal)
            .Replace("[<ARGUMENT>...] [options]", "[options] [-- <ARGUMENT>...]", StringComparison.Ordinal).TrimEnd('\n') + "\n\n");
        if (parseResult.CommandResult.Command is IHasExamples { Examples: var examples })
        {
            console.WriteLine("Examples:");
            foreach (string line in examples)
                console.WriteLine("  " + line);
        }
        return code;
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;
}

/// <summary>A command whose help ends with examples.</summary>
internal interface IHasExamples
{
    /// <summary>Lines of them.</summary>
    string[] Examples { get; }
}
