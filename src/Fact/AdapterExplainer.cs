using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Fact.Emit;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower;
using Fact.Lower.Explain;
using Fact.Lower.Passes;
using LanguageExt;

namespace Fact;

/// <summary>
/// Explains adapters: what each does as the specification has it, which pass made what cheaper and why, and what is left. Time and size are linear in adapters and types.
/// There is no state: calls may run at the same time, and equal input gives equal explanations.
/// </summary>
public static class AdapterExplainer
{
    /// <summary>Explains a set of adapters that go into one module.</summary>
    /// <param name="adapters">The adapters.</param>
    /// <param name="options">How the module is compiled.</param>
    /// <returns>
    /// An explanation for each adapter, in their order; or all that is wrong with them, as
    /// <see cref="AdapterCompiler.Compile(EquatableArray{Adapter}, CompileOptions)"/> says it.
    /// </returns>
    public static Either<EquatableArray<Diagnostic>, EquatableArray<AdapterExplanation>> Explain(EquatableArray<Adapter> adapters, CompileOptions options) =>
        AdapterCompiler.Compile(adapters, options).Map(module => Explain([(adapters, module)], options, CancellationToken.None));

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="adapters">The adapters.</param>
    /// <param name="options">How the module is compiled.</param>
    /// <param name="explanations">An explanation for each adapter.</param>
    /// <param name="diagnostics">What is wrong; empty where there are explanations.</param>
    /// <returns>Whether there are explanations.</returns>
    public static bool TryExplain(
        EquatableArray<Adapter> adapters, CompileOptions options, out EquatableArray<AdapterExplanation> explanations, out EquatableArray<Diagnostic> diagnostics) =>
        Explain(adapters, options).Try(out explanations, out diagnostics);

    /// <summary>Explains the adapters of a component.</summary>
    /// <param name="component">The component's binary.</param>
    /// <param name="options">How adapter modules are compiled.</param>
    /// <param name="cancellationToken">Stops compiling, and explaining between modules.</param>
    /// <returns>An explanation for each adapter, in the order in which they were found; or all that is wrong with the component, with byte offsets and paths.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Either<EquatableArray<Diagnostic>, EquatableArray<AdapterExplanation>> Explain(
        ReadOnlyMemory<byte> component, CompileOptions options, CancellationToken cancellationToken = default) =>
        ComponentCompiler.Compile(component, options, cancellationToken).Map(compiled => Explain(compiled, options, cancellationToken));

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="component">The component's binary.</param>
    /// <param name="options">How adapter modules are compiled.</param>
    /// <param name="explanations">An explanation for each adapter.</param>
    /// <param name="diagnostics">What is wrong; empty where there are explanations.</param>
    /// <param name="cancellationToken">Stops compiling, and explaining between modules.</param>
    /// <returns>Whether there are explanations.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static bool TryExplain(
        ReadOnlyMemory<byte> component,
        CompileOptions options,
        out EquatableArray<AdapterExplanation> explanations,
        out EquatableArray<Diagnostic> diagnostics,
        CancellationToken cancellationToken = default) =>
        Explain(component, options, cancellationToken).Try(out explanations, out diagnostics);

    /// <summary>Explains the adapters of a component that was compiled with these options.</summary>
    internal static EquatableArray<AdapterExplanation> Explain(CompiledComponent component, CompileOptions options, CancellationToken cancellationToken)
    {
        var sets = new List<(EquatableArray<Adapter>, AdapterModule?)>(component.AdapterModules.Length);
        for (int i = 0; i < component.AdapterModules.Length; i++)
            sets.Add((component.Plan.AdapterModules[i].Adapters, component.AdapterModules[i]));
        var elided = new List<Adapter>();
        foreach (var adapter in component.Plan.Adapters)
        {
            if (adapter.Module is null)
                elided.Add(adapter.Adapter);
        }
        sets.Add((elided.ToEquatableArray(), null));
        var explained = new Queue<AdapterExplanation>(Explain(sets, options, cancellationToken).Items);
        var inModules = new Queue<AdapterExplanation>();
        while (explained.Count > elided.Count)
            inModules.Enqueue(explained.Dequeue());
        return component.Plan.Adapters.Items.Select(adapter => (adapter.Module is null ? explained : inModules).Dequeue()).ToEquatableArray();
    }

    /// <param name="sets">Sets of adapters, each with its module; without one, those that are left out.</param>
    /// <param name="options">How they were compiled.</param>
    /// <param name="cancellationToken">Stops between sets.</param>
    private static EquatableArray<AdapterExplanation> Explain(
        List<(EquatableArray<Adapter> Adapters, AdapterModule? Module)> sets, CompileOptions options, CancellationToken cancellationToken)
    {
        int adapters = sets.Sum(set => set.Adapters.Length);
        var planning = new CodeBudget(adapters, cancellationToken);
        var budget = new ExplanationBudget(adapters);
        var passes = options.Lower.Passes.For(options.Lower.Target);
        var explanations = new List<AdapterExplanation>(adapters);
        foreach (var (set, module) in sets)
        {
            var sizes = module is null ? null : new ModuleSizes(module.Code);
            var plans = budget.IsSpent ? [] : Planning.Run(set, options.Lower with { Passes = PassList.None }, planning, out _);
            for (int adapter = 0; adapter < set.Length; adapter++)
            {
                var (functions, helpers) = sizes is null ? ([], []) : sizes.Next(set[adapter]);
                explanations.Add(new(set[adapter].Name, Explain(plans, adapter, passes, budget), functions, helpers));
            }
        }
        return explanations.ToEquatableArray();
    }

    // What would be too large for one function without passes is planned all the same; where planning has no more budget, plans are missing.
    private static PlanExplanation? Explain(CallPlan[] plans, int adapter, PassList passes, ExplanationBudget budget) =>
        adapter < plans.Length && plans[adapter] is { } naive ? PlanExplainer.Of(naive, passes, budget) : null;
}
