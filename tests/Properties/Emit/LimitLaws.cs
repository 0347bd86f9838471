using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Emit;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Emit;

/// <summary>No module comes out that has more than engines take; what it has too much of is said.</summary>
[Properties(Arbitrary = [typeof(EmitGenerators)])]
public sealed class LimitLaws
{
    private static readonly EngineLimits Common = EngineLimits.Common;

    // Large enough for all that is tried here, which engines then judge.
    private static readonly EngineLimits None = new()
    {
        NameBytes = int.MaxValue,
        Memories = int.MaxValue,
        TypeSize = int.MaxValue,
        Locals = int.MaxValue,
        BodyBytes = int.MaxValue,
        Params = int.MaxValue,
        Results = int.MaxValue,
    };

    private static readonly CoreFuncType Wide = new([.. Enumerable.Repeat(CoreValType.I32, 16)], []);

    /// <summary>How many there are of each thing, counted in the bytes, with the limit for it set to a number.</summary>
    private static readonly (string What, Func<CoreModule, ModuleDecoder, long> Count, Func<int, EngineLimits> Limit)[] Counted =
    [
        ("types", (m, _) => m.Types.Length, n => Common with { Types = n }),
        ("imports", (m, _) => m.Imports.Length, n => Common with { Imports = n }),
        ("functions", (m, d) => d.ImportedFuncs + m.Funcs.Length, n => Common with { Functions = n }),
        ("memories", (m, _) => m.Imports.Items.Count(i => i.Type is CoreExternType.Memory) + m.Own.Items.Memories.Length, n => Common with { Memories = n }),
        ("globals", (m, _) => m.Imports.Items.Count(i => i.Type is CoreExternType.Global) + m.Own.Items.Globals.Length, n => Common with { Globals = n }),
        ("tables", (m, _) => m.Own.Items.Tables.Length, n => Common with { Tables = n }),
        ("data segments", (m, _) => m.Own.Data.Length, n => Common with { DataSegments = n }),
        ("exports", (m, _) => m.Exports.Length + m.Own.Exports.Length, n => Common with { Exports = n }),
        ("parameters", (m, _) => m.Types.Items.Max(t => t.Params.Length), n => Common with { Params = n }),
        ("results", (m, _) => m.Types.Items.Max(t => t.Results.Length), n => Common with { Results = n }),
        ("locals", (m, _) => m.Funcs.Items.Max(f => m.Types[(int)f.Type.Value].Params.Length + f.Locals.Length), n => Common with { Locals = n }),
        ("bytes in one function", (_, d) => d.BodyRanges.Max(r => r.End.Value - r.Start.Value), n => Common with { BodyBytes = n }),
        ("bytes in one name", (m, _) => m.Imports.Items.Select(i => i.Name).Concat(m.Exports.Items.Select(e => e.Name)).Concat(m.Own.Exports.Items.Select(e => e.Name))
            .Max(name => System.Text.Encoding.UTF8.GetByteCount(name)), n => Common with { NameBytes = n }),
        ("entries", (m, d) => TypeSize(m), n => Common with { TypeSize = n }),
    ];

    [Law(100)]
    public void As_much_as_a_limit_is_emitted_and_one_more_is_an_error_that_names_it(ProgramSample sample)
    {
        var program = sample.Program();
        byte[] bytes = [.. Emitted.Of(program, EmitOptions.Default).Bytes];
        var (module, decoder) = ModuleDecoder.Decode(bytes);
        foreach (var (what, count, limit) in Counted)
        {
            long found = count(module, decoder);
            Assert.Equal(bytes, Bytes(program, limit((int)found)));
            if (found == 0)
                continue;
            var exceeded = Emit(program, limit((int)found - 1)).Match(Right: _ => throw new InvalidOperationException(what), Left: e => e);
            Assert.Contains(what, exceeded.What, StringComparison.Ordinal);
            Assert.Equal((found, found - 1), (exceeded.Found, exceeded.Most));
        }
        Assert.Equal(bytes, Bytes(program, Common with { ModuleBytes = bytes.Length }));
        Assert.True(Emit(program, Common with { ModuleBytes = bytes.Length - 1 }).IsLeft);
    }

    public static TheoryData<string, int> Boundaries => new()
    {
        { "memories", Common.Memories },
        { "entries", (Common.TypeSize - 1) / 36 },
        { "locals", Common.Locals },
        { "bytes in one function", Common.BodyBytes },
        { "parameters", Common.Params },
        { "results", Common.Results },
        { "bytes in one name", Common.NameBytes },
    };

