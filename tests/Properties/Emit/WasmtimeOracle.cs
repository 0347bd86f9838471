using System;
using System.Collections.Generic;
using Wasmtime;

namespace Fact.Properties.Emit;

/// <summary>What an engine says of modules.</summary>
internal static class WasmtimeOracle
{
    private static readonly Engine Engine = new(new Config()
        .WithMultiMemory(true)
        .WithMemory64(true)
        .WithBulkMemory(true)
        .WithReferenceTypes(true)
        .WithMultiValue(true)
        .WithSIMD(true)
        .WithRelaxedSIMD(true, false)
        .WithWideArithmetic(true)
        .WithExceptions(true));

    /// <summary>Why a module is not valid; null if it is.</summary>
    public static string? Fault(ReadOnlySpan<byte> module) => Module.Validate(Engine, module);

    /// <summary>The binary of a module in the text format, without custom sections.</summary>
    public static byte[] FromText(string text) => WithoutCustomSections(Module.ConvertText(text));

    private static byte[] WithoutCustomSections(ReadOnlySpan<byte> module)
    {
        List<byte> kept = [.. module[..8]];
        for (int at = 8; at < module.Length;)
        {
            int start = at;
            byte id = module[at++];
            int size = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte next = module[at++];
                size |= (next & 0x7F) << shift;
                if ((next & 0x80) == 0)
                    break;
            }
            at += size;
            if (id != 0)
                kept.AddRange(module[start..at]);
        }
        return [.. kept];
    }
}
