using System;
using System.Linq;
using System.Text;
using Fact.Host.Engine;
using Fact.Model.Laws;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Adapter modules have names that no guest has.</summary>
public sealed class ModuleNameLaws
{
    [Theory]
    [InlineData("adapters-0", "")]
    [InlineData("adapters1-0", "adapters-7")]
    [InlineData("adapters3-0", "adapters2-adapters-0", "adapters1-")]
    [InlineData("adapters-0", "adapters", "adapters12", "adapters_0")]
    [InlineData("adapters-0", "adapters1-", "xadapters2-")]
    [InlineData("adapters1-0", "adaptersadapters-")]
    [InlineData("adapters-0", "adapters1000000000-", "adapters99999999999999999999-")]
    public void The_first_name_that_is_free_is_taken(string first, params string[] guests) => Assert.Equal(first, Names(guests)[0]);

    [Fact]
    public void No_guest_has_a_name_that_was_chosen()
    {
        var random = Fuzz.Random();
        for (int round = 0; round < 300; round++)
        {
            string[] guests = [.. Enumerable.Range(0, random.Next(4)).Select(_ => string.Concat(
                Enumerable.Range(0, random.Next(30)).Select(_ => random.GetItems(["adapters", "adapter", "-", "0", "1", "01", "s", "\0"], 1)[0])))];
            var names = Names(guests);
            for (int i = 0; i < 12; i++)
                Assert.DoesNotContain(guests, guest => guest.Contains(names[i], StringComparison.Ordinal));
            Assert.Equal(12, Enumerable.Range(0, 12).Select(i => names[i]).Distinct().Count());
        }
    }

    [Fact]
    public void Guests_that_have_a_million_names_do_not_make_it_slow()
    {
        string taken = "adapters-" + string.Concat(Enumerable.Range(1, 1_000_000).Select(i => $"adapters{i}-"));
        var names = Ending.Of(() => Names(taken));
        Assert.Equal("adapters1000001-999999", names[999_999]);
    }

    private static ModuleNames Names(params string[] guests) =>
        ModuleNames.Avoiding(guests.Select(guest => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(guest)));
}
