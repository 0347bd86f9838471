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
    /// <param name="fileName">The name of the file that an adapter module is in; by default <c>adapters-0.wasm</c> and so on.</param>
    /// <param name="runtimeFile">The name of the file that the runtime module is in.</param>
    /// <returns>The text; or that it would have more than 64 MiB, which only components have that were made to.</returns>
    public Either<Diagnostic, ReadOnlyMemory<byte>> ToJson(Func<AdapterModuleId, string>? fileName = null, string runtimeFile = "runtime.wasm")
    {
        var interfaces = new ModuleInterface[AdapterModules.Length];
        for (int i = 0; i < interfaces.Length; i++)
            interfaces[i] = new(AdapterModules[i].Imports, AdapterModules[i].Exports);
        return PlanJson.ToUtf8(Plan, interfaces.ToEquatableArray(), fileName, Runtime is { } runtime ? new(runtime.Imports, runtime.Exports) : null, runtimeFile);
    }

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="json">The text.</param>
    /// <param name="diagnostics">What is wrong; empty where there is a text.</param>
    /// <param name="fileName">The name of the file that an adapter module is in; by default <c>adapters-0.wasm</c> and so on.</param>
    /// <param name="runtimeFile">The name of the file that the runtime module is in.</param>
    /// <returns>Whether there is a text.</returns>
    public bool TryToJson(
        out ReadOnlyMemory<byte> json,
        out EquatableArray<Diagnostic> diagnostics,
        Func<AdapterModuleId, string>? fileName = null,
        string runtimeFile = "runtime.wasm") =>
        ToJson(fileName, runtimeFile).MapLeft(error => (EquatableArray<Diagnostic>)[error]).Try(out json, out diagnostics);
}
