using System.Collections.Generic;

namespace Fact.Conformance.Differential.Model;

/// <summary>
/// Whose rules a model follows: the specification's, or what the reference runtime does where it knowingly or unknowingly
/// differs. Every difference is in the table of <c>docs/conformance.md</c>.
/// </summary>
internal sealed class Dialect
{
    private readonly bool isReference;

    private Dialect(bool isReference) => this.isReference = isReference;

    /// <summary>The rules of the specification.</summary>
    public static Dialect Specification() => new(false);

    /// <summary>The rules of the reference runtime.</summary>
    public static Dialect Reference() => new(true);

    /// <summary>The rules that made a difference so far.</summary>
    public HashSet<string> Departures { get; } = [];

    /// <summary>The greatest size of a string or list in bytes.</summary>
    public ulong MaxBytes => isReference ? int.MaxValue : (1UL << 28) - 1;

    /// <summary>The alignment of Latin-1 that was allocated as UTF-16, when the allocation shrinks.</summary>
    public ulong ShrunkLatin1Alignment => Depart("latin1-alignment") ? 2u : 1u;

    /// <summary>
    /// Whether a post-return function may call imports. Spec, <c>canon_lift</c>: <c>inst.may_leave</c> is cleared around the call of
    /// <c>opts.post_return</c>.
    /// </summary>
    public bool PostReturnLeaves() => Depart("post-return-leaves");

    /// <summary>Whether UTF-8 that becomes Latin-1 leaves something in the memory behind it.</summary>
    public bool ScribblesBehindLatin1() => Depart("bytes-behind-latin1");

    private bool Depart(string rule)
    {
        if (isReference)
            Departures.Add(rule);
        return isReference;
    }
}
