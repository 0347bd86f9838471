using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Fact.Emit;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Core;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Emit;

/// <summary>Indices mean what the ids meant.</summary>
[Properties(Arbitrary = [typeof(EmitGenerators)])]
public sealed class ResolveProperties
{
    [Law(200)]
    public void Every_resolved_program_validates(ProgramSample sample) =>
        Assert.Null(WasmtimeOracle.Fault(Encode.Run(Resolve.Run(sample.Program()), new EncodeOptions(Names: true, TrapSection: true)).AsSpan()));

    [Law(50)]
    public void Resolving_is_deterministic(ProgramSample sample) =>
        Assert.Equal(Resolve.Run(sample.Program()), Resolve.Run(sample.Program()));

    [Law(300)]
    public void Reads_of_a_slot_see_what_was_written_to_the_local(ProgramSample sample)
    {
        var program = sample.Program();
        foreach (var (symbolic, resolved) in Trees.Funcs(program).Zip(Decoded(Resolve.Run(program)).Funcs))
        {
            for (int path = 0; path < 10; path++)
                new Walks(new Random(path)).Walk(symbolic, resolved, 500);
        }
    }

    [Law(200)]
    public void Slots_are_grouped_by_type_and_never_more_than_the_locals(ProgramSample sample)
    {
        var program = sample.Program();
        var module = Resolve.Run(program);
        foreach (var (symbolic, resolved) in Trees.Funcs(program).Zip(module.Funcs))
        {
            int parameters = symbolic.Type.Params.Length;
            Assert.Equal(resolved.Locals.Distinct(), resolved.Locals.Where((type, i) => i == 0 || type != resolved.Locals[i - 1]));
            Assert.True(resolved.Locals.Length <= symbolic.Locals.Length - parameters);
            Assert.Equal(parameters + resolved.Locals.Length, resolved.LocalNames.Length);
            Assert.Equal(symbolic.Locals.Take(parameters).Select(local => local.Name), resolved.LocalNames.Take(parameters));
            Assert.Equal(symbolic.Type, module.Types[(int)resolved.Type.Value]);
        }
    }

    [Law(300)]
    public void Imports_are_what_hosts_expect_in_the_order_of_first_mention(ProgramSample sample)
    {
        var program = sample.Program();
        var module = Resolve.Run(program);
        var mentioned = program.Adapters.SelectMany(adapter =>
            adapter.Declares
                .Concat(adapter.Funcs.SelectMany(func => Trees.Mentions(func.Body)))
                .Concat(adapter.Exports.Select(export => export.Func).OfType<FuncRef.Imported>().Select(func => func.Import)));
        Assert.Equal(Expected(mentioned), module.Imports.Select(import => Shown(module, import)));
    }

    [Law(100)]
    public void Names_of_imports_and_types_are_unique(ProgramSample sample)
    {
        var module = Resolve.Run(sample.Program());
        Assert.Equal(module.Imports.Length, module.Imports.Select(import => (import.Module, import.Name)).Distinct().Count());
        Assert.Equal(module.Types.Length, module.Types.Distinct().Count());
    }

