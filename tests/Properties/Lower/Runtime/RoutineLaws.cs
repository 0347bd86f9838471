using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Lower.Runtime.Transcode;
using Fact.Model;
using Fact.Model.Laws;
using Xunit;

namespace Fact.Properties.Lower.Runtime;

/// <summary>
/// Routines do what their encodings define, from every length, at every alignment and at the very end of memory, and write nothing behind the string.
/// </summary>
public sealed class RoutineLaws
{
    private const int Longest = 200, Margin = 48;

    private static readonly StringRoutine[] All = Enum.GetValues<StringRoutine>();

    public static TheoryData<int, string> Cases
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (int place = 0; place < RoutinePlace.All.Count; place++)
            {
                foreach (var routine in All)
                    data.Add(place, routine.ToString());
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Strings_of_every_length_become_what_they_are_by_definition(int place, string routine)
    {
        using var rig = new RoutineRig(RoutinePlace.All[place]);
        var which = Enum.Parse<StringRoutine>(routine);
        var random = Fuzz.Random(place);
        for (int units = 0; units <= Longest; units += units < 72 ? 1 : random.Next(1, 8))
        {
            foreach (byte[] text in Strings.Of(Conversion.From(which), units, random))
                Check(rig, RoutinePlace.All[place], which, text, random);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Long_strings_become_what_they_are_by_definition(int place, string routine)
    {
        using var rig = new RoutineRig(RoutinePlace.All[place]);
        var which = Enum.Parse<StringRoutine>(routine);
        var random = Fuzz.Random(place);
        for (int i = 0; i < 4; i++)
        {
            foreach (byte[] text in Strings.Of(Conversion.From(which), random.Next(1_000, 6_000), random))
                Check(rig, RoutinePlace.All[place], which, text, random);
        }
    }

    /// <summary>All pairs of bytes, and the first and last of all ranges of longer sequences, at every place of a block.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_mistake_in_UTF8_is_found_wherever_it_is(bool simd)
    {
        var place = new RoutinePlace(simd, From64: false, To64: false);
        using var rig = new RoutineRig(place);
        var random = Fuzz.Random();
        byte[] edges = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7,
            0xF8, 0xFF];
        IEnumerable<byte[]> sequences =
        [
            .. from a in Enumerable.Range(0, 0x100) from b in Enumerable.Range(0, 0x100) where a >= 0x80 || b >= 0x80 select new[] { (byte)a, (byte)b },
            .. from a in edges where a >= 0xE0 from b in edges from c in edges select new[] { a, b, c },
            .. from a in edges where a >= 0xF0 from b in edges from c in edges where c >= 0x7F from d in edges where d >= 0x7F select new[] { a, b, c, d },
        ];
        foreach (byte[] sequence in sequences)
        {
            byte[] text = new byte[random.Next(sequence.Length, 90)];
            Array.Fill(text, (byte)'x');
            sequence.CopyTo(text, random.Next(3) == 0 ? text.Length - sequence.Length : random.Next(text.Length - sequence.Length + 1));
            Check(rig, place, StringRoutine.Utf8ToUtf8, text, random);
            if (random.Next(8) == 0)
                Check(rig, place, StringRoutine.Utf8ToUtf16, text, random);
        }
    }

    /// <summary>A component may share a memory with itself, and its allocator may give out what is in use: the text is what it was before.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Strings_that_are_in_the_way_are_converted_as_they_were(int number)
    {
        var place = RoutinePlace.InOneMemory[number];
        using var rig = new RoutineRig(place);
        var random = Fuzz.Random(number);
        foreach (var routine in All.Where(routine => routine != StringRoutine.InflateLatin1))
        {
            for (int i = 0; i < 150; i++)
            {
                foreach (byte[] text in Strings.Of(Conversion.From(routine), random.Next(1, 120), random))
                    CheckOverlap(rig, place, routine, text, random);
            }
        }
    }

    private static void CheckOverlap(RoutineRig rig, RoutinePlace place, StringRoutine routine, byte[] text, Random random)
    {
        const int Start = 0x1000, Length = 0x1000;
        var expected = Conversion.Of(routine, text, place.To64 ? 1UL << 63 : 1UL << 31);
        int units = text.Length / Conversion.UnitBytes(routine), sp = Start + 1000, dp = sp + random.Next(-expected.Room, text.Length + 2);
        var memory = rig.Source[Start..(Start + Length)];
        random.NextBytes(memory);
        text.CopyTo(rig.Source[sp..]);
        if (Conversion.Before(routine) is { Length: > 0 } latin1)
        {
            // The destination has Latin-1 already, where the source is not.
            dp = Math.Min(dp, sp - latin1.Length);
            latin1.CopyTo(rig.Source[dp..]);
        }
        byte[] before = memory.ToArray();
        ulong[]? actual = rig.Call(routine, (ulong)sp, (ulong)units, expected.Arguments(routine, dp, units));
        string what = $"{routine} of {Convert.ToHexString(text)} from {sp} to {dp}";
        Assert.True(memory[..(dp - Start)].SequenceEqual(before.AsSpan(0, dp - Start)), what);
        Assert.True(memory[(dp + expected.Room - Start)..].SequenceEqual(before.AsSpan(dp + expected.Room - Start)), what);
        Assert.Equal(expected.Results, actual);
        if (expected.Results is not null)
            Assert.True(memory[(dp - Start)..].StartsWith(expected.Written), what);
    }

    private static void Check(RoutineRig rig, RoutinePlace place, StringRoutine routine, byte[] text, Random random)
    {
        var expected = Conversion.Of(routine, text, place.To64 ? 1UL << 63 : 1UL << 31);
        int unit = Conversion.UnitBytes(routine), units = text.Length / unit;
        int sp = Somewhere(text.Length, random), dp = Somewhere(expected.Room, random);
        var target = rig.Target;
        var around = target[Math.Max(0, dp - Margin)..Math.Min(target.Length, dp + expected.Room + Margin)];
        random.NextBytes(around);
        if (routine == StringRoutine.InflateLatin1)
        {
            text.CopyTo(target[dp..]);
            byte[] left = around.ToArray();
            Assert.Equal([], rig.Call(routine, (ulong)dp, (ulong)units)!);
            Same(expected.Written, left);
            return;
        }
        text.CopyTo(rig.Source[sp..]);
        Conversion.Before(routine).CopyTo(target[dp..]);
        byte[] before = around.ToArray();
        ulong[]? actual = rig.Call(routine, (ulong)sp, (ulong)units, expected.Arguments(routine, dp, units));
        string what = $"{routine} of {Convert.ToHexString(text)}";
        if (expected.Results is null)
        {
            Assert.True(actual is null, what);
            int start = Math.Min(dp, Margin);
            Assert.True(around[..start].SequenceEqual(before.AsSpan(0, start)), what);
            Assert.True(around[(start + expected.Room)..].SequenceEqual(before.AsSpan(start + expected.Room)), what);
            return;
        }
        Assert.True(actual is not null, what);
        Assert.Equal(expected.Results, actual);
        Same(expected.Written, before);

        void Same(byte[] written, byte[] all)
        {
            written.CopyTo(all, Math.Min(dp, Margin));
            var now = rig.Target[Math.Max(0, dp - Margin)..Math.Min(RoutineRig.MemoryBytes, dp + expected.Room + Margin)];
            int at = now.CommonPrefixLength(all);
            Assert.True(at == all.Length,
                at == all.Length ? "" : $"{routine} of {Convert.ToHexString(text)}: byte {at - Math.Min(dp, Margin)} is {now[at]:x2} instead of {all[at]:x2}");
        }
    }

    /// <summary>The end of memory, the start of it, or any place.</summary>
    private static int Somewhere(int bytes, Random random) => random.Next(4) switch
    {
        0 or 1 => RoutineRig.MemoryBytes - bytes,
        2 => random.Next(64),
        _ => random.Next(RoutineRig.MemoryBytes - bytes),
    };
}
