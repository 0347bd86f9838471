using System;
using Fact.Component.Plan;
using Fact.Ir;
using Fact.Ir.Plan;
using LanguageExt;

namespace Fact.Cli.Explain;

/// <summary>Explanations of adapters for programs. The form is documented in <c>docs/cli.md</c>.</summary>
internal static class ExplainJson
{
    /// <summary>The explanations as UTF-8, with a line break at the end; or that they would be too large.</summary>
    public static Either<Diagnostic, ReadOnlyMemory<byte>> ToUtf8(EquatableArray<ExplainReport> reports)
    {
        using var json = new JsonSink("the explanation");
        json.Root("adapters", reports, static (json, report) => json.Object(report, Adapter));
        json.Mentioned(withTypes: false);
        return json.Finish();
    }

    private static void Adapter(JsonSink json, ExplainReport report)
    {
        var explanation = report.Explanation;
        json.Text("name", explanation.Adapter);
        json.Name("func", report.FuncName);
        json.Name("interface", report.Interface);
        json.Id("module", report.Module);
        json.Text("signature", report.Signature);
        if (explanation.Plan is { } plan)
        {
            json.Array("naivePlan", plan.Naive, static (json, line) => json.Text(line));
            json.Array("passes", plan.Effects, static (json, effect) => json.Object(effect, static (json, effect) =>
            {
                json.Text("name", effect.Pass);
                json.Text("why", effect.Why);
                json.Number("count", effect.Count);
                json.Array("changes", effect.Changes, static (json, change) => json.Text(change));
            }));
            json.Array("plan", plan.Plan, static (json, line) => json.Text(line));
            json.Array("checks", plan.Checks, static (json, check) => json.Object(check, static (json, check) =>
            {
                json.Text("what", check.What);
                json.Number("places", check.Places);
            }));
        }
        else
        {
            foreach (string member in (string[])["naivePlan", "passes", "plan", "checks"])
                json.Null(member);
        }
        json.Object("code", explanation, static (json, explanation) =>
        {
            json.Number("bytes", explanation.Bytes);
            json.Array("functions", explanation.Functions, static (json, func) => json.Object(func, Size));
            json.Array("helpers", explanation.Helpers, static (json, func) => json.Object(func, Size));
        });
    }

    private static void Size(JsonSink json, FunctionSize func)
    {
        json.Text("name", func.Name);
        json.Number("bytes", func.Bytes);
    }
}
