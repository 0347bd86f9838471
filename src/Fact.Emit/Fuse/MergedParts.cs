using System;
using System.Linq;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Counts what became of parts.</summary>
internal static class MergedParts
{
    /// <summary>What became of one.</summary>
    /// <param name="part">The part.</param>
    /// <param name="numbers">What its numbers are in the merged module.</param>
    /// <param name="directCalls">How many calls in its code go elsewhere than they did.</param>
    public static MergedPart Of(FusePart part, PartNumbers numbers, int directCalls)
    {
        var module = part.Module;
        var functions = Fates(numbers, module.Funcs.Length);
        var defined = new PartCounts(
            module.Funcs.Length,
            module.Tables.Length,
            module.Memories.Length,
            module.Globals.Length,
            module.Elements.Length + module.Data.Length,
            module.Bodies.Items.Sum(body => (long)body.Length));
        var kept = new PartCounts(
            functions.Count(fate => fate == FunctionFate.Kept),
            Kept(numbers.Defined(CoreExternKind.Table, module.Tables.Length)),
            Kept(numbers.Defined(CoreExternKind.Memory, module.Memories.Length)),
            Kept(numbers.Defined(CoreExternKind.Global, module.Globals.Length)),
            Kept(numbers.Elements) + Kept(numbers.Data),
            module.Bodies.Items.Where((_, i) => functions[i] == FunctionFate.Kept).Sum(body => (long)body.Length));
        return new MergedPart(part.Name, defined, kept, functions.ToEquatableArray(), directCalls);
    }

    private static FunctionFate[] Fates(PartNumbers numbers, int count)
    {
        var fates = new FunctionFate[count];
        int imports = numbers.Calls.Length - count;
        for (int i = 0; i < count; i++)
        {
            fates[i] = numbers.Of(CoreExternKind.Func)[imports + i] != PartNumbers.None ? FunctionFate.Kept
                : numbers.Calls[imports + i] != PartNumbers.None ? FunctionFate.Passed
                : FunctionFate.Unreached;
        }
        return fates;
    }

    private static int Kept(ReadOnlySpan<uint> numbers) => numbers.Length - numbers.Count(PartNumbers.None);
}
