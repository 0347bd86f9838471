using System;
using System.Linq;
using Fact.Ir;
using Fact.Model.Laws;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fact.Properties.Ir;

/// <summary>When two labels are one name, and how a label that comes twice is found.</summary>
public sealed class LabelLaws
{
    private static readonly Gen<string> Labels = Gen.Elements('a', 'A', 'b', 'B', '-', 'é', 'É', '1').ArrayOf().Select(chars => new string(chars));

    /// <summary>What must differ: the label without hyphens, in lower case.</summary>
    private static string Key(string label) => new([.. label.Where(c => c != '-').Select(char.ToLowerInvariant)]);

    [Law(1000)]
    public Property Labels_are_equal_where_they_differ_in_hyphens_and_case_alone() => Prop.ForAll(Labels.Two().ToArbitrary(), pair =>
    {
        var (a, b) = pair;
        Assert.Equal(Key(a) == Key(b), LabelComparer.Instance.Equals(a, b));
        if (Key(a) == Key(b))
            Assert.Equal(LabelComparer.Instance.GetHashCode(a), LabelComparer.Instance.GetHashCode(b));
    });

    [Law(1000)]
    public Property The_first_label_that_comes_again_is_found_among_few_and_many() => Prop.ForAll(Labels.ListOf().ToArbitrary(), labels =>
    {
        string[] items = [.. labels];
        int expected = Enumerable.Range(0, items.Length).FirstOrDefault(i => items.Take(i).Any(before => Key(before) == Key(items[i])), -1);
        Assert.Equal(expected, DistinctNames.FirstRepeated<string>(items, label => label, LabelComparer.Instance));
        Assert.Equal(expected, DistinctNames.FirstRepeated<string>(items, label => label));
    });

    [Law(300)]
    public Property Among_labels_that_all_differ_the_one_that_is_written_another_way_is_found() => Prop.ForAll(
        Gen.Choose(2, 300).SelectMany(count => Gen.Choose(0, count - 2).Zip(Gen.Choose(0, 10000), (again, salt) => (Count: count, Again: again, Salt: salt)))
            .ToArbitrary(),
        given =>
        {
            string[] items = [.. Enumerable.Range(0, given.Count).Select(i => $"label-{i * (given.Salt + 1)}")];
            Assert.Equal(-1, DistinctNames.FirstRepeated<string>(items, label => label));
            items[^1] = items[given.Again].ToUpperInvariant().Replace("-", "", StringComparison.Ordinal);
            Assert.Equal(given.Count - 1, DistinctNames.FirstRepeated<string>(items, label => label));
        });
}
