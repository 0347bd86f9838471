using System;
using System.Buffers.Binary;
using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;

namespace Fact.Conformance.Behaviour;

/// <summary>Makes an element in memory invalid.</summary>
internal delegate void Spoil(Span<byte> element, Random random);

/// <summary>The element of a list that is copied in blocks.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Invalid">Makes one invalid; null where all are valid.</param>
/// <param name="Message">Why that traps.</param>
/// <param name="Path">Where in the element.</param>
/// <param name="IsFree">Whether any bits are a valid element.</param>
internal sealed record BlockElement(ValType Type, Spoil? Invalid = null, string Message = "invalid variant discriminant", string Path = "", bool IsFree = false)
{
    public string Name => TypeText.Of(Type);
}

/// <summary>Elements of all sizes and rules.</summary>
internal static class BlockElements
{
    private static readonly ValType Enum3 = new ValType.Enum(["a", "b", "c"]);

    public static BlockElement[] All { get; } =
    [
        new(Make.Bool, IsFree: true),
        new(Flags(5), IsFree: true),
        new(Flags(12), IsFree: true),
        new(Flags(29), IsFree: true),
        new(Enum3, Byte(0, 3)),
        new(Enum(128), Byte(0, 128)),
        new(Enum(129), Byte(0, 129)),
        new(Enum(200), Byte(0, 200)),
        new(Enum(255), Byte(0, 255)),
        new(Enum(300), Short(0, 300)),
        new(Enum(40_000), Short(0, 40_000)),
        new(Make.Char, Char(0), "invalid char value specified"),
        new(Tuple(Make.Bool, Make.Bool, Make.U8), IsFree: true),
        new(Tuple(Make.Char, Make.U32), Char(0), "invalid char value specified", " · tuple element 0"),
        new(Tuple(Enum3, Enum(200), Make.Bool, Flags(3)), Byte(1, 200), Path: " · tuple element 1"),
        new(Tuple(Enum(300), Enum3, Make.U8), Short(0, 300), Path: " · tuple element 0"),
        new(Tuple(Make.U16, Enum3, Make.Bool, Make.Char), Char(4), "invalid char value specified", " · tuple element 3"),
        new(new ValType.FixedLengthList(Make.Char, 4), Char(12), "invalid char value specified", " · list element"),
        new(new ValType.FixedLengthList(Tuple(Make.Bool, Enum3), 3), Byte(5, 3), Path: " · list element · tuple element 1"),
        new(Tuple(Make.U8, Make.U32), IsFree: true),
        new(Tuple(Make.U32, Make.U8), IsFree: true),
        new(Tuple(Make.U16, Make.U8), IsFree: true),
        new(Tuple(Make.U8, Make.U64), IsFree: true),
        new(Tuple(Make.U8, Make.U64, Make.Bool), IsFree: true),
        new(Tuple(Make.U8, Make.U16, Make.U32, Make.U8), IsFree: true),
        new(Tuple(Make.Bool, Make.F64, Enum3, Make.Char), Char(20), "invalid char value specified", " · tuple element 3"),
        new(Tuple(Make.U64, Flags(7), Make.U64, Enum3, Make.U64, Make.U32), Byte(24, 3), Path: " · tuple element 3"),
        new(Tuple(Make.U64, Make.U8, Make.U64, Enum3, Make.U64, Make.U64, Make.U64, Make.U8), Byte(24, 3), Path: " · tuple element 3"),
        new(Variant(Make.U32, Make.F32), Byte(0, 2)),
        new(Variant(Make.U8, new ValType.FixedLengthList(Make.U8, 1)), Byte(0, 2)),
        new(Variant(Make.U64, Make.F64, Make.U64), Byte(0, 3)),
        new(new ValType.Option(Make.U8), Byte(0, 2)),
        new(new ValType.Option(Make.U16), Byte(0, 2)),
        new(new ValType.Option(Make.U32), Byte(0, 2)),
        new(new ValType.Option(Make.U64), Byte(0, 2)),
        new(new ValType.Option(Make.Bool), Byte(0, 2)),
        new(new ValType.Option(Make.Char), Some(Char(4)), "invalid char value specified", " · option some"),
        new(new ValType.Option(Enum(130)), Some(Byte(1, 130)), Path: " · option some"),
        new(new ValType.Option(Tuple(Make.U32, Make.U32, Make.U8)), Byte(0, 2)),
        new(new ValType.Option(Tuple(Make.U16, Make.Bool, Make.U16, Enum3, Make.U32)), Some(Byte(10, 3)), Path: " · option some · tuple element 3"),
        new(new ValType.Result(Make.U32, null), Byte(0, 2)),
        new(new ValType.Result(null, Flags(6)), Byte(0, 2)),
        new(new ValType.Result(Make.U8, Make.U32), Byte(0, 2)),
        new(new ValType.Result(Make.U64, Make.U16), Byte(0, 2)),
        new(Variant(Make.U8, null), Byte(0, 2)),
        new(Variant(Make.U32, null, Make.U8, Make.U16), Byte(0, 4)),
        new(Variant(null, Make.U64, null, Make.U8, null), Byte(0, 5)),
        new(Variant([.. Enumerable.Range(0, 16).Select(i => i % 3 == 0 ? Make.U16 : null)]), Byte(0, 16)),
        new(Tuple(Make.U32, new ValType.Option(Make.U16)), Byte(4, 2), Path: " · tuple element 1"),
        new(Tuple(new ValType.Option(Make.U32), Make.U32, Make.Bool), Byte(0, 2), Path: " · tuple element 0"),
    ];

