using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower;
using Fact.Lower.Runtime.Handles;
using Fact.Model;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fact.Properties.Lower;

/// <summary>The generators leave nothing out: a new case of a union must be generated before this passes again.</summary>
public sealed class CoverageLaws
{
    private static readonly ValType[] Types = [.. Sample(Arbitraries.Types().Generator, 3000).SelectMany(Inside)];

    private static readonly AdapterProgram[] Programs =
    [
        .. Sample(Arbitraries.Sets().Generator, 600).Select((set, i) => Compiled.Program(
            set.Build(),
            new(ExceptionBarrier: true, Assertions: true, TrapPaths: set.Plans.Length > 1, Reentrance: Reentrance.Trap, Transcoders: (Transcoders)(i % 3)))),
        HandleProgram(),
    ];

    private static readonly CallPlan[] Plans =
        [.. Sample(Arbitraries.Sets().Generator, 600)
                .SelectMany(set => Compiled.Plans(set.Build(), new(ExceptionBarrier: set.Plans.Length > 1, Reentrance: Reentrance.Trap, Optimize: Optimize.Speed))),
            .. Compiled.Plans([AdapterPlan.Of(new([new("p", ValType.Of(PrimitiveType.U32))], null)).Build() with { Facts = (AdapterFacts)63 }], new())];

    [SeededFact]
    public void Every_kind_of_type_is_generated() =>
        Assert.Equal(Leaves(typeof(ValType)), Names(Types));

    [SeededFact]
    public void Every_primitive_type_is_generated() =>
        Assert.Equal(Enum.GetValues<PrimitiveType>().Order(), Types.OfType<ValType.Primitive>().Select(t => t.Type).Distinct().Order());

    [SeededFact]
    public void Flags_of_every_width_are_generated() =>
        Assert.Equal(Enumerable.Range(1, 32), Types.OfType<ValType.Flags>().Select(t => t.Labels.Length).Distinct().Order());

    [SeededFact]
    public void Discriminants_of_one_and_two_bytes_are_generated()
    {
        Assert.Contains(Types.OfType<ValType.Variant>(), t => t.Cases.Length <= 256);
        Assert.Contains(Types.OfType<ValType.Variant>(), t => t.Cases.Length > 256);
    }

    [SeededFact]
    public void Every_kind_of_copy_act_and_place_comes_up()
    {
        Act[] acts = [.. Plans.SelectMany(plan => plan.Funcs.Items).SelectMany(func => func.Acts.Items).SelectMany(Inside)];
        Act.Move[] moves = [.. acts.OfType<Act.Move>()];
        Assert.Equal(Leaves(typeof(Act)), Names(acts));
        Assert.Equal(Leaves(typeof(Place)), Names(moves.SelectMany(move => new[] { move.From, move.To })));
        Copy[] copies = [.. moves.Select(move => move.Copy).OfType<Copy>().SelectMany(Inside)];
        Assert.Equal(Leaves(typeof(Copy)), Names(copies));
        Assert.Equal(Enum.GetValues<Dispatch>().Order(), copies.OfType<Copy.Cases>().Select(cases => cases.Dispatch).Distinct().Order());
        Assert.Equal(Enum.GetValues<ScalarCheck>().Order(), copies.OfType<Copy.Scalar>().Select(scalar => scalar.Check).Distinct().Order());
    }

    [SeededFact]
    public void Every_kind_of_import_comes_up()
    {
        var imports = Programs.SelectMany(program => program.Adapters.Items).SelectMany(adapter =>
            adapter.Declares.Items.Concat(Code(adapter).SelectMany(Mentioned)));
        Assert.Equal(Leaves(typeof(Import)), Names(imports));
    }

    [SeededFact]
    public void Every_transcoder_and_every_transfer_comes_up()
    {
        Import[] imports = [.. Programs.SelectMany(program => program.Adapters.Items).SelectMany(Code).SelectMany(Mentioned)];
        Assert.Equal(Enum.GetValues<TranscodeOp>().Order(), imports.OfType<Import.Transcode>().Select(i => i.Op).Distinct().Order());
        Assert.Equal(Enum.GetValues<TransferKind>().Order(), imports.OfType<Import.Transfer>().Select(i => i.Kind).Distinct().Order());
    }

