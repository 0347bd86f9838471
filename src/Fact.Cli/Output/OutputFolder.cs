using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Fact.Ir;

namespace Fact.Cli.Output;

/// <summary>A file to be written.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record OutputFile(string Name, ReadOnlyMemory<byte> Content);

/// <summary>
/// Writes the files of one run: all of them, or none, and then what was there before is there again. Each is written under another name first; when all of
/// them are there, each takes its place, and what it replaces is kept until the last one has.
/// </summary>
internal static class OutputFolder
{
    /// <summary>To wait for the disk takes milliseconds for each file. Those of larger runs are left to the system.</summary>
    private const int MaxFilesAwaited = 500;

    /// <summary>Where files would take the place of devices, if the system let them.</summary>
    private const string Devices = "/dev";

    /// <summary>Writes files into a folder, which is made if it does not exist. Files of the same names are replaced.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">The files.</param>
    /// <param name="obsolete">
    /// Names of more files that an earlier run may have written, in lists. Of each they are removed up to the first that does not exist: there may be infinitely many.
    /// </param>
    /// <param name="fileSystem">What does it.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>What went wrong, or null. After a failure nothing is left of the run, or its lines say what.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing is left of the run.</exception>
    public static Failure? Write(
        string folder, IReadOnlyList<OutputFile> files, IEnumerable<string>[] obsolete, IFileSystem fileSystem, CancellationToken cancellationToken)
    {
        var changes = new FolderChanges(fileSystem);
        Failure? failure;
        try
        {
            failure = Apply(folder, files, obsolete, fileSystem, changes, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            if (changes.Undo() is { Count: > 0 } left)
                return new Failure(ExitCode.Interrupted, left.ToEquatableArray());
            throw;
        }
        if (failure is null)
            return changes.Keep() is { Count: > 0 } kept ? new Failure(ExitCode.BadInput, kept.ToEquatableArray()) : null;
        return failure with { Lines = [.. failure.Lines.Items, .. changes.Undo()] };
    }

    private static Failure? Apply(
        string folder, IReadOnlyList<OutputFile> files, IEnumerable<string>[] obsolete, IFileSystem fileSystem, FolderChanges changes, CancellationToken cancellation)
    {
        if (folder.Length == 0)
            return Failure.Input("the name of the folder to write to is empty");
        string what = $"cannot create the folder {folder}";
        try
        {
            if (changes.MakeFolders(folder) is { } obstacle)
                return Failure.Input($"{what}: {obstacle} is not a directory");
            if (Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) == Devices)
                return Failure.Input($"cannot write {Path.Combine(folder, files[0].Name)}: what is in {Devices} stands for devices, which are no files");
            // Short, whatever the files are called: a name may have 255 bytes.
            string unique = Path.Combine(folder, $".fact-{Guid.NewGuid().ToString("n")[..12]}-");
            var written = new List<(string Temporary, string Final)>();
            foreach (var file in files)
            {
                cancellation.ThrowIfCancellationRequested();
                string final = Path.Combine(folder, file.Name), temporary = $"{unique}{written.Count}";
                what = $"cannot write {final}";
                if (fileSystem.IsFolder(final))
                    return Failure.Input($"{what}: it is a directory");
                changes.Create(temporary, file.Content.Span, toDisk: files.Count <= MaxFilesAwaited);
                written.Add((temporary, final));
            }
            foreach (var (temporary, final) in written)
            {
                cancellation.ThrowIfCancellationRequested();
                what = $"cannot write {final}";
                changes.PutInPlace(temporary, final, backup: temporary + "-old");
            }
            int number = written.Count;
            bool IsFile(string path) => fileSystem.Exists(path) && !fileSystem.IsFolder(path);
            foreach (string final in obsolete.SelectMany(names => names.Select(name => Path.Combine(folder, name)).TakeWhile(IsFile)))
            {
                cancellation.ThrowIfCancellationRequested();
                what = $"cannot remove {final}, which an earlier run has left";
                changes.TakeAway(final, backup: $"{unique}{number++}-old");
            }
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Failure.System(what, e);
        }
    }
}
