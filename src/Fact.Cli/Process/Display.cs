using System;
using Spectre.Console;

namespace Fact.Cli;

/// <summary>What the other end of an output can show.</summary>
internal enum Display
{
    /// <summary>Text and no more: a file, a pipe, or a terminal that can do nothing.</summary>
    Text,
    /// <summary>A terminal without colours: lines can be written over.</summary>
    Lines,
    /// <summary>A terminal with colours.</summary>
    Colours,
}

/// <summary>Finds out what can be shown.</summary>
internal static class Displays
{
    /// <summary>What a terminal can show by what the environment says of it, and of its user.</summary>
    /// <param name="isTerminal">Whether it is one.</param>
    /// <param name="variable">Looks up a variable of the environment.</param>
    public static Display Of(bool isTerminal, Func<string, string?> variable)
    {
        if (!isTerminal || variable("TERM") == "dumb" || !UnderstandsEscapes(variable))
            return Display.Text;
        return variable("NO_COLOR") is { Length: > 0 } ? Display.Lines : Display.Colours;
    }

    /// <summary>Terminals say what they are, except those of Windows: these are asked, and told to.</summary>
    private static bool UnderstandsEscapes(Func<string, string?> variable) =>
        OperatingSystem.IsWindows()
            ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) }).Profile.Capabilities.Ansi
            : variable("TERM") is { Length: > 0 };
}
