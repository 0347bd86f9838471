using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Fact.Host;
using Fact.Properties.Cli;
using Fact.Properties.Host;
using Fact.Values;
using Fact.Wasi;
using Xunit;

namespace Fact.Properties.Wasi;

/// <summary>A test that needs folders for components.</summary>
internal sealed class FolderFactAttribute : FactAttribute
{
    public FolderFactAttribute()
    {
        if (!PreopenedFolder.IsSupported)
            Skip = "folders can be given to components on Linux only";
    }
}

/// <summary>The same, with data.</summary>
internal sealed class FolderTheoryAttribute : TheoryAttribute
{
    public FolderTheoryAttribute()
    {
        if (!PreopenedFolder.IsSupported)
            Skip = "folders can be given to components on Linux only";
    }
}

/// <summary><c>wasi:filesystem</c> on real folders: what is done, and that nothing outside of them is.</summary>
public sealed partial class FolderFacts : IDisposable
{
    private static readonly Lazy<ComponentHost> Host = new(() => HostRun.Open(Mirror.Of("0.2.3", FilesystemInterface.All)));

    private readonly TemporaryFolder outside = new();

    public FolderFacts()
    {
        Directory.CreateDirectory(Root);
        outside.Write("secret.txt", "secret");
        Directory.CreateDirectory(outside["secrets"]);
    }

    private string Root => outside["given"];

    private string In(string name) => Path.Combine(Root, name);

    public void Dispose() => outside.Dispose();

    private ComponentInstance Instance(bool readOnly = false) =>
        Host.Value.Instantiate(HostImports.None.WithWasi(new WasiOptions { Folders = [new(Root, "/data", readOnly)] }))
            .IfLeft(failure => throw new InvalidOperationException(failure.ToString()));

    /// <summary>Calls after the folder was asked for, which is <c>descriptor(1)</c>; <c>D</c> stands for it, and names of methods for those of descriptors.</summary>
    private void Calls(bool readOnly, params (string Call, string Result)[] calls)
    {
        using var instance = Instance(readOnly);
        HostRun.Calls(instance, [("get-directories()", "[(descriptor(1), \"/data\")]"), .. calls.Select(call => (Full(call.Call), call.Result))]);
    }

    private void Calls(params (string Call, string Result)[] calls) => Calls(false, calls);

    private static string Full(string call) => (Stream().IsMatch(call) ? "" : "descriptor-") + call.Replace("D,", "descriptor(1),", StringComparison.Ordinal)
        .Replace("D)", "descriptor(1))", StringComparison.Ordinal);

    [GeneratedRegex("^(input-stream|output-stream|directory-entry-stream|filesystem-error-code|error)-?")]
    private static partial Regex Stream();

    private static string Bytes(string text) => "[" + string.Join(", ", Encoding.UTF8.GetBytes(text).Select(b => b.ToString(CultureInfo.InvariantCulture))) + "]";

    [FolderFact]
    public void Files_are_made_written_read_and_measured()
    {
        Calls(
            ("open-at(D, {}, \"new.txt\", {create, exclusive}, {read, write})", "ok(descriptor(2))"),
            ($"write(descriptor(2), {Bytes("hello")}, 0)", "ok(5)"),
            ($"write(descriptor(2), {Bytes("!")}, 7)", "ok(1)"),
            ("read(descriptor(2), 100, 0)", $"ok(({Bytes("hello\0\0!")}, true))"),
            ("read(descriptor(2), 3, 1)", $"ok(({Bytes("ell")}, false))"),
            ("read(descriptor(2), 3, 100)", "ok(([], true))"),
            ("read(descriptor(2), 3, 18446744073709551615)", "ok(([], true))"),
            ($"write(descriptor(2), {Bytes("!")}, 18446744073709551615)", "err(file-too-large)"),
            ("set-size(descriptor(2), 2)", "ok"),
            ("read(descriptor(2), 100, 0)", $"ok(({Bytes("he")}, true))"),
            ("get-flags(descriptor(2))", "ok({read, write})"),
            ("get-type(descriptor(2))", "ok(regular-file)"),
            ("get-type(D)", "ok(directory)"),
            ("get-flags(D)", "ok({read, mutate-directory})"),
            ("sync(descriptor(2))", "ok"),
            ("sync-data(descriptor(2))", "ok"),
            ("sync(D)", "ok"),
            ("advise(descriptor(2), 0, 10, will-need)", "ok"),
            ("advise(descriptor(2), 0, 10, sequential)", "ok"),
            ("open-at(D, {}, \"new.txt\", {create, exclusive}, {read})", "err(exist)"),
            ("open-at(D, {}, \"new.txt\", {truncate}, {write})", "ok(descriptor(3))"),
            ("is-same-object(descriptor(2), descriptor(3))", "true"),
            ("is-same-object(descriptor(2), D)", "false"),
            ("read(descriptor(3), 1, 0)", "err(bad-descriptor)"),
            ("open-at(D, {}, \"new.txt\", {}, {read})", "ok(descriptor(4))"),
            ("write(descriptor(4), [1], 0)", "err(bad-descriptor)"),
            ("set-size(descriptor(4), 0)", "err(bad-descriptor)"),
            ("read(descriptor(4), 1, 0)", "ok(([], true))"));
        Assert.Equal("", File.ReadAllText(In("new.txt")));
    }

