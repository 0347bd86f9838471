using System;
using System.Diagnostics;
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
        var typeOf = new CoreTypeIdx[numbers.Count];
        int exports = 0, funcs = 0;
        foreach (var adapter in program.Adapters)
        {
            foreach (var import in adapter.Declares)
                imports.Mention(import);
            foreach (var func in adapter.Funcs)
            {
                typeOf[funcs++] = types.Index(func.Type);
                indices.Mention(func.Code);
            }
            foreach (var export in adapter.Exports)
                indices.Position(export.Func);
            exports += adapter.Exports.Length;
        }
        indices.MakeIndices();
        return new ResolvedModule(
            types.ToArray(), imports.ToArray(), Funcs(program, typeOf, indices, shareSlots), Exports(program, exports, imports, indices))
        {
            Own = OwnItems.Resolve(program.Own, imports),
        };
    }

    private static EquatableArray<ResolvedFunc> Funcs(AdapterProgram program, CoreTypeIdx[] typeOf, NamedIndices indices, bool shareSlots)
    {
        var funcs = new ResolvedFunc[typeOf.Length];
        int done = 0;
        foreach (var adapter in program.Adapters)
        {
            foreach (var func in adapter.Funcs)
            {
                var symbolic = shareSlots ? func : WithOwnSlots(func);
                var code = symbolic.Code;
                uint[] named = indices.Of(code.Symbols);
                funcs[done] = new ResolvedFunc(symbolic, typeOf[done], EquatableArray.Seal(named))
                {
                    Bytes = func.Type.Params.Length + code.Slots.Types.Length <= OneByteSlots ? code.FixedLength + NamedIndices.Length(code, named) : null,
                };
                done++;
            }
        }
        return EquatableArray.Seal(funcs);
    }

    private static SymbolicFunc WithOwnSlots(SymbolicFunc func) => func with
    {
        Code = func.Code with { Slots = CompactCode.Of(func.Body, func.Type.Params.Length, func.Locals, shareSlots: false).Slots },
    };

    private static EquatableArray<ResolvedExport> Exports(AdapterProgram program, int count, ImportTable imports, NamedIndices indices)
    {
        var exports = new ResolvedExport[count];
        int done = 0;
        foreach (var adapter in program.Adapters)
        {
            foreach (var export in adapter.Exports)
                exports[done++] = new ResolvedExport(export.Name, new CoreFuncIdx(indices.Position(export.Func).Index(imports.Funcs)));
        }
        return EquatableArray.Seal(exports);
    }
}
