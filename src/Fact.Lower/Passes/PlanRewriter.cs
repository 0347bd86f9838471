using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>
/// Rewrites whole plans, where the planner rewrites nodes as it makes them: to see what passes do to a plan. A copy is rewritten when all below it has been; those that
/// are shared, once for each form. What stays as it is stays the same object.
/// </summary>
internal sealed class PlanRewriter
{
    private readonly PassList passes;
    private readonly IRewriteObserver? observer;
    private readonly Dictionary<Key, Copy> known = [];

    private PlanRewriter(PassList passes, IRewriteObserver? observer) => (this.passes, this.observer) = (passes, observer);

    /// <summary>Rewrites a plan by one pass.</summary>
    public static CallPlan Run(Pass pass, CallPlan plan) => Run(PassList.Of(pass), plan);

    /// <summary>Rewrites a plan by passes, each node by all of them in turn: what the planner does.</summary>
    /// <param name="passes">The passes.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="observer">Is told of every change.</param>
    public static CallPlan Run(PassList passes, CallPlan plan, IRewriteObserver? observer = null) => new PlanRewriter(passes, observer).Of(plan);

    private CallPlan Of(CallPlan plan)
    {
        var funcs = new FuncPlan[plan.Funcs.Length];
        for (int i = 0; i < funcs.Length; i++)
            funcs[i] = plan.Funcs[i] with { Acts = Rewritten(plan.Funcs[i], Of(plan, plan.Funcs[i].Acts)) };
        return plan with { Funcs = EquatableArray.Seal(funcs) };
    }

    private EquatableArray<Act> Of(CallPlan plan, EquatableArray<Act> acts)
    {
        var rewritten = new Act[acts.Length];
        for (int i = 0; i < rewritten.Length; i++)
        {
            rewritten[i] = acts[i] switch
            {
                Act.Move { Copy: { } copy } act => act with { Copy = Of(copy, Form(plan, act)) },
                Act.Guard act => act with { Acts = Of(plan, act.Acts) },
                var act => act,
            };
        }
        return EquatableArray.Seal(rewritten);
    }

    private static CopyForm Form(CallPlan plan, Act.Move move)
    {
        var (from, to) = move.What == Moved.Params ? (plan.Lower, plan.Lift) : (plan.Lift, plan.Lower);
        return new(move.From is Place.At, move.To is Place.At or Place.Allocated, from.Is64, to.Is64, from.Encoding, to.Encoding);
    }

    private Copy Of(Copy copy, CopyForm form)
    {
        form = form.For(copy);
        if (!known.TryGetValue(new(copy, form), out var rewritten))
        {
            rewritten = copy is Copy.Helper helper ? Rewritten(copy, Helper(helper), helper.Form) : Rewritten(copy, WithParts(copy, form), form);
            known.Add(new(copy, form), rewritten);
        }
        return rewritten;
    }

    private Copy Rewritten(Copy node, Copy copy, CopyForm form)
    {
        if (observer is null)
            return passes.Rewrite(copy, form);
        foreach (var pass in passes.Passes)
        {
            var rewritten = pass.Rewrite(copy, form);
            if (!ReferenceEquals(rewritten, copy))
                observer.Changed(pass, node, copy, rewritten);
            copy = rewritten;
        }
        return copy;
    }

    private EquatableArray<Act> Rewritten(FuncPlan func, EquatableArray<Act> acts)
    {
        if (observer is null)
            return passes.Rewrite(acts);
        foreach (var pass in passes.Passes)
        {
            var rewritten = pass.Rewrite(acts);
            if (rewritten != acts)
                observer.Changed(pass, func, acts, rewritten);
            acts = rewritten;
        }
        return acts;
    }

    /// <summary>What a helper does is rewritten, but not to calling another one.</summary>
    private Copy Helper(Copy.Helper helper)
    {
        var body = Of(helper.Body, helper.Form);
        body = body is Copy.Helper { Form: var form } inner && form == helper.Form ? inner.Body : body;
        return ReferenceEquals(body, helper.Body) ? helper : new Copy.Helper(body, helper.Form, helper.Inline);
    }

    /// <summary>The copy with its parts rewritten.</summary>
    private Copy WithParts(Copy copy, CopyForm form) => copy switch
    {
        Copy.Scalar or Copy.Flags or Copy.Handle or Copy.Text or Copy.Bytes or Copy.Helper => copy,
        Copy.Pair c => Of(c.Conversion, form.Flat) is var conversion && ReferenceEquals(conversion, c.Conversion) ? c : new Copy.Pair(conversion),
        Copy.List c => Of(c.Element, form.Behind) is var element && ReferenceEquals(element, c.Element) ? c : new Copy.List(element, c.Source, c.Target),
        Copy.Repeat c => Of(c.Element, form) is var part && ReferenceEquals(part, c.Element) ? c : new Copy.Repeat(part, c.Count, c.Unrolled, c.Source, c.Target),
        Copy.Blocks c => Of(c.Element, form) is var one && ReferenceEquals(one, c.Element) ? c : new Copy.Blocks(one, c.Rules),
        Copy.Seq c => Parts(c.Parts, form) is { } parts ? new Copy.Seq(c.Kind, parts, c.Source, c.Target, c.Runs) : c,
        Copy.Cases c => Arms(c.Arms, form) is { } arms ? new Copy.Cases(c.Flavor, c.Count, arms, c.ArmOf, c.Dispatch, c.Source, c.Target) : c,
    };

    // Each gives null where all stay.

    private EquatableArray<Part>? Parts(EquatableArray<Part> parts, CopyForm form)
    {
        Part[]? changed = null;
        for (int i = 0; i < parts.Length; i++)
        {
            var copy = Of(parts[i].Copy, form);
            if (!ReferenceEquals(copy, parts[i].Copy))
                (changed ??= [.. parts.AsSpan()])[i] = parts[i] with { Copy = copy };
        }
        return changed is null ? null : EquatableArray.Seal(changed);
    }

    private EquatableArray<Arm>? Arms(EquatableArray<Arm> arms, CopyForm form)
    {
        Arm[]? changed = null;
        for (int i = 0; i < arms.Length; i++)
        {
            if (arms[i].Payload is { } payload && Of(payload, form) is var copy && !ReferenceEquals(copy, payload))
                (changed ??= [.. arms.AsSpan()])[i] = arms[i] with { Payload = copy };
        }
        return changed is null ? null : EquatableArray.Seal(changed);
    }

    private readonly record struct Key(Copy Copy, CopyForm Form)
    {
        public bool Equals(Key other) => ReferenceEquals(Copy, other.Copy) && Form == other.Form;

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(Copy) + (Form.Number * 0x9E37);
    }
}

/// <summary>Is told what passes change.</summary>
internal interface IRewriteObserver
{
    /// <summary>A node of a copy, with its parts rewritten, became another one.</summary>
    /// <param name="pass">The pass that did it.</param>
    /// <param name="node">What the node was in the plan, before any pass.</param>
    /// <param name="before">What it was before this pass.</param>
    /// <param name="after">What it is now.</param>
    void Changed(Pass pass, Copy node, Copy before, Copy after);

    /// <summary>A function does something else.</summary>
    void Changed(Pass pass, FuncPlan func, EquatableArray<Act> before, EquatableArray<Act> after);
}
