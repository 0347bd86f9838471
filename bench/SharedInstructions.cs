using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Bench;

/// <summary>What it buys that the factories of <see cref="Instr"/> share instances of the common instructions.</summary>
internal static class SharedInstructions
{
    /// <summary>Makes all plain, local and constant instructions of a component once more: shared, and each anew.</summary>
    public static Case[] Cases(Subject subject)
    {
        Instr[] code = [.. subject.Lower().SelectMany(program => program.Adapters).SelectMany(adapter => adapter.Funcs).SelectMany(func => Leaves(func.Body))];
        var made = new Instr[code.Length];
        return
        [
            new("shared", subject.Adapters, () =>
            {
                for (int i = 0; i < made.Length; i++)
                    made[i] = Shared(code[i]);
            }),
            new("anew", subject.Adapters, () =>
            {
                for (int i = 0; i < made.Length; i++)
                    made[i] = Anew(code[i]);
            }),
        ];
    }

    private static Instr Shared(Instr instr) => instr switch
    {
        Instr.Local { Op: LocalOp.Get } local => Instr.Get(local.Id),
        Instr.Local { Op: LocalOp.Set } local => Instr.Set(local.Id),
        Instr.Local local => Instr.Tee(local.Id),
        Instr.Plain plain => Instr.Of(plain.Op),
        Instr.I32Const constant => Instr.Const(constant.Value),
        _ => instr,
    };

    private static Instr Anew(Instr instr) => instr switch
    {
        Instr.Local local => new Instr.Local(local.Op, local.Id),
        Instr.Plain plain => new Instr.Plain(plain.Op),
        Instr.I32Const constant => new Instr.I32Const(constant.Value),
        _ => instr,
    };

    private static IEnumerable<Instr> Leaves(EquatableArray<Instr> body) => body.Items.SelectMany(instr => instr switch
    {
        Instr.Block block => Leaves(block.Body),
        Instr.Loop loop => Leaves(loop.Body),
        Instr.TryTable attempt => Leaves(attempt.Body),
        Instr.If one => Leaves(one.Then).Concat(Leaves(one.Else)),
        _ => [instr],
    });
}
