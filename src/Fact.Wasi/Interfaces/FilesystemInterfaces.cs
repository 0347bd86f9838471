using System.Linq;
using Fact.Host;
using Fact.Values;
using Fact.Wasi.Errors;
using Fact.Wasi.Files;
using Fact.Wasi.Instance;

namespace Fact.Wasi.Interfaces;

/// <summary>Spec: the package <c>wasi:filesystem</c>.</summary>
internal static class FilesystemInterfaces
{
    public static HostImports AddTo(HostImports imports, HostState<WasiState> state)
    {
        imports = Paths(Contents(new InterfaceImports(imports, state, "wasi:filesystem/types").Resource("descriptor", s => s.Descriptors, (_, one) => one.Dispose())))
            .Resource("directory-entry-stream", s => s.Entries, (_, entries) => entries.Dispose())
            .Method("directory-entry-stream", "read-directory-entry", s => s.Entries, (_, entries, _) => entries.Next().Result(entry =>
                Wit.OptionOf(entry.MatchUnsafe<ComponentValue?>(Of, () => null))))
            .Function("filesystem-error-code", (s, a) => Wit.OptionOf(s.Errors.Get(a.At(0)).Code is { } code ? Wit.Label(code) : null))
            .Imports;
        return new InterfaceImports(imports, state, "wasi:filesystem/preopens")
            .Function("get-directories", (s, _) => ComponentValues.List(s.Preopens.Items.Select(one => ComponentValues.Tuple(
                s.Descriptors.New(new(one.File.Shared(), FileKind.Directory, DescriptorFlags.Read, canMutate: !one.Folder.IsReadOnly)),
                ComponentValues.String(one.Folder.GuestPath)))))
            .Imports;
    }

    /// <summary>What is done with something that is open.</summary>
    private static InterfaceImports Contents(InterfaceImports types) => types
        .Method("descriptor", "read-via-stream", s => s.Descriptors, (s, one, a) => one.Input(a.U64(1)).Result(s.Inputs.New))
        .Method("descriptor", "write-via-stream", s => s.Descriptors, (s, one, a) => one.Output(a.U64(1)).Result(s.Outputs.New))
        .Method("descriptor", "append-via-stream", s => s.Descriptors, (s, one, _) => one.Output(null).Result(s.Outputs.New))
        .Method("descriptor", "advise", s => s.Descriptors, (_, one, a) => one.Advise(a.U64(1), a.U64(2), a.Enum<Advice>(3)).Result())
        .Method("descriptor", "sync-data", s => s.Descriptors, (_, one, _) => one.Sync(dataOnly: true).Result())
        .Method("descriptor", "sync", s => s.Descriptors, (_, one, _) => one.Sync(dataOnly: false).Result())
        .Method("descriptor", "get-flags", s => s.Descriptors, (_, one, _) => new ComponentValue.Ok(Wit.FlagsOf(one.Flags)))
        .Method("descriptor", "get-type", s => s.Descriptors, (_, one, _) => new ComponentValue.Ok(Wit.Label(one.Kind)))
        .Method("descriptor", "set-size", s => s.Descriptors, (_, one, a) => one.SetSize(a.U64(1)).Result())
        .Method("descriptor", "set-times", s => s.Descriptors, (_, one, a) => one.SetTimes(a.Timestamp(1), a.Timestamp(2)).Result())
        .Method("descriptor", "read", s => s.Descriptors, (_, one, a) => one.Read(a.U64(1), a.U64(2)).Result(read =>
            ComponentValues.Tuple(ComponentValues.ListOfU8(read.Bytes), ComponentValues.Bool(read.AtEnd))))
        .Method("descriptor", "write", s => s.Descriptors, (_, one, a) => one.Write(a.Bytes(1), a.U64(2)).Result(ComponentValues.U64))
        .Method("descriptor", "stat", s => s.Descriptors, (_, one, _) => one.Stat().Result(Of))
        .Method("descriptor", "is-same-object", s => s.Descriptors, (s, one, a) => ComponentValues.Bool(one.IsSame(s.Descriptors.Get(a.At(1)))))
        .Method("descriptor", "metadata-hash", s => s.Descriptors, (s, one, _) => one.Stat().Result(stat => Of(stat.Hash(s.Secret))));

