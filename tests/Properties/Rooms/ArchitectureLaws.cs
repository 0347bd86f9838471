using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Fact.Properties.Cli;
using Xunit;

namespace Fact.Properties.Rooms;

/// <summary>What <c>ARCHITECTURE.md</c> names is there, and all rooms are in it.</summary>
public sealed partial class ArchitectureLaws
{
    private static readonly string[] All = ["Fact", "Fact.Analyzers", "Fact.Cli", "Fact.Component", "Fact.Emit", "Fact.Host", "Fact.Ir", "Fact.Lower", "Fact.Wasi"];

    // What others define.
    private static readonly string[] NotOurs = ["InternalsVisibleTo", "UnreachableException"];

    public static TheoryData<string> Projects => [.. All, "Shared"];

    private static string Text => Repository.Text("ARCHITECTURE.md");

    [Theory]
    [MemberData(nameof(Projects))]
    public void All_folders_of_a_project_are_in_its_row(string project)
    {
        string row = Assert.Single(Text.Split('\n'), line => line.StartsWith($"| `src/{project}` |", StringComparison.Ordinal));
        var folders = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src", project)).Select(path => Path.GetFileName(path)).Except(["bin", "obj"]);
        None(folders.Where(folder => !row.Contains($"`{folder}/`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Types_that_it_names_are_there()
    {
        // Names in the first column of the last table are those of the specification.
        string ours = string.Join('\n', Text.Split('\n').Select(line => FirstCell().Replace(line, "")));
        var named = Code().Matches(ours).Select(match => match.Groups["name"].Value).Where(name => TypeName().IsMatch(name)).ToHashSet();
        var types = All.Except(["Fact.Analyzers"]).SelectMany(project => Assembly.Load(project).GetTypes())
            .GroupBy(type => type.Name.Split('`')[0]).ToDictionary(group => group.Key, group => group.ToList());
        Assert.InRange(named.Count, 50, int.MaxValue);
        None(named.Except(NotOurs).Where(name => !IsThere(name)));

        bool IsThere(string name)
        {
            string[] parts = name.Split('.');
            return Directory.Exists(Path.Combine(Repository.Root, "src", name))
                || Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"), name, SearchOption.AllDirectories).Any()
                || (types.TryGetValue(parts[0], out var found)
                    && (parts.Length == 1 || found.Exists(type => type.GetMember(parts[1], BindingFlags.DeclaredOnly | Members).Length > 0)));
        }
    }

    [Fact]
    public void Files_that_it_names_are_there()
    {
        var named = Code().Matches(Text).Select(match => match.Groups["name"].Value).Where(name => FileName().IsMatch(name)).ToHashSet();
        var files = new[] { "src", "tests", "docs" }.SelectMany(Below).ToList();
        Assert.InRange(named.Count, 20, int.MaxValue);
        None(named.Where(name => !files.Exists(file => file.EndsWith("/" + name, StringComparison.Ordinal))));
    }

    private static void None(IEnumerable<string> missing) => Assert.True(!missing.Any(), string.Join(' ', missing));

    private const BindingFlags Members = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
        .Select(path => "/" + Path.GetRelativePath(Repository.Root, path).Replace(Path.DirectorySeparatorChar, '/'))
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex(@"`(?<name>[^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[A-Z]\w+(?:\.[A-Z]\w+)?$")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^[\w./]+\.(?:cs|txt)$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^\|[^|]*\|")]
    private static partial Regex FirstCell();
}
