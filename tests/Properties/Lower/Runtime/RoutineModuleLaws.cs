using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Lower;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Wasmtime;
using Xunit;
using Import = Fact.Ir.Import;

namespace Fact.Properties.Lower.Runtime;

/// <summary>What modules have of routines: what they need, once, and of instructions only those that were asked for.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(WildGen)])]
public sealed class RoutineModuleLaws : IDisposable
{
    private static readonly ValType Text = ValType.Of(PrimitiveType.String);

    private readonly Engine withoutVectors = new(
        new Config().WithMultiMemory(true).WithMemory64(true).WithBulkMemory(true).WithMultiValue(true).WithRelaxedSIMD(false, false).WithSIMD(false));

    public void Dispose() => withoutVectors.Dispose();

    [Fact]
    public void Only_routines_with_vectors_need_an_engine_with_vectors()
    {
        foreach (var place in RoutinePlace.All.Concat(RoutinePlace.InOneMemory))
        {
            using var rig = new RoutineRig(place);
            Assert.Equal(place.Simd, Module.Validate(withoutVectors, rig.Bytes) is not null);
        }
    }

    [Law(100)]
    public void Modules_import_transcoders_exactly_where_options_say_so(AdapterSet set, CompileOptions options)
    {
        var adapters = set.Build();
        int imported = Transcoders(Compiled.Module(adapters, options with { Transcoders = Fact.Ir.Transcoders.Imported }));
        int routines = Compiled.Program(adapters, (options with { Transcoders = Fact.Ir.Transcoders.Wasm }).Lower).Adapters.Items.SelectMany(a => a.Funcs.Items)
            .Count(IsRoutine);
        Assert.Equal(imported > 0, routines > 0);
        Assert.Equal(0, Transcoders(Compiled.Module(adapters, options with { Transcoders = Fact.Ir.Transcoders.Wasm })));
        Assert.Equal(0, Transcoders(Compiled.Module(adapters, options with { Transcoders = Fact.Ir.Transcoders.Simd })));

        static int Transcoders(AdapterModule module) => module.Imports.Items.Count(import => import.Denotes is Import.Transcode);
    }

    [Fact]
    public void Adapters_with_the_same_memories_share_routines_and_others_do_not()
    {
        var adapter = AdapterPlan.Of(new([new("p", Text), new("q", new ValType.List(Text))], Text), new(StringEncoding.Utf8), new(StringEncoding.Utf16)).Build();
        var other = adapter with { Name = "other", Callee = new(99) };
        Assert.Equal(["ascii-of-utf16", "utf16-to-utf8", "utf8-to-utf16"], Routines(adapter, other));
        var apart = other with
        {
            Lower = other.Lower with { Options = other.Lower.Options with { Memory = other.Lower.Options.Memory! with { Id = new(77) } } },
        };
        Assert.Equal(["ascii-of-utf16", "ascii-of-utf16", "utf16-to-utf8", "utf16-to-utf8", "utf8-to-utf16", "utf8-to-utf16"], Routines(adapter, apart));

        static IEnumerable<string> Routines(params Adapter[] adapters) =>
            Compiled.Program([.. adapters]).Adapters.Items.SelectMany(a => a.Funcs.Items).Where(IsRoutine).Select(func => func.Name).Order();
    }

    [Fact]
    public void Explanations_name_routines_and_their_sizes()
    {
        var adapter = AdapterPlan.Of(new([new("p", Text)], null), new(StringEncoding.Utf8), new(StringEncoding.Utf16)).Build();
        var explained = AdapterExplainer.Explain([adapter], CompileOptions.Default)
            .Match(Right: found => found[0], Left: errors => throw new InvalidOperationException(errors.ToString()));
        Assert.InRange(Assert.Single(explained.Helpers.Items, helper => helper.Name == "utf8-to-utf16").Bytes, 100, 2_500);
    }

    private static bool IsRoutine(SymbolicFunc func) =>
        func.Role == FuncRole.Helper && (func.Name.Contains("-to-", StringComparison.Ordinal) || func.Name.StartsWith("ascii-of-", StringComparison.Ordinal));
}
