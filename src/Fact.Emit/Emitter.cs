using System.Collections.Immutable;
using Fact.Ir;
using LanguageExt;

namespace Fact.Emit;

/// <summary>An adapter program becomes an adapter module.</summary>
internal static class Emitter
{
    /// <summary>Runs all passes: equal helpers become one, ids become indices, instructions become bytes.</summary>
    /// <returns>The module; or what it has too much of for engines.</returns>
    public static Either<ExceededLimit, EmittedModule> Emit(AdapterProgram program, EmitOptions options)
    {
        var canonical = options.MergeHelpers ? Canonicalize.Run(program) : program;
        var module = Resolve.Run(canonical, options.ShareSlots);
        var sizes = new SectionSizes(module, options.Encode);
        if (LimitCheck.Of(module, canonical, sizes, options.Limits) is { } exceeded)
            return exceeded;
        return new EmittedModule(Encode.Run(module, sizes), module);
    }
}

/// <summary>How to emit a module.</summary>
/// <param name="Encode">Which custom sections the module gets.</param>
/// <param name="MergeHelpers">Whether structurally equal helpers become one.</param>
/// <param name="ShareSlots">Whether locals that are not in use at the same time become one.</param>
internal sealed record EmitOptions(EncodeOptions Encode, bool MergeHelpers = true, bool ShareSlots = true)
{
    /// <summary>What engines take: nothing that comes out exceeds it.</summary>
    public EngineLimits Limits { get; init; } = EngineLimits.Common;

    /// <summary>Helpers are merged; no custom sections.</summary>
    public static EmitOptions Default { get; } = new(new EncodeOptions());
}

/// <summary>An adapter module in its two last forms.</summary>
/// <param name="Bytes">The binary.</param>
/// <param name="Module">What was encoded: its <see cref="ResolvedModule.Imports"/> say in order what each import denotes.</param>
internal sealed record EmittedModule(ImmutableArray<byte> Bytes, ResolvedModule Module);
