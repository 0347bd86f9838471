using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Conformance.Differential.Model;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Laws;
using Xunit;

namespace Fact.Conformance.Differential.Generate;

/// <summary>The generated cases leave nothing out that guests could do.</summary>
public sealed class GeneratorLaws
{
    private static readonly (Pair Pair, EquatableArray<GeneratedCase> Cases)[] Pairs =
        [.. Enumerable.Range(0, 80).Select(seed => CaseGenerator.Make(FuzzSettings.SeedOf(seed), seed % 2 == 0, seed % 3 == 0, beyondReference: true))];

    private static readonly FuncUnderTest[] Funcs = [.. Pairs.SelectMany(p => p.Pair.Funcs.Items)];

    private static readonly Case[] Cases = [.. Pairs.SelectMany(p => p.Cases.Items).Select(c => c.Case)];

    private static IEnumerable<ValType> Params => Funcs.SelectMany(f => f.Type.Params.Items).SelectMany(p => Shape.Inside(p.Type));

    private static IEnumerable<ValType> Results => Funcs.Where(f => f.Type.Result is not null).SelectMany(f => Shape.Inside(f.Type.Result!));

    [SeededFact]
    public void Every_kind_of_type_goes_over_and_comes_back()
    {
        string[] kinds = ["Enum", "FixedLengthList", "Flags", "List", "Map", "Option", "Own", "Primitive", "Record", "Result", "Tuple", "Variant"];
        Assert.Equal(kinds.Append("Borrow").Order(), Params.Select(t => t.GetType().Name).Distinct().Order());
        Assert.Equal(kinds, Results.Select(t => t.GetType().Name).Distinct().Order());
        Assert.Equal(Enum.GetValues<PrimitiveType>(), Params.OfType<ValType.Primitive>().Select(t => t.Type).Distinct().Order());
        Assert.Equal([1, 2, 4], Params.OfType<ValType.Flags>().Select(t => (int)SpecAbi.FlagsSize(t.Labels.Length)).Distinct().Order());
    }

    [SeededFact]
    public void Handles_of_both_types_are_alone_and_inside_of_lists_and_records()
    {
        foreach (var types in new[] { Params, Results })
        {
            Assert.Equal([0, 1], types.OfType<ValType.Own>().Select(t => Handles.Resource(t)!.Value).Distinct().Order());
            Assert.Contains(types, t => Shape.Element(t) is { } element && Handles.In(element));
            Assert.Contains(types, t => t is ValType.Record record && record.Fields.Items.Any(f => Handles.In(f.Type)));
            Assert.Contains(types, t => t is ValType.Variant variant && variant.Cases.Items.Any(c => c.Type is not null && Handles.In(c.Type)));
        }
        Assert.Equal([0, 1], Params.OfType<ValType.Borrow>().Select(t => Handles.Resource(t)!.Value).Distinct().Order());
    }

    [SeededFact]
    public void Every_pair_of_encodings_and_every_way_of_passing_values_comes_up()
    {
        Assert.Equal(9, Funcs.Select(f => (f.Lower, f.Lift)).Distinct().Count());
        var signatures = Funcs.Select(f => FlatSignature.Lowered(new(false, 1), f)).ToArray();
        foreach (bool inMemory in new[] { false, true })
        {
            Assert.Contains(signatures, s => s.ParamsInMemory == inMemory && s.ResultInMemory);
            Assert.Contains(signatures, s => s.ParamsInMemory == inMemory && !s.Results.IsEmpty);
            Assert.Contains(signatures, s => s.ParamsInMemory == inMemory && !s.ResultInMemory && s.Results.IsEmpty);
            Assert.Contains(Funcs, f => f.PostReturn && FlatSignature.Lifted(new(false, 1), f).ResultInMemory == inMemory);
        }
    }

