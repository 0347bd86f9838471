using System.Diagnostics;
using Fact.Ir;
using Fact.Lower.Code;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>Gives a call of a routine with the same destination, and the same source or the destination as its source.</summary>
internal delegate FuncCall RoutineCall(StringRoutine routine, bool inDestination);

/// <summary>Writes routines: one for each, and for each pair of memories that it is needed with.</summary>
internal static class StringRoutines
{
    private static readonly string[] Parameters = ["src", "len", "dst", "room", "latin1"];

    /// <summary>Writes a routine.</summary>
    /// <param name="b">What it is written with.</param>
    /// <param name="id">Its id.</param>
    /// <param name="routine">Which one.</param>
    /// <param name="from">The memory of the source.</param>
    /// <param name="to">The memory of the destination.</param>
    /// <param name="simd">Whether it may have vectors.</param>
    /// <param name="call">Calls another routine.</param>
    public static SymbolicFunc Write(FuncBuilder b, FuncId id, StringRoutine routine, Import.Memory from, Import.Memory to, bool simd, RoutineCall call)
    {
        var type = TypeOf(routine, from, to);
        b.Start(type.Params.AsSpan(), Parameters);
        var c = new RoutineCode(b, from, to, simd);
        switch (routine)
        {
            case StringRoutine.Utf8ToUtf8:
                StringCopies.Utf8(c);
                break;
            case StringRoutine.Utf16ToUtf16:
                StringCopies.Utf16(c);
                break;
            case StringRoutine.Latin1ToLatin1:
                StringCopies.Latin1(c);
                break;
            case StringRoutine.AsciiOfLatin1:
                StringCopies.AsciiOfLatin1(c);
                break;
            case StringRoutine.Latin1ToUtf16:
                Widening.Latin1(c);
                break;
            case StringRoutine.InflateLatin1:
                Widening.InPlace(c);
                break;
            case StringRoutine.Utf8ToUtf16:
                Widening.Utf8(c);
                break;
            case StringRoutine.AsciiOfUtf16:
                Narrowing.Utf16(c, Unfit.NotAscii, 0x80);
                break;
            case StringRoutine.Utf16ToLatin1:
                Narrowing.Utf16(c, Unfit.NotLatin1, 0x100);
                break;
            case StringRoutine.Utf8ToLatin1:
                Narrowing.Utf8(c);
                break;
            case StringRoutine.Utf16ToUtf8:
                Utf8Encoding.Utf16(c);
                break;
            case StringRoutine.Latin1ToUtf8:
                Utf8Encoding.Latin1(c);
                break;
            case StringRoutine.Utf8ToCompactUtf16:
                Compacting.Utf8(c, call);
                break;
            case StringRoutine.Utf16ToCompactUtf16:
                Compacting.Utf16(c, call);
                break;
            case StringRoutine.Utf16ToCompactProbablyUtf16:
                Compacting.ProbablyUtf16(c, call);
                break;
            default:
                throw new UnreachableException();
        }
        return b.Finish(id, FuncRole.Helper, NameOf(routine), type);
    }

    /// <summary>The routine that does what a transcoder does; for one that stops at what is not ASCII while it has little room, which of its two steps.</summary>
    public static StringRoutine Of(TranscodeOp op, bool onlyAscii) => (op, onlyAscii) switch
    {
        (TranscodeOp.Latin1ToUtf8, true) => StringRoutine.AsciiOfLatin1,
        (TranscodeOp.Utf16ToUtf8, true) => StringRoutine.AsciiOfUtf16,
        _ => (StringRoutine)op,
    };

    private static CoreFuncType TypeOf(StringRoutine routine, Import.Memory from, Import.Memory to)
    {
        CoreValType source = from.Type.IndexType, target = to.Type.IndexType;
        return routine switch
        {
            StringRoutine.InflateLatin1 => new([target, target], []),
            StringRoutine.AsciiOfLatin1 => TranscodeOp.Latin1ToUtf8.Type(source, target),
            StringRoutine.AsciiOfUtf16 => TranscodeOp.Utf16ToUtf8.Type(source, target),
            _ => ((TranscodeOp)routine).Type(source, target),
        };
    }

    private static string NameOf(StringRoutine routine) => routine switch
    {
        StringRoutine.Utf8ToUtf8 => "utf8-to-utf8",
        StringRoutine.Utf16ToUtf16 => "utf16-to-utf16",
        StringRoutine.Latin1ToLatin1 => "latin1-to-latin1",
        StringRoutine.Latin1ToUtf16 => "latin1-to-utf16",
        StringRoutine.AsciiOfLatin1 => "ascii-of-latin1",
        StringRoutine.Latin1ToUtf8 => "latin1-to-utf8",
        StringRoutine.Utf16ToCompactProbablyUtf16 => "utf16-to-compact-probably-utf16",
        StringRoutine.Utf16ToCompactUtf16 => "utf16-to-compact-utf16",
        StringRoutine.Utf16ToLatin1 => "utf16-to-latin1",
        StringRoutine.AsciiOfUtf16 => "ascii-of-utf16",
        StringRoutine.Utf16ToUtf8 => "utf16-to-utf8",
        StringRoutine.Utf8ToCompactUtf16 => "utf8-to-compact-utf16",
        StringRoutine.Utf8ToLatin1 => "utf8-to-latin1",
        StringRoutine.Utf8ToUtf16 => "utf8-to-utf16",
        StringRoutine.InflateLatin1 => "inflate-latin1",
        _ => throw new UnreachableException(),
    };
}
