using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

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
                action.MaxWidth = 100;
            option.Action = new Help(action);
        }
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = inner.Invoke(parseResult);
        if (parseResult.CommandResult.Command is IHasExamples { Examples: var examples })
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string line in examples)
                output.WriteLine("  " + line);
            output.WriteLine();
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
