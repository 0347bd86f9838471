using System;
using Fact.Wasi.Errors;
using LanguageExt;

namespace Fact.Wasi.Files;

/// <summary>
/// What is done with paths that begin in an open folder. Spec: the methods of <c>wasi:filesystem/types.descriptor</c> whose names end with <c>-at</c>. What would
/// change something below a folder that is only to be read fails with <see cref="FileError.ReadOnly"/>.
/// </summary>
internal static class FolderOperations
{
    // Who may do what with new files is what the process says by its mask.
    private const uint FileMode = 0x1b6, FolderMode = 0x1ff;

    /// <summary>Opens a folder of the host for components.</summary>
    public static Either<FileError, OpenFile> OpenOfHost(string path, FileBudget budget) => Os.OpenFolder(path).Map(handle => new OpenFile(handle, budget));

    /// <summary>Spec: <c>open-at</c>.</summary>
    public static Either<FileError, Descriptor> Open(Descriptor folder, bool followLast, string path, OpenFlags open, DescriptorFlags flags)
    {
        bool creates = open.HasFlag(OpenFlags.Create), truncates = open.HasFlag(OpenFlags.Truncate), exclusive = open.HasFlag(OpenFlags.Exclusive);
        bool writes = flags.HasFlag(DescriptorFlags.Write);
        if (folder.Kind == FileKind.Directory && !folder.CanMutate && (creates || truncates || writes || flags.HasFlag(DescriptorFlags.MutateDirectory)))
            return FileError.ReadOnly;
        if (open.HasFlag(OpenFlags.Directory) && (creates || truncates || exclusive))
            return FileError.Invalid;
        if (!folder.File.Budget.HasRoom)
            return FileError.InsufficientMemory;
        return At(folder, path, Follows(followLast, path) && !exclusive, walk =>
        {
            bool folderOnly = open.HasFlag(OpenFlags.Directory) || walk.IsOfFolder;
            if (creates && folderOnly)
                return FileError.IsDirectory;
            int access = (writes || truncates) ? flags.HasFlag(DescriptorFlags.Read) || !writes ? LibC.ReadWrite : LibC.WriteOnly : LibC.ReadOnly;
            int all = access
                | (creates ? LibC.Create : 0) | (exclusive ? LibC.Exclusive : 0) | (truncates ? LibC.Truncate : 0) | (folderOnly ? LibC.FolderOnly : 0)
                | (flags.HasFlag(DescriptorFlags.FileIntegritySync) ? LibC.Sync : 0) | (flags.HasFlag(DescriptorFlags.DataIntegritySync) ? LibC.DataSync : 0);
            return Os.Open(walk.Folder, walk.Name, all, FileMode).Bind(handle => Opened(new OpenFile(handle, folder.File.Budget), flags, folder.CanMutate));
        });
    }

    /// <summary>Spec: <c>read-directory</c>.</summary>
    public static Either<FileError, FolderEntries> Entries(Descriptor folder)
    {
        if (folder.Kind != FileKind.Directory)
            return FileError.NotDirectory;
        if (!folder.File.Budget.HasRoom)
            return FileError.InsufficientMemory;
        int flags = LibC.ReadOnly | LibC.FolderOnly | LibC.CloseOnExec;
        return Os.Call(() => LibC.OpenAt(folder.File.Handle, ".", flags, 0)).Bind(descriptor =>
        {
            var entries = Os.Call(() => LibC.OpenEntries((int)descriptor) is not 0 and var opened ? opened : -1);
            if (entries.IsLeft)
                LibC.Close((int)descriptor);
            return entries.Map(opened => new FolderEntries(opened, folder.File.Shared()));
        });
    }

    /// <summary>Spec: <c>stat-at</c>.</summary>
    public static Either<FileError, FileStat> Stat(Descriptor folder, bool followLast, string path) => At(folder, path, Follows(followLast, path), Stat);

    /// <summary>Spec: <c>set-times-at</c>.</summary>
    public static Either<FileError, Unit> SetTimes(Descriptor folder, bool followLast, string path, LibC.Timespec accessed, LibC.Timespec modified) =>
        Changed(folder, path, Follows(followLast, path), walk => Stat(walk)
            .Bind(_ => Os.Do(() => LibC.SetTimes(walk.Folder, walk.Name, [accessed, modified], LibC.NoFollow))));

    /// <summary>Spec: <c>create-directory-at</c>.</summary>
    public static Either<FileError, Unit> CreateFolder(Descriptor folder, string path) =>
        Changed(folder, path, followLast: false, walk => Os.Do(() => LibC.MakeFolder(walk.Folder, walk.Name, FolderMode)));

