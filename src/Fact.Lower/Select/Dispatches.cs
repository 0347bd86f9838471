using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Chooses the arm of a variant by its discriminant, which was checked to be a case.</summary>
internal static class Dispatches
{
    /// <summary>So many arms are nested blocks of one <c>br_table</c>; more are split in halves first, so that nesting stays shallow.</summary>
    private const int MaxArms = 64;

    public static void Write(in ArmWriter writer)
    {
        switch (writer.Copy.Dispatch)
        {
            case Dispatch.Always:
                writer.Write(0);
                break;
            case Dispatch.If:
                Two(writer);
                break;
            case Dispatch.InRange:
                var (arm, first, last) = writer.OneRange()!.Value;
                InRange(writer, arm, first, last);
                break;
            case Dispatch.Table:
                int arms = writer.Copy.Arms.Length;
                Cases(writer, 0, writer.Copy.Count - 1, Numbers(arms <= MaxArms ? stackalloc int[arms] : new int[arms]));
                break;
        }
    }

    private static Span<int> Numbers(Span<int> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = i;
        return numbers;
    }

    /// <summary><code>(if case (then arm 1) (else arm 0))</code></summary>
    private static void Two(in ArmWriter writer)
    {
        var b = writer.Code;
        b.Get(writer.Discriminant);
        if (writer.IsEmpty(1))
        {
            b.Op(PlainOp.I32Eqz);
            b.If(writer.Type);
            writer.Write(0);
            b.End();
            return;
        }
        b.If(writer.Type);
        writer.Write(1);
        if (!writer.IsEmpty(0))
        {
            b.Else();
            writer.Write(0);
        }
        b.End();
    }

    /// <summary><code>(if (case - first &lt;= last - first) (then arm))</code></summary>
    private static void InRange(in ArmWriter writer, int arm, int first, int last)
    {
        var b = writer.Code;
        b.Get(writer.Discriminant);
        b.I32(first);
        if (first == last)
        {
            b.Op(PlainOp.I32Eq);
        }
        else
        {
            b.Op(PlainOp.I32Sub);
            b.I32(last - first);
            b.Op(PlainOp.I32LeU);
        }
        b.If(writer.Type);
        writer.Write(arm);
        b.End();
    }

    private static void Cases(in ArmWriter writer, int first, int last, ReadOnlySpan<int> used)
    {
        if (used.Length == 1)
        {
            writer.Write(used[0]);
        }
        else if (used.Length <= MaxArms && last - first <= EngineLimits.Common.BranchTargets)
        {
            Table(writer, first, last, used);
        }
        else
        {
            var b = writer.Code;
            int middle = first + ((last - first) / 2);
            b.Get(writer.Discriminant);
            b.I32(middle);
            b.Op(PlainOp.I32GtU);
            b.If(writer.Type);
            Cases(writer, middle + 1, last, Used(writer.Copy.ArmOf, middle + 1, last));
            b.Else();
            Cases(writer, first, middle, Used(writer.Copy.ArmOf, first, middle));
            b.End();
        }
    }

    /// <summary>The arms of a range of cases, in the order of their first cases.</summary>
    private static int[] Used(EquatableArray<int> armOf, int first, int last)
    {
        var used = new SortedSet<int>();
        for (int i = first; i <= last; i++)
            used.Add(armOf[i]);
        return [.. used];
    }

    /// <summary><code>(block $end … (block $arm1 (block $arm0 (br_table …) ) arm 0 (br $end)) arm 1 (br $end)) … last arm)</code></summary>
    private static void Table(in ArmWriter writer, int first, int last, ReadOnlySpan<int> used)
    {
        var b = writer.Code;
        var end = b.Block(writer.Type);
        Span<LabelId> labelOf = stackalloc LabelId[MaxArms];
        for (int i = used.Length - 1; i >= 0; i--)
            labelOf[i] = writer.IsEmpty(used[i]) ? end : b.Block(CoreFuncType.Empty);
        int cases = last - first + 1;
        Span<LabelId> labels = cases <= MaxArms ? stackalloc LabelId[MaxArms] : new LabelId[cases];
        labels = labels[..cases];
        for (int i = first; i <= last; i++)
            labels[i - first] = labelOf[used.IndexOf(writer.Copy.ArmOf[i])];
        b.Get(writer.Discriminant);
        if (first != 0)
        {
            b.I32(first);
            b.Op(PlainOp.I32Sub);
        }
        b.Charge(labels.Length);
        b.BrTable(labels);
        int remaining = 0;
        foreach (int arm in used)
            remaining += writer.IsEmpty(arm) ? 0 : 1;
        foreach (int arm in used)
        {
            if (writer.IsEmpty(arm))
                continue;
            b.End();
            writer.Write(arm);
            if (--remaining > 0)
                b.Br(end);
        }
        b.End();
    }
}
