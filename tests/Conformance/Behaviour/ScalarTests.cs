using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Model;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>Booleans, numbers, chars and flags.</summary>
public sealed class ScalarTests
{
    public static TheoryData<PrimitiveType, ulong, ulong> Flat => new()
    {
        { PrimitiveType.Bool, 0, 0 },
        { PrimitiveType.Bool, 1, 1 },
        { PrimitiveType.Bool, 2, 1 },
        { PrimitiveType.Bool, 0x8000_0000, 1 },
        { PrimitiveType.U8, 0x1FF, 0xFF },
        { PrimitiveType.U8, 0xFFFF_FF00, 0 },
        { PrimitiveType.S8, 0x17F, 0x7F },
        { PrimitiveType.S8, 0x80, 0xFFFF_FF80 },
        { PrimitiveType.U16, 0x1_2345, 0x2345 },
        { PrimitiveType.S16, 0x7FFF, 0x7FFF },
        { PrimitiveType.S16, 0x1_8000, 0xFFFF_8000 },
        { PrimitiveType.U32, 0xFFFF_FFFF, 0xFFFF_FFFF },
        { PrimitiveType.S32, 0x8000_0000, 0x8000_0000 },
        { PrimitiveType.U64, ulong.MaxValue, ulong.MaxValue },
        { PrimitiveType.S64, 1UL << 63, 1UL << 63 },
        { PrimitiveType.F32, 0x7FA0_1234, 0x7FA0_1234 },
        { PrimitiveType.F32, 0x8000_0000, 0x8000_0000 },
        { PrimitiveType.F64, 0x7FF4_0000_0000_1234, 0x7FF4_0000_0000_1234 },
        { PrimitiveType.Char, 0x10FFFF, 0x10FFFF },
        { PrimitiveType.Char, 0xD7FF, 0xD7FF },
        { PrimitiveType.Char, 0xE000, 0xE000 },
    };

    [Theory]
    [MemberData(nameof(Flat))]
    public void A_flat_parameter_becomes_canonical(PrimitiveType type, ulong sent, ulong received)
    {
        using var rig = Make.Rig(Make.Takes(ValType.Of(type)));
        rig.CallBits(sent);
        Assert.Equal(received, rig.Received!.Single().Bits);
    }

    [Theory]
    [MemberData(nameof(Flat))]
    public void A_flat_result_becomes_canonical(PrimitiveType type, ulong sent, ulong received)
    {
        using var rig = Make.Rig(Make.Gives(ValType.Of(type)));
        rig.Callee = _ => [new CoreValue(rig.Lift.Side.CoreType.Results[0], sent)];
        Assert.Equal(received, rig.CallBits().Single());
    }

    [Theory]
    [MemberData(nameof(Flat))]
    public void A_flat_value_becomes_canonical_in_memory(PrimitiveType type, ulong sent, ulong received)
    {
        // Seventeen parameters travel in memory on the callee's side; four and a pointer's worth are flat on the async caller's.
        var types = Enumerable.Repeat(ValType.Of(type), 17).ToArray();
        using var rig = Make.Rig(new([.. types.Take(4).Select((t, i) => new Param("p" + i, t))], new ValType.Tuple([.. types.Take(2)])), lift: new(Async: true));
        rig.Host.TaskReturn = () => [.. Enumerable.Repeat(new CoreValue(rig.Lift.Setup.Abi.FlattenType(types[0])[0], sent), 2)];
        ulong at = rig.Lower.Room(8, 16);
        rig.CallBits(sent, sent, sent, sent, at);
        var value = (SpecValue.Record)rig.Lower.Setup.Load(at, rig.Lower.Results[0]);
        ulong size = rig.Lower.Setup.Abi.ElemSize(types[0]);
        ulong expected = size == 8 ? received : received & ((1UL << (int)(8 * size)) - 1);
        Assert.Equal(expected, value["1"] switch
        {
            SpecValue.Bool b => b.Value ? 1u : 0u,
            SpecValue.Char c => (ulong)c.Value,
            SpecValue.Bits b => b.Value,
            _ => throw new System.InvalidOperationException(),
        });
    }

    [Theory]
    [InlineData(PrimitiveType.S8, 0x80, 0xFFFF_FF80)]
    [InlineData(PrimitiveType.U8, 0x80, 0x80)]
    [InlineData(PrimitiveType.S16, 0x8001, 0xFFFF_8001)]
    [InlineData(PrimitiveType.U16, 0x8001, 0x8001)]
    [InlineData(PrimitiveType.Bool, 0xF0, 1)]
    public void What_is_loaded_is_extended_by_its_sign(PrimitiveType type, ulong stored, ulong received)
    {
        var parameter = ValType.Of(type);
        using var rig = Make.Rig(Make.Takes(parameter, parameter, parameter, parameter, parameter), lower: new(Async: true));
        byte[] bytes = [.. Enumerable.Range(0, 5).SelectMany(_ => new[] { (byte)stored, (byte)(stored >> 8) }.Take((int)rig.Lower.Setup.Abi.ElemSize(parameter)))];
        rig.CallBits(rig.Lower.Put(bytes, 2));
        Assert.Equal(Enumerable.Repeat(received, 5), rig.Received!.Select(value => value.Bits));
    }

    [Theory]
    [InlineData(0xD800)]
    [InlineData(0xDFFF)]
    [InlineData(0x110000)]
    [InlineData(0x11D800u)]
    [InlineData(0xFFFFFFFF)]
    public void What_is_no_scalar_value_is_no_char(uint bits)
    {
        using (var rig = Make.Rig(Make.Takes(Make.Char)))
            Assert.Equal(("invalid char value specified", "param \"p0\""), Why(rig.Traps(bits)));
        using (var rig = Make.Rig(Make.Takes(new ValType.List(Make.Char))))
            Assert.Equal(("invalid char value specified", "param \"p0\" · list element"), Why(rig.Traps(rig.Lower.Put(Make.Bits(bits), Make.U32), 1)));
        using (var rig = Make.Rig(Make.Gives(Make.Char)))
        {
            rig.Callee = _ => [new CoreValue(CoreValType.I32, bits)];
            Assert.Equal(("invalid char value specified", "result"), Why(rig.Traps()));
        }
    }

    public static TheoryData<int> Widths => [.. Enumerable.Range(1, 32)];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Unknown_flags_are_cleared(int width)
    {
        ValType flags = new ValType.Flags([.. Enumerable.Range(0, width).Select(i => "f" + i)]);
        ulong known = (1UL << width) - 1;
        using (var rig = Make.Rig(Make.Takes(flags)))
        {
            rig.CallBits(uint.MaxValue);
            Assert.Equal(known, rig.Received!.Single().Bits);
        }
        using (var rig = Make.Rig(Make.Takes(new ValType.List(flags))))
        {
            int size = (int)rig.Lower.Setup.Abi.ElemSize(flags);
            rig.CallBits(rig.Lower.Put(Enumerable.Repeat((byte)0xFF, 2 * size).ToArray(), 4), 2);
            int at = (int)rig.Received![0].Bits;
            Assert.Equal(known, Number(rig.Lift.Bytes.Slice(at, size)));
            Assert.Equal(known, Number(rig.Lift.Bytes.Slice(at + size, size)));
        }

        static ulong Number(System.ReadOnlySpan<byte> bytes)
        {
            ulong number = 0;
            for (int i = bytes.Length - 1; i >= 0; i--)
                number = (number << 8) | bytes[i];
            return number;
        }
    }

    private static (string, string) Why(TrapReport report) => (report.Message, report.Path);
}
