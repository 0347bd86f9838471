using System;
using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Properties.Generators;
using Wasmtime;
using Xunit;
using Import = Fact.Ir.Import;

namespace Fact.Conformance.Behaviour;

/// <summary>What only debug builds check.</summary>
public sealed class DebugBuildTests
{
    private static readonly CompileOptions Debug = Make.Explained with { Assertions = true, Transcoders = Transcoders.Imported };

    public static TheoryData<StringEncoding, StringEncoding, TranscodeOp, string, bool, ulong[]> Lies => new()
    {
        // from, to, who lies, text, tagged, what it says
        { StringEncoding.Utf8, StringEncoding.Utf16, TranscodeOp.Utf8ToUtf16, "ab", false, [3] },
        { StringEncoding.Utf16, StringEncoding.Utf8, TranscodeOp.Utf16ToUtf8, "ab", false, [2, 3] },
        { StringEncoding.Latin1OrUtf16, StringEncoding.Utf8, TranscodeOp.Latin1ToUtf8, "ab", false, [2, 1000] },
        { StringEncoding.Utf8, StringEncoding.Latin1OrUtf16, TranscodeOp.Utf8ToLatin1, "ab", false, [2, 3] },
        { StringEncoding.Utf16, StringEncoding.Latin1OrUtf16, TranscodeOp.Utf16ToLatin1, "ab", false, [2, 3] },
        { StringEncoding.Utf8, StringEncoding.Latin1OrUtf16, TranscodeOp.Utf8ToCompactUtf16, "a€", false, [5] },
        { StringEncoding.Utf16, StringEncoding.Latin1OrUtf16, TranscodeOp.Utf16ToCompactUtf16, "a€", false, [3] },
        { StringEncoding.Latin1OrUtf16, StringEncoding.Latin1OrUtf16, TranscodeOp.Utf16ToCompactProbablyUtf16, "ab", true, [3] },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void A_transcoder_that_leaves_its_buffer_is_found_out(StringEncoding from, StringEncoding to, TranscodeOp op, string text, bool tagged, ulong[] says)
    {
        using var rig = Make.Rig(Make.Takes(Make.Text), new(from), new(to), Debug, replace: (store, import) =>
            import is Import.Transcode transcode && transcode.Op == op
                ? Function.FromCallback(
                    store,
                    (_, _, results) =>
                    {
                        for (int i = 0; i < says.Length; i++)
                            results[i] = (int)says[i];
                    },
                    [.. Enumerable.Repeat(ValueKind.Int32, Arity(op))],
                    [.. Enumerable.Repeat(ValueKind.Int32, says.Length)])
                : null);
        var report = TrapReport.Of(rig, () => rig.Pass(Make.String(rig.Lower, text, tagged)));
        Assert.Equal("assertion failure: transcoder stays in its buffer", report.Message);
    }

    [Fact]
    public void A_transcoder_that_leaves_something_unread_is_found_out()
    {
        int calls = 0;
        using var rig = Make.Rig(Make.Takes(Make.Text), new(StringEncoding.Utf16), new(StringEncoding.Utf8), Debug, replace: (store, import) =>
            import is Import.Transcode
                ? Function.FromCallback(
                    store,
                    (_, _, results) => (results[0], results[1]) = calls++ == 0 ? (1, 1) : (2, 3),
                    [.. Enumerable.Repeat(ValueKind.Int32, 4)],
                    [ValueKind.Int32, ValueKind.Int32])
                : null);
        Assert.Equal("assertion failure: transcoder stays in its buffer", TrapReport.Of(rig, () => rig.Pass(Make.String(rig.Lower, "abcd"))).Message);
    }

    [Fact]
    public void Upper_bits_of_a_slot_that_carries_32_bits_are_found()
    {
        var type = new ValType.Variant([new("a", Make.U32), new("b", Make.U64), new("c", Make.F32)]);
        foreach (uint number in new[] { 0u, 2u })
        {
            using (var rig = Make.Rig(Make.Takes(type), options: Debug))
            {
                var report = rig.Traps(number, 0x1_0000_0005);
                string which = number == 0 ? "a" : "c";
                Assert.Equal(("assertion failure: upper bits are unset", $"param \"p0\" · variant case \"{which}\""), (report.Message, report.Path));
            }
            // The specification lets them pass, and so does a release build.
            using (var rig = Make.Rig(Make.Takes(type)))
            {
                rig.CallBits(number, 0x1_0000_0005);
                Assert.Equal([number, 5UL], rig.Received!.Select(value => value.Bits));
            }
        }
    }

    private static int Arity(TranscodeOp op) => op switch
    {
        TranscodeOp.Utf8ToCompactUtf16 or TranscodeOp.Utf16ToCompactUtf16 => 5,
        TranscodeOp.Utf16ToUtf8 or TranscodeOp.Latin1ToUtf8 => 4,
        _ => 3,
    };
}
