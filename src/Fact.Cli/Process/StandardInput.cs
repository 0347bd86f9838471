using System;
using System.IO;
using System.Linq;

namespace Fact.Cli;

/// <summary>The standard input of this process.</summary>
internal static class StandardInput
{
    private const string Descriptors = "/proc/self/fd", Flags = "/proc/self/fdinfo";

    /// <summary>Opens it; nothing comes from one that the process was started without.</summary>
    public static Stream Open() => IsMissing() ? Stream.Null : Console.OpenStandardInput();

    /// <summary>
    /// Whether the process was started without standard input. Its number then belongs to what the runtime opened first: a pipe to itself, from which a reader would
    /// wait for ever.
    /// </summary>
    private static bool IsMissing()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return Target("0") is { } own && own.StartsWith("pipe:", StringComparison.Ordinal) && Directory.EnumerateFileSystemEntries(Descriptors)
                .Select(path => Path.GetFileName(path))
                .Any(other => other != "0" && Target(other) == own && CanWrite(other));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? Target(string descriptor) => new FileInfo(Path.Combine(Descriptors, descriptor)).LinkTarget;

    /// <summary>The last octal digit of the flags is the way in which it was opened: 0 to read.</summary>
    private static bool CanWrite(string descriptor) =>
        File.ReadLines(Path.Combine(Flags, descriptor)).Any(line => line.StartsWith("flags:", StringComparison.Ordinal) && (line[^1] - '0') % 4 != 0);
}
