using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Generators;

/// <summary>Every instruction of a body, those in blocks too.</summary>
public static class CodeWalk
{
    internal static IEnumerable<Instr> All(EquatableArray<Instr> body) => body.Items.SelectMany(instr => instr switch
    {
        Instr.Block block => All(block.Body).Prepend(instr),
        Instr.Loop loop => All(loop.Body).Prepend(instr),
        Instr.If branch => All(branch.Then).Concat(All(branch.Else)).Prepend(instr),
        Instr.TryTable attempt => All(attempt.Body).Prepend(instr),
        _ => [instr],
    });
}
