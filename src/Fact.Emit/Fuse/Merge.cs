using System.Collections.Generic;
using System.Collections.Immutable;
using Fact.Ir;
using LanguageExt;

namespace Fact.Emit;

/// <summary>
/// Instances of core modules become one core module. Numbers first: types, where equal recursion groups are one, then all other index spaces. Then the sections:
/// what is data is written anew, code is copied with its numbers changed. The code comes before the sections that stand before it, because it says which functions need
/// to be declared.
/// </summary>
internal static class Merge
{
    /// <summary>Merges.</summary>
    /// <param name="program">What is merged.</param>
    /// <param name="names">Whether there is a name section.</param>
    /// <returns>The module; or what is wrong with one of the parts, or what there would be too much of.</returns>
    public static Either<Diagnostic, MergedModule> Run(FuseProgram program, bool names = false)
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
        return new Merger(program, types, MergeNumbers.Of(program, typeNumbers)).Run(names);
    }

    /// <summary>What errors call a part.</summary>
    public static string Where(FusePart part) => part.Name.Length == 0 ? "" : $"core instance \"{part.Name}\"";
}

/// <summary>A merged module.</summary>
/// <param name="Bytes">The module.</param>
/// <param name="Dropped">The names of custom sections that are not in it: what they say of places in code, for example, is true no more.</param>
/// <param name="Parts">What became of the parts, in their order.</param>
internal sealed record MergedModule(ImmutableArray<byte> Bytes, EquatableArray<string> Dropped, EquatableArray<MergedPart> Parts);

/// <summary>What became of a part.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Defined">What it defines.</param>
/// <param name="Kept">What of that is in the merged module.</param>
internal sealed record MergedPart(string Name, PartCounts Defined, PartCounts Kept);

/// <summary>How much of everything there is.</summary>
internal readonly record struct PartCounts(int Functions, int Tables, int Memories, int Globals, int Segments, long CodeBytes);
