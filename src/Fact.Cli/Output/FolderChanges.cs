using System;
using System.Collections.Generic;
using System.IO;

namespace Fact.Cli.Output;

/// <summary>
/// What was done to a folder, so that it can be undone. A call that fails may have done its work all the same, or half of it; so each change is noted before it
/// is made, and what is there decides how it is undone.
/// </summary>
internal sealed class FolderChanges(IFileSystem fileSystem)
{
    private readonly List<Change> changes = [];

    private closed record Change
    {
        private Change()
        {
        }

        public sealed record Made(string Path) : Change;

        public sealed record Created(string Path) : Change;

        public sealed record Added(string Final, string Temporary) : Change;

        public sealed record Replaced(string Final, string Temporary, string Backup) : Change;

        public sealed record Removed(string Final, string Backup) : Change;
    }

    /// <summary>Makes a folder, and those that it is in.</summary>
    /// <returns>What is in the way and no folder, or null.</returns>
    public string? MakeFolders(string folder)
    {
        var missing = new Stack<string>();
        string? at = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        for (; at is not null && !fileSystem.Exists(at); at = Path.GetDirectoryName(at))
            missing.Push(at);
        if (at is not null && !fileSystem.IsFolder(at))
            return at;
        foreach (string path in missing)
        {
            changes.Add(new Change.Made(path));
            fileSystem.MakeFolder(path);
        }
        return null;
    }

    /// <summary>Writes a new file.</summary>
    public void Create(string temporary, ReadOnlySpan<byte> content, bool toDisk)
    {
        changes.Add(new Change.Created(temporary));
        fileSystem.Create(temporary, content, toDisk);
    }

    /// <summary>Gives a new file its name; what had the name before gets that of the backup.</summary>
    public void PutInPlace(string temporary, string final, string backup)
    {
        if (fileSystem.Exists(final))
        {
            changes.Add(new Change.Replaced(final, temporary, backup));
            fileSystem.Replace(final, by: temporary, backup);
        }
        else
        {
            changes.Add(new Change.Added(final, temporary));
            fileSystem.Rename(temporary, final);
        }
    }

    /// <summary>Gives a file the name of the backup.</summary>
    public void TakeAway(string final, string backup)
    {
        changes.Add(new Change.Removed(final, backup));
        fileSystem.Rename(final, backup);
    }

    /// <summary>Makes the changes last: the backups go.</summary>
    /// <returns>What could not be removed, each with the reason.</returns>
    public List<string> Keep()
    {
        var left = new List<string>();
        foreach (var change in changes)
        {
            switch (change)
            {
                case Change.Replaced(_, _, var backup):
                    Try(() => fileSystem.Remove(backup), $"cannot remove {backup}", left);
                    break;
                case Change.Removed(_, var backup):
                    Try(() => fileSystem.Remove(backup), $"cannot remove {backup}", left);
                    break;
                case Change.Made or Change.Created or Change.Added:
                    break;
            }
        }
        return left;
    }

    /// <summary>Makes everything as it was, the last change first.</summary>
    /// <returns>What could not be undone, each with the reason.</returns>
    public List<string> Undo()
    {
        var left = new List<string>();
        for (int i = changes.Count - 1; i >= 0; i--)
        {
            switch (changes[i])
            {
                case Change.Made(var path):
                    // Somebody else may have put something into it by now; then it stays.
                    Try(() => fileSystem.RemoveFolder(path), "", []);
                    break;
                case Change.Created(var path):
                    Try(() => fileSystem.Remove(path), $"cannot remove {path}", left);
                    break;
                case Change.Added(var final, var temporary):
                    if (!fileSystem.Exists(temporary) && fileSystem.Exists(final))
                        Try(() => fileSystem.Remove(final), $"cannot remove {final}", left);
                    break;
                case Change.Replaced(var final, var temporary, var backup):
                    PutBack(final, backup, replaced: !fileSystem.Exists(temporary), left);
                    break;
                case Change.Removed(var final, var backup):
                    PutBack(final, backup, replaced: false, left);
                    break;
            }
        }
        return left;
    }

    /// <summary>A backup beside a file that was not replaced may be half a copy of it, and is of no use.</summary>
    private void PutBack(string final, string backup, bool replaced, List<string> left)
    {
        if (!fileSystem.Exists(backup))
            return;
        if (replaced || !fileSystem.Exists(final))
            Try(() => fileSystem.Restore(final, backup), $"{final} as it was before is {backup} now and cannot be put back", left);
        else
            Try(() => fileSystem.Remove(backup), $"cannot remove {backup}", left);
    }

    /// <summary>Tries twice: what fails for a moment leaves nothing behind.</summary>
    private static void Try(Action action, string what, List<string> left)
    {
        try
        {
            try
            {
                action();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                action();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            left.Add(Failure.Line(what, e));
        }
    }
}
