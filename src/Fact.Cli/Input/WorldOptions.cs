using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using Fact.Host;
using Fact.Ir;
using Fact.Wasi;
using LanguageExt;
using Flag = System.CommandLine.Option<bool>;
using Texts = System.CommandLine.Option<string[]>;

namespace Fact.Cli.Input;

/// <summary>The options that say what a component gets of the world: <c>--dir</c>, <c>--env</c>, <c>--stub-imports</c>, and arguments behind <c>--</c>.</summary>
internal sealed class WorldOptions
{
    private const string Separator = "::";

    private readonly Texts folders = new("--dir")
    {
        Description = "Give the component a folder of this system, HOST, which it calls GUEST, by default the same; with ::ro to be read only. "
            + "May be given more than once.",
        HelpName = "HOST[::GUEST[::ro]]",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Texts variables = new("--env")
    {
        Description = "Give the component a variable of the environment; without a value, the one that this process has. May be given more than once.",
        HelpName = "NAME[=VALUE]",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Flag stub = new("--stub-imports") { Description = "Run a component that imports what there is not: to call that is a trap." };

    private readonly Argument<string[]> arguments = new("ARGUMENT")
    {
        Description = "Arguments for the component, behind --",
        HelpName = "-- ARGUMENT",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Lets a command have them.</summary>
    public void AddTo(Command command)
    {
        command.Add(folders);
        command.Add(variables);
        command.Add(stub);
        command.Add(arguments);
    }

    /// <summary>What a command line gives to a component.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="program">What the component is told that it is called.</param>
    /// <param name="terminal">What it reads from and writes to.</param>
    public Either<Failure, HostImports> Of(ParseResult parsed, string program, Terminal terminal) =>
        Arguments(parsed).Bind(words => Folders(parsed).Bind(given => Environment(parsed).Map(environment =>
        {
            var imports = HostImports.None.WithWasi(new WasiOptions
            {
                Arguments = [program, .. words],
                Environment = environment,
                Folders = given,
                Stdin = terminal.Stdin,
                Stdout = terminal.StdoutBytes,
                Stderr = terminal.StderrBytes,
                StdinIsTerminal = terminal.StdinIsKeyboard,
                StdoutIsTerminal = terminal.ShowsResults,
                StderrIsTerminal = terminal.ShowsProgress,
            });
            return parsed.GetValue(stub) ? imports.TrapMissing() : imports;
        })));

    private Either<Failure, EquatableArray<PreopenedFolder>> Folders(ParseResult parsed)
    {
        var given = new List<PreopenedFolder>();
        foreach (string text in parsed.GetValue(folders) ?? [])
        {
            if (!PreopenedFolder.IsSupported)
                return Failure.Input($"--dir {text}: folders can be given to components on Linux alone, x64 and arm64");
            PreopenedFolder? folder = text.Split(Separator) switch
            {
                [var path] => new(path, path),
                [var path, var name] => new(path, name),
                [var path, var name, "ro"] => new(path, name, IsReadOnly: true),
                _ => null,
            };
            if (folder is null)
                return new Failure(
                    ExitCode.BadUsage,
                    [$"--dir {text}: behind the second {Separator} there can only be ro, for a folder to be read only (see fact run --help)"]);
            if (!Directory.Exists(folder.HostPath))
                return Failure.Input($"--dir {text}: there is no folder \"{folder.HostPath}\"");
            given.Add(folder);
        }
        return given.ToEquatableArray();
    }

    private Either<Failure, EquatableArray<EnvironmentVariable>> Environment(ParseResult parsed)
    {
        var given = new List<EnvironmentVariable>();
        foreach (string text in parsed.GetValue(variables) ?? [])
        {
            int end = text.IndexOf('=', StringComparison.Ordinal);
            if (end >= 0)
                given.Add(new(text[..end], text[(end + 1)..]));
            else if (System.Environment.GetEnvironmentVariable(text) is { } value)
                given.Add(new(text, value));
            else
                return Failure.Input($"--env {text}: there is no variable of this name here; give it a value: --env {text}=VALUE");
        }
        // What is given last counts.
        return given.GroupBy(variable => variable.Name).Select(same => same.Last()).ToEquatableArray();
    }

    /// <summary>What stands where only INPUT may.</summary>
    private Either<Failure, string[]> Arguments(ParseResult parsed)
    {
        string[] given = parsed.GetValue(arguments) ?? [];
        int behind = parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Count(token => token.Type == TokenType.Argument);
        return given.Length <= behind
            ? given
            : new Failure(
                ExitCode.BadUsage,
                [$"\"{given[0]}\" is one INPUT too many; arguments for a command stand behind --, and a function is called by --invoke (see fact run --help)"]);
    }
}
