using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Component;
using Fact.Ir;

namespace Fact.Cli;

/// <summary>Why a command could not do what it was asked: lines for the user, each whole by itself, and an exit code.</summary>
internal sealed record Failure(int ExitCode, EquatableArray<string> Lines)
{
    private const int MaxLines = 20;

    /// <summary>The input or its surroundings are at fault.</summary>
    public static Failure Input(string line) => new(Cli.ExitCode.BadInput, [line]);

    /// <summary>The component in the input is at fault, or what is given to it. Behind each line is the code by which <c>docs/diagnostics.md</c> says more.</summary>
    public static Failure Input(string name, EquatableArray<Diagnostic> errors) =>
        Input(name, errors.Items.Select(error => $"{error} [{error.Id}]").Distinct().ToEquatableArray());

    /// <summary>The input is at fault in so many ways.</summary>
    public static Failure Input(string name, EquatableArray<string> errors)
    {
        var lines = new List<string>();
        foreach (var error in errors)
        {
            if (lines.Count == MaxLines)
            {
                lines.Add($"{name}: and {errors.Length - MaxLines} more");
                break;
            }
            lines.Add($"{name}: {error}");
        }
        return new(Cli.ExitCode.BadInput, lines.ToEquatableArray());
    }

    /// <summary>The operating system would not do what was asked of it.</summary>
    /// <param name="what">What could not be done: "cannot read x".</param>
    /// <param name="exception">What it said.</param>
    public static Failure System(string what, Exception exception) => Input(Line(what, exception));

    /// <summary>The line that says what the operating system would not do.</summary>
    public static string Line(string what, Exception exception) => $"{what}: {Reason(exception)}";

    /// <summary>The tool is at fault, not its user.</summary>
    public static Failure Bug(string line) => new(
        Cli.ExitCode.Bug, [$"internal: {line}; this is a bug of fact and not of your input: please report it, with the input if you can"]);

    /// <summary>What the operating system said, without the path, which the caller knows better.</summary>
    private static string Reason(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "no such file or directory",
        UnauthorizedAccessException => "permission denied",
        PathTooLongException => "the path is too long",
        _ => WithoutPath(exception.Message),
    };

    /// <summary>"No space left on device : '/a/b'" without the path.</summary>
    private static string WithoutPath(string message)
    {
        int quote = message.LastIndexOf(" : '", StringComparison.Ordinal);
        return (quote < 0 ? message : message[..quote]).TrimEnd('.');
    }
}
