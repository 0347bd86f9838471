using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Fact.Conformance.Scripts;

/// <summary>How many commands passed, failed, are known to be different, and are not applicable.</summary>
internal sealed record Tally(int Passed, int Failed, int Different, IReadOnlyDictionary<NotApplicable, int> Excused)
{
    /// <summary>That of some runs together.</summary>
    public static Tally Of(IEnumerable<ScriptRun> runs)
    {
        Verdict[] verdicts = [.. runs.SelectMany(run => run.Verdicts)];
        return new(
            verdicts.Count(v => v is Verdict.Passed),
            verdicts.Count(v => v is Verdict.Failed),
            verdicts.Count(v => v is Verdict.Differs),
            verdicts.OfType<Verdict.Excused>().GroupBy(v => v.Reason).ToDictionary(g => g.Key, g => g.Count()));
    }

    /// <summary>A line for each script, and one for each family.</summary>
    public static string Table(IEnumerable<ScriptRun> runs)
    {
        var table = new StringBuilder();
        foreach (var family in runs.GroupBy(run => run.Script.Family))
        {
            int width = family.Max(run => run.Script.Name.Length);
            table.AppendLine($"{family.Key}: {Of(family)}");
            foreach (var run in family)
                table.AppendLine($"  {run.Script.Name.PadRight(width)}  {Of([run])}");
        }
        return table.ToString();
    }

    /// <summary>One line.</summary>
    public override string ToString() =>
        $"{Passed} passed, {Failed} failed, {Different} known differences, {Excused.Values.Sum()} not applicable"
        + string.Concat(Excused.OrderBy(e => e.Key).Select(e => $"; {e.Value}: {NotApplicableTexts.Of(e.Key)}"));
}
