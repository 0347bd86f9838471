using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Fact.Emit;
using Fact.Ir;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>What the documentation shows is what happens.</summary>
public sealed class DocsFacts
{
    private static readonly string[] Documents =
    [
        "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "samples/host-js/README.md",
        "docs/cli.md", "docs/abi.md", "docs/conformance.md", "docs/limits.md", "docs/library.md", "docs/diagnostics.md", "docs/plan.md", "docs/fuse.md", "docs/wasi.md",
        "docs/unobservable.md", "docs/adapters.md", "docs/troubleshooting.md",
    ];

    [Fact]
    public void The_adapter_in_the_readme_is_that_of_the_sample()
    {
        var component = ComponentCompiler.Compile(Module.ConvertText(File.ReadAllText(Repository.Sample("numbers"))), CompileOptions.Default)
            .Match(Right: compiled => compiled, Left: errors => throw new InvalidOperationException(errors[0].ToString()));
        string printed = component.AdapterModules[0].ToText();
        string shown = Between(Repository.Text("README.md"), "<!-- numbers.wat -->\n```wat\n", "```").TrimEnd('\n');
        foreach (string line in shown.Split('\n').Where(line => line.Trim() != "…"))
            Assert.Contains("  " + line + "\n", printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EngineLimits", typeof(EngineLimits))]
    [InlineData("InputLimits", typeof(Fact.Lower.InputLimits))]
    [InlineData("ComponentLimits", typeof(Fact.Component.Types.ComponentLimits))]
    [InlineData("CanonicalAbi", typeof(CanonicalAbi))]
    public void Limits_are_as_the_documents_say(string title, Type type)
    {
        var rows = Regex.Matches(Between(Repository.Text("docs", "limits.md") + "\n\n", $"| `{title}` | | |\n|---|---|---|\n", "\n\n"), @"^\| `(\w+)` \| ([\d,]+) \|",
            RegexOptions.Multiline);
        Assert.NotEmpty(rows);
        foreach (Match row in rows)
        {
            string name = row.Groups[1].Value;
            object? value = type == typeof(EngineLimits)
                ? type.GetProperty(name)?.GetValue(EngineLimits.Common)
                : type.GetField(name)?.GetValue(null);
            Assert.Equal((name, row.Groups[2].Value.Replace(",", "", StringComparison.Ordinal)),
                (name, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)));
        }
        // The flat parameters and results of the specification are numbers of calls, and no limits that input could meet.
        int count = type == typeof(EngineLimits)
            ? type.GetProperties().Count(p => p.PropertyType != type && p.Name != "EqualityContract")
            : type.GetFields().Count(f => f.Name == "MaxFlags" || !f.Name.StartsWith("MaxFlat", StringComparison.Ordinal));
        Assert.Equal(count, rows.Count);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/cli.md")]
    [InlineData("docs/fuse.md")]
    [InlineData("docs/adapters.md")]
    [InlineData("docs/troubleshooting.md")]
    public void Commands_print_what_the_documents_show(string document)
    {
        using var folder = new TemporaryFolder();
        var shown = Sessions(Repository.Text(document)).Where(session => session.Output.Length > 0).ToList();
        Assert.NotEmpty(shown);
        string broken = folder.Write("broken.wat", "(component\n  (oops))\n");
        foreach (var (line, command, output) in shown)
        {
            string[] args = [.. ShellWords.Of(command).Select(arg =>
                arg.StartsWith("samples/", StringComparison.Ordinal) ? Path.Combine(Repository.Root, arg)
                : arg == "broken.wat" ? broken
                : arg.StartsWith("artifacts/", StringComparison.Ordinal) || arg == "out" ? folder["out"] : arg == "app.core.wasm" ? folder[arg] : arg)];
            var run = ToolRun.Of(args);
            string printed = (run.Output + run.Errors).Replace(Repository.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
                .Replace(broken, "broken.wat", StringComparison.Ordinal);
            Repository.Shows(document, $"{line}\n", output, printed.EndsWith('\n') && output.EndsWith("\n\n", StringComparison.Ordinal) ? printed + "\n" : printed);
        }
    }

    /// <summary>The synopsis has every option of every command, and no other, and the text below it mentions them.</summary>
    [Theory]
    [InlineData("compile")]
    [InlineData("fuse")]
    [InlineData("inspect")]
    [InlineData("run")]
    [InlineData("completion")]
    public void The_manual_has_every_option(string command)
    {
        string manual = Repository.Text("docs", "cli.md"), synopsis = Between(manual, "```\n", "```\n");
        string usage = Regex.Match(synopsis, $@"^fact {command} (?:.*\n)(?:     .*\n)*", RegexOptions.Multiline).Value;
        string[] options = Options(ToolRun.Of(command, "--help").Succeeds().Output, @"^  .*?(?:  |$)");
        Assert.Equal(options, Options(usage.Replace("[-o ", "[--output ", StringComparison.Ordinal), "^.*$"));
        string section = Between(manual + "\n## ", $"## `fact {command}`\n", "\n## ");
        Assert.All(options, option => Assert.Contains(option, section, StringComparison.Ordinal));

        static string[] Options(string text, string lines) =>
            [.. Regex.Matches(text, lines, RegexOptions.Multiline)
                .SelectMany(line => Regex.Matches(line.Value, "(?<![a-z-])--[a-z][a-z-]*"))
                .Select(option => option.Value)
                .Where(option => option != "--help").Distinct().Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Links_lead_somewhere()
    {
        foreach (string document in Documents)
        {
            string folder = Path.Combine(Repository.Root, Path.GetDirectoryName(document)!);
            foreach (Match link in Regex.Matches(Repository.Text(document), @"\]\(([^)#:]+)\)"))
                Assert.True(Path.Exists(Path.Combine(folder, link.Groups[1].Value)), $"{document} links to {link.Groups[1].Value}");
        }
    }

    /// <summary>What is shown with a package has no folder around it that a link could lead to, and names what it shows by the names that it has.</summary>
    [Theory]
    [InlineData("Fact")]
    [InlineData("Fact.Host")]
    [InlineData("Fact.Cli")]
    [InlineData("Shared")]
    public void Pages_of_packages_link_to_nothing_beside_them(string project)
    {
        string page = Repository.Text("src", project, "README.md");
        Assert.All(Regex.Matches(page, @"\]\(([^)]+)\)"), link => Assert.StartsWith("https://", link.Groups[1].Value, StringComparison.Ordinal));
    }

    /// <summary>The commands of the tool in console blocks, as arguments, with the lines that follow.</summary>
    private static IEnumerable<(string Line, string Command, string Output)> Sessions(string document)
    {
        foreach (Match block in Regex.Matches(document, @"```console\n(.*?)```", RegexOptions.Singleline))
        {
            foreach (Match session in Regex.Matches(block.Groups[1].Value, @"^\$ (.*)\n((?:(?!\$ ).*\n)*)", RegexOptions.Multiline))
            {
                string command = session.Groups[1].Value.Replace("dotnet run --project src/Fact.Cli -- ", "fact ", StringComparison.Ordinal);
                if (command.StartsWith("fact ", StringComparison.Ordinal))
                    yield return ("$ " + session.Groups[1].Value, command["fact ".Length..], session.Groups[2].Value);
            }
        }
    }

    private static string Between(string text, string start, string end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal);
        Assert.True(from >= 0, $"no \"{start.Trim()}\"");
        from += start.Length;
        int to = text.IndexOf(end, from, StringComparison.Ordinal);
        Assert.True(to >= 0, $"no \"{end}\" after \"{start.Trim()}\"");
        return text[from..to];
    }
}
