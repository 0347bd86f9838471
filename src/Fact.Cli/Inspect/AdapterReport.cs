using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Fact.Component.Plan;
using Fact.Host.Values;
using Fact.Ir;
using LanguageExt;

namespace Fact.Cli.Inspect;

/// <summary>What <c>fact inspect</c> says of an adapter.</summary>
/// <param name="Adapter">The adapter.</param>
/// <param name="Module">The number of its module.</param>
/// <param name="Signature">The type of the function, as WIT has it.</param>
/// <param name="Flags">The component instances whose flags it reads or writes.</param>
/// <param name="Intrinsics">What the host must implement for it, such as <c>utf8-to-utf16</c> or <c>resource.transfer-own</c>.</param>
internal sealed record AdapterReport(
    Adapter Adapter,
    uint Module,
    string Signature,
    EquatableArray<uint> Flags,
    EquatableArray<string> Intrinsics)
{
    /// <summary>Looks at an adapter of a plan. What it needs is found out by compiling it by itself.</summary>
    public static Either<Failure, AdapterReport> Of(LinkPlan plan, PlanAdapter adapter, CompileOptions options) =>
        AdapterCompiler.Compile([adapter.Adapter], options)
            .Map(module => new AdapterReport(
                adapter.Adapter,
                adapter.Module.Value,
                TypeText.Of(adapter.Adapter.Lift.Type, table => ResourceName(plan, table)),
                module.Imports.Items.Select(import => import.Denotes).OfType<Import.InstanceFlags>().Select(flags => flags.Instance.Value).Order().ToEquatableArray(),
                module.Imports.Items.Select(Intrinsic).OfType<string>().Distinct().ToEquatableArray()))
            .MapLeft(errors => Failure.Input(errors[0].ToString()));

    /// <summary>What messages call the resource type behind a table.</summary>
    public static string ResourceName(LinkPlan plan, ResourceTableId table) =>
        table.Value < plan.Tables.ResourceTables.Length
            ? ResourceName(plan.Tables.ResourceTables[(int)table.Value].Resource)
            : string.Create(CultureInfo.InvariantCulture, $"table{table.Value}");

    /// <summary>What messages call a resource type.</summary>
    public static string ResourceName(RuntimeResourceId resource) => string.Create(CultureInfo.InvariantCulture, $"resource{resource.Value}");

    /// <summary>An import that is neither an export of a core instance nor flags.</summary>
    private static string? Intrinsic(ModuleImport import) => import.Denotes switch
    {
        Import.InstanceFlags or Import.Memory or Import.Realloc or Import.Callback or Import.Callee or Import.PostReturn => null,
        Import.Transcode => import.Name[..import.Name.IndexOf(' ', StringComparison.Ordinal)],
        Import.PrepareCall => "prepare-call",
        Import.SyncStartCall => "start-call (sync)",
        Import.AsyncStartCall => "start-call (async)",
        Import.Transfer or Import.ResourceEnterCall or Import.ResourceExitCall => import.Module + "." + import.Name,
    };
}
