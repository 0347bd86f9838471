using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Lower;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Lower;

/// <summary>What later passes rely on: locals are written before they are read, ids are dense, labels are in scope.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(WildGen)])]
public sealed class LocalsLaws
{
    [Law(200)]
    public void Every_local_is_written_before_it_is_read_on_every_path(AdapterSet set, CompileOptions options)
    {
        foreach (var func in Funcs(Compiled.Program(set.Build(), options.Lower)))
            new DefiniteAssignment(func).Check();
    }

    [Law(100)]
    public void Function_ids_count_from_zero(AdapterSet set)
    {
        var ids = Funcs(Compiled.Program(set.Build())).Select(func => func.Id.Value).Order();
        Assert.Equal(Enumerable.Range(0, ids.Count()), ids);
    }

    [Law(100)]
    public void A_helper_belongs_to_the_first_adapter_that_needs_it(AdapterSet set)
    {
        HashSet<FuncId> known = [];
        foreach (var adapter in Compiled.Program(set.Build()).Adapters)
        {
            foreach (var func in adapter.Funcs)
                Assert.True(known.Add(func.Id));
            foreach (var called in adapter.Funcs.Items.SelectMany(func => CodeWalk.All(func.Body)).Select(Callee).OfType<FuncRef.Defined>())
                Assert.Contains(called.Id, known);
        }
    }

    [Law(100)]
    public void Parameters_are_the_first_locals(AdapterSet set)
    {
        foreach (var func in Funcs(Compiled.Program(set.Build())))
            Assert.Equal(func.Type.Params.Items, func.Locals.Items.Take(func.Type.Params.Length).Select(local => local.Type));
    }

    [Law(60)]
    public void Without_trap_info_no_instruction_has_a_path(AdapterSet set)
    {
        var code = Funcs(Compiled.Program(set.Build(), new LowerOptions(TrapPaths: false))).SelectMany(func => CodeWalk.All(func.Body));
        Assert.DoesNotContain(code, instr => instr is Instr.Call { Path: not null } or Instr.Trap { Path: not null });
    }

    private static IEnumerable<SymbolicFunc> Funcs(AdapterProgram program) => program.Adapters.Items.SelectMany(adapter => adapter.Funcs.Items);

    private static FuncRef? Callee(Instr instr) => instr switch
    {
        Instr.Call call => call.Func,
        Instr.RefFunc func => func.Func,
        _ => null,
    };
}
