using System;
using System.Linq;
using Fact.Properties.Component.Binary;
using Xunit;

namespace Fact.Properties.Component.Types;

/// <summary>What core types can make the checker do is bounded.</summary>
public sealed class CoreHostileLaws
{
    [Fact]
    public void A_chain_of_supertypes_inside_a_group_is_not_walked_again_and_again()
    {
        // 300,000 types, each a subtype of the one before, with a field that the chain would have to be walked for.
        const int Length = 300_000;
        var types = new Out(0).Byte(1).Byte(0x4e).U32(Length).Bytes([0x50, 0, 0x5f, 1, 0x63, 0, 0]);
        for (uint i = 1; i < Length; i++)
            types.Bytes([0x50, 1]).U32(i - 1).Bytes([0x5f, 1, 0x63]).S33(Length - 1).Byte(0);
        Assert.Contains("more than the 63 supertypes", Ours(types), StringComparison.Ordinal);
    }

    // Whether a reference may be null is a bit beside the index, or 256 in it: a hash that adds up what it finds, or puts halves together, has one value for all.
    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    public void Types_that_look_alike_are_told_apart(uint other)
    {
        // 2^17 structures whose fields are (ref null 0) or (ref other).
        const int Fields = 17;
        var types = new Out(0).U32(1 + other + (1u << Fields));
        types.Bytes([0x5f, 0]);
        for (uint i = 0; i < other; i++)
            types.Bytes([0x5e, 0x63]).S33(i).Byte(0);
        for (int i = 0; i < 1 << Fields; i++)
        {
            types.Byte(0x5f).U32(Fields);
            for (int bit = 0; bit < Fields; bit++)
                types.Byte((byte)((i >> bit & 1) == 0 ? 0x63 : 0x64)).S33((uint)(i >> bit & 1) * other).Byte(0);
        }
        Assert.Null(Ours(types));
    }

    [Fact]
    public void One_group_may_be_wide()
    {
        // Each type refers to the last one.
        const int Length = 1_000_000;
        var types = new Out(0).Byte(1).Byte(0x4e).U32(Length);
        for (int i = 0; i < Length; i++)
            types.Bytes([0x5f, 1, 0x63]).S33(Length - 1).Byte(0);
        Assert.Null(Ours(types));
    }

    [Fact]
    public void Types_are_limited_in_number_by_group_and_in_all()
    {
        // Two groups of half a million types, and one more type.
        var types = new Out(0).U32(3);
        foreach (uint length in (uint[])[500_000, 500_000])
        {
            types.Byte(0x4e).U32(length);
            for (uint i = 0; i < length; i++)
                types.Bytes([0x5f, 0]);
        }
        Assert.Contains("more than 1000000 core types", Ours(types.Bytes([0x5f, 0])), StringComparison.Ordinal);
    }

    [Fact]
    public void Types_of_a_component_are_limited_in_number()
    {
        byte[] section = Samples.Section(3, Million(new Out(0).U32(1)).ToArray());
        byte[] one = Samples.Section(3, 1, 0x5f, 0), alias = Samples.Section(3, 1, 0x50, 1, 0x02, 0x10, 0x01, 1, 0);
        Assert.Null(Ending.Of(() => CoreOracle.Ours(Samples.Component(section))));
        Assert.Contains("more than 1000000 core types", Ending.Of(() => CoreOracle.Ours(Samples.Component(section, one))), StringComparison.Ordinal);
        Assert.Contains("more than 1000000 core types", Ending.Of(() => CoreOracle.Ours(Samples.Component(section, alias))), StringComparison.Ordinal);
    }

    [Fact]
    public void Types_of_a_module_type_are_limited_in_number()
    {
        byte[] Type(int declarators, byte[] last) => Samples.Component(Samples.Section(
            3, Million(new Out(0).Byte(1).Byte(0x50).U32((uint)declarators).Byte(0x01)).Bytes(last).ToArray()));
        Assert.Null(Ending.Of(() => CoreOracle.Ours(Type(1, []))));
        Assert.Contains("more than 1000000 core types", Ending.Of(() => CoreOracle.Ours(Type(2, [0x02, 0x10, 0x01, 0, 0]))), StringComparison.Ordinal);
    }

    private static Out Million(Out types)
    {
        types.Byte(0x4e).U32(1_000_000);
        for (int i = 0; i < 1_000_000; i++)
            types.Bytes([0x5f, 0]);
        return types;
    }

    [Fact]
    public void Types_of_many_modules_are_compared_once()
    {
        // 500 modules with the same 1,000 types, each built on the one before: equal groups are one.
        var types = new Out(0).U32(1_000).Bytes([0x5f, 0]);
        for (uint i = 1; i < 1_000; i++)
            types.Bytes([0x5f, 1, 0x63]).S33(i - 1).Byte(0);
        byte[] module = Samples.Section(1, Samples.Module(Samples.Section(1, types.ToArray())));
        Assert.Null(Ending.Of(() => CoreOracle.Ours(Samples.Component([.. Enumerable.Repeat(module, 500)]))));
    }

    private static string? Ours(Out types)
    {
        byte[] module = Samples.Module(Samples.Section(1, types.ToArray()));
        return Ending.Of(() => CoreOracle.Ours(Samples.Component(Samples.Section(1, module))));
    }
}
