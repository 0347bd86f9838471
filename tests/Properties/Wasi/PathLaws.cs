using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Model.Laws;
using Fact.Properties.Cli;
using Fact.Wasi.Files;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace Fact.Properties.Wasi;

/// <summary>Paths of all kinds lead where a naive reading of the rules says, and never out of the folder. No engine is needed for that.</summary>
public sealed class PathLaws : IDisposable
{
    private const int Paths = 20_000, PathsMade = 2_000, MaxLinks = 40;

    /// <summary>What is in the folder: folders end with a slash, links have what they say behind an arrow, and all others are files.</summary>
    private static readonly string[] Tree =
    [
        "a/", "a/f", "a/b/", "a/b/g", "NUL", "C:", "..\\x", "x:y", "... ", "a/up -> ..", "a/out -> ../..", "a/secret -> ../../secret.txt", "root -> /", "self -> self",
        "ping -> pong", "pong -> ping", "down -> a/b", "file -> a/f", "slash -> a/", "slashed -> a/f/", "none -> nothing", "back -> a/b/../../a/b/./g",
        "twice -> down/../../back", "a/b/home -> ../up/down", "dot -> .", "outside -> a/../../given/a", "given -> a/up/down",
    ];

    private static readonly string[] Names =
        [.. Tree.Select(entry => entry.Split(" -> ")[0].TrimEnd('/').Split('/')[^1]), "..", "..", "..", ".", "a", "b", "secret.txt", "missing", "..\\", "a\\b", ".. "];

    private readonly TemporaryFolder outside = new();
    private readonly Dictionary<string, string> nodes = new() { [""] = "/" };
    private readonly Dictionary<(ulong, ulong), string> identities = [];
    private readonly SafeFileHandle? root;
    private readonly Descriptor? folder;

    public PathLaws()
    {
        if (!Fact.Wasi.PreopenedFolder.IsSupported)
            return;
        string given = Directory.CreateDirectory(outside["given"]).FullName;
        outside.Write("secret.txt", "secret");
        foreach (string entry in Tree)
        {
            string[] parts = entry.Split(" -> ");
            string name = parts[0].TrimEnd('/'), path = Path.Combine(given, name);
            if (parts.Length == 2)
                File.CreateSymbolicLink(path, parts[1]);
            else if (entry.EndsWith('/'))
                Directory.CreateDirectory(path);
            else
                File.WriteAllText(path, name);
            nodes[name] = parts.Length == 2 ? parts[1] + " " : entry.EndsWith('/') ? "/" : "";
        }
        root = Os.OpenFolder(given).IfLeft(error => throw new InvalidOperationException(error.ToString()));
        foreach (string name in nodes.Keys)
            identities[FileStat.Of(Os.Stat(root, name.Length == 0 ? "." : name).IfLeft(error => throw new InvalidOperationException(error.ToString()))).Identity] = name;
        folder = FolderOperations.OpenOfHost(given, new FileBudget(8)).Map(file => new Descriptor(file, FileKind.Directory, DescriptorFlags.Read, canMutate: true))
            .IfLeft(error => throw new InvalidOperationException(error.ToString()));
    }

    [FolderFact]
    public void A_path_holds_only_so_many_folders_open()
    {
        // A guest that makes folders in folders, and links into them, could have the process run out of files.
        const int Most = 256;
        string Deep(int folders) => string.Concat(Enumerable.Repeat("x/", folders));
        Directory.CreateDirectory(outside["given/" + Deep(Most + 1)]);
        File.CreateSymbolicLink(outside["given/link"], Deep(Most));
        Assert.Equal("Directory", Kind(Deep(Most + 1)));
        Assert.Equal("NameTooLong", Kind(Deep(Most + 1) + "x"));
        Assert.Equal("Directory", Kind("link"));
        Assert.Equal("NameTooLong", Kind("link/x/x"));
        Assert.Equal("Directory", Kind(string.Concat(Enumerable.Repeat("x/x/../../", 300))));

        string Kind(string path) => FolderOperations.Stat(folder!, followLast: true, path).Match(stat => stat.Kind.ToString(), fault => fault.ToString());
    }

