namespace Fact.Host.Transcode;

/// <summary>What a transcoder did.</summary>
/// <param name="Status">Whether it did what was asked.</param>
/// <param name="Read">Source code units read, where the transcoder may stop early.</param>
/// <param name="Written">Destination code units written: bytes for UTF-8 and Latin-1, pairs of bytes for UTF-16.</param>
/// <param name="IsUtf16">Whether a <c>latin1+utf16</c> destination holds UTF-16, so that its length must be tagged.</param>
internal readonly record struct Transcoded(TranscodeStatus Status, int Read, int Written, bool IsUtf16 = false)
{
    internal static Transcoded Invalid => new(TranscodeStatus.Invalid, 0, 0);

    internal static Transcoded TooSmall => new(TranscodeStatus.DestinationTooSmall, 0, 0);

    internal static Transcoded Done(int read, int written, bool isUtf16 = false) => new(TranscodeStatus.Done, read, written, isUtf16);
}

/// <summary>How a transcoder ended.</summary>
internal enum TranscodeStatus
{
    /// <summary>As it should.</summary>
    Done,

    /// <summary>The source is not valid in its encoding: the caller must trap.</summary>
    Invalid,

    /// <summary>The destination is smaller than the operation promises to have: the caller must trap.</summary>
    DestinationTooSmall,
}
