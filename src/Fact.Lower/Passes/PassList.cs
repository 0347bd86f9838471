using System.Collections.Immutable;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>The passes in their order, each of which can be left out.</summary>
internal sealed class PassList
{
    private readonly ImmutableArray<Pass> ofActs, ofCopies;

    // What is right for a target is found once: options are used for many sets of adapters, mostly for one target.
    private Chosen? latest;

    private PassList(ImmutableArray<Pass> passes)
    {
        Passes = passes;
        ofActs = passes.RemoveAll(pass => !pass.Scope.HasFlag(PassScope.Acts));
        ofCopies = passes.RemoveAll(pass => !pass.Scope.HasFlag(PassScope.Copies));
    }

    /// <summary>
    /// All passes. Checks are elided first, so that what is left of two cases can be equal; arms are shared before it is chosen how to dispatch to them; what is one
    /// block of bytes is not worth a loop or a helper, nor rules for its bytes; helpers come after, since what they are worth depends on all else, and what functions do
    /// themselves is last. Flags that nobody can see are gone before the others are merged, and all that an adapter need not do before it is asked whether anything is
    /// left of it.
    /// </summary>
    public static PassList All { get; } = new(
    [
        new ElideUnseenFlags(),
        new ElideFlags(),
        new MergeFlags(),
        new ElideBarrier(),
        new ElideCallScope(),
        new ElideAdapters(),
        new ElideChecks(),
        new ShareArms(),
        new UnrollShortLists(),
        new MergeBytes(),
        new ValidateThenCopy(),
        new BitSelect(),
        new ChooseDispatch(),
        new InlineShortCopies(),
        new Outline(),
        new InlineStrings(),
        new InlineSmallHelpers(),
    ]);

    /// <summary>No pass: the plan is what the specification says, naïvely.</summary>
    public static PassList None { get; } = new([]);

    /// <summary>One pass alone.</summary>
    public static PassList Of(Pass pass) => new([pass]);

    public ImmutableArray<Pass> Passes { get; }

    public PassList Without(string name) => new(Passes.RemoveAll(pass => pass.Name == name));

    /// <summary>Whether a pass is among them.</summary>
    public bool Has(string name)
    {
        foreach (var pass in Passes)
        {
            if (pass.Name == name)
                return true;
        }
        return false;
    }

    public PassList Only(string name) => new(Passes.RemoveAll(pass => pass.Name != name));

    /// <summary>Those that make better code where it is lowered so.</summary>
    public PassList For(CodeTarget target)
    {
        var known = latest;
        if (known is null || known.Target != target)
            latest = known = new Chosen(target, Select(target));
        return known.Passes;
    }

    private PassList Select(CodeTarget target)
    {
        var passes = ImmutableArray.CreateBuilder<Pass>(Passes.Length);
        foreach (var pass in Passes)
        {
            if (pass.For(target) is { } one)
                passes.Add(one);
        }
        return new(passes.DrainToImmutable());
    }

    /// <summary>Rewrites what a function does.</summary>
    public EquatableArray<Act> Rewrite(EquatableArray<Act> acts)
    {
        foreach (var pass in ofActs)
            acts = pass.Rewrite(acts);
        return acts;
    }

    /// <summary>Rewrites a node of a copy, whose parts are rewritten already.</summary>
    public Copy Rewrite(Copy copy, CopyForm form)
    {
        foreach (var pass in ofCopies)
            copy = pass.Rewrite(copy, form);
        return copy;
    }

    private sealed record Chosen(CodeTarget Target, PassList Passes);
}
