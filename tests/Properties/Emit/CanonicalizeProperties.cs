using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Emit;
using Fact.Ir;
using Fact.Model.Laws;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Emit;

/// <summary>Merging finds what is equal, and changes nothing else.</summary>
[Properties(Arbitrary = [typeof(EmitGenerators)])]
public sealed class CanonicalizeProperties
{
    [Law(200)]
    public void Merging_helpers_twice_changes_nothing(ProgramSample sample)
    {
        var once = Canonicalize.Run(sample.Program());
        Assert.Same(once, Canonicalize.Run(once));
    }

    [Law(200)]
    public void Merging_helpers_keeps_what_functions_do(ProgramSample sample)
    {
        var program = sample.Program();
        var merged = Canonicalize.Run(program);
        var kept = Trees.Funcs(merged).ToDictionary(func => func.Id);
        foreach (var func in Trees.Funcs(program).Where(func => kept.ContainsKey(func.Id)))
            Assert.True(Trees.SameBehaviour(program, func.Id, merged, func.Id));
        Assert.Equal(
            Trees.Funcs(program).Where(func => func.Role != FuncRole.Helper).Select(func => func.Id),
            Trees.Funcs(merged).Where(func => func.Role != FuncRole.Helper).Select(func => func.Id));
        Assert.Equal(
            program.Adapters.SelectMany(adapter => adapter.Exports.Select(export => export.Name)),
            merged.Adapters.SelectMany(adapter => adapter.Exports.Select(export => export.Name)));
    }

    [Law(200)]
    public void The_first_of_equal_helpers_is_kept_and_no_other(ProgramSample sample)
    {
        var program = (sample with { Cycles = false }).Program();
        Assert.Equal(Firsts(program), Helpers(Canonicalize.Run(program)));
    }

    [Law(50)]
    public void Helpers_of_programs_that_were_lowered_separately_merge(ProgramSample sample)
    {
        var program = (sample with { Cycles = false }).Program();
        var combined = Combine.Run([program, program]);
        Assert.Equal(Firsts(combined), Helpers(Canonicalize.Run(combined)));
    }

    [Law(200)]
    public void A_merged_program_validates_and_imports_the_same(ProgramSample sample)
    {
        var program = sample.Program();
        ResolvedModule before = Resolve.Run(program), after = Resolve.Run(Canonicalize.Run(program));
        Assert.Null(WasmtimeOracle.Fault(Encode.Run(after, new EncodeOptions()).AsSpan()));
        Assert.Equal(
            before.Imports.Select(import => Contract.Denotation(import.Denotes)).Order(),
            after.Imports.Select(import => Contract.Denotation(import.Denotes)).Order());
    }

    [Law(100)]
    public void Combining_programs_keeps_what_functions_do(ProgramSample a, ProgramSample b, ProgramSample c)
    {
        AdapterProgram[] programs = [a.Program(), b.Program(), c.Program()];
        var combined = Combine.Run(programs);
        Assert.Equal(programs.Sum(program => program.Adapters.Length), combined.Adapters.Length);
        Assert.Equal(Enumerable.Range(0, programs.Sum(program => Trees.Funcs(program).Count())), Trees.Funcs(combined).Select(func => func.Id.Value));
        var originals = programs.SelectMany(program => Trees.Funcs(program).Select(func => (program, func.Id)));
        foreach (var ((program, id), func) in originals.Zip(Trees.Funcs(combined)))
            Assert.True(Trees.SameBehaviour(program, id, combined, func.Id));
    }

    [Fact]
    public void A_program_without_equal_helpers_is_given_back()
    {
        var program = new AdapterProgram([new AdapterCode([], [Helper(0, []), Helper(1, [Instr.Of(PlainOp.Nop)])], [])]);
        Assert.Same(program, Canonicalize.Run(program));
    }

    [Fact]
    public void A_long_chain_of_calls_is_merged()
    {
        const int length = 50_000;
        List<SymbolicFunc> funcs = [];
        for (int copy = 0; copy < 2; copy++)
        {
            for (int i = 0; i < length; i++)
                funcs.Add(Helper((copy * length) + i,
                    i + 1 < length ? [Instr.Const(i), Instr.Of(PlainOp.Drop), new Instr.Call(new FuncRef.Defined(new((copy * length) + i + 1)))] : []));
        }
        var merged = Canonicalize.Run(new AdapterProgram([new AdapterCode([], [.. funcs], [])]));
        Assert.Equal(length, Trees.Funcs(merged).Count());
    }

