using System.Collections.Generic;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Explain;

/// <summary>
/// Plans as text, for people: what functions do, a line each, with the trees of what they copy below. What several places share is written once and named by a number
/// everywhere else, so that text is linear in the number of nodes. Of a long text there is the beginning.
/// </summary>
internal sealed class PlanText(CallPlan plan)
{
    /// <summary>How many lines a text has at most, one more that says so aside.</summary>
    public const int MostLines = 1_000;

    private readonly List<string> lines = [];
    private readonly Dictionary<Copy, int> numbers = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Copy> written = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<Copy.Helper> helpers = [];

    // Whether the function that is being written does itself what helpers for strings do.
    private bool stringsInPlace;
    private long more;

    /// <summary>The plan of an adapter: its functions, then the helpers that they call.</summary>
    public static EquatableArray<string> Of(CallPlan plan)
    {
        var printer = new PlanText(plan);
        foreach (var func in plan.Funcs)
            printer.Number(func);
        foreach (var func in plan.Funcs)
        {
            printer.Line(0, $"{PlanWords.Of(func.Role)} ({PlanWords.Of(func.Type.Params)}) -> ({PlanWords.Of(func.Type.Results)})");
            printer.Acts(func.Acts, 1);
        }
        while (printer.helpers.TryDequeue(out var helper))
        {
            printer.stringsInPlace = AreInPlace(helper.Inline);
            printer.Node(helper.Body, $"helper #{printer.numbers[helper.Body]}: ", 0);
        }
        if (printer.more > 0)
            printer.lines.Add($"… {printer.more} more lines");
        return printer.lines.ToEquatableArray();
    }

    private void Number(FuncPlan func)
    {
        var seen = new HashSet<(Copy, bool)>();
        Walk(func.Acts);

        void Walk(EquatableArray<Act> acts)
        {
            foreach (var act in acts)
            {
                if (act is Act.Move { Copy: { } copy } move)
                    Visit(copy, AreInPlace(move.Inline));
                else if (act is Act.Guard guard)
                    Walk(guard.Acts);
            }
        }

        void Visit(Copy copy, bool inPlace)
        {
            if (!HasParts(copy))
                return;
            if (copy is Copy.Helper { IsString: true } text && inPlace)
            {
                Visit(text.Body, inPlace);
                return;
            }
            if (!seen.Add((copy, inPlace)))
            {
                numbers.TryAdd(copy, numbers.Count + 1);
                return;
            }
            if (copy is Copy.Helper helper)
            {
                numbers.TryAdd(helper.Body, numbers.Count + 1);
                inPlace = AreInPlace(helper.Inline);
            }
            foreach (var part in CopyParts.Of(copy))
                Visit(part, inPlace);
        }
    }

    private static bool AreInPlace(Inlining inline) => (inline & Inlining.Strings) != 0;

    private static bool HasParts(Copy copy) => copy is not (Copy.Scalar or Copy.Flags or Copy.Handle or Copy.Text or Copy.Bytes);

    private void Acts(EquatableArray<Act> acts, int depth)
    {
        foreach (var act in acts)
            Write(act, depth);
    }

    private void Write(Act act, int depth)
    {
        Line(depth, PlanWords.Of(act, plan));
        if (act is Act.Move { Copy: { } copy } move)
        {
            stringsInPlace = AreInPlace(move.Inline);
            Node(copy, "", depth + 1);
        }
        else if (act is Act.Guard guard)
            Acts(guard.Acts, depth + 1);
    }

    private void Node(Copy copy, string label, int depth, string how = "")
    {
        if (copy is Copy.Seq { Kind: SeqKind.Params } all)
        {
            if (!all.Runs.IsEmpty)
                Line(depth, PlanWords.Of(all));
            Parts(copy, depth);
            return;
        }
        if (copy is Copy.Helper helper)
        {
            if (stringsInPlace && helper.IsString)
            {
                Node(helper.Body, label, depth, how + PlanWords.Of(helper.Inline));
                return;
            }
            Line(depth, $"{label}helper #{numbers[helper.Body]}{PlanWords.Of(helper.Inline)}");
            if (written.Add(helper) && written.Add(helper.Body))
                helpers.Enqueue(helper);
            return;
        }
        string number = numbers.TryGetValue(copy, out int known) && depth > 0 ? $" #{known}" : "";
        if (number.Length > 0 && !written.Add(copy))
        {
            Line(depth, $"{label}as{number}");
            return;
        }
        Line(depth, label + PlanWords.Of(copy) + number + how);
        Parts(copy, depth + 1);
    }

    private void Parts(Copy copy, int depth)
    {
        switch (copy)
        {
            case Copy.Seq c:
                for (int i = 0; i < c.Parts.Length; i++)
                    Node(c.Parts[i].Copy, $"{c.Segment(i).Shortened()}: ", depth);
                break;
            case Copy.Cases c:
                int[] cases = new int[c.Arms.Length];
                for (int i = 0; i < c.Count; i++)
                    cases[c.ArmOfCase(i)]++;
                for (int i = 0; i < c.Arms.Length; i++)
                {
                    if (c.Arms[i].Payload is { } payload)
                        Node(payload, $"{c.Segment(i).Shortened()}{(cases[i] > 1 ? $" and {cases[i] - 1} more" : "")}: ", depth);
                }
                break;
            case Copy.Pair c:
                Node(c.Conversion, "", depth);
                break;
            case Copy.Repeat c:
                Node(c.Element, "", depth);
                break;
            case Copy.Blocks c:
                Node(c.Element, "otherwise: ", depth);
                break;
            case Copy.List { Element: not Copy.Bytes } c:
                Node(c.Element, "", depth);
                break;
            case Copy.List or Copy.Scalar or Copy.Flags or Copy.Handle or Copy.Text or Copy.Bytes or Copy.Helper:
                break;
        }
    }

    private void Line(int depth, string line)
    {
        if (lines.Count < MostLines)
            lines.Add(new string(' ', 2 * depth) + Printable.Of(line));
        else
            more++;
    }
}
