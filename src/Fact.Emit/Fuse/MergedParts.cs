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
    /// <param name="copy">What has copied its code.</param>
    /// <param name="isInlined">Whether the code of one of its functions stands in place of a call.</param>
    public static MergedPart Of(FusePart part, PartNumbers numbers, CodeCopy copy, Func<int, bool> isInlined)
    {
        var module = part.Module;
        var functions = Fates(numbers, module.Funcs.Length, isInlined);
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
        return new MergedPart(part.Name, defined, kept, functions.ToEquatableArray(), copy.DirectCalls, copy.InlinedCalls, copy.NestedCalls);
    }

    private static FunctionFate[] Fates(PartNumbers numbers, int count, Func<int, bool> isInlined)
    {
        var fates = new FunctionFate[count];
        int imports = numbers.Calls.Length - count;
        for (int i = 0; i < count; i++)
        {
            fates[i] = numbers.Of(CoreExternKind.Func)[imports + i] != PartNumbers.None ? FunctionFate.Kept
                : numbers.Calls[imports + i] != PartNumbers.None ? FunctionFate.Passed
                : isInlined(i) ? FunctionFate.Inlined
                : FunctionFate.Unreached;
        }
        return fates;
    }

    private static int Kept(ReadOnlySpan<uint> numbers) => numbers.Length - numbers.Count(PartNumbers.None);
}
