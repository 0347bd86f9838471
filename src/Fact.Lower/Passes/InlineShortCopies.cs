using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Copies short lists without <c>memory.copy</c>.</summary>
internal sealed class InlineShortCopies() : Pass(
    "inline-short-copies",
    "the bytes of a list are loaded and stored where they are few: memory.copy is a call into the engine where their number is not a constant",
    PassScope.Copies)
{
    public override Pass? For(CodeTarget target) => target.Optimize == Optimize.Speed ? this : null;

    public override Copy Rewrite(Copy copy, CopyForm form) =>
        copy is Copy.List { Element: Copy.Bytes { InlineShort: false } bytes } list ? new Copy.List(new Copy.Bytes(bytes.Layout, true), list.Source, list.Target) : copy;
}