    /// <summary>Spec: <c>remove-directory-at</c>.</summary>
    public static Either<FileError, Unit> RemoveFolder(Descriptor folder, string path) =>
        Changed(folder, path, followLast: false, walk => Os.Do(() => LibC.Unlink(walk.Folder, walk.Name, LibC.RemoveFolder)));

    /// <summary>Spec: <c>unlink-file-at</c>.</summary>
    public static Either<FileError, Unit> Unlink(Descriptor folder, string path) =>
        Changed(folder, path, followLast: false, walk => OfKind(walk).Bind(_ => Os.Do(() => LibC.Unlink(walk.Folder, walk.Name, 0))));

    /// <summary>Spec: <c>rename-at</c>.</summary>
    public static Either<FileError, Unit> Rename(Descriptor folder, string path, Descriptor newFolder, string newPath) =>
        Changed(folder, path, followLast: false, from => OfKind(from).Bind(_ => Changed(newFolder, newPath, followLast: false, to =>
            NewOf(to, from).Bind(_ => Os.Do(() => LibC.Rename(from.Folder, from.Name, to.Folder, to.Name))))));

    /// <summary>Spec: <c>link-at</c>.</summary>
    public static Either<FileError, Unit> Link(Descriptor folder, bool followLast, string path, Descriptor newFolder, string newPath) =>
        Changed(folder, path, followLast, from => OfKind(from).Bind(_ => Changed(newFolder, newPath, followLast: false, to =>
            to.IsOfFolder ? FileError.NoEntry : Os.Do(() => LibC.Link(from.Folder, from.Name, to.Folder, to.Name, 0)))));

    /// <summary>Spec: <c>symlink-at</c>.</summary>
    public static Either<FileError, Unit> SymbolicLink(Descriptor folder, string target, string path) =>
        target.StartsWith('/') ? FileError.NotPermitted
        : target.Contains('\0', StringComparison.Ordinal) ? FileError.Invalid
        : Changed(folder, path, followLast: false, walk => walk.IsOfFolder ? FileError.NoEntry : Os.Do(() => LibC.SymbolicLink(target, walk.Folder, walk.Name)));

    /// <summary>Spec: <c>readlink-at</c>.</summary>
    public static Either<FileError, string> ReadLink(Descriptor folder, string path) => At(folder, path, followLast: false, walk =>
        Os.ReadLink(walk.Folder, walk.Name).Bind<string>(target => target.StartsWith('/') ? FileError.NotPermitted : target));

    /// <summary>A path of a folder is looked at behind links, whatever is asked for.</summary>
    private static bool Follows(bool followLast, string path) => followLast || path.EndsWith('/');

    private static Either<FileError, Descriptor> Opened(OpenFile file, DescriptorFlags flags, bool canMutate)
    {
        var kind = Os.Stat(file.Handle).Map(stat => FileStat.Of(stat).Kind);
        if (kind.IsLeft)
            file.Release();
        return kind.Map(found => new Descriptor(file, found, flags, canMutate));
    }

    private static Either<FileError, FileStat> Stat(PathWalk walk) => OfKind(walk).Bind(_ => Os.Stat(walk.Folder, walk.Name)).Map(FileStat.Of);

    /// <summary>Where a path says that it is one of a folder, what is there must be one, if there is anything.</summary>
    private static Either<FileError, Unit> OfKind(PathWalk walk) =>
        walk.IsOfFolder && Os.Stat(walk.Folder, walk.Name).Map(stat => FileStat.Of(stat).Kind).Match(kind => kind != FileKind.Directory, _ => false)
            ? FileError.NotDirectory
            : Unit.Default;

    /// <summary>A new path that says that it is one of a folder is for folders only.</summary>
    private static Either<FileError, Unit> NewOf(PathWalk to, PathWalk from) =>
        to.IsOfFolder && Os.Stat(from.Folder, from.Name).Map(stat => FileStat.Of(stat).Kind).Match(kind => kind != FileKind.Directory, _ => false)
            ? FileError.NotDirectory
            : Unit.Default;

    private static Either<FileError, T> At<T>(Descriptor folder, string path, bool followLast, Func<PathWalk, Either<FileError, T>> use) =>
        folder.Kind != FileKind.Directory
            ? FileError.NotDirectory
            : PathWalk.Follow(folder.File.Handle, path, followLast).Bind(walk => walk.Use(use));

    private static Either<FileError, T> Changed<T>(Descriptor folder, string path, bool followLast, Func<PathWalk, Either<FileError, T>> use) =>
        folder.Kind == FileKind.Directory && !folder.CanMutate ? FileError.ReadOnly : At(folder, path, followLast, use);
}
