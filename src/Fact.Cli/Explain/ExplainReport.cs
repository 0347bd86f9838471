using System.Threading;
using Fact.Cli.Inspect;
using Fact.Ir;

namespace Fact.Cli.Explain;

/// <summary>What <c>fact compile --explain</c> says of an adapter.</summary>
/// <param name="Interface">What the caller calls the instance that it takes the function from; null where it takes it from none with a name.</param>
/// <param name="FuncName">What the caller calls the function; null where it has no name for it.</param>
/// <param name="Func">Both, for people: <c>interface#function</c>.</param>
/// <param name="Module">The number of its module; null where it is left out.</param>
/// <param name="Signature">The type of the function, as WIT has it.</param>
/// <param name="Explanation">Why its code is as it is.</param>
internal sealed record ExplainReport(string? Interface, string? FuncName, string? Func, uint? Module, string Signature, AdapterExplanation Explanation)
{
    /// <summary>Explains the adapters of a component that was compiled with these options.</summary>
    public static EquatableArray<ExplainReport> All(CompiledComponent component, CompileOptions options, CancellationToken cancellation)
    {
        var names = new ReportNames(component.Plan);
        var explanations = AdapterExplainer.Explain(component, options, cancellation);
        var reports = new ExplainReport[explanations.Length];
        for (int i = 0; i < reports.Length; i++)
        {
            var planned = component.Plan.Adapters[i];
            reports[i] = new(planned.Interface, planned.FuncName, ReportNames.Func(planned), planned.Module?.Value, names.Signature(planned.Adapter.Lift.Type),
                explanations[i]);
        }
        return reports.ToEquatableArray();
    }
}
