using System;
using System.Linq;
using Fact.Emit;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Emit;

/// <summary>Each pass can be left out, and what comes out is as valid and does the same.</summary>
[Properties(Arbitrary = [typeof(EmitGenerators)])]
public sealed class SwitchLaws
{
    [Law(150)]
    public void Every_choice_of_passes_gives_a_module_that_validates(ProgramSample sample, bool merge, bool share)
    {
        var emitted = Emitted.Of(sample.Program(), new EmitOptions(new EncodeOptions(), merge, share));
        Assert.Null(WasmtimeOracle.Fault(emitted.Bytes.AsSpan()));
    }

    [Law(150)]
    public void Without_sharing_every_local_that_is_mentioned_has_a_slot_of_its_own_and_the_code_does_the_same(ProgramSample sample)
    {
        var program = sample.Program();
        var module = Resolve.Run(program, shareSlots: false);
        var decoded = ModuleDecoder.Decode(Encode.Run(module, new EncodeOptions(Names: true, TrapSection: true)).AsMemory()).Module;
        foreach (var ((symbolic, resolved), code) in Trees.Funcs(program).Zip(module.Funcs).Zip(decoded.Funcs))
        {
            int[] slots = [.. resolved.Numbering.Slots.Where(slot => slot >= 0)];
            Assert.Equal(Enumerable.Range(0, symbolic.Type.Params.Length + resolved.Locals.Length), slots.Order());
            for (int path = 0; path < 5; path++)
                new Walks(new Random(path)).Walk(symbolic, code, 500);
        }
    }

    [Law(100)]
    public void Sharing_changes_nothing_but_locals(ProgramSample sample)
    {
        var program = sample.Program();
        ResolvedModule shared = Resolve.Run(program), own = Resolve.Run(program, shareSlots: false);
        Assert.Equal((own.Types, own.Imports, own.Exports), (shared.Types, shared.Imports, shared.Exports));
        foreach (var (a, b) in shared.Funcs.Zip(own.Funcs))
        {
            Assert.Equal((b.Type, b.Code, b.Numbering.Indices), (a.Type, a.Code, a.Numbering.Indices));
            Assert.True(a.Locals.Length <= b.Locals.Length);
        }
    }

    [Law(100)]
    public void Without_merging_every_helper_stays(ProgramSample sample)
    {
        var program = sample.Program();
        var emitted = Emitted.Of(program, EmitOptions.Default with { MergeHelpers = false });
        Assert.Equal(Trees.Funcs(program).Select(func => func.Name), emitted.Module.Funcs.Select(func => func.Name));
    }
}
