using System;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Check;
using Fact.Lower.Code;
using Fact.Lower.Passes;
using Fact.Lower.Plan;

namespace Fact.Lower;

/// <summary>From adapters to plans of what their code does.</summary>
internal static class Planning
{
    /// <summary>Checks a set of adapters and plans them; or says all that is wrong with them.</summary>
    public static CallPlan[] Run(EquatableArray<Adapter> adapters, LowerOptions options, CodeBudget budget, out EquatableArray<Diagnostic> errors)
    {
        var list = new DiagnosticList(InputLimits.MaxErrorText);
        int capacity = Capacity.For(adapters.Length);
        var types = new TypeInterner(capacity / 2);
        // A barrier around an allocator is in no plan: it belongs to the helper that calls it.
        var used = options.Passes.Has(ElideBarrier.PassName) ? AdapterFacts.CallerThrowsNothing | AdapterFacts.CalleeThrowsNothing : AdapterFacts.None;
        var calls = new AdapterCheck(types, options.Reentrance, used, budget, list).Run(adapters);
        errors = budget.IsSpent ? [budget.Error] : list.ToArray();
        if (!errors.IsEmpty)
            return [];
        var passes = options.Passes.For(options.Target);
        var copies = new CopyPlanner(types, passes, capacity + (capacity / 4));
        var planner = new CallPlanner(copies, passes, options.ExceptionBarrier);
        long paid = 0;
        var plans = new CallPlan[calls.Length];
        for (int i = 0; i < plans.Length; i++)
        {
            plans[i] = planner.Of(calls[i]!);
            if (copies.TakeTooLarge(out var type))
                list.Add(new(DiagnosticCode.TooLarge, type is null ? TooMuchForParams : TooMuchForType, TypePath.To(type, calls[i]!), Adapter: adapters[i].Name));
            if (!budget.Spend(copies.Work - paid))
                break;
            paid = copies.Work;
        }
        errors = budget.IsSpent ? [budget.Error] : list.ToArray();
        return plans;
    }

    private const string TooMuchForType = "translating a value of the type takes too much code for one function of a module; nest its parts in several types";
    private const string TooMuchForParams = "translating the parameters takes too much code for one function of a module; nest them in several types";
}