    [Theory]
    [MemberData(nameof(Boundaries))]
    public void What_engines_refuse_and_what_is_an_error_are_the_same(string what, int most)
    {
        Assert.Null(Engines.Fault(Emitted.Of(Program(what, most), EmitOptions.Default).Bytes));
        var over = Program(what, most + 1);
        Assert.NotNull(Engines.Fault(Emitted.Of(over, EmitOptions.Default with { Limits = None }).Bytes));
        Assert.Contains(what, Emit(over, Common).Match(Right: _ => "", Left: e => e.What), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_as_long_as_their_bytes()
    {
        Assert.True(Emit(Named('漢', Common.NameBytes / 3), Common).IsRight);
        Assert.Equal(3 * ((Common.NameBytes / 3) + 1), Emit(Named('漢', (Common.NameBytes / 3) + 1), Common).Match(Right: _ => 0, Left: e => e.Found));
    }

    [Fact]
    public void The_adapter_whose_code_is_too_large_is_named()
    {
        var small = Program("locals", 2).Adapters[0];
        var large = Program("locals", 10).Adapters[0];
        var program = Combine.Run([new([small, small with { Funcs = [], Exports = [] }]), new([large])]);
        Assert.Equal(2, Emit(program, Common with { Locals = 5 }).Match(Right: _ => null, Left: e => e.Adapter));
    }

    private static byte[] Bytes(AdapterProgram program, EngineLimits limits) => [.. Emitted.Of(program, EmitOptions.Default with { Limits = limits }).Bytes];

    private static LanguageExt.Either<ExceededLimit, EmittedModule> Emit(AdapterProgram program, EngineLimits limits) =>
        Emitter.Emit(program, EmitOptions.Default with { Limits = limits });

    // As the engine counts: 1 for the module, 2 and the signature for a function, 1 for anything else.
    private static long TypeSize(CoreModule module)
    {
        var funcs = module.Imports.Items.Select(i => i.Type).OfType<CoreExternType.Func>().Select(f => f.Type).Concat(module.Funcs.Items.Select(f => f.Type)).ToArray();
        return 1 + module.Own.Exports.Length + module.Imports.Items.Sum(i => i.Type is CoreExternType.Func f ? Size(f.Type) : 1)
            + module.Exports.Items.Sum(e => Size(funcs[e.Func.Value]));

        long Size(CoreTypeIdx type) => 2 + module.Types[(int)type.Value].Params.Length + module.Types[(int)type.Value].Results.Length;
    }

    /// <summary>A program that has so much of one thing.</summary>
    private static AdapterProgram Program(string what, int count) => what switch
    {
        "memories" => One(CoreFuncType.Empty, [], [], [.. Enumerable.Range(0, count).Select(Import (i) => new Import.Memory(new((uint)i), new()))]),
        "entries" => new([.. Enumerable.Range(0, count).Select(Adapter)]),
        "locals" => One(
            new([CoreValType.I32], []),
            [.. Enumerable.Range(0, count).Select(i => new VirtualLocal(CoreValType.I32, "x"))],
            [.. Enumerable.Range(0, count).SelectMany(i => new[] { Instr.Const(i), Instr.Set(new(i)) }),
                .. Enumerable.Range(0, count).SelectMany(i => new[] { Instr.Get(new(i)), Instr.Of(PlainOp.Drop) })]),
        "bytes in one function" => One(CoreFuncType.Empty, [], [.. Enumerable.Repeat(Instr.Of(PlainOp.Nop), count - 2)]),
        "parameters" => One(new([.. Enumerable.Repeat(CoreValType.I32, count)], []), [.. Enumerable.Repeat(new VirtualLocal(CoreValType.I32, "x"), count)], []),
        "results" => One(new([], [.. Enumerable.Repeat(CoreValType.I32, count)]), [], [.. Enumerable.Repeat(Instr.Const(0), count)]),
        "bytes in one name" => Named('x', count),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static AdapterProgram Named(char character, int times) =>
        new([new AdapterCode([], [Func(0, CoreFuncType.Empty, [], [])], [new(new string(character, times), new FuncRef.Defined(new(0)))])]);

    private static AdapterProgram One(CoreFuncType type, EquatableArray<VirtualLocal> locals, EquatableArray<Instr> body, params EquatableArray<Import> imports) =>
        new([new AdapterCode(imports, [Func(0, type, locals, body)], [])]);

    private static AdapterCode Adapter(int i) => new(
        [new Import.Callee($"a{i}", new((uint)i), Wide)],
        [Func(i, Wide, [.. Enumerable.Repeat(new VirtualLocal(CoreValType.I32, "x"), 16)], [])],
        [new($"a{i}", new FuncRef.Defined(new(i)))]);

    private static SymbolicFunc Func(int id, CoreFuncType type, EquatableArray<VirtualLocal> locals, EquatableArray<Instr> body) =>
        new(new FuncId(id), FuncRole.Adapter, "f", type, locals, body);
}
