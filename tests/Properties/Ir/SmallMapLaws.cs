using System.Collections.Generic;
using Fact.Ir;
using Fact.Model.Laws;
using Xunit;

namespace Fact.Properties.Ir;

public sealed class SmallMapLaws
{
    /// <summary>A key that is equal to some others of the same number, and mostly has the hash of those that differ.</summary>
    private readonly record struct Key(int Number)
    {
        public override int GetHashCode() => Number & 3;
    }

    [Law(300)]
    public void It_has_what_a_dictionary_has(int[] steps, byte expected)
    {
        var map = new SmallMap<Key, int>(expected % 40);
        var model = new Dictionary<Key, int>();
        foreach (int step in steps)
        {
            var key = new Key((step >> 2) & 31);
            switch (step & 3)
            {
                case 0:
                    Assert.Equal((model.TryGetValue(key, out int expectedValue), expectedValue), (map.TryGetValue(key, out int value), value));
                    break;
                case 1:
                    Assert.Equal(model.TryAdd(key, step), map.TryAdd(key, step));
                    break;
                default:
                    ref int place = ref map.GetOrAdd(key, out bool known);
                    Assert.Equal((model.TryGetValue(key, out int before), before), (known, place));
                    place = model[key] = step;
                    break;
            }
        }
        for (int number = 0; number < 32; number++)
        {
            bool has = model.TryGetValue(new(number), out int value);
            Assert.Equal((has, value), (map.TryGetValue(new(number), out int found), found));
        }
    }

    [Fact]
    public void It_stays_right_when_it_becomes_a_table()
    {
        var map = new SmallMap<Key, string>();
        for (int number = 0; number < 100; number++)
        {
            Assert.True(map.TryAdd(new(number), number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            for (int earlier = 0; earlier <= number; earlier++)
            {
                Assert.True(map.TryGetValue(new(earlier), out string? value));
                Assert.Equal(earlier.ToString(System.Globalization.CultureInfo.InvariantCulture), value);
                Assert.False(map.TryAdd(new(earlier), ""));
            }
            Assert.False(map.TryGetValue(new(number + 1), out _));
        }
    }
}
