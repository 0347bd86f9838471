using System;
using Fact.Component;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties;
using Xunit;

namespace Fact.Conformance.Corpus;

/// <summary>
/// Damaged components give errors, or compile; and are fused, or it is said why not; they never throw, hang or overflow the stack. Some places of each file are tried,
/// and all of them where <c>FACT_FUZZ_CASES</c> is set.
/// </summary>
public sealed class DamageLaws
{
    private static readonly int Stride = Fuzz.Cases is null ? 61 : 1;

    [SeededCorpusFact]
    public void Truncated_components_are_rejected_or_compile()
    {
        int start = Fuzz.Seed & 0xFF;
        foreach (var (name, bytes) in Properties.Corpus.Components)
        {
            for (int length = start++ % Stride; length < bytes.Length; length += Stride)
                Try(bytes.AsMemory(0, length), $"{name} cut to {length} bytes");
        }
    }

    [SeededCorpusFact]
    public void Components_with_a_changed_byte_are_rejected_or_compile()
    {
        int start = Fuzz.Seed & 0xFF;
        var random = Fuzz.Random();
        foreach (var (name, bytes) in Properties.Corpus.Components)
        {
            for (int at = start++ % Stride; at < bytes.Length; at += Stride)
            {
                byte original = bytes[at];
                byte[] values = [(byte)(original ^ 1), (byte)(original + 1), (byte)(original ^ 0x80), (byte)random.Next(256)];
                foreach (byte value in values)
                {
                    bytes[at] = value;
                    Try(bytes, $"{name} with 0x{value:x2} at {at}");
                }
                bytes[at] = original;
            }
        }
    }

    private static void Try(ReadOnlyMemory<byte> bytes, string what)
    {
        try
        {
            ComponentCompiler.Compile(bytes, CompileOptions.Default).MapLeft(Explained)
                .IfRight(compiled => Fuser.Fuse(compiled.Plan, FuseOptions.Default).MapLeft(Explained));
        }
        catch (Exception error)
        {
            throw new InvalidOperationException(what, error);
        }
    }

    private static EquatableArray<Diagnostic> Explained(EquatableArray<Diagnostic> errors)
    {
        Assert.All(errors, error => Assert.NotEmpty(error.Message));
        return errors;
    }
}
