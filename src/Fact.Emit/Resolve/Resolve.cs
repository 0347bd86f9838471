using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Ids become indices: imports, types and functions are numbered, labels become relative, locals get slots.</summary>
/// <remarks>
/// Two walks, because functions are numbered after the imports, and the last function may be the first to need one. Order
/// of the imports: for each adapter what it declares, then what its functions mention.
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
        var slotOf = new Scratch<int>(1024);
        var tables = new SlotTable[numbers.Count];
        try
        {
            var mentions = new Mentions(types, imports, live);
            int done = 0, exports = 0;
            foreach (var adapter in program.Adapters)
            {
                foreach (var import in adapter.Declares)
                    imports.Mention(import);
                foreach (var func in adapter.Funcs)
                {
                    int count = mentions.Walk(func);
                    tables[done++] = slots.Assign(func, live, count, slotOf.AddDefaults(func.Locals.Length));
                }
                foreach (var export in adapter.Exports)
                    mentions.Mention(export.Func);
                exports += adapter.Exports.Length;
            }
            return Rewrite(program, types, imports, numbers, tables, slotOf.AsSpan(), exports);
        }
        finally
        {
            slotOf.Dispose();
        }
    }

    private static ResolvedModule Rewrite(
        AdapterProgram program, TypeTable types, ImportTable imports, FuncNumbers numbers, SlotTable[] tables, ReadOnlySpan<int> slotOf, int exportCount)
    {
        using var rewriter = new Rewriter(types, imports, numbers);
        var funcs = new ResolvedFunc[tables.Length];
        var exports = new ResolvedExport[exportCount];
        int done = 0, exported = 0, slot = 0;
        foreach (var adapter in program.Adapters)
        {
            foreach (var func in adapter.Funcs)
            {
                var (locals, names) = tables[done];
                var body = rewriter.Rewrite(func, slotOf.Slice(slot, func.Locals.Length));
                funcs[done++] = new ResolvedFunc(func.Name, types.Index(func.Type), locals, names, body);
                slot += func.Locals.Length;
            }
            foreach (var export in adapter.Exports)
                exports[exported++] = new ResolvedExport(export.Name, rewriter.Index(export.Func));
        }
        return new ResolvedModule(
            types.ToArray(),
            imports.ToArray(),
            new(ImmutableCollectionsMarshal.AsImmutableArray(funcs)),
            new(ImmutableCollectionsMarshal.AsImmutableArray(exports)));
    }
}
