using System.Collections.Generic;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Check;
using Fact.Lower.Code;
using Fact.Lower.Plan;
using Fact.Lower.Select;
using LanguageExt;

namespace Fact.Lower;

/// <summary>From adapters to symbolic functions: they are checked, planned, and written. What makes plans cheaper is applied while they are made.</summary>
internal static class Lowering
{
    /// <summary>
    /// Lowers a set of adapters to one program. The same input gives the same program. Everything that is wrong with
    /// the adapters is reported, not only the first fault.
    /// </summary>
    public static Either<EquatableArray<Diagnostic>, AdapterProgram> Run(EquatableArray<Adapter> adapters, LowerOptions options) =>
        Run(adapters, options, new CodeBudget(adapters.Length));

    /// <summary>Lowers a set of adapters whose code is limited together with that of others.</summary>
    /// <inheritdoc cref="Run(EquatableArray{Adapter}, LowerOptions)"/>
    /// <exception cref="System.OperationCanceledException">The token of the budget was cancelled.</exception>
    public static Either<EquatableArray<Diagnostic>, AdapterProgram> Run(EquatableArray<Adapter> adapters, LowerOptions options, CodeBudget budget)
    {
        var plans = Planning.Run(adapters, options, budget, out var errors);
        if (!errors.IsEmpty)
            return errors;
        var s = new Scope(options, plans.Length);
        var functions = new Functions(s);
        var code = new AdapterCode[plans.Length];
        var parts = new List<SymbolicFunc>();
        var imports = new List<Import>(8);
        for (int i = 0; i < plans.Length; i++)
        {
            if (!Write(s, functions, plans[i], parts, budget))
                return (EquatableArray<Diagnostic>)[budget.Error];
            code[i] = new(Declared(s, plans[i], imports), parts.Seal(), Exports(plans[i], parts[0].Id));
            parts.Clear();
        }
        return new AdapterProgram(EquatableArray.Seal(code));
    }

    /// <summary>Writes the functions of an adapter and the helpers that it is the first to need; false where the budget is not enough for it.</summary>
    private static bool Write(Scope s, Functions functions, CallPlan plan, List<SymbolicFunc> parts, CodeBudget budget)
    {
        s.Flags.Forget();
        var first = s.Helpers.NewFuncs(plan.Funcs.Length);
        for (int i = 0; i < plan.Funcs.Length; i++)
            parts.Add(functions.Write(plan, i, first));
        return budget.Spend(s.Code.TakeWork()) && s.Helpers.WriteAll(s, parts, budget);
    }

    private static EquatableArray<ProgramExport> Exports(CallPlan plan, FuncId first)
    {
        if (plan.Funcs.Length == 1)
            return EquatableArray.One(new ProgramExport(plan.Adapter.Name, FuncRef.Of(first)));
        return
        [
            new(plan.Funcs[0].Name, FuncRef.Of(first)),
            new(plan.Funcs[1].Name, FuncRef.Of(new(first.Value + 1))),
            new(plan.Funcs[2].Name, FuncRef.Of(new(first.Value + 2))),
            new(PartNames.Callee(plan.Adapter), new FuncRef.Imported(plan.Callee)),
        ];
    }

    /// <summary>What a host of such modules expects every adapter to import, used or not; of flags only those that its code uses.</summary>
    private static EquatableArray<Import> Declared(Scope s, CallPlan plan, List<Import> imports)
    {
        imports.Clear();
        Add(plan.Lift, plan.LiftFlags, plan.Adapter.Lift.Options);
        Add(plan.Lower, plan.LowerFlags, plan.Adapter.Lower.Options);
        imports.Add(plan.Callee);
        if (plan.PostReturn is { } postReturn)
            imports.Add(postReturn);
        return imports.Seal();

        void Add(Side side, Import.InstanceFlags flags, CanonicalOptions options)
        {
            if (s.Flags.IsUsed(flags))
                imports.Add(flags);
            if (side.Memory is { } memory)
                imports.Add(memory);
            if (side.Realloc is { } realloc)
                imports.Add(realloc);
            if (options.Callback is { } callback)
                imports.Add(new Import.Callback(callback));
        }
    }
}
