using System;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>
/// Makes a plan cheaper without changing what it means: whatever values, memories, tables and allocators there are, the plan and the rewritten plan give the same
/// values, memories, calls of allocators and traps. A pass rewrites what functions do, or nodes of copies, or both. A node is rewritten when all below it has been,
/// by all passes in turn; so the passes together cost one walk, and the result is that of one pass after the other over the whole plan (<see cref="PlanRewriter"/>),
/// but that below a node even the last pass has been: what is outlined there costs no more than a call.
/// </summary>
/// <param name="name">What it is called.</param>
/// <param name="summary">What it does, and why nobody can tell.</param>
/// <param name="scope">What it rewrites.</param>
internal abstract class Pass(string name, string summary, PassScope scope)
{
    public string Name { get; } = name;

    public string Summary { get; } = summary;

    /// <summary>What it rewrites; all else it is not asked to.</summary>
    public PassScope Scope { get; } = scope;

    /// <summary>The pass that does as much of it as makes better code where it is lowered so; null where that is nothing.</summary>
    public virtual Pass? For(CodeTarget target) => this;

    /// <summary>Rewrites what a function does; the same object where there is nothing to do.</summary>
    public virtual EquatableArray<Act> Rewrite(EquatableArray<Act> acts) => acts;

    /// <summary>Rewrites a node of a copy whose parts are rewritten already; the same object where there is nothing to do.</summary>
    public virtual Copy Rewrite(Copy copy, CopyForm form) => copy;
}

/// <summary>What a pass rewrites.</summary>
[Flags]
internal enum PassScope
{
    /// <summary>What functions do.</summary>
    Acts = 1,

    /// <summary>Nodes of copies.</summary>
    Copies = 2,
}
