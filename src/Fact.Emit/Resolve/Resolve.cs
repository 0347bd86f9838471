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
internal static class Resolve
{
    private const int MostExpectedImports = 256;

    /// <summary>The slots whose indices take one byte.</summary>
    private const int OneByteSlots = 128;

    /// <summary>Resolves a program; locals share slots.</summary>
    /// <exception cref="UnreachableException">The program breaks an invariant of <see cref="AdapterProgram"/>: it names a
    /// function, label or local that is not there, or two functions have the same id.</exception>
    public static ResolvedModule Run(AdapterProgram program) => Run(program, shareSlots: true);

    /// <summary>Resolves a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="shareSlots">Whether locals share slots.</param>
    /// <inheritdoc cref="Run(AdapterProgram)"/>
    public static ResolvedModule Run(AdapterProgram program, bool shareSlots)
    {
        var numbers = FuncNumbers.Of(program);
        var types = new TypeTable();
        var imports = new ImportTable(types, Math.Min(8 + (2 * program.Adapters.Length), MostExpectedImports));
        var indices = new NamedIndices(types, imports, numbers, new OwnNumbers(program.Own));
        var notes = new CodeNotes[numbers.Count];
        var named = new uint[numbers.Count][];
        CodeNoter? walker = null;
        int done = 0, exports = 0;
        foreach (var adapter in program.Adapters)
        {
            foreach (var import in adapter.Declares)
                imports.Mention(import);
            foreach (var func in adapter.Funcs)
            {
                types.Index(func.Type);
                var about = CodeNotes.Of(func, ref walker);
                notes[done] = about;
                named[done++] = indices.Positions(about);
            }
            foreach (var export in adapter.Exports)
                indices.Position(export.Func);
            exports += adapter.Exports.Length;
        }
        return new ResolvedModule(types.ToArray(), imports.ToArray(), Funcs(program, notes, named, types, indices, shareSlots), Exports(program, exports, imports, indices))
        {
            Own = OwnItems.Resolve(program.Own, imports),
        };
    }

    private static EquatableArray<ResolvedFunc> Funcs(
        AdapterProgram program, CodeNotes[] notes, uint[][] named, TypeTable types, NamedIndices indices, bool shareSlots)
    {
        var slots = new Slots(shareSlots);
        var funcs = new ResolvedFunc[notes.Length];
        int done = 0;
        foreach (var adapter in program.Adapters)
        {
            foreach (var func in adapter.Funcs)
            {
                var about = notes[done];
                var slotOf = new int[func.Locals.Length];
                var locals = slots.Assign(func, about, slotOf);
                int bytes = about.Bytes + indices.MakeIndices(named[done], about);
                var numbering = new Numbering(
                    new(ImmutableCollectionsMarshal.AsImmutableArray(slotOf)),
                    about.Immediates,
                    new(ImmutableCollectionsMarshal.AsImmutableArray(named[done])))
                {
                    Bytes = about.Parameters + locals.Length <= OneByteSlots ? bytes : null,
                };
                funcs[done++] = new ResolvedFunc(func.Name, types.Index(func.Type), locals, func.Body, numbering)
                {
                    VirtualLocals = func.Locals,
                    Ranges = about.Ranges,
                };
            }
        }
        return new(ImmutableCollectionsMarshal.AsImmutableArray(funcs));
    }

    private static EquatableArray<ResolvedExport> Exports(AdapterProgram program, int count, ImportTable imports, NamedIndices indices)
    {
        var exports = new ResolvedExport[count];
        int done = 0;
        foreach (var adapter in program.Adapters)
        {
            foreach (var export in adapter.Exports)
                exports[done++] = new ResolvedExport(export.Name, new CoreFuncIdx(indices.Position(export.Func).Index(imports.Funcs)));
        }
        return new(ImmutableCollectionsMarshal.AsImmutableArray(exports));
    }
}
