using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Conformance.Differential;

/// <summary>A pair with the one case that matters.</summary>
public sealed record Scenario(Pair Pair, Case Case)
{
    /// <summary>The function that the case calls.</summary>
    public FuncUnderTest Func => Pair.Funcs[Case.Func];

    /// <summary>Without the functions that the case does not call, where there are no other cases before it.</summary>
    public Scenario Alone() => Case.Before.IsEmpty ? new(Pair with { Funcs = [Func] }, Case with { Func = 0 }) : this;

    /// <summary>Whether the case is the only one that calls its function, so that the function can be changed.</summary>
    public bool IsOnlyCall => Case.Before.Items.All(c => c.Func != Case.Func);
}

/// <summary>Makes scenarios smaller as long as they still fail.</summary>
public static class Shrinker
{
    private const int MaxAttempts = 400;

    /// <summary>The smallest scenario found that fails.</summary>
    /// <param name="scenario">A scenario that fails.</param>
    /// <param name="fails">Whether a scenario fails.</param>
    public static Scenario Shrink(Scenario scenario, Func<Scenario, bool> fails)
    {
        int attempts = 0;
        var best = scenario.Alone();
        bool smaller = true;
        while (smaller)
        {
            smaller = false;
            foreach (var candidate in Candidates(best))
            {
                if (attempts++ > MaxAttempts)
                    return best;
                if (!fails(candidate))
                    continue;
                best = candidate;
                smaller = true;
                break;
            }
        }
        return best;
    }

    private static IEnumerable<Scenario> Candidates(Scenario s)
    {
        var (pair, @case) = s;
        var func = s.Func;
        foreach (var fewer in Earlier(@case))
            yield return new Scenario(pair, fewer).Alone();
        foreach (var changed in SmallerCases(@case).Where(c => c != @case))
            yield return s with { Case = changed };
        if (pair.Shape != PairShape.Siblings)
            yield return s with { Pair = pair with { Shape = PairShape.Siblings } };
        if (pair.Contexts)
            yield return s with { Pair = pair with { Contexts = false } };
        if (pair.Others > 0)
            yield return s with { Pair = pair with { Others = pair.Others / 2 } };
        if (pair.Debug)
            yield return s with { Pair = pair with { Debug = false } };
        if (pair.Caller.Pages > 1)
            yield return s with { Pair = pair with { Caller = pair.Caller with { Pages = 1 } } };
        if (pair.Callee.Pages > 1)
            yield return s with { Pair = pair with { Callee = pair.Callee with { Pages = 1 } } };
        if (!s.IsOnlyCall)
            yield break;
        for (int i = 0; i < func.Type.Params.Length; i++)
            yield return WithParams(s, func.Type.Params.Items.RemoveAt(i), @case.Args.Items.RemoveAt(i));
        if (func.Type.Result is not null)
            yield return WithResult(s, null, null);
        for (int i = 0; i < func.Type.Params.Length; i++)
        {
            foreach (var (type, node) in ValueShrinker.Shrink(func.Type.Params[i].Type, @case.Args[i]))
                yield return WithParams(s, func.Type.Params.Items.SetItem(i, func.Type.Params[i] with { Type = type }), @case.Args.Items.SetItem(i, node));
        }
        if (func.Type.Result is { } result)
        {
            foreach (var (type, node) in ValueShrinker.Shrink(result, @case.Result!))
                yield return WithResult(s, type, node);
        }
        if (func.Yields > 0)
            yield return WithFunc(s, func with { Yields = func.Yields - 1 });
        if (func.PostReturn)
            yield return WithFunc(s, func with { PostReturn = false });
        if (func.Type.Result is null && func.Lift != StringEncoding.Utf8)
            yield return WithFunc(s, func with { Lift = StringEncoding.Utf8 });
        if (func.Type.Params.IsEmpty && func.Lower != StringEncoding.Utf8)
            yield return WithFunc(s, func with { Lower = StringEncoding.Utf8 });
        if (pair.Resources && pair.Funcs.Length == 1 && !func.Type.Params.Items.Select(p => p.Type).Append(func.Type.Result).Any(t => t is not null && Handles.In(t)))
            yield return s with { Pair = pair with { Resources = false } };
    }

    private static IEnumerable<Case> Earlier(Case @case)
    {
        if (@case.Before.IsEmpty)
            yield break;
        yield return @case with { Before = [] };
        for (int i = 0; i < @case.Before.Length; i++)
        {
            yield return @case with { Before = new(@case.Before.Items.RemoveAt(i)) };
            foreach (var changed in SmallerCases(@case.Before[i]).Where(c => c != @case.Before[i]))
                yield return @case with { Before = new(@case.Before.Items.SetItem(i, changed)) };
        }
    }

    private static IEnumerable<Case> SmallerCases(Case @case)
    {
        yield return @case with { Calls = 1 };
        yield return @case with { Leaves = Leaving.Never };
        yield return @case with { Again = 0 };
        yield return @case with { CallerUse = HandleUse.Inspect };
        yield return @case with { CalleeUse = HandleUse.Inspect };
        yield return @case with { Garbage = 0 };
        yield return @case with { ArgsAt = Place.Good };
        yield return @case with { ResultAt = Place.Good };
        yield return @case with { ReturnAt = Place.Good };
        yield return @case with { CallerReallocs = [] };
        yield return @case with { CalleeReallocs = [] };
        for (int i = 0; i < @case.CallerReallocs.Length; i++)
            yield return @case with { CallerReallocs = new(@case.CallerReallocs.Items.RemoveAt(i)) };
        for (int i = 0; i < @case.CalleeReallocs.Length; i++)
            yield return @case with { CalleeReallocs = new(@case.CalleeReallocs.Items.RemoveAt(i)) };
    }

    private static Scenario WithParams(Scenario s, IEnumerable<Param> parameters, IEnumerable<Node> args) =>
        WithFunc(s, s.Func with { Type = s.Func.Type with { Params = parameters.ToEquatableArray() } }) with { Case = s.Case with { Args = args.ToEquatableArray() } };

    private static Scenario WithResult(Scenario s, ValType? type, Node? node) =>
        WithFunc(s, s.Func with { Type = s.Func.Type with { Result = type } }) with { Case = s.Case with { Result = node } };

    private static Scenario WithFunc(Scenario s, FuncUnderTest func) => s with { Pair = s.Pair with { Funcs = new(s.Pair.Funcs.Items.SetItem(s.Case.Func, func)) } };
}
