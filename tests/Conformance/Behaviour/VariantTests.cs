using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Model;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>Variants, enums, options and results.</summary>
public sealed class VariantTests
{
    private static readonly (ValType Type, CoreValType Core, ulong Bits)[] Payloads =
    [
        (Make.U32, CoreValType.I32, 0x8123_4567),
        (Make.U64, CoreValType.I64, 0x8123_4567_89AB_CDEF),
        (Make.F32, CoreValType.F32, 0xFFA0_0001),
        (Make.F64, CoreValType.F64, 0xFFF4_0000_0000_0001),
    ];

    public static TheoryData<int, int> Pairs()
    {
        var data = new TheoryData<int, int>();
        for (int a = 0; a < Payloads.Length; a++)
        {
            for (int b = 0; b < Payloads.Length; b++)
                data.Add(a, b);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Joined_slots_carry_the_bits_of_either_payload(int a, int b)
    {
        var (one, other) = (Payloads[a], Payloads[b]);
        CoreValType joined = one.Core == other.Core ? one.Core
            : (one.Core, other.Core) is (CoreValType.I32, CoreValType.F32) or (CoreValType.F32, CoreValType.I32) ? CoreValType.I32
            : CoreValType.I64;
        using var rig = Make.Rig(Make.Takes(new ValType.Variant([new("a", one.Type), new("b", other.Type), new("c", null)])));
        Assert.Equal<CoreValType>([CoreValType.I32, joined], rig.Lift.Side.CoreType.Params.Items.ToArray());
        foreach (var (number, bits) in new[] { (0u, one.Bits), (1u, other.Bits), (2u, 0UL) })
        {
            rig.CallBits(number, bits);
            Assert.Equal([new(CoreValType.I32, number), new(joined, bits)], rig.Received!);
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Joined_slots_and_memory_hold_the_same(int a, int b)
    {
        // The same type is joined with string pointers of either width, and comes from memory on one side.
        var type = new ValType.Variant([new("a", Payloads[a].Type), new("b", new ValType.Tuple([Payloads[b].Type, Payloads[a].Type])), new("c", Make.Text)]);
        foreach (var (lower, lift) in new[] { (MemoryPlan.With32, MemoryPlan.With64), (MemoryPlan.With64, MemoryPlan.With32) })
        {
            using var rig = Make.Rig(Make.Takes(type, type), new(Async: true, Memory: lower), new(Memory: lift));
            SpecValue[] sent =
            [
                Make.Case("a", Make.Bits(Payloads[a].Bits)),
                Make.Case("b", Make.Tuple(Make.Bits(Payloads[b].Bits), Make.Bits(Payloads[a].Bits))),
            ];
            Assert.Equal(sent, rig.Pass(sent));
        }
    }

    [Fact]
    public void Unused_slots_are_zero()
    {
        using var rig = Make.Rig(Make.Takes(new ValType.Variant([new("none", null), new("all", new ValType.Tuple([Make.F32, Make.F64, Make.U64, Make.U8]))])));
        rig.CallBits(0, 1, 2, 3, 4);
        Assert.Equal([0UL, 0, 0, 0, 0], rig.Received!.Select(value => value.Bits));
        rig.CallBits(1, 1, 2, 3, 4);
        Assert.Equal([1UL, 1, 2, 3, 4], rig.Received!.Select(value => value.Bits));
    }

    [Fact]
    public void A_variant_in_a_variant_is_as_wide_as_its_slot()
    {
        var inner = new ValType.Option(Make.F32);
        using var rig = Make.Rig(Make.Takes(new ValType.Variant([new("a", inner), new("b", new ValType.Tuple([Make.U64, Make.F64]))])));
        Assert.Equal<CoreValType>([CoreValType.I32, CoreValType.I64, CoreValType.I64], rig.Lift.Side.CoreType.Params.Items.ToArray());
        rig.CallBits(0, 1, 0x7FA0_0001);
        Assert.Equal([0UL, 1, 0x7FA0_0001], rig.Received!.Select(value => value.Bits));
        rig.CallBits(0, 0, 5);
        Assert.Equal([0UL, 0, 0], rig.Received!.Select(value => value.Bits));
    }

    private static readonly ValType[] Discriminated =
    [
        new ValType.Enum(["a"]),
        new ValType.Enum(["a", "b", "c"]),
        new ValType.Enum([.. Enumerable.Range(0, 257).Select(i => "c" + i)]),
        new ValType.Variant([new("a", Make.U8), new("b", null)]),
        new ValType.Option(Make.Char),
        new ValType.Result(null, null),
        new ValType.Result(Make.U64, Make.F32),
    ];

    public static TheoryData<int> DiscriminatedTypes => [.. Enumerable.Range(0, Discriminated.Length)];

    [Theory]
    [MemberData(nameof(DiscriminatedTypes))]
    public void The_first_number_that_is_no_case_traps(int which)
    {
        var type = Discriminated[which];
        ulong cases = (ulong)((ValType.Variant)SpecAbi.Despecialize(type)).Cases.Length;
        foreach (ulong number in new[] { cases, cases + 1, uint.MaxValue })
        {
            using (var rig = Make.Rig(Make.Takes(type)))
                Assert.Equal("invalid variant discriminant", rig.Traps([number, .. new ulong[rig.Lower.Side.CoreType.Params.Length - 1]]).Message);
        }
        using (var rig = Make.Rig(Make.Takes(new ValType.List(type))))
        {
            ulong size = rig.Lower.Setup.Abi.ElemSize(type);
            ulong at = rig.Lower.Put(new byte[2 * size], 8);
            rig.Lower.Bytes[(int)(at + size)] = (byte)cases;
            rig.Lower.Bytes[(int)(at + size) + 1] = cases > 255 ? (byte)(cases >> 8) : (byte)0;
            var report = rig.Traps(at, 2);
            Assert.Equal(("invalid variant discriminant", "param \"p0\" · list element"), (report.Message, report.Path));
        }
        using (var rig = Make.Rig(Make.Takes(type)))
            rig.CallBits([cases - 1, .. new ulong[rig.Lower.Side.CoreType.Params.Length - 1]]);
    }

    [Fact]
    public void Every_byte_is_a_case_of_an_enum_of_256()
    {
        using var rig = Make.Rig(Make.Takes(new ValType.List(new ValType.Enum([.. Enumerable.Range(0, 256).Select(i => "c" + i)]))));
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        rig.CallBits(rig.Lower.Put(all, 1), 256);
        Assert.Equal(all, rig.Lift.Bytes.Slice((int)rig.Received![0].Bits, 256).ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(70)]
    [InlineData(300)]
    public void Every_case_arrives_as_itself(int count)
    {
        // Payloads differ so that no two cases can be mistaken for one another.
        ValType PayloadOf(int i) => (i % 3) switch { 0 => Make.U8, 1 => Make.U64, _ => Make.F32 };
        var type = new ValType.Variant([.. Enumerable.Range(0, count).Select(i => new Case("c" + i, i % 7 == 6 ? null : PayloadOf(i)))]);
        using var flat = Make.Rig(Make.Takes(type));
        using var memory = Make.Rig(Make.Takes(new ValType.List(type)));
        SpecValue[] all = [.. Enumerable.Range(0, count).Select(i => Make.Case("c" + i, i % 7 == 6 ? null : Make.Bits((ulong)i % 251)))];
        foreach (var value in all)
            Assert.Equal([value], flat.Pass(value));
        Assert.Equal([Make.List(all)], memory.Pass(Make.List(all)));
    }

    [Fact]
    public void Discriminants_of_four_bytes_are_translated()
    {
        var type = new ValType.Enum([.. Enumerable.Range(0, 65_537).Select(i => "c" + i)]);
        using var rig = Make.Rig(Make.Takes(new ValType.List(type)));
        var values = Make.List(Make.Case("c65536"), Make.Case("c0"), Make.Case("c256"));
        Assert.Equal([values], rig.Pass(values));
        Assert.Equal([(0UL, 0UL, 4UL, 12UL)], rig.Lift.Reallocs);
    }

    [Fact]
    public void Results_come_back_through_memory_with_either_payload()
    {
        var type = new ValType.Result(new ValType.Tuple([Make.U8, Make.U64]), Make.Char);
        foreach (var value in new[] { Make.Case("ok", Make.Tuple(Make.Bits(7), Make.Bits(1UL << 63))), Make.Case("error", new SpecValue.Char(0x1F980)) })
        {
            using var rig = Make.Rig(Make.Gives(type), lift: new(Memory: MemoryPlan.With64));
            Assert.Equal(value, rig.Return(value));
        }
    }
}
