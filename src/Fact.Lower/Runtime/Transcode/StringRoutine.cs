using Fact.Ir;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>
/// The functions that convert strings in a module. Those of the transcoding intrinsics have their types and numbers; where an intrinsic does one thing in the first
/// step of a conversion and another in the second, there is one more function.
/// </summary>
internal enum StringRoutine : byte
{
    /// <summary>Checks and copies.</summary>
    Utf8ToUtf8 = TranscodeOp.Utf8ToUtf8,

    /// <summary>Checks and copies.</summary>
    Utf16ToUtf16 = TranscodeOp.Utf16ToUtf16,

    /// <summary>Copies.</summary>
    Latin1ToLatin1 = TranscodeOp.Latin1ToLatin1,

    /// <summary>Widens.</summary>
    Latin1ToUtf16 = TranscodeOp.Latin1ToUtf16,

    /// <summary>Converts all of it: the step of <c>latin1-to-utf8</c> with room for the worst case.</summary>
    Latin1ToUtf8 = TranscodeOp.Latin1ToUtf8,

    /// <summary>Copies, and leaves what is all Latin-1 as that.</summary>
    Utf16ToCompactProbablyUtf16 = TranscodeOp.Utf16ToCompactProbablyUtf16,

    /// <summary>Makes Latin-1 that is there UTF-16, and appends.</summary>
    Utf16ToCompactUtf16 = TranscodeOp.Utf16ToCompactUtf16,

    /// <summary>Narrows what is Latin-1, up to what is not.</summary>
    Utf16ToLatin1 = TranscodeOp.Utf16ToLatin1,

    /// <summary>Converts all of it: the step of <c>utf16-to-utf8</c> with room for the worst case.</summary>
    Utf16ToUtf8 = TranscodeOp.Utf16ToUtf8,

    /// <summary>Makes Latin-1 that is there UTF-16, and appends.</summary>
    Utf8ToCompactUtf16 = TranscodeOp.Utf8ToCompactUtf16,

    /// <summary>Converts what is Latin-1, up to what is not.</summary>
    Utf8ToLatin1 = TranscodeOp.Utf8ToLatin1,

    /// <summary>Converts all of it.</summary>
    Utf8ToUtf16 = TranscodeOp.Utf8ToUtf16,

    /// <summary>Copies what is ASCII, up to what is not: the step of <c>latin1-to-utf8</c> with a byte of room for each code unit.</summary>
    AsciiOfLatin1,

    /// <summary>Narrows what is ASCII, up to what is not: the step of <c>utf16-to-utf8</c> with a byte of room for each code unit.</summary>
    AsciiOfUtf16,

    /// <summary>Widens Latin-1 in place: <c>(address, length) -> ()</c>.</summary>
    InflateLatin1,
}
