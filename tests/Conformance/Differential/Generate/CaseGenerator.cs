using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Model;

namespace Fact.Conformance.Differential.Generate;

/// <summary>Pairs and cases from seeds.</summary>
public static class CaseGenerator
{
    private const int FuncsPerPair = 5, CasesPerFunc = 8;

    /// <summary>How many cases a pair has.</summary>
    public const int CasesPerPair = FuncsPerPair * CasesPerFunc;

    /// <summary>A pair with cases for all its functions.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="caller64">Whether the caller's pointers have 64 bits.</param>
    /// <param name="callee64">Whether the callee's pointers have 64 bits.</param>
    /// <param name="beyondReference">Whether there is also what the reference runtime cannot do: lists of fixed length, and calls of an instance by itself.</param>
    public static (Pair Pair, EquatableArray<GeneratedCase> Cases) Make(int seed, bool caller64, bool callee64, bool beyondReference)
    {
        var choice = new Choice(seed);
        bool resources = choice.OneIn(3), contexts = choice.OneIn(3);
        var shape = choice.OneIn(3) ? PairShape.Nested : beyondReference && choice.OneIn(3) ? PairShape.Self : PairShape.Siblings;
        // Within one table, adapters move handles one after another, the specification takes all of them out first: the indices differ.
        var types = new TypeGenerator(choice, beyondReference, resources, owns: shape != PairShape.Self);
        var funcs = Enumerable.Range(0, FuncsPerPair)
            .Select(_ => new FuncUnderTest(types.Func(), AnyEncoding(choice), AnyEncoding(choice), choice.OneIn(3)))
            .ToEquatableArray();
        var pair = new Pair(new(caller64, choice.Between(1, 2)), new(callee64, choice.Between(1, 2)), funcs, resources, Debug: choice.OneIn(2))
        {
            Shape = shape,
            Contexts = contexts,
        };
        var cases = Enumerable.Range(0, CasesPerPair).Select(i => Sequence(choice, pair, i % FuncsPerPair)).ToEquatableArray();
        return (pair, cases);
    }

    /// <summary>
    /// A pair of which every function has an asynchronous side. Calls back are for others. Where there are handles, nobody waits: the call would be among them.
    /// </summary>
    public static (Pair Pair, EquatableArray<GeneratedCase> Cases) MakeAsync(int seed, bool caller64, bool callee64, bool beyondReference)
    {
        var choice = new Choice(seed);
        bool resources = choice.OneIn(3), contexts = choice.OneIn(3);
        var types = new TypeGenerator(choice, beyondReference, resources, owns: true);
        var funcs = Enumerable.Range(0, FuncsPerPair)
            .Select(_ => new FuncUnderTest(types.Func(), AnyEncoding(choice), AnyEncoding(choice), PostReturn: false))
            .Select(f => f with { Pairing = choice.Of(Pairing.AsyncLower, Pairing.AsyncLift, Pairing.Async) })
            .Select(f => f.LiftsAsync ? f with { Yields = resources && f.LowersAsync ? 0 : choice.Between(0, 3) } : f with { PostReturn = choice.OneIn(3) })
            .ToEquatableArray();
        var pair = new Pair(new(caller64, choice.Between(1, 2)), new(callee64, choice.Between(1, 2)), funcs, resources, Debug: choice.OneIn(2))
        {
            Shape = choice.OneIn(3) ? PairShape.Nested : PairShape.Siblings,
            Contexts = contexts,
        };
        return (pair, Enumerable.Range(0, CasesPerPair).Select(i => WithoutBack(Sequence(choice, pair, i % FuncsPerPair))).ToEquatableArray());
    }

    private static GeneratedCase WithoutBack(GeneratedCase made) => made with { Case = WithoutBack(made.Case) };

    private static Case WithoutBack(Case made) => made with
    {
        Leaves = made.Leaves == Leaving.Back ? Leaving.Never : made.Leaves,
        Again = 0,
        Before = [.. made.Before.Items.Select(WithoutBack)],
    };

    private static StringEncoding AnyEncoding(Choice choice) => (StringEncoding)choice.Between(0, 2);

    /// <summary>A case, sometimes after others on the same instances.</summary>
    private static GeneratedCase Sequence(Choice choice, Pair pair, int index)
    {
        var (caller, callee) = (new HandlePool(choice, pair.CallersFirstHandle), new HandlePool(choice, 1));
        int before = choice.OneIn(4) ? choice.Between(1, 3) : 0;
        var earlier = Enumerable.Range(0, before).Select(_ => Good(choice, pair, choice.Between(0, FuncsPerPair - 1), caller, callee)).ToEquatableArray();
        var good = Good(choice, pair, index, caller, callee) with { Before = earlier };
        if (choice.OneIn(2))
            return new(good, false);
        var bad = Spoil(choice, pair, pair.Funcs[index], good);
        if (choice.OneIn(5))
            bad = Spoil(choice, pair, pair.Funcs[index], bad);
        return new(bad, bad != good);
    }

