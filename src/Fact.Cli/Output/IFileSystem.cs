using System;
using System.IO;

namespace Fact.Cli.Output;

/// <summary>
/// The calls of the file system by which output is written; tests let them fail. All but the questions throw what <see cref="File"/> and
/// <see cref="Directory"/> throw.
/// </summary>
internal interface IFileSystem
{
    /// <summary>Whether anything has this path: a file, a folder, or a link, wherever that leads.</summary>
    bool Exists(string path);

    /// <summary>Whether the path leads to a folder.</summary>
    bool IsFolder(string path);

    /// <summary>Makes a folder in one that exists.</summary>
    void MakeFolder(string path);

    /// <summary>Removes an empty folder.</summary>
    void RemoveFolder(string path);

    /// <summary>Makes a file that does not exist yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What is in it.</param>
    /// <param name="toDisk">Whether to wait until that is on the disk: some disks say only then that they are full.</param>
    void Create(string path, ReadOnlySpan<byte> content, bool toDisk);

    /// <summary>Gives a file another name in its folder, which nothing has yet.</summary>
    void Rename(string from, string to);

    /// <summary>Puts a file in the place of another, at once; what was there gets the name <paramref name="backup"/>.</summary>
    void Replace(string path, string by, string backup);

    /// <summary>Gives a file its former name back, whatever has that now.</summary>
    void Restore(string path, string backup);

    /// <summary>Removes a file, if there is one.</summary>
    void Remove(string path);
}

/// <summary>The file system of this machine.</summary>
internal sealed class FileSystem : IFileSystem
{
    private FileSystem()
    {
    }

    public static IFileSystem Real { get; } = new FileSystem();

    public bool Exists(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    public bool IsFolder(string path) => Directory.Exists(path);

    public void MakeFolder(string path) => Directory.CreateDirectory(path);

    public void RemoveFolder(string path) => Directory.Delete(path, recursive: false);

    public void Create(string path, ReadOnlySpan<byte> content, bool toDisk)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        stream.Write(content);
        stream.Flush(toDisk);
    }

    public void Rename(string from, string to) => File.Move(from, to, overwrite: false);

    /// <summary>On Unix the backup is a second link to the old file, or a copy, made first: at no moment is there no file.</summary>
    public void Replace(string path, string by, string backup) => File.Replace(by, path, backup);

    public void Restore(string path, string backup)
    {
        File.Move(backup, path, overwrite: true);
        // Of two links to one file, renaming one to the other leaves both.
        File.Delete(backup);
    }

    public void Remove(string path) => File.Delete(path);
}
