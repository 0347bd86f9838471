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
    });
}