    private static Case Good(Choice choice, Pair pair, int index, HandlePool caller, HandlePool callee)
    {
        var func = pair.Funcs[index];
        caller.NextCall();
        callee.NextCall();
        var values = new ValueGenerator(choice, func.Lower, caller);
        var args = func.Type.Params.Items.Select(p => values.Value(p.Type)).ToEquatableArray();
        var result = func.Type.Result is { } type ? new ValueGenerator(choice, func.Lift, callee).Value(type) : null;
        bool movesResources = func.Type.Params.Items.Select(p => p.Type).Append(func.Type.Result).Any(t => t is not null && Handles.In(t));
        int calls = choice.OneIn(movesResources ? 12 : 5) ? 2 : 1;
        return new(index, args, Place.Good, result, Place.Good, Place.Good, [], [], calls, choice.Bits())
        {
            CallerUse = choice.Of(HandleUse.Inspect, HandleUse.DropAll),
            CalleeUse = choice.Of(HandleUse.Inspect, HandleUse.DropAll),
            Leaves = choice.OneIn(8) ? Leaving.InTheCall : choice.OneIn(4) ? Leaving.Back : Leaving.Never,
            Again = choice.OneIn(movesResources ? 12 : 2) ? choice.Between(1, 2) : 0,
        };
    }

    /// <summary>Tries a few times to make something of a case invalid: some functions have little to lie about.</summary>
    private static Case Spoil(Choice choice, Pair pair, FuncUnderTest func, Case good)
    {
        for (int attempt = 0; attempt < 8; attempt++)
        {
            var bad = SpoilOnce(choice, pair, func, good);
            if (bad is not null)
                return bad;
        }
        return good;
    }

    private static Case? SpoilOnce(Choice choice, Pair pair, FuncUnderTest func, Case good)
    {
        SpecAbi caller = pair.Caller.Abi, callee = pair.Callee.Abi;
        var lowered = FlatSignature.Lowered(pair.Caller, func);
        var lifted = FlatSignature.Lifted(pair.Callee, func);
        var callerFaults = new Faults(choice, pair.Caller);
        var calleeFaults = new Faults(choice, pair.Callee);
        switch (choice.Between(0, 15))
        {
            case <= 3:
                return callerFaults.Spoil([.. func.Type.Params.Items.Select(p => p.Type)], good.Args) is { } args ? good with { Args = args } : null;
            case <= 6:
                return func.Type.Result is { } type && calleeFaults.Spoil([type], [good.Result!]) is { } result ? good with { Result = result[0] } : null;
            case 7 or 14:
                return lowered.ParamsInMemory
                    ? good with { ArgsAt = callerFaults.BadPlace(caller.Alignment(FlatSignature.ParamsTuple(func.Type))) }
                    : null;
            case 8 or 15:
                return lifted.ResultInMemory || lowered.ResultInMemory
                    ? lifted.ResultInMemory && (!lowered.ResultInMemory || choice.OneIn(2))
                        ? good with { ResultAt = calleeFaults.BadPlace(callee.Alignment(func.Type.Result!)) }
                        : good with { ReturnAt = callerFaults.BadPlace(caller.Alignment(func.Type.Result!)) }
                    : null;
            case <= 10:
                return lifted.ParamsInMemory || func.Type.Params.Items.Any(p => Allocates(p.Type))
                    ? good with { CalleeReallocs = Reallocs(choice, pair.Callee) }
                    : null;
            case 11:
                return pair.Resources && func.Type.Params.Items.Any(p => Handles.In(p.Type))
                    ? good with { CalleeUse = AnyMistake(choice) }
                    : null;
            case 12:
                return func.PostReturn
                    ? good with { Leaves = Leaving.InPostReturn }
                    : pair.Resources && func.Type.Result is { } handle && Handles.In(handle) ? good with { CallerUse = AnyMistake(choice) } : null;
            default:
                return func.Type.Result is { } allocated && Allocates(allocated)
                    ? good with { CallerReallocs = Reallocs(choice, pair.Caller) }
                    : null;
        }
    }

    private static HandleUse AnyMistake(Choice choice) => choice.Of(HandleUse.ForgetOne, HandleUse.DropTwice, HandleUse.UseAfterDrop, HandleUse.MistakeType);

    private static bool Allocates(ValType type) =>
        type is ValType.Primitive { Type: PrimitiveType.String } or ValType.List or ValType.Map
        || (Shape.Parts(type)?.Any(Allocates) ?? false)
        || (Shape.Cases(type)?.Any(c => c is not null && Allocates(c)) ?? false);

    private static EquatableArray<ReallocStep> Reallocs(Choice choice, GuestMemoryType memory)
    {
        var steps = new List<ReallocStep>();
        for (int good = choice.Of(0, 0, 0, 1, 1, 2, 3); good > 0; good--)
            steps.Add(new(ReallocKind.Behave, 0));
        var kind = (ReallocKind)choice.Between(1, 9);
        steps.Add(new(kind, kind switch
        {
            ReallocKind.Return => choice.Of<ulong>(0UL, 1, 2, 0x101, memory.Bytes - 8, memory.Bytes - 1, memory.Bytes, 0x80000000, 0xFFFFFFF8, 0xFFFFFFFF, choice.Bits()),
            ReallocKind.Shift => choice.Of<ulong>(1UL, 2, 4),
            ReallocKind.Overlap => choice.Of<ulong>(0UL, 1, 4, 8, 16, unchecked((ulong)-8)),
            ReallocKind.Grow => 1,
            ReallocKind.AtEnd => choice.Of<ulong>(0UL, 1, 2, 8),
            _ => 0,
        }));
        return steps.ToEquatableArray();
    }
}

/// <summary>A case, and whether something in it was made invalid.</summary>
public sealed record GeneratedCase(Case Case, bool IsSpoiled);
