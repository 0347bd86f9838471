using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using Fact.Values;

namespace Fact.Cli.CommandLine;

/// <summary>What is wrong with a command line, on one line, with what may have been meant.</summary>
internal static class Mistake
{
    /// <summary>The first mistake; null if there is none.</summary>
    /// <param name="result">What the parser made of the command line.</param>
    /// <param name="args">The command line.</param>
    public static string? In(ParseResult result, string[] args)
    {
        var command = result.CommandResult.Command;
        if ((UnknownOption(result) ?? FlagWithValue(args, command)) is { } option)
            return $"there is no option {Quoted(option)}{In(command)}{Suggestion(option, Names(command))}";
        if (result.Errors.Count == 0)
            return null;
        if (command is not RootCommand)
            return InWords(result.Errors[0], result);
        return result.UnmatchedTokens is [var unknown, ..]
            ? $"there is no command {Quoted(unknown)}{Suggestion(unknown, Names(command))}"
            : "a command is missing: " + string.Join(", ", command.Subcommands.Select(known => known.Name));
    }

    /// <summary>What the parser found, in our words: which of the command line it is about.</summary>
    private static string InWords(ParseError error, ParseResult result)
    {
        string command = result.CommandResult.Command.Name;
        var option = error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult;
        return (option, error.SymbolResult) switch
        {
            ({ Tokens: [] } missing, _) => $"{missing.Option.Name} needs a value: {missing.Option.HelpName}",
            ({ Option: { HelpName: { } choice } given, Tokens: [.., var wrong] }, _) when choice.Contains('|', StringComparison.Ordinal) =>
                $"{given.Name} can be {Alternatives(choice.Split('|'))}, not {Quoted(wrong.Value)}{Suggestion(wrong.Value, choice.Split('|'))}",
            (null, ArgumentResult { Argument.HelpName: { } choice, Tokens: [.., var wrong] }) when choice.Contains('|', StringComparison.Ordinal) =>
                $"{command} can be for {Alternatives(choice.Split('|'))}, not {Quoted(wrong.Value)}{Suggestion(wrong.Value, choice.Split('|'))}",
            (null, not null) when result.UnmatchedTokens is [var extra, ..] => $"{Quoted(extra)} is one INPUT too many",
            (null, _) when result.CommandResult.Command.Arguments is [var needed, ..] && result.GetResult(needed)?.Tokens is null or [] =>
                needed.Name == "INPUT"
                    ? $"{command} needs an INPUT: a component in a file, or - for standard input"
                    : $"{command} needs a {needed.Name}: {needed.HelpName}",
            ({ } about, _) => $"{about.Option.Name}: {OneLine(error.Message)}",
            _ => OneLine(error.Message),
        };
    }

    private static string Alternatives(string[] choice) => $"{string.Join(", ", choice[..^1])} or {choice[^1]}";

    private static string OneLine(string message) => string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');

    /// <summary>
    /// The first word that looks like an option and is none, where one may stand. (The parser would take it for the INPUT.)
    /// </summary>
    private static string? UnknownOption(ParseResult result)
    {
        bool valueExpected = false;
        foreach (var token in result.Tokens)
        {
            if (token.Type == TokenType.DoubleDash)
                return null;
            if (token.Type == TokenType.Argument && !valueExpected && token.Value is ['-', _, ..])
                return token.Value;
            valueExpected = token.Type == TokenType.Option && TakesValue(token.Value, result.CommandResult.Command);
        }
        return null;
    }

    /// <summary>The first option without a value that has one, <c>--flag=value</c>, and is none by that name. (The parser would take the value for the INPUT.)</summary>
    private static string? FlagWithValue(string[] args, Command command)
    {
        bool valueExpected = false;
        foreach (string arg in args)
        {
            if (arg == "--")
                return null;
            int end = arg.IndexOfAny(['=', ':']);
            if (!valueExpected && end > 0 && !Names(command).Contains(arg) && IsFlag(arg[..end], command) && !bool.TryParse(arg[(end + 1)..], out _))
                return arg;
            valueExpected = TakesValue(arg, command);
        }
        return null;
    }

    private static bool IsFlag(string name, Command command) => Options(command).Any(known => known.ValueType == typeof(bool) && Names(known).Contains(name));

    private static bool TakesValue(string option, Command command) =>
        Options(command).Any(known => Names(known).Contains(option) && known.Arity.MaximumNumberOfValues > 0 && known.ValueType != typeof(bool));

    private static string In(Command command) => command is RootCommand ? "" : $" of {command.Name}";

    private static string Quoted(string word) => $"\"{word}\"";

    private static string Suggestion(string given, IEnumerable<string> known) => Spelling.Nearest(given, known) is { } near ? $"; did you mean {Quoted(near)}?" : "";

    /// <summary>What may stand where this command has been read: its options, and commands below it.</summary>
    private static IEnumerable<string> Names(Command command) => [.. command.Subcommands.Select(below => below.Name), .. Options(command).SelectMany(Names)];

    private static IEnumerable<string> Names(Option option) => [option.Name, .. option.Aliases];

    private static IEnumerable<Option> Options(Command command) =>
        [.. command.Options, .. command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive))];
}
