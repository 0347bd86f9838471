namespace Fact.Cli;

/// <summary>What the exit codes of the tool mean. They are documented: scripts rely on them.</summary>
internal static class ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    public const int Done = 0;

    /// <summary>The input, or what surrounds it, is at fault: a file that cannot be read, a component that is not valid, a full disk.</summary>
    public const int BadInput = 1;

    /// <summary>A component that was run as a command says that it failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int BadUsage = 2;

    /// <summary>The tool itself is at fault.</summary>
    public const int Bug = 70;

    /// <summary>The component that was run trapped.</summary>
    public const int Trapped = 134;

    /// <summary>The user interrupted it.</summary>
    public const int Interrupted = 130;
}
