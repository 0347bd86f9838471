using System.Collections.Generic;
using System.Linq;
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
        return (new(pair.Caller, new(), resources, dialect), new(pair.Callee, instance, resources, dialect));
    }

    private static void RunAll(Pair pair, RunInput input, ModelGuest caller, ModelGuest callee, bool lenient, ref int returned)
    {
        if (input.Stock)
        {
            Stock(callee, Handles.CalleeReps, null);
            Stock(caller, Handles.CallerReps, callee);
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

    private static void Call(FuncUnderTest func, ModelGuest caller, ModelGuest callee, bool lenient)
    {
        FlatSignature lowered = caller.Signature(func.Type, lift: false), lifted = callee.Signature(func.Type, lift: true);
        CoreFunc core = args =>
        {
            callee.LogValues(GuestText.LogValue, args);
            callee.UseHandles();
            callee.LeaveIf(Leaving.InTheCall);
            if (lenient)
                callee.DropBorrows();
            return callee.Slots(lifted.Results);
        };
        CoreFunc? postReturn = func.PostReturn ? results => { callee.PostReturn(results); return []; } : null;
        var component = Canon.Lift(core, func.Type, callee.Options(func.Lift, postReturn), callee.Instance);
        var answer = Canon.Lower(component, func.Type, caller.Options(func.Lower), caller.Instance, caller.Slots(lowered.Params));
        if (answer.Count > 0)
            caller.LogResult(answer[0].Bits);
        caller.UseHandles();
    }
}