    [FolderFact]
    public void A_path_leads_where_the_rules_say()
    {
        var found = new HashSet<string>();
        var random = Fuzz.Random();
        for (int i = 0; i < Paths; i++)
        {
            string path = Any(random);
            bool follow = random.Next(2) == 0;
            int links = 0;
            var (at, error) = Walk("", path, follow || path.EndsWith('/'), ref links);
            string expected = error ?? "at " + at;
            string actual = FolderOperations.Stat(folder!, follow, path).Match(
                stat => identities.TryGetValue(stat.Identity, out string? name) ? "at " + name : "outside",
                fault => fault.ToString());
            Assert.True(expected == actual, $"{path}{(follow ? ", links followed" : "")}: {actual}, and it should be {expected}");
            found.Add(expected);
        }
        Assert.Superset(new HashSet<string> { "NotPermitted", "NoEntry", "NotDirectory", "Loop", "at ", "at a/b/g", "at ..\\x" }, found);
    }

    [FolderFact]
    public void What_is_made_and_removed_is_in_the_folder()
    {
        var random = Fuzz.Random(1);
        string[] before = All();
        int made = 0;
        for (int i = 0; i < PathsMade; i++)
        {
            string path = Any(random) + "/new";
            if (FolderOperations.CreateFolder(folder!, path).IsLeft)
                continue;
            made++;
            string[] now = [.. All().Except(before)];
            Assert.True(now is [var one] && one.StartsWith("given" + Path.DirectorySeparatorChar, StringComparison.Ordinal), $"{path}: {string.Join(", ", now)}");
            Assert.True(FolderOperations.RemoveFolder(folder!, path).IsRight, path);
        }
        Assert.True(made > PathsMade / 100, "nearly nothing was made");
        Assert.Equal(before, All());
    }

    public void Dispose()
    {
        folder?.Dispose();
        root?.Dispose();
        outside.Dispose();
    }

    /// <summary>All that there is around the folder too; links are not followed.</summary>
    private string[] All() => [.. In(outside.Path).Select(path => Path.GetRelativePath(outside.Path, path)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> In(string folder) => Directory.EnumerateFileSystemEntries(folder)
        .SelectMany(path => Directory.Exists(path) && new FileInfo(path).LinkTarget is null ? In(path).Prepend(path) : [path]);

    private static string Any(Random random)
    {
        string path = random.Next(30) == 0 ? "/" : "";
        for (int count = random.Next(7); count > 0; count--)
            path += Names[random.Next(Names.Length)] + (count > 1 || random.Next(5) == 0 ? random.Next(10) == 0 ? "//" : "/" : "");
        return path;
    }

    /// <summary>The rules, naïvely: a link is a path of its own, from the folder that it is in.</summary>
    private (string At, string? Error) Walk(string at, string path, bool follow, ref int links)
    {
        if (path.Length == 0)
            return (at, "NoEntry");
        if (path[0] == '/')
            return (at, "NotPermitted");
        string[] names = [.. path.Split('/').Where(name => name.Length > 0)];
        for (int i = 0; i < names.Length; i++)
        {
            if (nodes[at] != "/")
                return (at, "NotDirectory");
            string name = names[i], child = at.Length == 0 ? name : at + "/" + name;
            if (name == ".")
                continue;
            if (name == "..")
            {
                if (at.Length == 0)
                    return (at, "NotPermitted");
                at = at.Contains('/', StringComparison.Ordinal) ? at[..at.LastIndexOf('/')] : "";
            }
            else if (!nodes.TryGetValue(child, out string? node))
            {
                return (at, "NoEntry");
            }
            else if (node.EndsWith(' ') && (follow || i < names.Length - 1))
            {
                if (++links > MaxLinks)
                    return (at, "Loop");
                (at, string? error) = Walk(at, node[..^1], follow: true, ref links);
                if (error is not null)
                    return (at, error);
            }
            else
            {
                at = child;
            }
        }
        return (at, nodes[at] != "/" && (path[^1] == '/' || names[^1] is "." or "..") ? "NotDirectory" : null);
    }
}
