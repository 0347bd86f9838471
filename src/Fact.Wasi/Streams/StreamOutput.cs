using System;
using System.IO;
using Fact.Wasi.Errors;

namespace Fact.Wasi.Streams;

/// <summary>A stream of .NET that goes out.</summary>
internal sealed class StreamOutput(Stream stream) : ByteOutput
{
    /// <inheritdoc/>
    protected override StreamFault? TryWrite(ReadOnlySpan<byte> bytes)
    {
        try
        {
            stream.Write(bytes);
            return null;
        }
        catch (Exception e)
        {
            return new StreamFault.Failed(OsErrors.Of(e));
        }
    }

    /// <inheritdoc/>
    protected override StreamFault? TryFlush()
    {
        try
        {
            stream.Flush();
            return null;
        }
        catch (Exception e)
        {
            return new StreamFault.Failed(OsErrors.Of(e));
        }
    }
}
