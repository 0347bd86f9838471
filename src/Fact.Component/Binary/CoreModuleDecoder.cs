using System;
using Fact.Ir;
using LanguageExt;

namespace Fact.Component.Binary;

/// <summary>Takes core modules apart.</summary>
internal static class CoreModuleDecoder
{
    /// <summary>Takes a core module apart.</summary>
    /// <param name="bytes">The binary.</param>
    /// <param name="offset">What to add to positions in error offsets: where the module begins in a larger input.</param>
    /// <returns>Its parts; or the first mistake with its byte offset. What is in function bodies is not looked into, nor whether what is in the module fits
    /// together.</returns>
    public static Either<Diagnostic, CoreModuleParts> Decode(ReadOnlyMemory<byte> bytes, long offset = 0)
    {
        var reader = new ByteReader(bytes, offset);
        var parts = CoreModuleReader.Parts(ref reader, bytes, offset);
        return reader.Failed ? reader.Error : parts;
    }
}
