using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Model;

namespace Fact.Conformance.Differential.Model;

/// <summary>
/// What the specification says of a case, without WebAssembly and without an adapter: lift from one guest, lower into the other.
/// It is the judge where no engine has an opinion, as with 64-bit memories.
/// </summary>
internal static class SpecificationModel
{
    /// <summary>How the run must end; null where the dialect cannot say.</summary>
    public static Outcome? Run(Pair pair, RunInput input, Dialect dialect)
    {
        var (caller, callee) = Guests(pair, dialect);
        int returned = 0;
        try
        {
            RunAll(pair, input, caller, callee, lenient: false, ref returned);
        }
        catch (SpecTrap trap)
        {
            return caller.Memory.IsUnpredictable || callee.Memory.IsUnpredictable ? null : new Outcome.Trapped(trap.Message, returned);
        }
        return caller.Memory.IsUnpredictable || callee.Memory.IsUnpredictable ? null : new Outcome.Completed(caller.State(), callee.State());
    }

    /// <summary>The handles that guests get in the last step, if they do nothing with them; those until it traps.</summary>
    public static (IReadOnlyList<ReceivedHandle> Caller, IReadOnlyList<ReceivedHandle> Callee) Received(Pair pair, RunInput input)
    {
        var (caller, callee) = Guests(pair, Dialect.Specification);
        int returned = 0;
        try
        {
            RunAll(pair, input, caller, callee, lenient: true, ref returned);
        }
        catch (SpecTrap)
        {
            // Then there is nothing that a guest could do.
        }
        return (caller.Received, callee.Received);
    }

    private static (ModelGuest Caller, ModelGuest Callee) Guests(Pair pair, Dialect dialect)
    {
        var instance = new SpecInstance();
        var resources = new ModelResources(instance);
        return (
            new(pair, pair.Caller, pair.Shape == PairShape.Self ? instance : new(), resources, dialect),
            new(pair, pair.Callee, instance, resources, dialect));
    }

    private static void RunAll(Pair pair, RunInput input, ModelGuest caller, ModelGuest callee, bool lenient, ref int returned)
    {
        if (input.Stock)
        {
            Stock(callee, Handles.CalleeReps, null);
            Stock(caller, Handles.CallerReps, pair.Shape == PairShape.Self ? null : callee);
        }
        for (int i = 0; i < input.Steps.Length; i++)
        {
            var step = input.Steps[i];
            caller.Load(step.Caller);
            callee.Load(step.Callee);
            for (int n = 0; n < step.Calls; n++, returned++)
                caller.Instance.InThread(() => Call(pair, step.Func, caller, callee, lenient && i == input.Steps.Length - 1));
        }
    }

    /// <summary>A guest makes resources; those of type 1 pass through the hands of the callee.</summary>
    private static void Stock(ModelGuest guest, int reps, ModelGuest? by)
    {
        for (int i = 0; i < Handles.Stock; i++)
            guest.Make(0, (ulong)(reps + i));
        for (int i = 0; i < Handles.Stock; i++)
        {
            ulong rep = (ulong)(reps + Handles.TypeReps + i);
            by?.Instance.Handles.Remove(by.Make(1, rep));
            guest.Make(1, rep);
        }
    }

    private static bool Call(Pair pair, int number, ModelGuest caller, ModelGuest callee, bool lenient)
    {
        var func = pair.Funcs[number];
        FlatSignature lowered = caller.Signature(func, lift: false), lifted = callee.Signature(func, lift: true);
        CoreFunc core = args =>
        {
            callee.LogValues(GuestText.LogValue, args);
            callee.UseContext(ContextText.OfFunc(number));
            callee.UseHandles();
            callee.LeaveIf(Leaving.InTheCall);
            if (callee.Leaves(Leaving.Back))
                Back();
            if (lenient)
                callee.DropBorrows();
            (callee.IsReceiving, caller.IsReceiving) = (false, true);
            return callee.Slots(lifted.Results);
        };
        CoreFunc? postReturn = func.PostReturn ? results => { callee.PostReturn(results); return []; } : null;
        var component = Canon.Lift(core, func.Type, callee.Options(func.Lift, postReturn) with { Async = func.LiftsAsync }, callee.Instance);
        caller.UseContext(ContextText.OfCaller);
        (callee.IsReceiving, caller.IsReceiving) = (true, false);
        var answer = Canon.Lower(component, func.Type, caller.Options(func.Lower) with { Async = func.LowersAsync }, caller.Instance, caller.Slots(lowered.Params));
        if (func.LowersAsync)
            caller.LogResult(AsyncText.StateReturned);
        if (answer.Count > 0)
            caller.LogResult(answer[0].Bits);
        caller.UseContext(null);
        caller.UseHandles();
        return true;

        void Back()
        {
            var type = new ComponentFuncType([], null);
            var back = Canon.Lift(_ => CallAgain(), type, caller.Options(func.Lower), caller.Instance);
            Canon.Lower(back, type, callee.Options(func.Lift), callee.Instance, []);
        }

        IReadOnlyList<CoreValue> CallAgain()
        {
            if (caller.Back() is { } again)
            {
                Call(pair, again, caller, callee, lenient);
                caller.UseContext(null);
            }
            return [];
        }
    }
}