    [SeededFact]
    public void Callers_and_callees_are_asynchronous_and_values_pass_in_all_ways()
    {
        FuncUnderTest[] funcs =
            [.. Enumerable.Range(0, 80).SelectMany(seed => CaseGenerator.MakeAsync(FuzzSettings.SeedOf(seed), false, false, beyondReference: true).Pair.Funcs.Items)];
        Assert.Equal([Pairing.AsyncLower, Pairing.AsyncLift, Pairing.Async], funcs.Select(f => f.Pairing).Distinct().Order());
        foreach (bool inMemory in new[] { false, true })
        {
            Assert.Contains(funcs, f => f.LowersAsync && FlatSignature.Lowered(new(false, 1), f).ParamsInMemory == inMemory);
            Assert.Contains(funcs, f => f.LowersAsync && FlatSignature.Lowered(new(false, 1), f).ResultInMemory == inMemory);
            Assert.Contains(funcs, f => f.LiftsAsync && FlatSignature.Lifted(new(false, 1), f).ParamsInMemory == inMemory);
            Assert.Contains(funcs, f => f.LiftsAsync && FlatSignature.Lifted(new(false, 1), f).ResultInMemory == inMemory);
        }
        Assert.Equal([0, 1, 2, 3], funcs.Where(f => f.LiftsAsync).Select(f => f.Yields).Distinct().Order());
    }

    [SeededFact]
    public void Guests_do_everything_that_they_can()
    {
        Assert.Equal(Enum.GetValues<ReallocKind>(), Cases.SelectMany(c => c.CalleeReallocs.Items.Concat(c.CallerReallocs.Items)).Select(r => r.Kind).Distinct().Order());
        Assert.Equal(Enum.GetValues<PlaceKind>(), Cases.SelectMany(c => new[] { c.ArgsAt, c.ResultAt, c.ReturnAt }).Select(p => p.Kind).Distinct().Order());
        Assert.Equal(Enum.GetValues<HandleUse>(), Cases.Select(c => c.CalleeUse).Distinct().Order());
        Assert.Equal(Enum.GetValues<HandleUse>(), Cases.Select(c => c.CallerUse).Distinct().Order());
        Assert.Equal(Enum.GetValues<Leaving>(), Cases.Select(c => c.Leaves).Distinct().Order());
        Assert.Equal([0, 1, 2, 3], Cases.Select(c => c.Before.Length).Distinct().Order());
    }

    [SeededFact]
    public void Callees_are_everywhere_and_call_back_with_and_without_storage_of_their_threads()
    {
        Assert.Equal(Enum.GetValues<PairShape>(), Pairs.Select(p => p.Pair.Shape).Distinct().Order());
        foreach (var shape in Enum.GetValues<PairShape>())
        {
            var pairs = Pairs.Where(p => p.Pair.Shape == shape).ToArray();
            Assert.Contains(pairs, p => p.Pair.Contexts && p.Cases.Items.Any(c => c.Case.Leaves == Leaving.Back && c.Case.Again > 0));
            Assert.Contains(pairs, p => !p.Pair.Contexts && p.Cases.Items.Any(c => c.Case.Leaves == Leaving.Back && c.Case.Again == 0));
            Assert.Contains(pairs, p => p.Pair.Resources && p.Pair.Funcs.Items.Any(f => f.Type.Params.Items.Any(param => Handles.In(param.Type))));
        }
        Assert.Contains(Pairs, p => Enumerable.Range(0, p.Pair.Funcs.Length).Any(i => p.Pair.Funcs[i].PostReturn && p.Pair.PostReturnOf(i) != i));
    }

    [SeededFact]
    public void Most_valid_cases_return_and_most_others_trap()
    {
        int[] valid = new int[2], invalid = new int[2], withHandles = new int[2];
        foreach (var (pair, cases) in Pairs.Take(20))
        {
            foreach (var (@case, isSpoiled) in cases)
            {
                int trapped = SpecificationModel.Run(pair, CaseInput.Of(pair, @case), Dialect.Specification) is Outcome.Trapped ? 1 : 0;
                (isSpoiled ? invalid : valid)[trapped]++;
                if (!isSpoiled && pair.Resources && pair.Funcs[@case.Func].Type.Params.Items.Any(p => Handles.In(p.Type)))
                    withHandles[trapped]++;
            }
        }
        Assert.InRange(valid[1], 0, valid[0] / 4);
        Assert.InRange(withHandles[1], 0, withHandles[0]);
        Assert.InRange(invalid[1], invalid[0], int.MaxValue);
        Assert.InRange(invalid.Sum(), valid.Sum() / 2, int.MaxValue);
    }
}
