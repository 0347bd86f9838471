namespace Fact.Ir;

/// <summary>
/// What lowering makes of a set of adapters: for each of them its functions and the helpers that it was the first to
/// need. Nothing in it has an index yet, so it cannot be encoded.
/// </summary>
/// <param name="Adapters">The code of each adapter, in the order of the input. A helper may be called by later adapters.</param>
internal sealed record AdapterProgram(EquatableArray<AdapterCode> Adapters)
{
    /// <summary>What the module has of its own beside functions.</summary>
    public ModuleItems Own { get; init; } = ModuleItems.None;
}

/// <summary>The code of one adapter.</summary>
/// <param name="Declares">Imports that the adapter has whether its code mentions them or not, in order: the lift side's flags, memory, realloc and callback, the
/// lower side's, the callee, post-return.</param>
/// <param name="Funcs">Its functions: the adapter itself, async-start and async-return where it has them, then helpers.</param>
/// <param name="Exports">What it exports, in order.</param>
internal sealed record AdapterCode(
    EquatableArray<Import> Declares,
    EquatableArray<SymbolicFunc> Funcs,
    EquatableArray<ProgramExport> Exports);

/// <summary>An export of an adapter: a function of the program, or one that it imports.</summary>
internal sealed record ProgramExport(string Name, FuncRef Func);
