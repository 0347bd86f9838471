using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using Fact.Cli.CommandLine;
using Fact.Cli.Commands;

namespace Fact.Cli;

/// <summary>The command line: picks the command, and turns everything that can go wrong into one clear line and an exit code.</summary>
internal static class Tool
{
    /// <summary>Runs the tool.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, Terminal terminal)
    {
        try
        {
            int code = Invoke(args, terminal);
            terminal.Stdout.Flush();
            return code;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return terminal.Report(Failure.System("cannot write to standard output", e.InnerException ?? e));
        }
        catch (Exception e)
        {
            return terminal.Report(Failure.Bug(e.ToString().ReplaceLineEndings(" · ")));
        }
    }

    private static int Invoke(string[] args, Terminal terminal)
    {
        var root = new Root(terminal);
        args = Asked(args, root);
        // File names may begin with @.
        var result = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (!AsksForHelp(args) && Mistake.In(result, args) is { } mistake)
        {
            string command = result.CommandResult.Command is RootCommand ? "" : result.CommandResult.Command.Name + " ";
            terminal.Error($"{mistake} (see fact {command}--help)");
            return ExitCode.BadUsage;
        }
        return result.Invoke(new InvocationConfiguration
        {
            Output = terminal.Stdout,
            Error = terminal.Stderr,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(2),
        });
    }

    /// <summary>Who says nothing, or <c>help</c>, wants help.</summary>
    private static string[] Asked(string[] args, RootCommand root) => args switch
    {
        [] or ["help"] => ["--help"],
        ["help", var command] when root.Subcommands.Any(known => known.Name == command) => [command, "--help"],
        ["help", var unknown] => [unknown],
        _ => args,
    };

    private static bool AsksForHelp(string[] args) => args.Any(arg => arg is "--help" or "-h" or "-?" or "/?" or "/h");

    private sealed class Root : RootCommand, IHasExamples
    {
        public Root(Terminal terminal)
            : base("Compiles the fused adapters of a WebAssembly component: the code between its parts.")
        {
            Add(new CompileCommand(terminal));
            Add(new FuseCommand(terminal));
            Add(new InspectCommand(terminal));
            Add(new RunCommand(terminal));
            Add(new CompletionCommand(terminal));
            Help.AddTo(this, terminal.ShowsResults);
        }

        public string[] Examples =>
        [
            "fact compile app.wasm -o out",
            "fact fuse app.wasm -o app.core.wasm",
            "fact inspect app.wasm",
            "fact run app.wasm --invoke 'greet(\"Zoe\")'",
            "fact compile --help                          what a command does, and its options",
        ];
    }
}
