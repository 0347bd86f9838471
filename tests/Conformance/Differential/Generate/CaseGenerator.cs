using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Conformance.Differential.Generate;

/// <summary>Pairs and cases from seeds.</summary>
public static class CaseGenerator
{
    private const int FuncsPerPair = 5, CasesPerFunc = 8;

    /// <summary>How many cases a pair has.</summary>
    public const int CasesPerPair = FuncsPerPair * CasesPerFunc;

    /// <summary>A pair with cases for all its functions.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="caller">The width of the caller's pointers.</param>
    /// <param name="callee">The width of the callee's pointers.</param>
    /// <param name="fixedLengthLists">Whether there are lists of fixed length.</param>
    public static (Pair Pair, EquatableArray<GeneratedCase> Cases) Make(int seed, Abi caller, Abi callee, bool fixedLengthLists = false)
    {
        var choice = new Choice(seed);
        var types = new TypeGenerator(choice, fixedLengthLists);
        var funcs = Enumerable.Range(0, FuncsPerPair)
            .Select(_ => new FuncUnderTest(types.Func(), AnyEncoding(choice), AnyEncoding(choice), choice.OneIn(3)))
            .ToEquatableArray();
        var pair = new Pair(new(caller.Is64, choice.Between(1, 2)), new(callee.Is64, choice.Between(1, 2)), funcs);
        var cases = Enumerable.Range(0, CasesPerPair).Select(i => Case(choice, pair, i % FuncsPerPair)).ToEquatableArray();
        return (pair, cases);
    }

    private static StringEncoding AnyEncoding(Choice choice) => (StringEncoding)choice.Between(0, 2);

    private static GeneratedCase Case(Choice choice, Pair pair, int index)
    {
        var func = pair.Funcs[index];
        var values = new ValueGenerator(choice, func.Lower);
        var args = func.Type.Params.Items.Select(p => values.Value(p.Type)).ToEquatableArray();
        var result = func.Type.Result is { } type ? new ValueGenerator(choice, func.Lift).Value(type) : null;
        var good = new Case(index, args, Place.Good, result, Place.Good, Place.Good, [], [], choice.OneIn(5) ? 2 : 1, choice.Bits());
        if (choice.OneIn(2))
            return new(good, false);
        var bad = Spoil(choice, pair, func, good);
        if (choice.OneIn(5))
            bad = Spoil(choice, pair, func, bad);
        return new(bad, bad != good);
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
        Abi caller = new(pair.Caller.Is64), callee = new(pair.Callee.Is64);
        var lowered = caller.Lowered(func.Type);
        var lifted = callee.Lifted(func.Type);
        var callerFaults = new Faults(choice, caller, pair.Caller.Bytes);
        var calleeFaults = new Faults(choice, callee, pair.Callee.Bytes);
        switch (choice.Between(0, 11))
        {
            case <= 3:
                return callerFaults.Spoil([.. func.Type.Params.Items.Select(p => p.Type)], good.Args) is { } args ? good with { Args = args } : null;
            case <= 6:
                return func.Type.Result is { } type && calleeFaults.Spoil([type], [good.Result!]) is { } result ? good with { Result = result[0] } : null;
            case 7:
                return lowered.ParamsInMemory
                    ? good with { ArgsAt = callerFaults.BadPlace(caller.Alignment(Abi.ParamsTuple(func.Type))) }
                    : null;
            case 8:
                return lifted.ResultInMemory
                    ? choice.OneIn(2)
                        ? good with { ResultAt = calleeFaults.BadPlace(callee.Alignment(func.Type.Result!)) }
                        : good with { ReturnAt = callerFaults.BadPlace(caller.Alignment(func.Type.Result!)) }
                    : null;
            case <= 10:
                return lifted.ParamsInMemory || func.Type.Params.Items.Any(p => Allocates(p.Type))
                    ? good with { CalleeReallocs = Reallocs(choice, pair.Callee) }
                    : null;
            default:
                return func.Type.Result is { } allocated && Allocates(allocated)
                    ? good with { CallerReallocs = Reallocs(choice, pair.Caller) }
                    : null;
        }
    }

    private static bool Allocates(ValType type) =>
        type is ValType.Primitive { Type: PrimitiveType.String } or ValType.List or ValType.Map
        || (Abi.Parts(type)?.Any(Allocates) ?? false)
        || (Abi.Cases(type)?.Any(c => c is not null && Allocates(c)) ?? false);

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