    [Fact]
    public void Helpers_that_were_made_to_look_alike_cost_what_others_do()
    {
        const int few = 300, many = 2_400;
        var alike = Enumerable.Range(0, many).Select(i => LikeAllOthers(i)).ToArray();
        Assert.Single(alike.Select(CodeHash.Of).Distinct());
        Merged(few);
        Assert.InRange(Merged(many), 0, 2 * (many / few) * Merged(few));

        long Merged(int count)
        {
            var program = new AdapterProgram([new AdapterCode([], [.. alike[..count], LikeAllOthers(count - 1) with { Id = new(many) }], [])]);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var merged = Canonicalize.Run(program);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(count, Trees.Funcs(merged).Count());
            return allocated;
        }

        // Numbers in code are in its hash as the digits of a number are in that: more of one makes up for less of the next.
        static SymbolicFunc LikeAllOthers(int i) =>
            Helper(i, [Instr.Const(100 + i), Instr.Of(PlainOp.Drop), Instr.Const(31 * (4_000 - i)), Instr.Of(PlainOp.Drop)]);
    }

    [Fact]
    public void Names_do_not_keep_helpers_apart_but_traps_and_paths_do()
    {
        static int Kept(Instr a, Instr b) => Trees.Funcs(Canonicalize.Run(new AdapterProgram([new AdapterCode([], [Helper(0, [a]), Helper(1, [b])], [])]))).Count();

        Assert.Equal(1, Kept(Instr.TrapWith(TrapCode.InvalidChar, "p"), Instr.TrapWith(TrapCode.InvalidChar, "p")));
        Assert.Equal(2, Kept(Instr.TrapWith(TrapCode.InvalidChar, "p"), Instr.TrapWith(TrapCode.InvalidChar, "q")));
        Assert.Equal(2, Kept(Instr.TrapWith(TrapCode.InvalidChar), Instr.TrapWith(TrapCode.CannotEnter)));
        var call = new FuncRef.Imported(new Import.ResourceEnterCall());
        Assert.Equal(1, Kept(new Instr.Call(call), new Instr.Call(new FuncRef.Imported(new Import.ResourceEnterCall()))));
        Assert.Equal(2, Kept(new Instr.Call(call, "p"), new Instr.Call(call)));
    }

    [Fact]
    public void Types_of_functions_and_locals_keep_helpers_apart()
    {
        static SymbolicFunc Of(int id, CoreValType parameter, CoreValType local) => Helper(id, []) with
        {
            Type = new([parameter], []),
            Locals = [new(parameter, "p"), new(local, "x")],
            Body = [new Instr.If(CoreFuncType.Empty, new(0), [], [])],
        };
        static int Kept(SymbolicFunc a, SymbolicFunc b) => Trees.Funcs(Canonicalize.Run(new AdapterProgram([new AdapterCode([], [a, b], [])]))).Count();

        Assert.Equal(1, Kept(Of(0, CoreValType.I32, CoreValType.I64), Of(1, CoreValType.I32, CoreValType.I64)));
        Assert.Equal(2, Kept(Of(0, CoreValType.I32, CoreValType.I64), Of(1, CoreValType.F32, CoreValType.I64)));
        Assert.Equal(2, Kept(Of(0, CoreValType.I32, CoreValType.I64), Of(1, CoreValType.I32, CoreValType.F64)));
    }

    private static IEnumerable<FuncId> Helpers(AdapterProgram program) =>
        Trees.Funcs(program).Where(func => func.Role == FuncRole.Helper).Select(func => func.Id);

    /// <summary>The helpers before which there is none that does the same.</summary>
    private static List<FuncId> Firsts(AdapterProgram program)
    {
        List<FuncId> firsts = [];
        foreach (var helper in Helpers(program))
        {
            if (!firsts.Any(first => Trees.SameBehaviour(program, first, program, helper, helpersOnly: true)))
                firsts.Add(helper);
        }
        return firsts;
    }

    private static SymbolicFunc Helper(int id, EquatableArray<Instr> body) =>
        new(new FuncId(id), FuncRole.Helper, $"helper {id}", CoreFuncType.Empty, [], body);
}
