using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>A module as its bytes have it: like a <see cref="ResolvedModule"/>, with the indices in the code.</summary>
internal sealed record CoreModule(
    EquatableArray<CoreFuncType> Types,
    EquatableArray<ResolvedImport> Imports,
    EquatableArray<CoreFunc> Funcs,
    EquatableArray<ResolvedExport> Exports)
{
    /// <summary>What it has beside functions.</summary>
    public ResolvedItems Own { get; init; } = ResolvedItems.None;
}

/// <summary>A function of such a module.</summary>
internal sealed record CoreFunc(
    string Name,
    CoreTypeIdx Type,
    EquatableArray<CoreValType> Locals,
    EquatableArray<string> LocalNames,
    EquatableArray<CoreInstr> Body);
