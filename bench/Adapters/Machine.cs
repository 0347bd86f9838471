using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace Fact.Bench.Adapters;

/// <summary>Where results are from, and where they go.</summary>
internal static class Machine
{
    private const string Processors = "/proc/cpuinfo", ModelName = "model name";

    /// <summary>Processor, system, runtime, month.</summary>
    public static string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor}, {Environment.ProcessorCount} cores; {RuntimeInformation.RuntimeIdentifier}; .NET {Environment.Version}; {DateTime.UtcNow:MMMM yyyy}");

    /// <summary>The folder <c>bench/results</c> of the repository that this was built in, or that is worked in; null where there is none.</summary>
    public static string? Results
    {
        get
        {
            foreach (string start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
            {
                for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
                {
                    if (File.Exists(Path.Combine(at.FullName, "Fact.sln")))
                        return Path.Combine(at.FullName, "bench", "results");
                }
            }
            return null;
        }
    }

    private static string Processor
    {
        get
        {
            string? line = File.Exists(Processors) ? File.ReadLines(Processors).FirstOrDefault(line => line.StartsWith(ModelName, StringComparison.Ordinal)) : null;
            return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
        }
    }
}
