using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Guests;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>Strings from every encoding to every other.</summary>
public sealed class StringTests
{
    private static readonly string[] Samples =
    [
        "",
        "a",
        "plain ASCII, some of it longer than the others",
        "é",
        "caf\u00E9 \u00FF\u0080",
        "\u00E9\u00E9\u00E9\u00E9",
        "\u0100",
        "abc\u20AC",
        "eightlet",
        "nineteen or 20 more",
        "\u20ACabc",
        "abc\u00E9\u20ACabc\u00E9",
        "\u4E2D\u6587",
        "\U0001F980",
        "a\U0001F980b\u00E9",
        "\uFFFF\uE000\U0010FFFF\0",
    ];

    public static TheoryData<StringEncoding, StringEncoding> Pairs()
    {
        var data = new TheoryData<StringEncoding, StringEncoding>();
        foreach (var from in Enum.GetValues<StringEncoding>())
        {
            foreach (var to in Enum.GetValues<StringEncoding>())
                data.Add(from, to);
        }
        return data;
    }

    private static readonly CompileOptions[] Modes = [.. Enum.GetValues<Transcoders>().Select(transcoders => Make.Explained with { Transcoders = transcoders })];

    public static TheoryData<StringEncoding, StringEncoding, Transcoders> PairsInAllModes()
    {
        var data = new TheoryData<StringEncoding, StringEncoding, Transcoders>();
        foreach (var from in Enum.GetValues<StringEncoding>())
        {
            foreach (var to in Enum.GetValues<StringEncoding>())
            {
                foreach (var transcoders in Enum.GetValues<Transcoders>())
                    data.Add(from, to, transcoders);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(PairsInAllModes))]
    public void Strings_arrive_and_every_call_of_the_allocator_is_the_specifications(StringEncoding from, StringEncoding to, Transcoders transcoders)
    {
        foreach (var (lower, lift) in new[] { (MemoryPlan.With32, MemoryPlan.With32), (MemoryPlan.With32, MemoryPlan.With64), (MemoryPlan.With64, MemoryPlan.With32),
            (MemoryPlan.With64, MemoryPlan.With64) })
        {
            foreach (var optimize in Enum.GetValues<Optimize>())
            {
                using var rig = Make.Rig(Make.Takes(Make.Text), new(from, lower), new(to, lift),
                    new(TrapInfo: true, Assertions: true, Transcoders: transcoders, Optimize: optimize));
                foreach (string text in Samples.Concat(Samples.Select(text => text + new string('x', 70) + text)))
                {
                    Assert.Equal(text, Sent(rig, text, tagged: false));
                    if (from == StringEncoding.Latin1OrUtf16)
                        Assert.Equal(text, Sent(rig, text, tagged: true));
                }
            }
        }
    }

    private static string Sent(AdapterRig rig, string text, bool tagged)
    {
        var value = (SpecValue.Text)Make.String(rig.Lower, text, tagged);
        byte[] model = rig.Lift.Bytes.ToArray();
        var heap = rig.Lift.Heap.Copy();
        int before = rig.Lift.Heap.Calls.Count;
        var expected = rig.Lift.Spec(() => model, heap).LowerFlatValues(SpecAbi.MaxFlatParams, [value], [Make.Text]);
        rig.Call(rig.Lower.Setup.LowerFlatValues(SpecAbi.MaxFlatParams, [value], rig.Lower.Params));
        Assert.Equal(heap.Calls, rig.Lift.Heap.Calls.Skip(before));
        Assert.Equal(expected, rig.Received!);
        Assert.True(rig.Lift.Bytes.SequenceEqual(model));
        return Read(rig.Lift, rig.Received![0].Bits, rig.Received[1].Bits);
    }

    /// <summary>
    /// Reads a string wherever it is: one that shrank from UTF-16 to Latin-1 is allocated with an alignment of 1, so that
    /// the guest that got it could not always pass it on as it is.
    /// </summary>
    private static string Read(Guest guest, ulong ptr, ulong taggedUnits)
    {
        ulong tag = guest.Is64 ? 1UL << 63 : 1UL << 31;
        var (encoding, size) = guest.Side.Options.StringEncoding switch
        {
            StringEncoding.Utf8 => (Encoding.UTF8, 1UL),
            StringEncoding.Utf16 => (Encoding.Unicode, 2UL),
            _ => (taggedUnits & tag) != 0 ? (Encoding.Unicode, 2UL) : (Encoding.Latin1, 1UL),
        };
        return encoding.GetString(guest.Bytes.Slice((int)ptr, (int)((taggedUnits & ~tag) * size)));
    }

    public static TheoryData<StringEncoding, StringEncoding, string, bool, string> Growth => new()
    {
        // from, to, text, tagged, allocator calls: old size, alignment, new size
        { StringEncoding.Utf8, StringEncoding.Utf8, "é", false, "0 1 2" },
        { StringEncoding.Utf8, StringEncoding.Utf16, "ab", false, "0 2 4" },
        { StringEncoding.Utf8, StringEncoding.Utf16, "é", false, "0 2 4, 4 2 2" },
        { StringEncoding.Utf8, StringEncoding.Latin1OrUtf16, "ab", false, "0 2 2" },
        { StringEncoding.Utf8, StringEncoding.Latin1OrUtf16, "é", false, "0 2 2, 2 2 1" },
        { StringEncoding.Utf8, StringEncoding.Latin1OrUtf16, "é€", false, "0 2 5, 5 2 10, 10 2 4" },
        { StringEncoding.Utf16, StringEncoding.Utf8, "ab", false, "0 1 2" },
        { StringEncoding.Utf16, StringEncoding.Utf8, "é", false, "0 1 1, 1 1 3, 3 1 2" },
        { StringEncoding.Utf16, StringEncoding.Utf8, "€", false, "0 1 1, 1 1 3" },
        { StringEncoding.Utf16, StringEncoding.Utf16, "€", false, "0 2 2" },
        { StringEncoding.Utf16, StringEncoding.Latin1OrUtf16, "é", false, "0 2 1" },
        { StringEncoding.Utf16, StringEncoding.Latin1OrUtf16, "é€", false, "0 2 2, 2 2 4" },
        { StringEncoding.Latin1OrUtf16, StringEncoding.Utf8, "ab", false, "0 1 2" },
        { StringEncoding.Latin1OrUtf16, StringEncoding.Utf8, "éa", false, "0 1 2, 2 1 4, 4 1 3" },
        { StringEncoding.Latin1OrUtf16, StringEncoding.Utf8, "éé", false, "0 1 2, 2 1 4" },
        { StringEncoding.Latin1OrUtf16, StringEncoding.Utf8, "€", true, "0 1 1, 1 1 3" },
        { StringEncoding.Latin1OrUtf16, StringEncoding.Utf16, "é", false, "0 2 2" },
        { StringEncoding.Latin1OrUtf16, StringEncoding.Utf16, "€", true, "0 2 2" },
        { StringEncoding.Latin1OrUtf16, StringEncoding.Latin1OrUtf16, "é", false, "0 2 1" },
        { StringEncoding.Latin1OrUtf16, StringEncoding.Latin1OrUtf16, "é€", true, "0 2 4" },
        { StringEncoding.Latin1OrUtf16, StringEncoding.Latin1OrUtf16, "éa", true, "0 2 4, 4 1 2" },
        { StringEncoding.Latin1OrUtf16, StringEncoding.Latin1OrUtf16, "", true, "0 2 0, 0 1 0" },
    };

    [Theory]
    [MemberData(nameof(Growth))]
    public void Strings_grow_and_shrink_by_these_sizes(StringEncoding from, StringEncoding to, string text, bool tagged, string calls)
    {
        foreach (var mode in Modes)
        {
            using var rig = Make.Rig(Make.Takes(Make.Text), new(from), new(to), mode);
            Sent(rig, text, tagged);
            Assert.Equal(calls, string.Join(", ", rig.Lift.Heap.Calls.Select(call => $"{call.OldSize} {call.Alignment} {call.NewSize}")));
            for (int i = 1; i < rig.Lift.Heap.Calls.Count; i++)
                Assert.Equal(rig.Lift.Heap.Calls[i - 1].Result, rig.Lift.Heap.Calls[i].Old);
        }
    }

    private static readonly byte[][] InvalidUtf8 =
    [
        [0x80],
        [0xC0, 0x80],
        [0xC3],
        [0x61, 0xE2, 0x82],
        [0xE0, 0x80, 0x80],
        [0xED, 0xA0, 0x80],
        [0xF0, 0x9F, 0xA6],
        [0xF4, 0x90, 0x80, 0x80],
        [0xFF],
        [0xC3, 0xA9, 0x20, 0xC3, 0x28],
    ];

    private static readonly byte[][] InvalidUtf16 =
    [
        [0x00, 0xD8],
        [0x00, 0xDC],
        [0x00, 0xDC, 0x00, 0xD8],
        [0x61, 0x00, 0x3E, 0xD8, 0x61, 0x00],
        [0xAC, 0x20, 0x3E, 0xD8],
    ];

    [Theory]
    [MemberData(nameof(PairsInAllModes))]
    public void Invalid_strings_trap_and_are_never_replaced(StringEncoding from, StringEncoding to, Transcoders transcoders)
    {
        foreach (byte[] bytes in from == StringEncoding.Utf8 ? InvalidUtf8 : InvalidUtf16)
        {
            using var rig = Make.Rig(Make.Takes(Make.Text), new(from), new(to), Make.Explained with { Transcoders = transcoders });
            ulong units = from == StringEncoding.Utf8 ? (ulong)bytes.Length : (ulong)bytes.Length / 2;
            var report = rig.Traps(rig.Lower.Put(bytes, 2), from == StringEncoding.Latin1OrUtf16 ? units | (1UL << 31) : units);
            if (transcoders != Transcoders.Imported)
                Assert.Equal((from == StringEncoding.Utf8 ? "invalid utf8 encoding" : "invalid utf16 encoding", "param \"p0\""), (report.Message, report.Path));
            Assert.Null(rig.Received);
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_source_that_is_not_there_or_not_aligned_traps(StringEncoding from, StringEncoding to)
    {
        ulong end = 0x20000;
        List<(ulong Ptr, ulong Units, string Message)> faults =
        [
            (end - 4, 5, "string out of bounds of memory"),
            (end, 1, "string out of bounds of memory"),
            (0xFFFF_FFFE, 2, "string out of bounds of memory"),
        ];
        if (from != StringEncoding.Utf8)
            faults.Add((0x401, 0, "pointer not aligned correctly"));
        if (from == StringEncoding.Utf16)
            faults.Add((end - 4, 3, "string out of bounds of memory"));
        if (from == StringEncoding.Latin1OrUtf16)
        {
            faults.Add((end - 4, 3 | (1UL << 31), "string out of bounds of memory"));
            faults.Add((0x401, 1 | (1UL << 31), "pointer not aligned correctly"));
        }
        foreach (var (ptr, units, message) in faults)
        {
            using var rig = Make.Rig(Make.Takes(Make.Text), new(from), new(to));
            var report = rig.Traps(ptr, units);
            Assert.Equal((message, "param \"p0\""), (report.Message, report.Path));
            Assert.Empty(rig.Lift.Reallocs);
        }
    }

    [Theory]
    [MemberData(nameof(PairsInAllModes))]
    public void A_string_may_end_where_the_memory_ends(StringEncoding from, StringEncoding to, Transcoders transcoders)
    {
        using var rig = Make.Rig(Make.Takes(Make.Text), new(from), new(to), Make.Explained with { Transcoders = transcoders });
        rig.Lower.Bytes[^4..].Clear();
        rig.CallBits(0x1FFFC, from == StringEncoding.Utf16 ? 2u : 4u);
        rig.CallBits(0x20000, 0);
    }

    /// <summary>Every answer of the allocator is checked, with its own size, before anything is written there.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_answer_of_the_allocator_is_checked(StringEncoding from, StringEncoding to)
    {
        foreach (bool tagged in from == StringEncoding.Latin1OrUtf16 ? new[] { false, true } : [false])
        {
            foreach (string text in new[] { "aé", "aé€" }.Where(text => tagged || from != StringEncoding.Latin1OrUtf16 || text.All(c => c < 0x100)))
            {
                int calls = CallsOf(from, to, text, tagged);
                for (int call = 0; call < calls; call++)
                {
                    foreach (bool aligned in new[] { true, false })
                    {
                        using var rig = Make.Rig(Make.Takes(Make.Text), new(from), new(to));
                        ulong alignment = 1;
                        rig.Lift.Heap.Answer = (n, asked) =>
                        {
                            if (n != call)
                                return null;
                            alignment = asked.Alignment;
                            return aligned ? SpecAbi.AlignTo(0x20000 - asked.NewSize + 1, asked.Alignment) : asked.Alignment == 1 ? 0x20000UL : 0x9001UL;
                        };
                        var report = TrapReport.Of(rig, () => rig.Pass(Make.String(rig.Lower, text, tagged)));
                        string message = aligned || alignment == 1 ? "realloc result out of bounds of memory" : "pointer not aligned correctly";
                        Assert.Equal((message, "param \"p0\""), (report.Message, report.Path));
                    }
                }
            }
        }
    }

    private static int CallsOf(StringEncoding from, StringEncoding to, string text, bool tagged)
    {
        using var rig = Make.Rig(Make.Takes(Make.Text), new(from), new(to));
        Sent(rig, text, tagged);
        return rig.Lift.Heap.Calls.Count;
    }

    [Fact]
    public void The_tag_is_the_highest_bit_of_either_width()
    {
        foreach (var (lower, lift, bit) in new[] { (MemoryPlan.With32, MemoryPlan.With64, 63), (MemoryPlan.With64, MemoryPlan.With32, 31) })
        {
            using var rig = Make.Rig(Make.Takes(Make.Text), new(StringEncoding.Latin1OrUtf16, lower), new(StringEncoding.Latin1OrUtf16, lift));
            rig.Pass(Make.String(rig.Lower, "\u20AC", tagged: true));
            Assert.Equal(1UL | (1UL << bit), rig.Received![1].Bits);
        }
    }

    [Fact]
    public void A_string_result_goes_to_the_callers_memory()
    {
        using var rig = Make.Rig(Make.Gives(Make.Text), new(StringEncoding.Utf16, MemoryPlan.With64), new(StringEncoding.Utf8));
        var result = (SpecValue.Text)rig.Return(Make.String(rig.Lift, "h\u00E9llo"));
        Assert.Equal("h\u00E9llo", result.Value);
        Assert.Empty(rig.Lift.Reallocs);
        Assert.Equal([(0UL, 12UL), (12UL, 10UL)], rig.Lower.Reallocs.Select(call => (call.OldSize, call.NewSize)));
    }

    [Fact]
    public void Strings_in_memory_are_translated_in_place()
    {
        using var rig = Make.Rig(Make.Takes(new ValType.List(Make.Text)), new(StringEncoding.Utf8), new(StringEncoding.Latin1OrUtf16, MemoryPlan.With64));
        string[] texts = ["a", "é", "€", ""];
        var passed = (SpecValue.List)rig.Pass(Make.List(texts.Select(text => Make.String(rig.Lower, text)))).Single();
        Assert.Equal(texts, passed.Elements.Items.Select(e => ((SpecValue.Text)e).Value));
        byte[] pair = rig.Lift.Bytes.Slice((int)rig.Received![0].Bits + 32, 16).ToArray();
        Assert.Equal(1UL | (1UL << 63), BitConverter.ToUInt64(pair, 8));
    }
}
