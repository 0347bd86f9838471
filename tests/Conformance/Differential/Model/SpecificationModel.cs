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
    public static Outcome? Run(Pair pair, RunInput input, Dialect dialect)
    {
        var (caller, callee) = Guests(pair, dialect);
        int returned = 0;
        try
        {
            RunAll(pair, input, caller, callee, lenient: false, ref returned);
        }
        catch (ModelTrap trap)
        {
            return caller.IsUnpredictable || callee.IsUnpredictable ? null : new Outcome.Trapped(trap.Message, returned);
        }
        return caller.IsUnpredictable || callee.IsUnpredictable ? null : new Outcome.Completed(caller.State(), callee.State());
    }

    /// <summary>The handles that guests get in the last step, if they do nothing with them; those until it traps.</summary>
    public static (IReadOnlyList<ReceivedHandle> Caller, IReadOnlyList<ReceivedHandle> Callee) Received(Pair pair, RunInput input)
    {
        var (caller, callee) = Guests(pair, Dialect.Specification());
        int returned = 0;
        try
        {
            RunAll(pair, input, caller, callee, lenient: true, ref returned);
        }
        catch (ModelTrap)
        {
            // Then there is nothing that a guest could do.
        }
        return (caller.Received, callee.Received);
    }

    private static (ModelGuest Caller, ModelGuest Callee) Guests(Pair pair, Dialect dialect)
    {
        var destructors = new ModelDestructors();
        return (new(pair.Caller, dialect, new(defines: null, destructors)), new(pair.Callee, dialect, new(defines: 1, destructors)));
    }

    private static void RunAll(Pair pair, RunInput input, ModelGuest caller, ModelGuest callee, bool lenient, ref int returned)
    {
        if (input.Stock)
        {
            Stock(callee.Handles, Handles.CalleeReps, null);
            Stock(caller.Handles, Handles.CallerReps, callee.Handles);
        }
        for (int i = 0; i < input.Steps.Length; i++)
        {
            var step = input.Steps[i];
            caller.Load(step.Caller);
            callee.Load(step.Callee);
            for (int n = 0; n < step.Calls; n++, returned++)
                Call(pair.Funcs[step.Func], caller, callee, lenient && i == input.Steps.Length - 1);
        }
    }

    /// <summary>A guest makes resources; those of type 1 pass through the hands of the callee.</summary>
    private static void Stock(ModelHandles handles, int reps, ModelHandles? by)
    {
        for (int i = 0; i < Handles.Stock; i++)
            handles.LowerOwn(0, (ulong)(reps + i));
        for (int i = 0; i < Handles.Stock; i++)
        {
            ulong rep = (ulong)(reps + Handles.TypeReps + i);
            by?.LiftOwn(1, by.LowerOwn(1, rep));
            handles.LowerOwn(1, rep);
        }
    }

    private static void Call(FuncUnderTest func, ModelGuest caller, ModelGuest callee, bool lenient)
    {
        ValType[] parameters = [.. func.Type.Params.Items.Select(p => p.Type)];
        ValType[] results = func.Type.Result is { } result ? [result] : [];
        FlatSignature lowered = caller.Abi.Lowered(func.Type), lifted = callee.Abi.Lifted(func.Type);
        var call = new ModelCall();

        var args = new ModelLift(caller, func.Lower, call).Values(parameters, Abi.MaxFlatParams, new(Slots(caller, lowered.Params.Length)));
        var coreArgs = new ModelLower(callee, func.Lift, call).Values(parameters, args, Abi.MaxFlatParams, null);
        callee.LogValues(GuestText.LogValue, coreArgs);
        callee.UseHandles();

        ulong[] coreResults = [.. lifted.Results.Items.Select((type, i) => ModelFlat.Mask(type, callee.Slot(i)))];
        var values = new ModelLift(callee, func.Lift, call).Values(results, MaxFlatResults, new(coreResults));
        ModelTrap.If(call.Borrows > 0 && !lenient, "borrow handles still remain at the end of the call");
        ulong? returnPointer = lowered.ResultInMemory ? ModelFlat.Mask(caller.Abi.Pointer, caller.Slot(lowered.Params.Length - 1)) : null;
        var answer = new ModelLower(caller, func.Lower, call).Values(results, values, MaxFlatResults, returnPointer);
        call.End();
        if (func.PostReturn)
            callee.PostReturn(coreResults);
        if (answer.Count > 0)
            caller.LogResult(answer[0]);
        caller.UseHandles();
    }

    private static List<ulong> Slots(ModelGuest guest, int count) => [.. Enumerable.Range(0, count).Select(guest.Slot)];
}
