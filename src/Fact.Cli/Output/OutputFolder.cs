using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace Fact.Cli.Output;

/// <summary>A file to be written.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record OutputFile(string Name, ReadOnlyMemory<byte> Content);

/// <summary>
/// Writes the files of one run: all of them, or none. Each is written under another name first; when all of them are on the disk,
/// they are renamed. Nobody ever sees half of a file.
/// </summary>
internal static class OutputFolder
{
    /// <summary>Writes files into a folder, which is made if it does not exist. Files of the same names are replaced.</summary>
    /// <returns>What went wrong, or null. After a failure nothing is left of the run.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing is left of the run.</exception>
    public static Failure? Write(string folder, IReadOnlyList<OutputFile> files, CancellationToken cancellationToken)
    {
        string? made = FirstMissing(folder);
        var moves = new List<(string Temporary, string Final)>();
        bool done = false;
        string what = $"cannot create the folder {folder}";
        try
        {
            if (folder.Length == 0)
                return Failure.Input("the name of the folder to write to is empty");
            if (File.Exists(folder))
                return Failure.Input($"{what}: it is a file");
            Directory.CreateDirectory(folder);
            string unique = "." + Guid.NewGuid().ToString("n")[..12] + ".tmp";
            foreach (var file in files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                string final = Path.Combine(folder, file.Name), temporary = Path.Combine(folder, "." + file.Name + unique);
                what = $"cannot write {final}";
                if (Directory.Exists(final))
                    return Failure.Input($"{what}: it is a directory");
                moves.Add((temporary, final));
                using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
                stream.Write(file.Content.Span);
                stream.Flush(flushToDisk: true);
            }
            foreach (var (temporary, final) in moves)
            {
                what = $"cannot write {final}";
                File.Move(temporary, final, overwrite: true);
            }
            done = true;
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Failure.System(what, e);
        }
        finally
        {
            if (!done)
                Undo(moves, made);
        }
    }

    private static void Undo(List<(string Temporary, string Final)> moves, string? made)
    {
        bool renaming = moves.Exists(move => !File.Exists(move.Temporary));
        foreach (var (temporary, final) in moves)
        {
            // Once renaming has begun, a file without its temporary one is ours and goes, so that no mixture is left.
            Quietly(() => File.Delete(File.Exists(temporary) || !renaming ? temporary : final));
        }
        if (made is not null)
            Quietly(() => RemoveEmpty(made));
    }

    /// <summary>The outermost folder of a path that does not exist yet, or null.</summary>
    private static string? FirstMissing(string folder)
    {
        string? missing = null;
        try
        {
            for (string? at = Path.GetFullPath(folder); at is not null && !Path.Exists(at); at = Path.GetDirectoryName(at))
                missing = at;
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            // The path is no path; making the folder will say so.
        }
        return missing;
    }

    private static void RemoveEmpty(string folder)
    {
        foreach (string inner in Directory.EnumerateDirectories(folder))
            RemoveEmpty(inner);
        Directory.Delete(folder, recursive: false);
    }

    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What was reported matters more than what could not be cleaned up after it.
        }
    }
}
