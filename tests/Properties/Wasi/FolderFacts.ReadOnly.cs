using System;
using System.IO;
using System.Linq;
using Fact.Host;
using Fact.Properties.Host;
using Fact.Wasi;
using Xunit;

namespace Fact.Properties.Wasi;

/// <summary>Folders that are given to be read: nothing changes what is in them.</summary>
public sealed partial class FolderFacts
{
    [FolderFact]
    public void What_is_only_to_be_read_is_not_changed()
    {
        File.WriteAllText(In("f"), "abc");
        Directory.CreateDirectory(In("d"));
        Calls(
            true,
            ("get-flags(D)", "ok({read})"),
            ("open-at(D, {}, \"f\", {}, {read})", "ok(descriptor(2))"),
            ("open-at(D, {}, \"d\", {directory}, {read})", "ok(descriptor(3))"),
            ("read(descriptor(2), 9, 0)", $"ok(({Bytes("abc")}, true))"),
            ("get-flags(descriptor(2))", "ok({read})"),
            ("get-flags(descriptor(3))", "ok({read})"),
            ("write(descriptor(2), [1], 0)", "err(read-only)"),
            ("write-via-stream(descriptor(2), 0)", "err(read-only)"),
            ("append-via-stream(descriptor(2))", "err(read-only)"),
            ("set-size(descriptor(2), 1)", "err(read-only)"),
            ("sync(descriptor(2))", "ok"),
            ("sync-data(D)", "ok"),
            ("set-times(descriptor(2), now, now)", "err(read-only)"),
            ("set-times(D, now, now)", "err(read-only)"),
            ("set-times(descriptor(3), now, now)", "err(read-only)"),
            ("open-at(D, {}, \"f\", {}, {read, write})", "err(read-only)"),
            ("open-at(D, {}, \"n\", {create, exclusive}, {})", "err(read-only)"),
            ("open-at(D, {}, \"f\", {create}, {read})", "err(read-only)"),
            ("open-at(D, {}, \"../x\", {create}, {write})", "err(read-only)"),
            ("open-at(D, {}, \"f\", {}, {write})", "err(read-only)"),
            ("open-at(D, {}, \"f\", {truncate}, {read})", "err(read-only)"),
            ("open-at(D, {}, \"n\", {create}, {read})", "err(read-only)"),
            ("open-at(D, {}, \"d\", {}, {read, mutate-directory})", "err(read-only)"),
            ("open-at(descriptor(3), {}, \"n\", {create}, {write})", "err(read-only)"),
            ("create-directory-at(descriptor(3), \"n\")", "err(read-only)"),
            ("set-times-at(D, {}, \"f\", now, now)", "err(read-only)"),
            ("remove-directory-at(D, \"d\")", "err(read-only)"),
            ("unlink-file-at(D, \"f\")", "err(read-only)"),
            ("rename-at(D, \"f\", D, \"g\")", "err(read-only)"),
            ("link-at(D, {}, \"f\", D, \"g\")", "err(read-only)"),
            ("rename-at(descriptor(3), \"x\", D, \"g\")", "err(read-only)"),
            ("remove-directory-at(descriptor(3), \"d\")", "err(read-only)"),
            ("symlink-at(D, \"f\", \"g\")", "err(read-only)"),
            ("stat-at(D, {}, \"none\")", "err(no-entry)"));
        Assert.Equal("abc", File.ReadAllText(In("f")));
        Assert.Equal(["d", "f"], Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [FolderFact]
    public void Between_a_folder_that_may_be_changed_and_one_that_may_not_nothing_is_moved_or_linked()
    {
        Directory.CreateDirectory(In("rw"));
        Directory.CreateDirectory(In("ro"));
        File.WriteAllText(In("rw/f"), "mine");
        File.WriteAllText(In("ro/g"), "theirs");
        var imports = HostImports.None.WithWasi(new WasiOptions { Folders = [new(In("rw"), "/rw"), new(In("ro"), "/ro", IsReadOnly: true)] });
        using var instance = Host.Value.Instantiate(imports).IfLeft(failure => throw new InvalidOperationException(failure.ToString()));
        (string, string)[] calls =
        [
            ("get-flags(descriptor(1))", "ok({read, mutate-directory})"),
            ("get-flags(descriptor(2))", "ok({read})"),
            ("rename-at(descriptor(1), \"f\", descriptor(2), \"f\")", "err(read-only)"),
            ("rename-at(descriptor(2), \"g\", descriptor(1), \"g\")", "err(read-only)"),
            ("link-at(descriptor(1), {}, \"f\", descriptor(2), \"f\")", "err(read-only)"),
            ("link-at(descriptor(2), {}, \"g\", descriptor(1), \"g\")", "err(read-only)"),
            ("rename-at(descriptor(1), \"f\", descriptor(1), \"h\")", "ok"),
        ];
        HostRun.Calls(instance, [("get-directories()", "[(descriptor(1), \"/rw\"), (descriptor(2), \"/ro\")]"), .. calls.Select(call => (Full(call.Item1), call.Item2))]);
        Assert.Equal(["g"], Directory.EnumerateFileSystemEntries(In("ro")).Select(Path.GetFileName));
        Assert.Equal(["h"], Directory.EnumerateFileSystemEntries(In("rw")).Select(Path.GetFileName));
    }
}
