using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Reflection;

namespace Fact.Cli;

/// <summary>Starts this tool once more, however it was started: as a program, as one file, as a .NET tool, by <c>dotnet</c>, or inside of another program.</summary>
internal static class OwnProcess
{
    /// <summary>What starts it with these arguments; null where nobody can tell.</summary>
    public static ProcessStartInfo? Command(params string[] args)
    {
        var assembly = typeof(OwnProcess).Assembly;
        // There is none where the tool is one file.
        string file = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".dll");
        string? process = Environment.ProcessPath;
        if (process is null)
            return null;
        if (Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase) && File.Exists(file))
            return WithRuntime(new ProcessStartInfo(process, [file, .. args]));
        if (Assembly.GetEntryAssembly() == assembly)
            return WithRuntime(new ProcessStartInfo(process, args));
        string beside = Path.ChangeExtension(file, OperatingSystem.IsWindows() ? ".exe" : null);
        return File.Exists(beside) ? WithRuntime(new ProcessStartInfo(beside, args)) : null;
    }

    /// <summary>The user may have told only this process, by an option of <c>dotnet</c>, to be content with a newer runtime.</summary>
    private static ProcessStartInfo WithRuntime(ProcessStartInfo start)
    {
        start.Environment.TryAdd("DOTNET_ROLL_FORWARD", "Major");
        return start;
    }
}
