using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Fact.Properties;
using Fact.Properties.Cli;
using Xunit;

namespace Fact.Conformance.Scripts;

/// <summary><c>docs/conformance.md</c> says what the tests do and find.</summary>
public sealed class DocsFacts
{
    private static readonly string Text = Repository.Text("docs", "conformance.md");

    [Fact]
    public void Known_differences_are_explained_each_under_its_heading()
    {
        var explained = Regex.Matches(Text, "^### (.*)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Order();
        Assert.Equal(KnownDifference.FromScripts.Concat(KnownDifference.FromWasmtime).Concat(KnownDifference.FromFusing).Select(d => d.Heading).Distinct().Order(),
            explained);
    }

    [Fact]
    public void Known_differences_of_generated_calls_are_listed()
    {
        string model = Repository.Text("tests", "Conformance", "Differential", "Model", "ReferenceDialect.cs");
        string[] departures = [.. Regex.Matches(model, "Depart\\(\"(.*?)\"\\)").Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(departures);
        Assert.All(departures, name => Assert.Contains($"| `{name}` |", Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Reasons_for_which_commands_are_not_applicable_are_listed() =>
        Assert.All(Enum.GetValues<NotApplicable>(), reason => Assert.Contains(NotApplicableTexts.Of(reason), Text, StringComparison.Ordinal));

    /// <summary>Only families that the document names are looked at, so that others can be run without a word about them.</summary>
    [CorpusFact]
    public void Totals_are_those_of_the_scripts()
    {
        foreach (var family in Script.All.GroupBy(script => script.Family))
        {
            if (Row($"`{family.Key}`:") is not { } totals)
                continue;
            var tally = Tally.Of(family.Select(ScriptRun.Of));
            int excused = tally.Excused.Values.Sum();
            Assert.Equal([tally.Passed + tally.Different + tally.Failed + excused, tally.Passed, tally.Different, tally.Failed, excused], totals);
            int column = Array.IndexOf(Columns, $"`{family.Key}`");
            foreach (var reason in Enum.GetValues<NotApplicable>())
                Assert.Equal(tally.Excused.GetValueOrDefault(reason), Row(NotApplicableTexts.Of(reason))?[column - 1] ?? 0);
        }
    }

    private static string[] Columns => Cells(Regex.Match(Text, @"^\| why \|.*$", RegexOptions.Multiline).Value);

    /// <summary>The numbers of the row of a table that begins with a text.</summary>
    internal static int[]? Row(string start) =>
        Regex.Match(Text, $@"^\| {Regex.Escape(start)}.*$", RegexOptions.Multiline) is { Success: true } row
            ? [.. Cells(row.Value).Skip(1).Select(cell => int.Parse(cell, CultureInfo.InvariantCulture))]
            : null;

    private static string[] Cells(string row) => row.Split('|', StringSplitOptions.TrimEntries)[1..^1];
}
