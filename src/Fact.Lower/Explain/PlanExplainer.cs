using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Passes;

namespace Fact.Lower.Explain;

/// <summary>Explains plans by those that no pass has been over.</summary>
internal static class PlanExplainer
{
    /// <summary>Explains a plan. What passes do to it is what they did when the plan was made that code is written from.</summary>
    /// <param name="naive">The plan as no pass has been over it.</param>
    /// <param name="passes">The passes that were over the other one.</param>
    /// <param name="budget">How much may be said.</param>
    /// <returns>The explanation; null where it takes more than the budget.</returns>
    public static PlanExplanation? Of(CallPlan naive, PassList passes, ExplanationBudget budget)
    {
        if (budget.IsSpent)
            return null;
        var paths = NodePaths.Of(naive, budget.Left);
        if (paths is null)
        {
            budget.SpendNodes(budget.Left + 1);
            return null;
        }
        budget.SpendNodes(paths.Visited);
        var changes = new PlanChanges(naive, passes, paths);
        var plan = PlanRewriter.Run(passes, naive, changes);
        var explanation = new PlanExplanation(PlanText.Of(naive), changes.Effects, PlanText.Of(plan), RemainingChecks.Of(plan));
        budget.SpendText(explanation.Naive.Items.Sum(line => line.Length) + explanation.Plan.Items.Sum(line => line.Length)
            + explanation.Effects.Items.Sum(effect => effect.Changes.Items.Sum(line => line.Length)));
        return explanation;
    }
}