    /// <summary>Any element: parts that have rules, in one another.</summary>
    public static ValType Any(Random random, int depth = 3)
    {
        int kind = depth == 0 ? 0 : random.Next(8);
        return kind switch
        {
            1 => new ValType.Option(Any(random, depth - 1)),
            2 => new ValType.Result(random.Next(2) == 0 ? null : Any(random, depth - 1), random.Next(2) == 0 ? null : Any(random, depth - 1)),
            3 => Variant([.. Enumerable.Range(0, random.Next(1, 17)).Select(_ => random.Next(3) == 0 ? null : Any(random, 0))]),
            4 => new ValType.FixedLengthList(Any(random, depth - 1), (uint)random.Next(1, 6)),
            5 or 6 or 7 => Tuple([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Any(random, depth - 1))]),
            _ => random.Next(3) switch
            {
                0 => ValType.Of(PrimitiveType.Bool + random.Next(PrimitiveType.String - PrimitiveType.Bool)),
                1 => Flags(random.Next(1, 33)),
                _ => Enum(random.Next(4) switch { 0 => random.Next(1, 5), 1 => random.Next(125, 132), 2 => random.Next(250, 260), _ => random.Next(32_760, 32_780) }),
            },
        };
    }

    private static ValType.Tuple Tuple(params ValType[] types) => new([.. types]);

    private static ValType.Enum Enum(int count) => new([.. Enumerable.Range(0, count).Select(i => "e" + i)]);

    private static ValType.Flags Flags(int count) => new([.. Enumerable.Range(0, count).Select(i => "f" + i)]);

    private static ValType.Variant Variant(params ValType?[] payloads) => new([.. payloads.Select((payload, i) => new Case("c" + i, payload))]);

    private static Spoil Byte(int offset, int count) => (element, random) => element[offset] = (byte)random.Next(count, 256);

    private static Spoil Short(int offset, int count) =>
        (element, random) => BinaryPrimitives.WriteUInt16LittleEndian(element[offset..], (ushort)random.Next(count, 65536));

    private static Spoil Char(int offset) => (element, random) => BinaryPrimitives.WriteUInt32LittleEndian(element[offset..], random.Next(6) switch
    {
        0 => 0xD800,
        1 => 0xDFFF,
        2 => 0x110000,
        3 => uint.MaxValue,
        4 => (uint)random.Next(0xD800, 0xE000),
        _ => (uint)random.NextInt64(0x110000, 1L << 32),
    });

    private static Spoil Some(Spoil payload) => (element, random) =>
    {
        element[0] = 1;
        payload(element, random);
    };
}
