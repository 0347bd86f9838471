using System.Collections.Generic;
using System.Text;

namespace Fact.Conformance.Differential;

/// <summary>What is said of a case that shows a difference.</summary>
internal static class FailureText
{
    /// <summary>How to see it again, and what it is when it was made as small as possible.</summary>
    public static string Of(Judge judge, Scenario found, int pairNumber)
    {
        var text = new StringBuilder();
        text.AppendLine($"FACT_FUZZ_SEED={FuzzSettings.Seed} FACT_FUZZ_PAIR={pairNumber} shows a difference in a call of {found.Func.Type}");
        var small = Shrinker.Shrink(found, s => judge.Differences(s) is { Count: > 0 });
        var differences = judge.Differences(small);
        if (differences is not { Count: > 0 })
        {
            small = found;
            differences = judge.Differences(found) ?? [];
            text.AppendLine("It does not show in a component of its own.");
        }
        Append(text, small, differences);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Scenario scenario, IReadOnlyList<string> differences)
    {
        var (func, @case) = (scenario.Func, scenario.Case);
        text.AppendLine("Differences:");
        foreach (string difference in differences)
            text.AppendLine("  " + difference);
        text.AppendLine($"Function: {func.Type}");
        text.AppendLine($"Caller: {func.Lower}, {scenario.Pair.Caller}; callee: {func.Lift}, {scenario.Pair.Callee}; post-return: {func.PostReturn}");
        text.AppendLine($"Arguments: {@case.Args}");
        text.AppendLine($"Result: {@case.Result?.ToString() ?? "none"}");
        text.AppendLine($"Places of arguments, result, return area: {@case.ArgsAt}, {@case.ResultAt}, {@case.ReturnAt}");
        text.AppendLine($"realloc of the caller: {@case.CallerReallocs}");
        text.AppendLine($"realloc of the callee: {@case.CalleeReallocs}");
        text.AppendLine($"Calls: {@case.Calls}; garbage: 0x{@case.Garbage:x}");
        text.AppendLine("Component:");
        text.AppendLine(PairText.Component(scenario.Pair));
    }
}
