using System;
using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;
using LanguageExt;

namespace Fact.Cli.Inspect;

/// <summary>What <c>fact inspect</c> says of an adapter.</summary>
/// <param name="Adapter">The adapter.</param>
/// <param name="FuncName">What the caller calls the function; null where it has no name for it.</param>
/// <param name="Module">The number of its module.</param>
/// <param name="Signature">The type of the function, as WIT has it.</param>
/// <param name="Flags">The component instances whose flags it reads or writes.</param>
/// <param name="Intrinsics">What the host must implement for it, such as <c>utf8-to-utf16</c> or <c>resource.transfer-own</c>.</param>
internal sealed record AdapterReport(
    Adapter Adapter,
    string? FuncName,
    uint Module,
    string Signature,
    EquatableArray<uint> Flags,
    EquatableArray<string> Intrinsics)
{
    /// <summary>Looks at an adapter of a plan. What it needs is found out by compiling it by itself.</summary>
    public static Either<Failure, AdapterReport> Of(PlanAdapter adapter, Names names, CompileOptions options) =>
        AdapterCompiler.Compile([adapter.Adapter], options)
            .Map(module => new AdapterReport(
                adapter.Adapter,
                adapter.FuncName,
                adapter.Module.Value,
                names.Signature(adapter.Adapter.Lift.Type),
                module.Imports.Items.Select(import => import.Denotes).OfType<Import.InstanceFlags>().Select(flags => flags.Instance.Value).Order().ToEquatableArray(),
                module.Imports.Items.Select(Intrinsic).OfType<string>().Distinct().ToEquatableArray()))
            .MapLeft(errors => Failure.Input(errors[0].ToString()));

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