    [FolderFact]
    public void Streams_of_a_file_have_places_of_their_own_and_outlive_its_descriptor()
    {
        File.WriteAllText(In("f"), "abcdef");
        Calls(
            ("open-at(D, {}, \"f\", {}, {read, write})", "ok(descriptor(2))"),
            ("read-via-stream(descriptor(2), 4)", "ok(input-stream(3))"),
            ("read-via-stream(descriptor(2), 0)", "ok(input-stream(4))"),
            ("write-via-stream(descriptor(2), 1)", "ok(output-stream(5))"),
            ("append-via-stream(descriptor(2))", "ok(output-stream(6))"),
            ("input-stream-read(input-stream(3), 1)", $"ok({Bytes("e")})"),
            ($"output-stream-blocking-write-and-flush(output-stream(6), {Bytes("gh")})", "ok"),
            ($"output-stream-blocking-write-and-flush(output-stream(5), {Bytes("BC")})", "ok"),
            ($"output-stream-blocking-write-and-flush(output-stream(5), {Bytes("D")})", "ok"),
            ($"output-stream-blocking-write-and-flush(output-stream(6), {Bytes("i")})", "ok"),
            ("input-stream-blocking-read(input-stream(4), 100)", $"ok({Bytes("aBCDefghi")})"),
            ("input-stream-read(input-stream(3), 100)", $"ok({Bytes("fghi")})"),
            ("input-stream-read(input-stream(3), 100)", "err(closed)"));
    }

    [FolderFact]
    public void Folders_are_made_listed_renamed_and_removed()
    {
        Calls(
            ("create-directory-at(D, \"a\")", "ok"),
            ("create-directory-at(D, \"a/b/\")", "ok"),
            ("create-directory-at(D, \"a\")", "err(exist)"),
            ("create-directory-at(D, \"x/y\")", "err(no-entry)"),
            ("remove-directory-at(D, \"a\")", "err(not-empty)"),
            ("unlink-file-at(D, \"a\")", "err(is-directory)"),
            ("open-at(D, {}, \"a\", {directory}, {read})", "ok(descriptor(2))"),
            ("open-at(descriptor(2), {}, \"f\", {create}, {write})", "ok(descriptor(3))"),
            ("rename-at(descriptor(2), \"f\", D, \"g\")", "ok"),
            ("remove-directory-at(D, \"g\")", "err(not-directory)"),
            ("unlink-file-at(D, \"g/\")", "err(not-directory)"),
            ("read-directory(D)", "ok(directory-entry-stream(4))"),
            ("read-directory(descriptor(2))", "ok(directory-entry-stream(5))"),
            ("directory-entry-stream-read-directory-entry(directory-entry-stream(5))", "ok(some({type: directory, name: \"b\"}))"),
            ("directory-entry-stream-read-directory-entry(directory-entry-stream(5))", "ok(none)"),
            ("directory-entry-stream-read-directory-entry(directory-entry-stream(5))", "ok(none)"),
            ("read-directory(descriptor(3))", "err(not-directory)"),
            ("create-directory-at(descriptor(3), \"x\")", "err(not-directory)"),
            ("read-via-stream(descriptor(2), 0)", "err(is-directory)"),
            ("read(descriptor(2), 1, 0)", "err(is-directory)"),
            ("open-at(D, {}, \"a\", {}, {read, write})", "err(is-directory)"),
            ("open-at(D, {}, \"g\", {directory}, {read})", "err(not-directory)"),
            ("open-at(D, {}, \"g/\", {}, {read})", "err(not-directory)"),
            ("open-at(D, {}, \"g/x\", {}, {read})", "err(not-directory)"),
            ("open-at(D, {}, \"n\", {create, directory}, {read})", "err(invalid)"),
            ("open-at(D, {}, \"n/\", {create}, {write})", "err(is-directory)"),
            ("remove-directory-at(D, \"a/b\")", "ok"),
            ("remove-directory-at(D, \"a\")", "ok"),
            ("unlink-file-at(D, \"g\")", "ok"),
            ("unlink-file-at(D, \"g\")", "err(no-entry)"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Root));
    }

