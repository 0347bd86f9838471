using System.Collections.Generic;
using System.Linq;
using Fact.Component;
using Fact.Ir;

namespace Fact.Cli.Inspect;

/// <summary>What <c>fact inspect</c> says of an adapter.</summary>
/// <param name="Adapter">The adapter.</param>
/// <param name="Interface">What the caller calls the instance that it takes the function from; null where it takes it from none with a name.</param>
/// <param name="FuncName">What the caller calls the function; null where it has no name for it.</param>
/// <param name="Func">Both, for people: <c>interface#function</c>.</param>
/// <param name="Module">The number of its module; null where it is left out, and its caller is linked to the callee.</param>
/// <param name="Signature">The type of the function, as WIT has it.</param>
/// <param name="Flags">The component instances whose flags it reads or writes.</param>
/// <param name="Bytes">The bytes of its own functions in the code section.</param>
/// <param name="HelperBytes">Those of the helpers that it was the first to need.</param>
/// <param name="Intrinsics">What the host must implement for it, such as <c>utf8-to-utf16</c> or <c>resource.transfer-own</c>.</param>
internal sealed record AdapterReport(
    Adapter Adapter,
    string? Interface,
    string? FuncName,
    string? Func,
    uint? Module,
    string Signature,
    long Bytes,
    long HelperBytes,
    EquatableArray<uint> Flags,
    EquatableArray<string> Intrinsics)
{
    /// <summary>Looks at the adapters of a component.</summary>
    public static List<AdapterReport> All(CompiledComponent component, ReportNames names)
    {
        var needs = new AdapterNeeds[component.AdapterModules.Length];
        var sizes = new ModuleSizes[needs.Length];
        for (int i = 0; i < needs.Length; i++)
            (needs[i], sizes[i]) = (new AdapterNeeds(component.AdapterModules[i]), new ModuleSizes(component.AdapterModules[i].Code));
        var reports = new List<AdapterReport>(component.Plan.Adapters.Length);
        foreach (var planned in component.Plan.Adapters)
        {
            var adapter = planned.Adapter;
            var of = planned.Module is { } module ? needs[module.Value] : null;
            // Adapters of a module come in the order of its exports.
            var (functions, helpers) = planned.Module is { } sized ? sizes[sized.Value].Next(adapter) : ([], []);
            reports.Add(new AdapterReport(
                adapter,
                planned.Interface,
                planned.FuncName,
                ReportNames.Func(planned),
                planned.Module?.Value,
                names.Signature(adapter.Lift.Type),
                functions.Items.Sum(func => (long)func.Bytes),
                helpers.Items.Sum(func => (long)func.Bytes),
                of?.Flags(adapter.Name) ?? [],
                of?.Intrinsics(adapter.Name) ?? []));
        }
        return reports;
    }
}
