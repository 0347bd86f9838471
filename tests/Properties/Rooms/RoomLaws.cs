using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Fact.Properties.Cli;
using Xunit;

namespace Fact.Properties.Rooms;

/// <summary>The house has an order: inside a project no two folders need each other, and in all of them a name means one thing.</summary>
public sealed partial class RoomLaws
{
    private static readonly string[] All = ["Fact", "Fact.Cli", "Fact.Component", "Fact.Emit", "Fact.Host", "Fact.Ir", "Fact.Lower", "Fact.Wasi"];

    public static TheoryData<string> Projects => [.. All];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_of_a_project_do_not_need_each_other(string project)
    {
        var inCycles = Cycles(Needs(project)).ToList();
        None("folders that need each other", inCycles.SelectMany(cycle => cycle));
    }

    [Fact]
    public void A_type_name_means_one_thing()
    {
        // A static class may have what belongs to a generic type of its name.
        var names = All.SelectMany(Types).Where(type => !(type.IsAbstract && type.IsSealed)).GroupBy(Name).Where(group => group.Count() > 1).Select(group => group.Key);
        None("names with two meanings", names);
    }

    /// <summary>Cases of unions, which are named after their union, are not meant.</summary>
    [Fact]
    public void A_type_inside_another_has_no_name_of_one_outside()
    {
        var outside = All.SelectMany(Types).Select(Name).ToHashSet();
        var inside = All.SelectMany(Types).SelectMany(Nested).Where(type => !type.DeclaringType!.IsAssignableFrom(type) && outside.Contains(Name(type)));
        None("names with two meanings", inside.Select(type => $"{type.DeclaringType!.Name}.{type.Name}"));

        static IEnumerable<Type> Nested(Type type) => type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).SelectMany(inner => Nested(inner).Prepend(inner));
    }

    /// <summary>What the test itself relies on: it sees uses in bases, members and code, and finds cycles.</summary>
    [Fact]
    public void Uses_and_cycles_are_found()
    {
        Assert.Contains(typeof(Fact.Emit.ExceededLimit), TypeUses.Of(typeof(Fact.Emit.Emitter)));
        Assert.Contains(typeof(Fact.Ir.FuncRef), TypeUses.Of(typeof(Fact.Ir.Instr)));
        Assert.Equal([["a", "b", "c"]],
            Cycles(new() { ["a"] = ["b"], ["b"] = ["c"], ["c"] = ["a", "d"], ["d"] = [], ["e"] = ["a"] }).Select(cycle => cycle.Order().ToArray()));
        Assert.Contains("Encode", Needs("Fact.Emit")["."]);
    }

    /// <summary>For each folder those whose types its types use.</summary>
    private static Dictionary<string, HashSet<string>> Needs(string project)
    {
        var folders = FolderOfTypes(project);
        var needs = folders.Values.Distinct().ToDictionary(folder => folder, _ => new HashSet<string>());
        foreach (var type in Types(project))
        {
            foreach (var used in TypeUses.Of(type).Where(used => folders.ContainsKey(Name(used))))
            {
                if (folders[Name(used)] != folders[Name(type)])
                    needs[folders[Name(type)]].Add(folders[Name(used)]);
            }
        }
        return needs;
    }

    /// <summary>The sets of folders that need each other, directly or not.</summary>
    private static IEnumerable<List<string>> Cycles(Dictionary<string, HashSet<string>> needs)
    {
        HashSet<string> Reached(string from)
        {
            var reached = new HashSet<string>();
            var waiting = new Stack<string>([from]);
            while (waiting.TryPop(out string? folder))
            {
                foreach (string next in needs[folder].Where(reached.Add))
                    waiting.Push(next);
            }
            return reached;
        }

        var reach = needs.Keys.ToDictionary(folder => folder, Reached);
        return needs.Keys.Where(folder => reach[folder].Contains(folder))
            .GroupBy(folder => string.Join(' ', reach[folder].Where(other => reach[other].Contains(folder)).Order()))
            .Select(group => group.ToList());
    }

    private static void None(string what, IEnumerable<string> found)
    {
        string there = string.Join(' ', found.Order(StringComparer.Ordinal));
        Assert.True(there.Length == 0, $"{what}: {there}");
    }

    private static string Name(Type type) => type.Name.Split('`')[0];

    private static IEnumerable<Type> Types(string project) => Assembly.Load(project).GetTypes()
        .Where(type => !type.IsNested && type.Namespace is { } space && space.StartsWith("Fact", StringComparison.Ordinal) && !type.Name.Contains('<'));

    /// <summary>The first folder, inside the project, of the file that declares each type.</summary>
    private static Dictionary<string, string> FolderOfTypes(string project)
    {
        string root = Path.Combine(Repository.Root, "src", project);
        var folders = new Dictionary<string, string>();
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string[] parts = Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar);
            if (parts[0] is "obj" or "bin")
                continue;
            foreach (Match declared in Declaration().Matches(File.ReadAllText(file)))
                folders.TryAdd(declared.Groups["name"].Value, parts.Length == 1 ? "." : parts[0]);
        }
        return folders;
    }

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|sealed|abstract|closed|partial|readonly|ref)\s+)*"
        + @"(?:record\s+struct|record|class|struct|interface|enum|delegate\s+[\w<>?\[\]., ]+?)\s+(?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
