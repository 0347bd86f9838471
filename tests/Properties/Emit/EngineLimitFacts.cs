using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Ir;
using Fact.Properties.Component.Binary;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Properties.Emit;

/// <summary>
/// The table of limits says what an engine does: it takes a module that has as much as the table allows of one thing, and refuses one that has one more.
/// </summary>
public sealed class EngineLimitFacts
{
    private const int Passive = 1, I32 = 0x7f, Func = 0x60;

    private static readonly EngineLimits Limits = EngineLimits.Common;

    private static readonly Dictionary<string, (long Limit, Func<int, byte[]> Module)> Cases = new()
    {
        [nameof(EngineLimits.NameBytes)] = (
            Limits.NameBytes, n => Module(Types(0, 0), Section(3, "\x01\0"u8), Section(7, Bytes(o => o.Byte(1).Name(new string('x', n)).Byte(0).Byte(0))), Code(1))),
        [nameof(EngineLimits.Types)] = (Limits.Types, n => Module(Section(1, Vector(n, [Func, 0, 0])))),
        [nameof(EngineLimits.Supertypes)] = (Limits.Supertypes, n => Module(Section(1, Bytes(o =>
        {
            o.Byte(2).Bytes([0x50, 0, Func, 0, 0]).Byte(0x50).U32((uint)n);
            for (int i = 0; i < n; i++)
                o.U32(0);
            o.Bytes([Func, 0, 0]);
        })))),
        [nameof(EngineLimits.SubtypingDepth)] = (Limits.SubtypingDepth, n => Module(Section(1, Bytes(o =>
        {
            o.U32((uint)n + 1).Bytes([0x50, 0, Func, 0, 0]);
            for (int i = 0; i < n; i++)
                o.Bytes([0x50, 1]).U32((uint)i).Bytes([Func, 0, 0]);
        })))),
        [nameof(EngineLimits.TypeSize)] = (Limits.TypeSize, n => Module(Types(0, 0), Section(2, Vector(n - 1, [0, 0, 3, I32, 0])))),
        [nameof(EngineLimits.TypeSize) + " of functions"] = (Limits.TypeSize, n =>
        {
            // The module itself counts 1, and a function of five parameters and a result 8.
            int funcs = (n - 1) / 8, globals = (n - 1) % 8;
            return Module(Types(5, 1), Section(2, [.. Count(funcs + globals), .. Repeat(funcs, [0, 0, 0, 0]), .. Repeat(globals, [0, 0, 3, I32, 0])]));
        }
        ),
        [nameof(EngineLimits.Params)] = (Limits.Params, n => Module(Types(n, 0))),
        [nameof(EngineLimits.Results)] = (Limits.Results, n => Module(Types(0, n))),
        [nameof(EngineLimits.Fields)] = (Limits.Fields, n => Module(Section(1, [1, 0x5f, .. Vector(n, [I32, 0])]))),
        [nameof(EngineLimits.Functions)] = (Limits.Functions, n => Module(Types(0, 0), Section(3, Vector(n, [0])), Code(n))),
        [nameof(EngineLimits.Globals)] = (Limits.Globals, n => Module(Section(6, Vector(n, [I32, 0, 0x41, 0, 0x0b])))),
        [nameof(EngineLimits.Memories)] = (Limits.Memories, n => Module(Section(5, Vector(n, [0, 0])))),
        [nameof(EngineLimits.Memories) + " imported"] = (Limits.Memories, n => Module(Section(2, Vector(n, [0, 0, 2, 0, 0])))),
        [nameof(EngineLimits.Tables)] = (Limits.Tables, n => Module(Section(4, Vector(n, [0x70, 0, 0])))),
        [nameof(EngineLimits.Tags)] = (Limits.Tags, n => Module(Types(0, 0), Section(13, Vector(n, [0, 0])))),
        [nameof(EngineLimits.ElementSegments)] = (Limits.ElementSegments, n => Module(Section(9, Vector(n, [Passive, 0, 0])))),
        [nameof(EngineLimits.DataSegments)] = (Limits.DataSegments, n => Module(Section(11, Vector(n, [Passive, 0])))),
        [nameof(EngineLimits.BodyBytes)] = (Limits.BodyBytes, n => Module(Types(0, 0), Section(3, "\x01\0"u8), Body([0, .. Repeat(n - 2, [0x01]), 0x0b]))),
        [nameof(EngineLimits.Locals)] = (Limits.Locals, n => Module(Types(2, 0), Section(3, "\x01\0"u8), Body([1, .. Count(n - 2), I32, 0x0b]))),
        [nameof(EngineLimits.Handlers)] = (
            Limits.Handlers, n => Module(Types(0, 0), Section(3, "\x01\0"u8), Body([0, 0x1f, 0x40, .. Count(n), .. Repeat(n, [2, 0]), 0x0b, 0x0b]))),
    };

    // Not tried: a gibibyte of a module; a million imports or exports, whose types alone count more than TypeSize; and what engines but V8 have more of.
    private static readonly string[] Untried =
        [nameof(EngineLimits.ModuleBytes), nameof(EngineLimits.Imports), nameof(EngineLimits.Exports), nameof(EngineLimits.BranchTargets)];

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_engine_takes_as_much_as_the_table_says_and_no_more(string name)
    {
        var (limit, module) = Cases[name];
        Assert.Null(Engines.Fault([.. module((int)limit)]));
        Assert.NotNull(Engines.Fault([.. module((int)limit + 1)]));
    }

    [Fact]
    public void Every_limit_is_tried_or_known_not_to_be() => Assert.Equal(
        typeof(EngineLimits).GetProperties().Where(p => p.PropertyType != typeof(EngineLimits) && p.PropertyType != typeof(Type)).Select(p => p.Name).Order(),
        Cases.Keys.Select(key => key.Split(' ')[0]).Concat(Untried).Distinct().Order());

    private static byte[] Module(params byte[][] sections) => [.. "\0asm\x01\0\0\0"u8, .. Concat(sections)];

    private static byte[] Section(byte id, ReadOnlySpan<byte> content) => [id, .. Count(content.Length), .. content];

    private static byte[] Types(int parameters, int results) =>
        Section(1, [1, Func, .. Vector(parameters, [I32]), .. Vector(results, [I32])]);

    private static byte[] Code(int funcs) => Section(10, Vector(funcs, [2, 0, 0x0b]));

    private static byte[] Body(byte[] body) => Section(10, [1, .. Count(body.Length), .. body]);

    private static byte[] Vector(int count, byte[] item) => [.. Count(count), .. Repeat(count, item)];

    private static byte[] Repeat(int count, byte[] item) => Concat([.. Enumerable.Repeat(item, count)]);

    private static byte[] Concat(byte[][] parts)
    {
        byte[] all = new byte[parts.Sum(part => part.Length)];
        int at = 0;
        foreach (byte[] part in parts)
        {
            part.CopyTo(all, at);
            at += part.Length;
        }
        return all;
    }

    private static byte[] Count(int value) => Bytes(o => o.U32((uint)value));

    private static byte[] Bytes(Action<Out> write)
    {
        var o = new Out(padding: 0);
        write(o);
        return o.ToArray();
    }
}