    /// <summary>What is done with paths that begin in a folder.</summary>
    private static InterfaceImports Paths(InterfaceImports types) => types
        .Method("descriptor", "read-directory", s => s.Descriptors, (s, one, _) => FolderOperations.Entries(one).Result(s.Entries.New))
        .Method("descriptor", "create-directory-at", s => s.Descriptors, (_, one, a) => FolderOperations.CreateFolder(one, a.Text(1)).Result())
        .Method("descriptor", "stat-at", s => s.Descriptors, (_, one, a) => FolderOperations.Stat(one, a.IsSet(1), a.Text(2)).Result(Of))
        .Method("descriptor", "set-times-at", s => s.Descriptors, (_, one, a) =>
            FolderOperations.SetTimes(one, a.IsSet(1), a.Text(2), a.Timestamp(3), a.Timestamp(4)).Result())
        .Method("descriptor", "link-at", s => s.Descriptors, (s, one, a) =>
            FolderOperations.Link(one, a.IsSet(1), a.Text(2), s.Descriptors.Get(a.At(3)), a.Text(4)).Result())
        .Method("descriptor", "open-at", s => s.Descriptors, (s, one, a) =>
            FolderOperations.Open(one, a.IsSet(1), a.Text(2), a.Flags<OpenFlags>(3), a.Flags<DescriptorFlags>(4)).Result(s.Descriptors.New))
        .Method("descriptor", "readlink-at", s => s.Descriptors, (_, one, a) => FolderOperations.ReadLink(one, a.Text(1)).Result(ComponentValues.String))
        .Method("descriptor", "remove-directory-at", s => s.Descriptors, (_, one, a) => FolderOperations.RemoveFolder(one, a.Text(1)).Result())
        .Method("descriptor", "rename-at", s => s.Descriptors, (s, one, a) => FolderOperations.Rename(one, a.Text(1), s.Descriptors.Get(a.At(2)), a.Text(3)).Result())
        .Method("descriptor", "symlink-at", s => s.Descriptors, (_, one, a) => FolderOperations.SymbolicLink(one, a.Text(1), a.Text(2)).Result())
        .Method("descriptor", "unlink-file-at", s => s.Descriptors, (_, one, a) => FolderOperations.Unlink(one, a.Text(1)).Result())
        .Method("descriptor", "metadata-hash-at", s => s.Descriptors, (s, one, a) =>
            FolderOperations.Stat(one, a.IsSet(1), a.Text(2)).Result(stat => Of(stat.Hash(s.Secret))));

    private static ComponentValue Of(FolderEntry entry) => ComponentValues.Record(("type", Wit.Label(entry.Kind)), ("name", ComponentValues.String(entry.Name)));

    private static ComponentValue Of(FileStat stat) => ComponentValues.Record(
        ("type", Wit.Label(stat.Kind)),
        ("link-count", ComponentValues.U64(stat.Links)),
        ("size", ComponentValues.U64(stat.Size)),
        ("data-access-timestamp", Time(stat.Accessed)),
        ("data-modification-timestamp", Time(stat.Modified)),
        ("status-change-timestamp", Time(stat.Changed)));

    private static ComponentValue Of((ulong Lower, ulong Upper) hash) =>
        ComponentValues.Record(("lower", ComponentValues.U64(hash.Lower)), ("upper", ComponentValues.U64(hash.Upper)));

    private static ComponentValue Time(Datetime? time) => Wit.OptionOf(time is { } known ? Wit.Of(known) : null);
}
