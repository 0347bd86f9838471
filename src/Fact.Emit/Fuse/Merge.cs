using System.Collections.Generic;
using System.Collections.Immutable;
using Fact.Ir;
using LanguageExt;

namespace Fact.Emit;

/// <summary>
/// Instances of core modules become one core module. Numbers first: types, where equal recursion groups are one, then all other index spaces. Then what is reached of
/// all that, which is numbered again. Then the sections: what is data is written anew, code is copied with its numbers changed. The code comes before the sections that
/// stand before it, because it says which functions need to be declared.
/// </summary>
internal static class Merge
{
    /// <summary>Merges.</summary>
    /// <param name="program">What is merged.</param>
    /// <param name="options">How.</param>
    /// <returns>The module; or what is wrong with one of the parts, or what there would be too much of.</returns>
    public static Either<Diagnostic, MergedModule> Run(FuseProgram program, MergeOptions options)
    {
        if (MergeLimits.Of(program, EngineLimits.Common) is { } exceeded)
            return new Diagnostic(DiagnosticCode.EngineLimit, exceeded.ToString());
        var types = new TypeMerge();
        var typeNumbers = new List<uint[]>();
        foreach (var part in program.Parts)
        {
            typeNumbers.Add(types.Add(part.Module.Types, out string? problem));
            if (problem is not null)
                return new Diagnostic(DiagnosticCode.NotDefined, problem, Where(part), part.Module.Offset);
        }
        var all = MergeNumbers.Of(program, typeNumbers);
        var code = Code(program);
        var reached = Reach.Of(program, all, code, types.Count, options);
        var numbers = all.Keep(program, reached, types.Keep(reached.Types));
        Diagnostic? unfolded = null;
        var fold = options.FoldMemories ? MemoryFold.Of(program, numbers, out unfolded) : null;
        return unfolded is not null
            ? unfolded
            : new Merger(program, types, numbers, code, reached.Inlined, fold).Run(options.Names);
    }

    // Instances of one module have the same code.
    private static CodeNotes[] Code(FuseProgram program)
    {
        var known = new Dictionary<CoreModuleParts, CodeNotes>(ReferenceEqualityComparer.Instance);
        var code = new CodeNotes[program.Parts.Length];
        for (int part = 0; part < code.Length; part++)
        {
            var module = program.Parts[part].Module;
            if (!known.TryGetValue(module, out var notes))
                known.Add(module, notes = new CodeNotes(module));
            code[part] = notes;
        }
        return code;
    }

    /// <summary>What errors call a part.</summary>
    public static string Where(FusePart part) => part.Name.Length == 0 ? "" : $"core instance \"{part.Name}\"";
}

/// <summary>How parts are merged.</summary>
/// <param name="Names">Whether there is a name section.</param>
/// <param name="KeepAll">Whether what nothing reaches is kept. Pass <c>drop-unreached</c>.</param>
/// <param name="DirectCalls">Whether calls go to where they end: past functions that only call another, and through tables that nothing changes.
/// Pass <c>direct-calls</c>.</param>
/// <param name="InlineCalls">Whether calls from one part to another become the code of what they call, where that is short. Pass <c>inline-calls</c>.</param>
internal sealed record MergeOptions(bool Names = false, bool KeepAll = false, bool DirectCalls = true, bool InlineCalls = true)
{
    /// <summary>The part of whose functions no more than what is reached is kept even where all is; null for none.</summary>
    public int? Trimmed { get; init; }

    /// <summary>Whether all memories become one. Pass <c>fold-memories</c>.</summary>
    public bool FoldMemories { get; init; }
}

/// <summary>A merged module.</summary>
/// <param name="Bytes">The module.</param>
/// <param name="Dropped">The names of custom sections that are not in it: what they say of places in code, for example, is true no more.</param>
/// <param name="Imports">Which of the imports are in it.</param>
/// <param name="Parts">What became of the parts, in their order.</param>
internal sealed record MergedModule(ImmutableArray<byte> Bytes, EquatableArray<string> Dropped, EquatableArray<bool> Imports, EquatableArray<MergedPart> Parts)
{
    /// <summary>How many memories lie in one; 0 where each is itself.</summary>
    public int FoldedMemories { get; init; }
}

/// <summary>What became of a part.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Defined">What it defines.</param>
/// <param name="Kept">What of that is in the merged module.</param>
/// <param name="Functions">What became of its functions.</param>
/// <param name="DirectCalls">How many calls in its code go elsewhere than they did.</param>
/// <param name="InlinedCalls">How many calls in its code became the code of what they called.</param>
/// <param name="NestedCalls">How many calls became code in code of it that stands in place of calls.</param>
internal sealed record MergedPart(
    string Name, PartCounts Defined, PartCounts Kept, EquatableArray<FunctionFate> Functions, int DirectCalls, int InlinedCalls, int NestedCalls);

/// <summary>What became of a function.</summary>
internal enum FunctionFate : byte
{
    /// <summary>It is in the merged module.</summary>
    Kept,

    /// <summary>It only called another one, and those that called it call that.</summary>
    Passed,

    /// <summary>All that called it have its code instead.</summary>
    Inlined,

    /// <summary>Nothing reaches it.</summary>
    Unreached,
}

/// <summary>How much of everything there is.</summary>
internal readonly record struct PartCounts(int Functions, int Tables, int Memories, int Globals, int Segments, long CodeBytes);
