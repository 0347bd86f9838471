using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Fact.Cli;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>The tool in a process of its own.</summary>
internal static class ToolProcess
{
    /// <summary>What to write into a shell to start the tool.</summary>
    public static string Command { get; } = Quoted(OwnProcess.Command()!);

    /// <summary>Runs a program to its end, without input.</summary>
    public static ToolRun Run(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, errors.Result);
    }

    /// <summary>Runs the tool, with files in the folder that it is in.</summary>
    public static ToolRun RunIn(string folder, params string[] args)
    {
        var start = OwnProcess.Command(args)!;
        string here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        start.FileName = Moved(start.FileName);
        for (int i = 0; i < start.ArgumentList.Count - args.Length; i++)
            start.ArgumentList[i] = Moved(start.ArgumentList[i]);
        return Run(start);

        string Moved(string path) => Path.GetDirectoryName(path) == here ? Path.Combine(folder, Path.GetFileName(path)) : path;
    }

    /// <summary>A word for a shell.</summary>
    public static string Quoted(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static string Quoted(ProcessStartInfo start) => string.Join(' ', start.ArgumentList.Prepend(start.FileName).Select(Quoted));
}