    [FolderFact]
    public void Times_and_hashes_are_those_of_the_file()
    {
        File.WriteAllText(In("f"), "abc");
        Calls(
            ("set-times-at(D, {}, \"f\", timestamp({seconds: 7, nanoseconds: 8}), timestamp({seconds: 9, nanoseconds: 10}))", "ok"),
            ("set-times-at(D, {}, \"f\", no-change, timestamp({seconds: 9, nanoseconds: 1000000000}))", "err(invalid)"),
            ("set-times-at(D, {}, \"g\", now, now)", "err(no-entry)"));
        Assert.Equal((9, 7), (new DateTimeOffset(File.GetLastWriteTimeUtc(In("f"))).ToUnixTimeSeconds(),
            new DateTimeOffset(File.GetLastAccessTimeUtc(In("f"))).ToUnixTimeSeconds()));
        using var instance = Instance();
        var session = new WaveSession(instance);
        string Call(string call) => session.Invoke(Full(call)).Match(value => value, failure => failure.ToString());
        session.Invoke("get-directories()");
        Assert.StartsWith(
            "ok({type: regular-file, link-count: 1, size: 3, data-access-timestamp: some({seconds: 7, nanoseconds: 8}), "
            + "data-modification-timestamp: some({seconds: 9, nanoseconds: 10}), status-change-timestamp: some(",
            Call("stat-at(D, {}, \"f\")"),
            StringComparison.Ordinal);
        string hash = Call("metadata-hash-at(D, {}, \"f\")");
        Assert.Equal("ok(descriptor(2))", Call("open-at(D, {}, \"f\", {}, {read, write})"));
        Assert.Equal(hash, Call("metadata-hash(descriptor(2))"));
        Assert.Equal("ok", Call("set-times(descriptor(2), no-change, now)"));
        Assert.NotEqual(hash, Call("metadata-hash(descriptor(2))"));
        Assert.Equal(Call("stat(descriptor(2))"), Call("stat-at(D, {}, \"f\")"));
    }

    [FolderFact]
    public void Links_are_made_read_and_followed_where_that_is_asked_for()
    {
        File.WriteAllText(In("f"), "abc");
        Calls(
            ("symlink-at(D, \"f\", \"l\")", "ok"),
            ("symlink-at(D, \"f\", \"l\")", "err(exist)"),
            ("readlink-at(D, \"l\")", "ok(\"f\")"),
            ("readlink-at(D, \"f\")", "err(invalid)"),
            ("open-at(D, {}, \"l\", {}, {read})", "err(loop)"),
            ("open-at(D, {symlink-follow}, \"l\", {}, {read})", "ok(descriptor(2))"),
            ("read(descriptor(2), 9, 0)", $"ok(({Bytes("abc")}, true))"),
            ("create-directory-at(D, \"d\")", "ok"),
            ("symlink-at(D, \"../d\", \"d/up\")", "ok"),
            ("symlink-at(D, \"made\", \"d/dangling\")", "ok"),
            ("open-at(D, {symlink-follow}, \"d/up/up/up/dangling\", {create}, {write})", "ok(descriptor(3))"),
            ("link-at(D, {}, \"f\", D, \"d/up/hard\")", "ok"),
            ("link-at(D, {symlink-follow}, \"l\", D, \"harder\")", "ok"),
            ("link-at(D, {}, \"d\", D, \"h\")", "err(not-permitted)"),
            ("link-at(D, {}, \"none\", D, \"h\")", "err(no-entry)"),
            ("link-at(D, {}, \"f\", D, \"harder\")", "err(exist)"),
            ("symlink-at(D, \"round\", \"round\")", "ok"),
            ("open-at(D, {symlink-follow}, \"round\", {}, {read})", "err(loop)"),
            ("open-at(D, {symlink-follow}, \"round/x\", {}, {read})", "err(loop)"),
            ("unlink-file-at(D, \"l\")", "ok"));
        Assert.True(File.Exists(In("d/made")) && File.Exists(In("f")));
        Assert.Equal("abc", File.ReadAllText(In("d/hard")));
        Assert.Null(new FileInfo(In("harder")).LinkTarget);
    }

    public static TheoryData<string> Escapes =>
    [
        "/secret.txt", "/", "//", "..", "../secret.txt", "./../secret.txt", "d/../../secret.txt", "d/./../../secret.txt", "d/../d/../../secret.txt",
        "up/secret.txt", "d/up2/secret.txt", "absolute/secret.txt", "indirect/secret.txt", "nested/secret.txt",
    ];

