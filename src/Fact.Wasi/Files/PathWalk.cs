using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Wasi.Errors;
using LanguageExt;
using Microsoft.Win32.SafeHandles;

namespace Fact.Wasi.Files;

/// <summary>
/// A path, followed from an open folder one name at a time. Folders on the way are opened without following links; a link is read, and what it says is followed in
/// the same way; <c>..</c> goes back to a folder that was opened before. So whatever others do to the files meanwhile, nothing outside of the folder is reached.
/// </summary>
internal sealed class PathWalk : IDisposable
{
    /// <summary>The greatest length of a path in bytes, and the number of links that are followed: those of Linux.</summary>
    private const int MaxLength = 4095, MaxLinks = 40;

    /// <summary>The number of folders that are open at a time: the process has a limit for all that is open, and links could lead into any depth.</summary>
    private const int MaxFolders = 256;

    private readonly List<SafeFileHandle> folders;
    private readonly Stack<string> names = new();
    private int links;

    private PathWalk(SafeFileHandle start) => folders = [start];

    /// <summary>The folder that the last name is in; it is open until this is disposed.</summary>
    public SafeFileHandle Folder => folders[^1];

    /// <summary>The last name; <c>.</c> for the folder itself. It may be that of a link only where links are not to be followed.</summary>
    public string Name { get; private set; } = ".";

    /// <summary>Whether the path says that it is one of a folder.</summary>
    public bool IsOfFolder { get; private set; }

    /// <summary>Follows a path up to its last name.</summary>
    /// <param name="start">The folder that it begins in.</param>
    /// <param name="path">The path.</param>
    /// <param name="followLast">Whether a link at its end is followed.</param>
    public static Either<FileError, PathWalk> Follow(SafeFileHandle start, string path, bool followLast)
    {
        if (Encoding.UTF8.GetByteCount(path) > MaxLength)
            return FileError.NameTooLong;
        var walk = new PathWalk(start);
        var fault = path.Contains('\0', StringComparison.Ordinal) ? FileError.Invalid : walk.Push(path, isLast: true) ?? walk.Go(followLast);
        if (fault is not { } error)
            return walk;
        walk.Dispose();
        return error;
    }

    /// <summary>Does something with the last name, then closes the folders on the way.</summary>
    public T Use<T>(Func<PathWalk, T> use)
    {
        using (this)
            return use(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var folder in folders.Skip(1))
            folder.Dispose();
    }

    private FileError? Push(string path, bool isLast)
    {
        if (path.Length == 0)
            return FileError.NoEntry;
        if (path[0] == '/')
            return FileError.NotPermitted;
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        IsOfFolder |= isLast && (path[^1] == '/' || parts[^1] is "." or "..");
        foreach (string part in parts.Reverse())
            names.Push(part);
        return null;
    }

    private FileError? Go(bool followLast)
    {
        while (names.TryPop(out string? name))
        {
            bool isLast = names.Count == 0;
            FileError? fault = null;
            if (name == "..")
                fault = Back();
            else if (isLast && name != ".")
                fault = followLast ? Last(name) : Keep(name);
            else if (name != ".")
                fault = Enter(name);
            if (fault is not null)
                return fault;
        }
        return null;
    }

    private FileError? Keep(string name)
    {
        Name = name;
        return null;
    }

    private FileError? Back()
    {
        if (folders.Count == 1)
            return FileError.NotPermitted;
        folders[^1].Dispose();
        folders.RemoveAt(folders.Count - 1);
        return null;
    }

    /// <summary>Goes into a folder, or where a link says.</summary>
    private FileError? Enter(string name) => folders.Count > MaxFolders
        ? FileError.NameTooLong
        : Os.Open(Folder, name, LibC.PathOnly | LibC.FolderOnly).MatchUnsafe<FileError?>(
            Right: folder =>
            {
                folders.Add(folder);
                return null;
            },
            Left: error => error is FileError.NotDirectory or FileError.Loop ? FollowLink(name, isLast: false, otherwise: FileError.NotDirectory) : error);

    /// <summary>Goes where a link at the end of the path says; anything else is what was looked for.</summary>
    private FileError? Last(string name) => Os.ReadLink(Folder, name).MatchUnsafe<FileError?>(
        Right: target => Follow(target, isLast: true),
        Left: error => error == FileError.IllegalByteSequence ? error : Keep(name));

    private FileError? FollowLink(string name, bool isLast, FileError otherwise) => Os.ReadLink(Folder, name).MatchUnsafe<FileError?>(
        Right: target => Follow(target, isLast),
        Left: error => error == FileError.Invalid ? otherwise : error);

    private FileError? Follow(string target, bool isLast) => ++links > MaxLinks ? FileError.Loop : Push(target, isLast);
}
