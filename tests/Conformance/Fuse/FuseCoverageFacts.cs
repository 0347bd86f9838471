using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Ir;
using Fact.Properties;
using Wasmtime;
using Xunit;
using Xunit.Abstractions;

namespace Fact.Conformance.Fuse;

/// <summary>Every component of the corpus whose calls are synchronous becomes a valid core module; of the others it is said what in them cannot.</summary>
public sealed class FuseCoverageFacts(ITestOutputHelper output)
{
    private static readonly string[] Refusals =
    [
        "with the option async", "the built-in ", "the component passes streams", "the component passes futures", "the component passes error contexts",
        "the export is a core module", "has the option gc", "a core module that it imports",
    ];

    [CorpusFact]
    public void Components_are_fused_to_valid_modules_or_it_is_said_why_not()
    {
        using var engine = new Engine(new Config()
            .WithGc(true).WithFunctionReferences(true).WithExceptions(true).WithTailCalls(true).WithMemory64(true).WithMultiMemory(true).WithWideArithmetic(true));
        int fused = 0, refused = 0, leftOut = 0;
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var (name, bytes) in Fact.Properties.Corpus.Components)
        {
            if (!ComponentCompiler.TryLink(bytes, out var plan, out _))
                continue;
            if (Fuser.TryFuse(plan, new FuseOptions(Names: true), out var made, out var errors))
            {
                fused++;
                if (Module.Validate(engine, made.Bytes.AsSpan()) is { } invalid)
                    wrong.Add($"{name}: {invalid}");
                if (made.Adapters.All != plan.Adapters.Length)
                    wrong.Add($"{name}: {plan.Adapters.Length} adapters became {made.Adapters}");
                leftOut += made.Adapters.LeftOut;
                if (!Fuser.TryFuse(plan, new FuseOptions(Names: true) { FoldMemories = true }, out var folded, out var unfolded))
                    wrong.AddRange(from error in unfolded where !error.Message.Contains("cannot be folded", StringComparison.Ordinal) select $"{name}: {error}");
                else if (Module.Validate(FoldedModules.Engine, folded.Bytes.AsSpan()) is { } badlyFolded)
                    wrong.Add($"{name}, one memory: {badlyFolded}");
                continue;
            }
            refused++;
            string reason = Refusals.FirstOrDefault(text => errors[0].Message.Contains(text, StringComparison.Ordinal)) ?? errors[0].Message;
            reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            if (errors[0].Code != DiagnosticCode.Unsupported || !Refusals.Contains(reason))
                wrong.Add($"{name}: {errors[0]}");
        }
        output.WriteLine($"{fused} fused, {refused} refused");
        foreach (var (reason, count) in reasons)
            output.WriteLine($"{count,6} {reason}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)));
        Assert.True(leftOut > 0);
        Assert.True(fused > 3 * refused / 2, $"only {fused} of {fused + refused} components");
    }
}
