using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Fact.Emit;
using Fact.Ir;
using Fact.Model.Laws;
using Xunit;

namespace Fact.Properties.Emit;

/// <summary>The instructions keep the rules of the house: closed, sealed, immutable, and known to every part that has to know them.</summary>
public sealed class HouseProperties
{
    private static readonly Lazy<IReadOnlyCollection<CoreModule>> Modules =
        new(() => [.. Enumerable.Range(Fuzz.Seed & 0xFF_FFFF, 300).Select(seed => new ModuleSample(seed, 60, Exotic: seed % 2 == 0).Module())]);

    private static readonly Lazy<IReadOnlyCollection<AdapterProgram>> Programs =
        new(() => [.. Enumerable.Range(Fuzz.Seed & 0xFF_FFFF, 100).Select(seed => new ProgramSample(seed, 60, Cycles: false).Program())]);

    public static TheoryData<Type> Unions => [typeof(Instr), typeof(Import), typeof(FuncRef), typeof(CoreExternType)];

    [Theory]
    [MemberData(nameof(Unions))]
    public void Every_case_is_sealed_and_immutable(Type union)
    {
        Assert.NotEmpty(Cases(union));
        foreach (var type in Cases(union))
        {
            Assert.True(type.IsSealed, $"{type} is not sealed");
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                Assert.True(property.SetMethod is not { } set || set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)),
                    $"{property} can be set");
            foreach (var field in type.GetFields(BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance))
                Assert.True(field.IsInitOnly || field.Name.EndsWith(">k__BackingField"), $"{field} of {type} can change");
        }
    }

    [SeededFact]
    public void Every_symbolic_instruction_is_generated()
    {
        var met = new HashSet<Type>();
        foreach (var func in Programs.Value.SelectMany(Trees.Funcs))
            Meet(func.Body, met);
        Assert.Empty(Cases(typeof(Instr)).Except(met));
    }

    [SeededFact]
    public void Every_instruction_is_generated_encoded_and_printed()
    {
        var met = new HashSet<Type>();
        foreach (var module in Modules.Value)
        {
            foreach (var func in ModuleDecoder.Decode(Encode.Run(Numbered.Of(module), new EncodeOptions()).AsMemory()).Module.Funcs)
                Meet(func.Body, met);
            Assert.DoesNotContain("?", WatPrinter.Print(Numbered.Of(Erase.Customs(module with { Imports = [], Exports = [] }))));
        }
        Assert.Empty(Cases(typeof(CoreInstr)).Except(met));
    }

    [SeededFact]
    public void Every_opcode_is_generated()
    {
        var plain = new HashSet<PlainOp>();
        var memory = new HashSet<MemoryOp>();
        var lanes = new HashSet<LaneOp>();
        var memoryLanes = new HashSet<MemoryLaneOp>();
        // There are many, so some come late.
        var more = Enumerable.Range(0, 3000).Select(seed => new ModuleSample(Fuzz.Seed + seed, 200, Exotic: false).Module())
            .TakeWhile(_ => plain.Count < Enum.GetValues<PlainOp>().Length || memory.Count < Enum.GetValues<MemoryOp>().Length
                || lanes.Count < Enum.GetValues<LaneOp>().Length || memoryLanes.Count < Enum.GetValues<MemoryLaneOp>().Length);
        foreach (var instr in more.SelectMany(module => module.Funcs).SelectMany(func => All(func.Body)))
        {
            if (instr is CoreInstr.Plain one)
                plain.Add(one.Op);
            if (instr is CoreInstr.Memory access)
                memory.Add(access.Op);
            if (instr is CoreInstr.Lane lane)
                lanes.Add(lane.Op);
            if (instr is CoreInstr.MemoryLane laneAccess)
                memoryLanes.Add(laneAccess.Op);
        }
        Assert.Empty(Enum.GetValues<PlainOp>().Except(plain));
        Assert.Empty(Enum.GetValues<MemoryOp>().Except(memory));
        Assert.Empty(Enum.GetValues<LaneOp>().Except(lanes));
        Assert.Empty(Enum.GetValues<MemoryLaneOp>().Except(memoryLanes));
    }

    [SeededFact]
    public void Every_import_is_generated()
    {
        var imports = Programs.Value.SelectMany(program => Resolve.Run(program).Imports).Select(import => import.Denotes.GetType()).ToHashSet();
        Assert.Empty(Cases(typeof(Import)).Except(imports));
    }

    private static IEnumerable<Type> Cases(Type union) => union.GetNestedTypes().Where(type => type.IsSubclassOf(union));

    private static void Meet(EquatableArray<Instr> body, HashSet<Type> met)
    {
        foreach (var instr in body)
        {
            met.Add(instr.GetType());
            foreach (var nested in Nested(instr))
                Meet(nested, met);
        }
    }

    private static void Meet(EquatableArray<CoreInstr> body, HashSet<Type> met)
    {
        foreach (var instr in All(body))
            met.Add(instr.GetType());
    }

    private static IEnumerable<EquatableArray<Instr>> Nested(Instr instr) => instr switch
    {
        Instr.Block block => [block.Body],
        Instr.Loop loop => [loop.Body],
        Instr.If one => [one.Then, one.Else],
        Instr.TryTable attempt => [attempt.Body],
        _ => [],
    };

    private static IEnumerable<CoreInstr> All(EquatableArray<CoreInstr> body) => body.SelectMany(instr => (IEnumerable<CoreInstr>)[instr, .. instr switch
    {
        CoreInstr.Block block => All(block.Body),
        CoreInstr.Loop loop => All(loop.Body),
        CoreInstr.If one => All(one.Then).Concat(All(one.Else)),
        CoreInstr.TryTable attempt => All(attempt.Body),
        _ => [],
    }]);
}
