using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Properties.Cli;
using Xunit;

namespace Fact.Properties.Rooms;

/// <summary>A file has one idea, and fits into the head and onto a screen.</summary>
public sealed class FileLaws
{
    private const int MostLines = 400, MostColumns = 170;

    private static readonly string[] Folders = ["src", "tests", "bench", "samples"];

    [Fact]
    public void A_file_has_at_most_400_lines() =>
        None(Files().Where(file => file.Lines.Length > MostLines).Select(file => $"{file.Name}: {file.Lines.Length} lines"));

    [Fact]
    public void A_line_has_at_most_170_columns() =>
        None(Files().SelectMany(file => file.Lines.Index()
            .Where(line => line.Item.Length > MostColumns)
            .Select(line => $"{file.Name}:{line.Index + 1}: {line.Item.Length} columns")));

    /// <summary>What the laws rely on: they see the sources.</summary>
    [Fact]
    public void All_rooms_are_looked_at()
    {
        var names = Files().Select(file => file.Name).ToList();
        Assert.All(Folders, folder => Assert.Contains(names, name => name.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)));
        Assert.Contains(Path.Combine("tests", "Properties", "Rooms", nameof(FileLaws) + ".cs"), names);
    }

    private static IEnumerable<(string Name, string[] Lines)> Files() =>
        from folder in Folders
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Repository.Root, path)
        where !name.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")
        select (name, File.ReadAllLines(path));

    private static void None(IEnumerable<string> found) => Assert.True(!found.Any(), string.Join("\n", found));
}
