using System;
using System.IO;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;
using static System.FormattableString;

namespace Fact.Cli.Explain;

/// <summary>Explanations of adapters for people.</summary>
internal static class ExplainText
{
    private const string Heading = "1", PassName = "36";

    // Of more than that nobody reads a list; programs get all of it.
    private const int MostListed = 10_000;

    /// <summary>Writes the explanations, each after an empty line.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="coloured">Gives a text a colour, by the parameters of the sequence that selects it, if there are any.</param>
    /// <param name="reports">The explanations.</param>
    public static void Write(TextWriter to, Func<string, string, string> coloured, EquatableArray<ExplainReport> reports)
    {
        foreach (var report in reports.Items.Take(MostListed))
            Write(to, coloured, report);
        if (reports.Length > MostListed)
            to.Write(Invariant($"\n… and {reports.Length - MostListed} more; --explain=json has all of them\n"));
    }

    private static void Write(TextWriter to, Func<string, string, string> coloured, ExplainReport report)
    {
        string name = report.Func is null ? "" : $" \"{report.Func}\"";
        to.Write("\n" + coloured(Printable.Of(report.Explanation.Adapter + name), Heading) + $": {Printable.Of(report.Signature)}\n");
        WriteBody(to, coloured, report);
    }

    /// <summary>Writes what is said of an adapter below its name.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="coloured">Gives a text a colour.</param>
    /// <param name="report">The explanation.</param>
    public static void WriteBody(TextWriter to, Func<string, string, string> coloured, ExplainReport report)
    {
        if (report.Explanation.Plan is { } plan)
            Write(to, coloured, plan);
        else
            to.Write("  not explained: the adapters before it took all that is said of a component\n");
        to.Write("\n  code\n");
        foreach (var func in report.Explanation.Functions)
            to.Write(Size(func, ""));
        foreach (var func in report.Explanation.Helpers)
            to.Write(Size(func, ", helper"));
        to.Write(report.Module is { } module
            ? Invariant($"    {report.Explanation.Bytes,7} bytes in adapters-{module}\n")
            : "          0 bytes: the caller is linked to the callee\n");
    }

    private static void Write(TextWriter to, Func<string, string, string> coloured, PlanExplanation plan)
    {
        to.Write(plan.Effects.IsEmpty ? "\n  plan, as the specification has it; no pass changed it\n" : "\n  plan, as the specification has it\n");
        foreach (string line in plan.Naive)
            to.Write($"    {line}\n");
        foreach (var effect in plan.Effects)
        {
            to.Write($"\n  pass {coloured(effect.Pass, PassName)}: {effect.Why}\n");
            foreach (string change in effect.Changes)
                to.Write($"    {change}\n");
            if (effect.Count > effect.Changes.Length)
                to.Write(Invariant($"    … and {effect.Count - effect.Changes.Length} more\n"));
        }
        if (!plan.Effects.IsEmpty)
        {
            to.Write("\n  plan, as it is compiled\n");
            foreach (string line in plan.Plan)
                to.Write($"    {line}\n");
        }
        to.Write(plan.Checks.IsEmpty ? "\n  no checks are left\n" : "\n  checks that are left\n");
        foreach (var check in plan.Checks)
            to.Write(Invariant($"    {check.Places,3} × {check.What}\n"));
    }

    private static string Size(FunctionSize func, string kind) => Invariant($"    {func.Bytes,7} {Printable.Of(Printable.Short(func.Name))}{kind}\n");
}
