using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Functions and exports with other functions in the place of those that they name. The code stays what it is: what changes is what its symbols stand for.
/// </summary>
/// <param name="replace">Gives the function to name instead, the same object where nothing changes.</param>
internal sealed class CallReplacement(Func<FuncRef, FuncRef> replace)
{
    private readonly Dictionary<SymbolTable, SymbolTable> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Replaces what the code names.</summary>
    public SymbolicFunc In(SymbolicFunc func)
    {
        var symbols = func.Code.Symbols;
        if (!known.TryGetValue(symbols, out var replaced))
            known.Add(symbols, replaced = symbols.With(replace));
        return func with { Code = func.Code with { Symbols = replaced } };
    }

    /// <summary>Replaces what the export names.</summary>
    public ProgramExport In(ProgramExport export)
    {
        var func = replace(export.Func);
        return ReferenceEquals(func, export.Func) ? export : export with { Func = func };
    }
}
