using System.Collections.Generic;
using Fact.Component;
using Fact.Ir;

namespace Fact.Cli.Inspect;

/// <summary>What <c>fact inspect</c> says of an adapter.</summary>
/// <param name="Adapter">The adapter.</param>
/// <param name="FuncName">What the caller calls the function; null where it has no name for it.</param>
/// <param name="Module">The number of its module; null where it is left out, and its caller is linked to the callee.</param>
/// <param name="Signature">The type of the function, as WIT has it.</param>
/// <param name="Flags">The component instances whose flags it reads or writes.</param>
/// <param name="Intrinsics">What the host must implement for it, such as <c>utf8-to-utf16</c> or <c>resource.transfer-own</c>.</param>
internal sealed record AdapterReport(
    Adapter Adapter,
    string? FuncName,
    uint? Module,
    string Signature,
    EquatableArray<uint> Flags,
    EquatableArray<string> Intrinsics)
{
    /// <summary>Looks at the adapters of a component.</summary>
    public static List<AdapterReport> All(CompiledComponent component, ReportNames names)
    {
        var needs = new AdapterNeeds[component.AdapterModules.Length];
        for (int i = 0; i < needs.Length; i++)
            needs[i] = new AdapterNeeds(component.AdapterModules[i]);
        var reports = new List<AdapterReport>(component.Plan.Adapters.Length);
        foreach (var planned in component.Plan.Adapters)
        {
            var adapter = planned.Adapter;
            var of = planned.Module is { } module ? needs[module.Value] : null;
            reports.Add(new AdapterReport(
                adapter, planned.FuncName, planned.Module?.Value, names.Signature(adapter.Lift.Type), of?.Flags(adapter.Name) ?? [], of?.Intrinsics(adapter.Name) ?? []));
        }
        return reports;
    }
}