    [Law(100)]
    public void Calls_and_exports_name_the_same_functions(ProgramSample sample)
    {
        var program = sample.Program();
        var module = Resolve.Run(program);
        var funcs = Trees.Funcs(program).Select((func, i) => (func.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i);
        int imported = module.Imports.Count(import => import.Type is CoreExternType.Func);
        var importedFuncs = module.Imports.Where(import => import.Type is CoreExternType.Func).Select(import => Contract.Denotation(import.Denotes)).ToList();

        void Same(FuncRef named, uint index)
        {
            if (named is FuncRef.Defined defined)
                Assert.Equal(imported + funcs[defined.Id], (int)index);
            else
                Assert.Equal(Contract.Denotation(((FuncRef.Imported)named).Import), importedFuncs[(int)index]);
        }

        foreach (var (export, resolved) in program.Adapters.SelectMany(adapter => adapter.Exports).Zip(module.Exports))
        {
            Assert.Equal(export.Name, resolved.Name);
            Same(export.Func, resolved.Func.Value);
        }
        foreach (var (symbolic, resolved) in Trees.Funcs(program).Zip(Decoded(module).Funcs))
        {
            foreach (var (named, index) in Trees.Named(symbolic.Body).Zip(Indices(resolved.Body)))
                Same(named, index);
        }
    }

    [Law(100)]
    public void What_a_module_has_of_its_own_comes_after_what_it_imports(ProgramSample sample)
    {
        var program = sample.Program();
        var module = Resolve.Run(program);
        var own = program.Own;
        int memories = module.Imports.Count(import => import.Type is CoreExternType.Memory),
            globals = module.Imports.Count(import => import.Type is CoreExternType.Global);
        foreach (var (symbolic, resolved) in Trees.Funcs(program).Zip(Decoded(module).Funcs))
        {
            var indices = CodeIndices.Of(resolved.Body)
                .Where(index => index.Item1 is ImmediateKind.Access or ImmediateKind.Memory or ImmediateKind.Global or ImmediateKind.Table)
                .Select(index => (int)index.Item2);
            var things = Trees.Things(symbolic.Body).Where(thing => thing is IMemory or IGlobal or OwnTable);
            foreach (var (thing, index) in things.Zip(indices))
            {
                if (thing is OwnMemory)
                    Assert.Same(own.Memories[index - memories], thing);
                else if (thing is OwnGlobal)
                    Assert.Same(own.Globals[index - globals], thing);
                else if (thing is OwnTable)
                    Assert.Same(own.Tables[index], thing);
            }
        }
        Assert.Equal(OwnSample.Resolved(own, memories, globals), module.Own);
    }

    /// <summary>The module with its indices in the code, as an independent decoder reads it. That encoding loses nothing is a law of its own.</summary>
    private static CoreModule Decoded(ResolvedModule module) =>
        ModuleDecoder.Decode(Encode.Run(module, new EncodeOptions(Names: true, TrapSection: true)).AsMemory()).Module;

    private static IEnumerable<uint> Indices(EquatableArray<CoreInstr> body) => body.SelectMany(instr => instr switch
    {
        CoreInstr.Call call => [call.Func.Value],
        CoreInstr.RefFunc reference => [reference.Func.Value],
        CoreInstr.Block block => Indices(block.Body),
        CoreInstr.Loop loop => Indices(loop.Body),
        CoreInstr.If one => Indices(one.Then).Concat(Indices(one.Else)),
        CoreInstr.TryTable attempt => Indices(attempt.Body),
        _ => (IEnumerable<uint>)[],
    });

    private static List<string> Expected(IEnumerable<Import> mentioned)
    {
        List<string> shown = [], memories = [];
        HashSet<string> known = [], names = [];
        int funcs = 0;

        void Mention(Import import)
        {
            if (import is Import.Transcode(_, var from, var to))
            {
                Mention(from);
                Mention(to);
            }
            if (import is Import.PrepareCall(_, _, { } memory))
                Mention(memory);
            if (!known.Add(Contract.Denotation(import)))
                return;
            var (module, name) = Contract.Names(import, funcs, memories.Count, memory => memories.IndexOf(Contract.Denotation(memory)));
            string unique = name;
            for (int i = 1; !names.Add($"{module} {unique}"); i++)
                unique = $"{name}#{i}";
            string type = import is Import.Memory(_, var memoryType) ? memoryType.ToString() : import is Import.InstanceFlags ? "flags"
                : Contract.TypeOf(import).ToString();
            shown.Add($"{module} {unique} {type}");
            if (import is Import.Memory)
                memories.Add(Contract.Denotation(import));
            else if (import is not Import.InstanceFlags)
                funcs++;
        }

        foreach (var import in mentioned)
            Mention(import);
        return shown;
    }

    private static string Shown(ResolvedModule module, ResolvedImport import)
    {
        string type = import.Type switch
        {
            CoreExternType.Func func => module.Types[(int)func.Type.Value].ToString(),
            CoreExternType.Memory memory => memory.Type.ToString(),
            CoreExternType.Global => "flags",
            CoreExternType.Table or CoreExternType.Tag => throw new InvalidOperationException("adapters import no tables and tags"),
        };
        return $"{import.Module} {import.Name} {type}";
    }

    [Fact]
    public void Broken_invariants_are_unreachable()
    {
        static AdapterProgram Program(params EquatableArray<Instr> body) =>
            new([new AdapterCode([], [new SymbolicFunc(new(0), FuncRole.Adapter, "a", CoreFuncType.Empty, [], body)], [])]);

        Assert.Throws<UnreachableException>(() => Resolve.Run(Program(Instr.Get(new LocalId(0)))));
        Assert.Throws<UnreachableException>(() => Resolve.Run(Program(Instr.Get(new LocalId(-1)))));
        Assert.Throws<UnreachableException>(() => Resolve.Run(Program(Instr.Branch(new LabelId(1)))));
        Assert.Throws<UnreachableException>(() => Resolve.Run(Program(new Instr.Call(new FuncRef.Defined(new FuncId(1))))));
        var program = Program();
        Assert.Throws<UnreachableException>(() => Resolve.Run(program with { Adapters = [program.Adapters[0], program.Adapters[0]] }));
        Assert.Throws<UnreachableException>(() => Resolve.Run(Program(new Instr.Call(new FuncRef.Imported(new Import.Memory(new(0), new CoreMemoryType()))))));
    }
}
