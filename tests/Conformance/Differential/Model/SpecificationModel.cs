using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Conformance.Differential.Model;

/// <summary>
/// What the specification says of a case, without WebAssembly and without an adapter: lift from one guest, lower into the other.
/// It is the judge where no engine has an opinion, as with 64-bit memories.
/// </summary>
internal static class SpecificationModel
{
    private const int MaxFlatResults = 1;

    /// <summary>How the run must end; null where the dialect cannot say.</summary>
    public static Outcome? Run(Pair pair, FuncUnderTest func, RunInput input, Dialect dialect)
    {
        var caller = new ModelGuest(pair.Caller, input.Caller, dialect);
        var callee = new ModelGuest(pair.Callee, input.Callee, dialect);
        try
        {
            for (int i = 0; i < input.Calls; i++)
                Call(func, caller, callee);
        }
        catch (ModelTrap trap)
        {
            return caller.IsUnpredictable || callee.IsUnpredictable ? null : new Outcome.Trapped(trap.Message);
        }
        return caller.IsUnpredictable || callee.IsUnpredictable ? null : new Outcome.Completed(caller.State(), callee.State());
    }

    private static void Call(FuncUnderTest func, ModelGuest caller, ModelGuest callee)
    {
        ValType[] parameters = [.. func.Type.Params.Items.Select(p => p.Type)];
        ValType[] results = func.Type.Result is { } result ? [result] : [];
        FlatSignature lowered = caller.Abi.Lowered(func.Type), lifted = callee.Abi.Lifted(func.Type);

        var args = new ModelLift(caller, func.Lower).Values(parameters, Abi.MaxFlatParams, new(Slots(caller, lowered.Params.Length)));
        var coreArgs = new ModelLower(callee, func.Lift).Values(parameters, args, Abi.MaxFlatParams, null);
        callee.LogValues(GuestText.LogValue, coreArgs);

        ulong[] coreResults = [.. lifted.Results.Items.Select((type, i) => ModelFlat.Mask(type, callee.Slot(i)))];
        var values = new ModelLift(callee, func.Lift).Values(results, MaxFlatResults, new(coreResults));
        ulong? returnPointer = lowered.ResultInMemory ? ModelFlat.Mask(caller.Abi.Pointer, caller.Slot(lowered.Params.Length - 1)) : null;
        var answer = new ModelLower(caller, func.Lower).Values(results, values, MaxFlatResults, returnPointer);
        if (func.PostReturn)
            callee.PostReturn(coreResults);
        if (answer.Count > 0)
            caller.LogResult(answer[0]);
    }

    private static List<ulong> Slots(ModelGuest guest, int count) => [.. Enumerable.Range(0, count).Select(guest.Slot)];
}
