using System;
using Fact.Component;
using Fact.Component.Plan;
using Fact.Ir;
using LanguageExt;

namespace Fact;

/// <summary>A linked component with its adapter modules.</summary>
/// <param name="Plan">How to run it.</param>
/// <param name="AdapterModules">The compiled modules, in the order of <see cref="LinkPlan.AdapterModules"/>.</param>
public sealed record CompiledComponent(LinkPlan Plan, EquatableArray<AdapterModule> AdapterModules)
{
    /// <summary>The module that keeps the handles of resources, which is instantiated before all others; null where there are no resource tables, or where the host keeps
    /// handles (<see cref="CompileOptions.HandleTables"/>).</summary>
    public RuntimeModule? Runtime { get; init; }

    /// <summary>The plan as UTF-8 JSON, with what the imports of the modules denote: the file that <c>fact compile</c> calls <c>plan.json</c>.</summary>
    /// <param name="files">What the files beside it are called, and of what it is the plan; null for the defaults.</param>
    /// <returns>The text; or that it would have more than 64 MiB, which only components have that were made to.</returns>
    public Either<Diagnostic, ReadOnlyMemory<byte>> ToJson(PlanFiles? files = null)
    {
        var interfaces = new ModuleInterface[AdapterModules.Length];
        for (int i = 0; i < interfaces.Length; i++)
            interfaces[i] = new(AdapterModules[i].Imports, AdapterModules[i].Exports);
        return PlanJson.ToUtf8(Plan, interfaces.ToEquatableArray(), files, Runtime is { } runtime ? new(runtime.Imports, runtime.Exports) : null);
    }

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="json">The text.</param>
    /// <param name="diagnostics">What is wrong; empty where there is a text.</param>
    /// <param name="files">What the files beside it are called, and of what it is the plan; null for the defaults.</param>
    /// <returns>Whether there is a text.</returns>
    public bool TryToJson(out ReadOnlyMemory<byte> json, out EquatableArray<Diagnostic> diagnostics, PlanFiles? files = null) =>
        ToJson(files).MapLeft(error => (EquatableArray<Diagnostic>)[error]).Try(out json, out diagnostics);
}
