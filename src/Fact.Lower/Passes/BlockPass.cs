using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Copies elements in blocks that have rules.</summary>
internal abstract class BlockPass(string name, string summary) : Pass(name, summary, PassScope.Copies)
{
    /// <summary>Fewer elements of a list of fixed length are not worth blocks.</summary>
    private const uint FewBytes = 64;

    /// <summary>Vectors, or code that is fast: blocks are not short.</summary>
    public override Pass? For(CodeTarget target) => target.Simd ? this : target.Optimize == Optimize.Speed ? ForWords : null;

    /// <summary>The pass where there are no vectors.</summary>
    protected virtual Pass ForWords => this;

    public override Copy Rewrite(Copy copy, CopyForm form)
    {
        switch (copy)
        {
            case Copy.List list when ElementRules.Of(list.Element) is { } rules && Takes(rules):
                return new Copy.List(rules.IsBytes ? new Copy.Bytes(list.Element.Source) : new Copy.Blocks(list.Element, rules), list.Source, list.Target);
            case Copy.Repeat { Unrolled: false } repeat when repeat.Source.ElemSize >= FewBytes && ElementRules.Of(repeat.Element) is { } rules && Takes(rules):
                return rules.IsBytes
                    ? new Copy.Bytes(repeat.Source)
                    : new Copy.Repeat(new Copy.Blocks(repeat.Element, rules), repeat.Count, false, repeat.Source, repeat.Target);
            default:
                return copy;
        }
    }

    /// <summary>Whether elements with these rules are its own.</summary>
    protected abstract bool Takes(BlockRules rules);
}
