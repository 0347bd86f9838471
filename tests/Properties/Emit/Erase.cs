using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>Modules without what the bytes do not tell.</summary>
internal static class Erase
{
    /// <summary>Without what imports denote.</summary>
    public static CoreModule Denotations(CoreModule module) => module with
    {
        Imports = module.Imports.Select(import => import with { Denotes = ModuleSample.Nothing }).ToEquatableArray(),
    };

    /// <summary>Without what custom sections tell, too.</summary>
    public static CoreModule Customs(CoreModule module) => Denotations(module) with
    {
        Funcs = module.Funcs.Select(func => func with { Name = "", LocalNames = [], Body = Customs(func.Body) }).ToEquatableArray(),
    };

    private static EquatableArray<CoreInstr> Customs(EquatableArray<CoreInstr> body) => body.Select(instr => instr switch
    {
        CoreInstr.Trap => new CoreInstr.Trap(default, null),
        CoreInstr.Call call => call with { Path = null },
        CoreInstr.Block block => block with { Body = Customs(block.Body) },
        CoreInstr.Loop loop => loop with { Body = Customs(loop.Body) },
        CoreInstr.If one => one with { Then = Customs(one.Then), Else = Customs(one.Else) },
        CoreInstr.TryTable attempt => attempt with { Body = Customs(attempt.Body) },
        _ => instr,
    }).ToEquatableArray();
}