    /// <summary>Folders and links that lead out.</summary>
    private void MakeEscapes()
    {
        Directory.CreateDirectory(In("d"));
        File.CreateSymbolicLink(In("up"), "..");
        File.CreateSymbolicLink(In("d/up2"), "../..");
        File.CreateSymbolicLink(In("absolute"), outside.Path);
        File.CreateSymbolicLink(In("indirect"), "d/up2");
        File.CreateSymbolicLink(In("nested"), "up/given/up");
        File.CreateSymbolicLink(In("file"), "../secret.txt");
        File.CreateSymbolicLink(In("file2"), outside["secret.txt"]);
        File.CreateSymbolicLink(In("dangling"), "../made.txt");
    }

    [FolderTheory]
    [MemberData(nameof(Escapes))]
    public void No_path_leads_out(string path)
    {
        MakeEscapes();
        Calls(
            ($"open-at(D, {{symlink-follow}}, \"{path}\", {{}}, {{read}})", "err(not-permitted)"),
            ($"open-at(D, {{}}, \"{path}\", {{create}}, {{write}})", "err(not-permitted)"),
            ($"stat-at(D, {{symlink-follow}}, \"{path}\")", "err(not-permitted)"),
            ($"stat-at(D, {{}}, \"{path}\")", "err(not-permitted)"),
            ($"metadata-hash-at(D, {{}}, \"{path}\")", "err(not-permitted)"),
            ($"set-times-at(D, {{symlink-follow}}, \"{path}\", now, now)", "err(not-permitted)"),
            ($"create-directory-at(D, \"{path}\")", "err(not-permitted)"),
            ($"remove-directory-at(D, \"{path}\")", "err(not-permitted)"),
            ($"unlink-file-at(D, \"{path}\")", "err(not-permitted)"),
            ($"readlink-at(D, \"{path}\")", "err(not-permitted)"),
            ($"symlink-at(D, \"x\", \"{path}\")", "err(not-permitted)"),
            ($"link-at(D, {{}}, \"{path}\", D, \"x\")", "err(not-permitted)"),
            ($"link-at(D, {{}}, \"file\", D, \"{path}\")", "err(not-permitted)"),
            ($"rename-at(D, \"{path}\", D, \"x\")", "err(not-permitted)"),
            ($"rename-at(D, \"file\", D, \"{path}\")", "err(not-permitted)"));
        Assert.Equal("secret", File.ReadAllText(outside["secret.txt"]));
        Assert.Equal(["given", "secret.txt", "secrets"], Directory.EnumerateFileSystemEntries(outside.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [FolderFact]
    public void No_link_at_the_end_leads_out()
    {
        MakeEscapes();
        Calls(
            ("open-at(D, {symlink-follow}, \"file\", {}, {read})", "err(not-permitted)"),
            ("open-at(D, {symlink-follow}, \"file2\", {truncate}, {write})", "err(not-permitted)"),
            ("open-at(D, {}, \"file\", {}, {read})", "err(loop)"),
            ("open-at(D, {}, \"file\", {truncate}, {write})", "err(loop)"),
            ("open-at(D, {symlink-follow}, \"dangling\", {create}, {write})", "err(not-permitted)"),
            ("open-at(D, {}, \"dangling\", {create}, {write})", "err(loop)"),
            ("open-at(D, {symlink-follow}, \"dangling\", {create, exclusive}, {write})", "err(exist)"),
            ("open-at(D, {}, \"up/\", {}, {read})", "err(not-permitted)"),
            ("stat-at(D, {symlink-follow}, \"file\")", "err(not-permitted)"),
            ("readlink-at(D, \"file\")", "ok(\"../secret.txt\")"),
            ("readlink-at(D, \"file2\")", "err(not-permitted)"),
            ("symlink-at(D, \"/etc/passwd\", \"n\")", "err(not-permitted)"),
            // The link itself is moved and removed, not what it leads to.
            ("rename-at(D, \"file\", D, \"moved\")", "ok"),
            ("link-at(D, {}, \"moved\", D, \"again\")", "ok"),
            ("unlink-file-at(D, \"moved\")", "ok"));
        Assert.Equal("secret", File.ReadAllText(outside["secret.txt"]));
        Assert.Equal("../secret.txt", new FileInfo(In("again")).LinkTarget);
        Assert.False(File.Exists(outside["made.txt"]));
    }

    [FolderFact]
    public void Paths_that_are_none_are_errors() => Calls(
        ("open-at(D, {}, \"\", {}, {read})", "err(no-entry)"),
        ("open-at(D, {}, \"a\\u{0}b\", {}, {read})", "err(invalid)"),
        ($"open-at(D, {{}}, \"{new string('a', 256)}\", {{}}, {{read}})", "err(name-too-long)"),
        ($"open-at(D, {{}}, \"{string.Concat(Enumerable.Repeat("./", 3000))}\", {{}}, {{read}})", "err(name-too-long)"),
        ("symlink-at(D, \"\", \"n\")", "err(no-entry)"),
        ("open-at(D, {}, \".\", {}, {read})", "ok(descriptor(2))"),
        ("is-same-object(D, descriptor(2))", "true"),
        ("remove-directory-at(D, \".\")", "err(invalid)"),
        ("create-directory-at(D, \".\")", "err(exist)"));

    [FolderTheory]
    [InlineData("..\\\\x")]
    [InlineData("..\\\\..\\\\secret.txt")]
    [InlineData("C:")]
    [InlineData("C:\\\\x")]
    [InlineData("\\\\\\\\?\\\\C:\\\\x")]
    [InlineData("NUL")]
    [InlineData("con.txt")]
    [InlineData("f:stream")]
    [InlineData("f::$DATA")]
    [InlineData("x. ")]
    [InlineData("...")]
    [InlineData(".. ")]
    [InlineData("~")]
    [InlineData("a\\nb")]
    public void Only_a_slash_parts_a_path_and_every_other_name_is_that_of_a_file_in_the_folder(string name)
    {
        Calls(
            ($"open-at(D, {{}}, \"{name}\", {{create, exclusive}}, {{write}})", "ok(descriptor(2))"),
            ("write(descriptor(2), [65], 0)", "ok(1)"));
        string made = name.Replace("\\\\", "\\", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);
        Assert.Equal([made], Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName));
        Assert.Equal(["given", "secret.txt", "secrets"], Directory.EnumerateFileSystemEntries(outside.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [FolderFact]
    public void Files_are_open_up_to_a_limit_and_as_long_as_something_needs_them()
    {
        File.WriteAllText(In("f"), "abc");
        var imports = HostImports.None.WithWasi(new WasiOptions { Folders = [new(Root, "/data")], MaxOpenFiles = 2 });
        using var instance = Host.Value.Instantiate(imports).IfLeft(failure => throw new InvalidOperationException(failure.ToString()));
        var session = new WaveSession(instance);
        string Call(string call) => session.Invoke(Full(call)).Match(value => value, failure => failure.ToString());
        session.Invoke("get-directories()");
        var folder = ((ComponentValue.Tuple)((ComponentValue.List)instance.Invoke("get-directories").IfLeft(_ => default).IfNone(() => null!)).Elements[0]).Elements[0];
        var borrow = new ComponentValue.Borrow(((ComponentValue.Own)folder).Handle);
        HostHandle Open() => ((ComponentValue.Own)((ComponentValue.Ok)instance.Invoke(
            "descriptor-open-at", borrow, new ComponentValue.Flags([]), ComponentValues.String("f"), new ComponentValue.Flags([]), new ComponentValue.Flags(["read"]))
            .IfLeft(_ => default).IfNone(() => null!)).Payload!).Handle;
        var first = Open();
        var stream = instance.Invoke("descriptor-read-via-stream", new ComponentValue.Borrow(first), ComponentValues.U64(0)).IfLeft(_ => default).IfNone(() => null!);
        Assert.True(instance.Drop(first).IsRight);
        var second = Open();
        Assert.Equal("err(insufficient-memory)", Call("open-at(D, {}, \"f\", {}, {read})"));
        Assert.Equal("err(insufficient-memory)", Call("read-directory(D)"));
        Assert.True(instance.Drop(((ComponentValue.Own)((ComponentValue.Ok)stream).Payload!).Handle).IsRight);
        Assert.Equal("ok(directory-entry-stream(2))", Call("read-directory(D)"));
        Assert.True(instance.Drop(second).IsRight);
        Assert.Equal("ok(descriptor(3))", Call("open-at(D, {}, \"f\", {}, {read})"));
    }

    [FolderFact]
    public void A_folder_that_cannot_be_opened_is_an_error_of_the_instantiation()
    {
        var imports = HostImports.None.WithWasi(new WasiOptions { Folders = [new(Root, "a"), new(In("none"), "b")] });
        Assert.Contains("none\" cannot be opened: no-entry", Host.Value.Instantiate(imports).Match(_ => "", failure => failure.ToString()), StringComparison.Ordinal);
    }
}
