using System;
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
        text.AppendLine($"{Again(pairNumber)}\nshows a difference in a call of (func {new TypeText().Of(found.Func.Type)})");
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

    /// <summary>The same for a pair that cannot be run at all.</summary>
    public static string Of(Exception reason, Pair pair, int pairNumber) =>
        $"{Again(pairNumber)}\ncannot run: {reason}\nComponent:\n{PairText.Component(pair)}";

    private static string Again(int pairNumber) =>
        $"FACT_FUZZ_SEED={FuzzSettings.Seed} FACT_FUZZ_PAIR={pairNumber} dotnet test tests/Conformance -c Release --filter DifferentialTests";

    private static void Append(StringBuilder text, Scenario scenario, IReadOnlyList<string> differences)
    {
        var (func, @case) = (scenario.Func, scenario.Case);
        text.AppendLine("Differences:");
        foreach (string difference in differences)
            text.AppendLine("  " + difference);
        foreach (var earlier in @case.Before)
        {
            text.AppendLine($"Before, on the same instances: function {earlier.Func}");
            Append(text, scenario.Pair.Funcs[earlier.Func], earlier);
        }
        text.AppendLine($"Function: {@case.Func}; memories of caller and callee: {scenario.Pair.Caller}, {scenario.Pair.Callee}; debug build: {scenario.Pair.Debug}");
        text.AppendLine($"Callee: {scenario.Pair.Shape}; contexts: {scenario.Pair.Contexts}; others: {scenario.Pair.Others}");
        Append(text, func, @case);
        text.AppendLine("Component:");
        text.AppendLine(PairText.Component(scenario.Pair));
    }

    private static void Append(StringBuilder text, FuncUnderTest func, Case @case)
    {
        text.AppendLine($"  Type: (func {new TypeText().Of(func.Type)})");
        text.AppendLine($"  Strings of caller and callee: {func.Lower}, {func.Lift}; post-return: {func.PostReturn}; {func.Pairing}, yields: {func.Yields}");
        text.AppendLine($"  Arguments: {@case.Args}");
        text.AppendLine($"  Result: {@case.Result?.ToString() ?? "none"}");
        text.AppendLine($"  Places of arguments, result, return area: {@case.ArgsAt}, {@case.ResultAt}, {@case.ReturnAt}");
        text.AppendLine($"  realloc of the caller: {@case.CallerReallocs}");
        text.AppendLine($"  realloc of the callee: {@case.CalleeReallocs}");
        text.AppendLine($"  Handles of caller and callee: {@case.CallerUse}, {@case.CalleeUse}; leaves: {@case.Leaves}; called again: {@case.Again}");
        text.AppendLine($"  Calls: {@case.Calls}; garbage: 0x{@case.Garbage:x}");
    }
}
