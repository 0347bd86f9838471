namespace Fact.Wasi.Errors;

/// <summary>Why an operation on a stream failed. Spec: <c>wasi:io/error.error</c>.</summary>
/// <param name="Message">For people; it says nothing of the host's paths.</param>
/// <param name="Code">What it was, where the stream is one of a file.</param>
internal sealed record IoError(string Message, FileError? Code = null)
{
    /// <summary>The error of a file.</summary>
    public static IoError Of(FileError code) => new(WitEnum<FileError>.Label(code), code);
}

/// <summary>Why a stream gave or took nothing. Spec: <c>wasi:io/streams.stream-error</c>.</summary>
internal closed record StreamFault
{
    private StreamFault()
    {
    }

    /// <summary>Spec: <c>last-operation-failed</c>.</summary>
    public sealed record Failed(IoError Error) : StreamFault;

    /// <summary>Spec: <c>closed</c>.</summary>
    public sealed record Closed : StreamFault
    {
        public static Closed Instance { get; } = new();
    }
}
