using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>What the code of a function may name, by number.</summary>
/// <param name="Memories">The types of the memories; there is at least one.</param>
/// <param name="Globals">How many mutable i32 globals there are.</param>
/// <param name="Funcs">The types of the functions; there is at least one.</param>
/// <param name="Exported">The functions that <c>ref.func</c> may name; there is at least one.</param>
/// <param name="Callable">The functions that may be called.</param>
/// <param name="Tables">How many tables of functions there are.</param>
internal sealed record Surroundings(
    IReadOnlyList<CoreMemoryType> Memories,
    int Globals,
    IReadOnlyList<CoreFuncType> Funcs,
    IReadOnlyList<int> Exported,
    IReadOnlyList<int> Callable,
    int Tables = 0);
