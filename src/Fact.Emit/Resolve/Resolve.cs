using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Ids become indices: imports, types and functions are numbered, labels become relative, locals get slots. The code stays what it is.</summary>
/// <remarks>
/// Functions are numbered after the imports, and the last function may be the first to need one: so the indices of functions are
/// known when everything has been walked. Order of the imports: for each adapter what it declares, then what its functions mention.
/// </remarks>
public static class Resolve
{
    private const int MostExpectedImports = 256;

    /// <summary>Resolves a program.</summary>
    /// <exception cref="UnreachableException">The program breaks an invariant of <see cref="AdapterProgram"/>: it names a
    /// function, label or local that is not there, or two functions have the same id.</exception>
    public static ResolvedModule Run(AdapterProgram program)
    {
        var numbers = FuncNumbers.Of(program);
        var types = new TypeTable();
        var imports = new ImportTable(types, Math.Min(8 + (2 * program.Adapters.Length), MostExpectedImports));
        using var live = new LiveRanges();
        using var slots = new Slots();
        using var numberer = new Numberer(types, imports, numbers, live);
        var walked = new Walked[numbers.Count];
        int done = 0, exports = 0;
        foreach (var adapter in program.Adapters)
        {
            foreach (var import in adapter.Declares)
                imports.Mention(import);
            foreach (var func in adapter.Funcs)
            {
                int count = numberer.Walk(func);
                var slotOf = new int[func.Locals.Length];
                var table = slots.Assign(func, live, count, slotOf);
                walked[done++] = new Walked(func, table, slotOf, numberer.Immediates.Length);
            }
            foreach (var export in adapter.Exports)
                numberer.Position(export.Func);
            exports += adapter.Exports.Length;
        }
        return new ResolvedModule(types.ToArray(), imports.ToArray(), Funcs(walked, types, imports, numberer), Exports(program, exports, imports, numberer));
    }

    private static EquatableArray<ResolvedFunc> Funcs(Walked[] walked, TypeTable types, ImportTable imports, Numberer numberer)
    {
        uint imported = imports.Funcs;
        var all = numberer.Immediates;
        var funcs = new ResolvedFunc[walked.Length];
        int start = 0;
        for (int i = 0; i < funcs.Length; i++)
        {
            var (func, table, slotOf, end) = walked[i];
            var own = all[start..end];
            var indices = new uint[own.Length];
            for (int k = 0; k < own.Length && k < indices.Length; k++)
                indices[k] = new FuncPosition(own[k]).Index(imported);
            var numbering = new Numbering(
                new(ImmutableCollectionsMarshal.AsImmutableArray(slotOf)),
                new(ImmutableCollectionsMarshal.AsImmutableArray(indices)));
            funcs[i] = new ResolvedFunc(func.Name, types.Index(func.Type), table.Locals, table.Names, func.Body, numbering);
            start = end;
        }
        return new(ImmutableCollectionsMarshal.AsImmutableArray(funcs));
    }

    private static EquatableArray<ResolvedExport> Exports(AdapterProgram program, int count, ImportTable imports, Numberer numberer)
    {
        var exports = new ResolvedExport[count];
        int done = 0;
        foreach (var adapter in program.Adapters)
        {
            foreach (var export in adapter.Exports)
                exports[done++] = new ResolvedExport(export.Name, new FuncIdx(numberer.Position(export.Func).Index(imports.Funcs)));
        }
        return new(ImmutableCollectionsMarshal.AsImmutableArray(exports));
    }

    /// <summary>A function that was walked, its locals, and where its immediates end among all.</summary>
    private readonly record struct Walked(SymbolicFunc Func, SlotTable Table, int[] SlotOf, int End);
}