    [SeededFact]
    public void Every_kind_of_trap_comes_up() =>
        Assert.Equal(
            Enum.GetValues<TrapCode>().Order(),
            Programs.SelectMany(program => program.Adapters.Items).SelectMany(Code).OfType<Instr.Trap>().Select(trap => trap.Code).Distinct().Order());

    [SeededFact]
    public void Every_kind_of_instruction_comes_up() =>
        Assert.Equal(
            Leaves(typeof(Instr)).Except(NeverWritten),
            Names(Programs.SelectMany(program => program.Adapters.Items).SelectMany(Code)));

    // What no function needs yet.
    private static readonly string[] NeverWritten =
        [nameof(Instr.MemoryLane), nameof(Instr.MemoryFill)];

    /// <summary>The runtime module that keeps handles, for all that there can be.</summary>
    private static AdapterProgram HandleProgram()
    {
        InstanceNode definer = new(new(0), null), user = new(new(1), null);
        RuntimeTable[] tables = [new(definer, new(0)), new(user, new(0)), new(user, new(1))];
        var builtins =
            from op in Enum.GetValues<RuntimeBuiltinOp>()
            from table in Enumerable.Range(0, tables.Length)
            where op == RuntimeBuiltinOp.Drop || table == 0
            select new RuntimeBuiltin(op, new((uint)table));
        return HandleLowering.Run(
            new(2, [new RuntimeResource.Defined(definer, CoreValType.I64, true), new RuntimeResource.Imported()], [.. tables], builtins.ToEquatableArray()),
            new(Reentrance: Reentrance.Trap),
            uint.MaxValue >> 4,
            default).Match(program => program, errors => throw new InvalidOperationException(errors.ToString()));
    }

    /// <summary>The sample that the seed gives.</summary>
    private static IEnumerable<T> Sample<T>(Gen<T> gen, int count) =>
        new[] { 20, 50, 80 }.SelectMany(size => Gen.Sample(gen, count / 3, new Rnd((ulong)Fuzz.Seed), size));

    private static IEnumerable<string> Leaves(Type union) =>
        union.GetNestedTypes(BindingFlags.Public).Where(type => type.IsSealed && type.IsSubclassOf(union)).Select(type => type.Name).Order();

    private static IEnumerable<string> Names<T>(IEnumerable<T> values)
        where T : class => values.Select(value => value.GetType().Name).Distinct().Order();

    private static IEnumerable<ValType> Inside(ValType type) => SpecAbi.Parts(type).SelectMany(Inside).Prepend(type);

    private static IEnumerable<Act> Inside(Act act) => act is Act.Guard guard ? guard.Acts.Items.SelectMany(Inside).Prepend(act) : [act];

    private static IEnumerable<Copy> Inside(Copy copy) => CopyParts.Of(copy).SelectMany(Inside).Prepend(copy);

    private static IEnumerable<Instr> Code(AdapterCode adapter) => adapter.Funcs.Items.SelectMany(func => CodeWalk.All(func.Body));

    private static IEnumerable<Import> Mentioned(Instr instr) => Things(instr).OfType<Import>();

    private static IEnumerable<object> Things(Instr instr) => instr switch
    {
        Instr.Call { Func: FuncRef.Imported func } => [func.Import],
        Instr.RefFunc { Func: FuncRef.Imported func } => [func.Import],
        Instr.Memory memory => [memory.Mem],
        Instr.MemorySize size => [size.Mem],
        Instr.MemoryCopy copy => [copy.To, copy.From],
        Instr.MemoryLane memory => [memory.Mem],
        Instr.MemoryGrow grow => [grow.Mem],
        Instr.MemoryFill fill => [fill.Mem],
        Instr.Global global => [global.Item],
        _ => [],
    };
}
