using System;
using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Lower;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>
/// The most bytes that a string or list may have. The guests' memories are much smaller: what is within the limit is out of
/// bounds, which is another trap.
/// </summary>
public sealed class LimitTests
{
    public static TheoryData<ByteLimit, MemoryPlan> Cases => new()
    {
        { ByteLimit.Spec, MemoryPlan.With32 },
        { ByteLimit.Spec, MemoryPlan.With64 },
        { ByteLimit.Classic, MemoryPlan.With32 },
        { ByteLimit.Classic, MemoryPlan.With64 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_string_of_as_many_bytes_as_the_limit_is_looked_for_and_one_more_is_too_long(ByteLimit limit, MemoryPlan memory)
    {
        ulong most = (ulong)limit, tag = memory == MemoryPlan.With64 ? 1UL << 63 : 1UL << 31;
        foreach (var (encoding, within, over) in new[]
        {
            (StringEncoding.Utf8, most, most + 1),
            (StringEncoding.Utf16, most / 2, (most / 2) + 1),
            (StringEncoding.Latin1OrUtf16, most, most + 1),
            (StringEncoding.Latin1OrUtf16, (most / 2) | tag, ((most / 2) + 1) | tag),
        })
        {
            foreach (var to in System.Enum.GetValues<StringEncoding>())
            {
                using var rig = Make.Rig(Make.Takes(Make.Text), new(encoding, memory), new(to), Make.Explained with { ByteLimit = limit });
                Assert.Equal("string out of bounds of memory", rig.Traps(0x400, within).Message);
                // Under the classic limit one more byte of Latin-1 would be the tag of a 32-bit length.
                bool isTag = encoding == StringEncoding.Latin1OrUtf16 && over == tag;
                if (!isTag)
                    Assert.Equal("string byte size exceeds maximum", rig.Traps(0x400, over).Message);
                Assert.Empty(rig.Lift.Reallocs);
            }
        }
    }

    private static readonly (ValType Type, ulong Size)[] Elements =
    [
        (Make.U8, 1), (Make.U16, 2), (Make.U64, 8), (new ValType.Tuple([Make.U64, Make.U64, Make.U64]), 24), (new ValType.FixedLengthList(Make.U8, 100_000), 100_000),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_list_of_as_many_bytes_as_the_limit_is_looked_for_and_one_more_is_too_long(ByteLimit limit, MemoryPlan memory)
    {
        ulong most = (ulong)limit;
        foreach (var optimize in Enum.GetValues<Optimize>())
        {
            foreach (var (element, size) in Elements)
            {
                using var rig = Make.Rig(Make.Takes(new ValType.List(element)), new(Memory: memory),
                    options: Make.Explained with { ByteLimit = limit, Optimize = optimize });
                // Where code is to be fast, all of that is done where the list is.
                var (range, list) = optimize == Optimize.Size ? ("check-range", "list") : ("adapter0", "adapter0");
                Assert.Equal(("list out of bounds of memory", range), Where(rig.Traps(0x400, most / size)));
                Assert.Equal(("byte size of list too large for i32", list), Where(rig.Traps(0x400, (most / size) + 1)));
                Assert.Equal(("byte size of list too large for i32", list), Where(rig.Traps(0x400, uint.MaxValue)));
                Assert.Empty(rig.Lift.Reallocs);
            }
        }

        static (string, string?) Where(TrapReport report) => (report.Message, report.Function);
    }

    [Theory]
    [InlineData(1UL << 32)]
    [InlineData((1UL << 32) + 1)]
    [InlineData((1UL << 63) + 1)]
    [InlineData(ulong.MaxValue)]
    public void Lengths_of_64_bits_are_not_cut_to_32(ulong length)
    {
        foreach (var type in new[] { Make.Text, new ValType.List(Make.U8), new ValType.List(Make.U64) })
        {
            using var rig = Make.Rig(Make.Takes(type), new(Memory: MemoryPlan.With64));
            Assert.Contains(rig.Traps(0x400, length).Message, (string[])["string byte size exceeds maximum", "byte size of list too large for i32"]);
            Assert.Empty(rig.Lift.Reallocs);
        }
    }

    [Fact]
    public void What_becomes_larger_than_the_limit_on_the_way_is_fine()
    {
        // The limit is for what is lifted: five eighths of a memory of strings become twice as many bytes.
        using var rig = Make.Rig(Make.Takes(new ValType.List(Make.Text)), lift: new(Memory: MemoryPlan.With64));
        rig.CallBits(rig.Lower.Put(new byte[8 * 500], 4), 500);
        Assert.Equal(8000UL, rig.Lift.Reallocs.First().NewSize);
    }
}
