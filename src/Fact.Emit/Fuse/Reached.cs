using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>What of a program is needed, by the numbers that everything has together.</summary>
/// <param name="Externs">Functions, tables, memories, globals and tags: one array for each <see cref="CoreExternKind"/>.</param>
/// <param name="Elements">Element segments.</param>
/// <param name="Data">Data segments.</param>
/// <param name="Types">Types.</param>
/// <param name="Calls">What calls of a function call; <see cref="PartNumbers.None"/> where nothing calls it.</param>
/// <param name="Tables">The tables whose elements are known; null for others.</param>
internal sealed record Reached(bool[][] Externs, bool[] Elements, bool[] Data, bool[] Types, uint[] Calls, IReadOnlyList<ConstantTable?> Tables)
{
    /// <summary>Which calls become code; null where none does.</summary>
    public InlinePlan? Inlined { get; init; }
}
