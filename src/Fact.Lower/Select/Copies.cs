using Fact.Ir.Plan;

namespace Fact.Lower.Select;

/// <summary>Writes the code of a copy: by the rule of its kind.</summary>
internal static class Copies
{
    public static void Write(Scope s, Copy copy, in Source source, in Target target)
    {
        switch (copy)
        {
            case Copy.Scalar c:
                Scalars.Scalar(s, c, source, target);
                break;
            case Copy.Flags c:
                Scalars.Flags(s, c, source, target);
                break;
            case Copy.Handle c:
                Scalars.Handle(s, c, source, target);
                break;
            case Copy.Seq c:
                Sequences.Write(s, c, source, target);
                break;
            case Copy.Cases c:
                Variants.Write(s, c, source, target);
                break;
            case Copy.Repeat c:
                Repeats.Write(s, c, source, target);
                break;
            case Copy.List c:
                Lists.Write(s, c, source, target);
                break;
            case Copy.Text:
                Texts.Write(s, source, target);
                break;
            case Copy.Pair c:
                Texts.Pair(s, c, source, target);
                break;
            case Copy.Bytes c:
                ConstantCopies.Write(s, (uint)c.Layout.ElemSize, c.Layout.Alignment, source, target);
                break;
            case Copy.Blocks c:
                Write(s, c.Element, source, target);
                break;
            case Copy.Helper c when s.IsInPlace(c):
                InPlace(s, c, source, target);
                break;
            case Copy.Helper c:
                s.Helpers.Copy(s, c, source, target);
                break;
        }
    }

    private static void InPlace(Scope s, Copy.Helper copy, in Source source, in Target target)
    {
        var outside = s.Inline;
        s.Inline = copy.Inline | Inlining.Strings;
        Write(s, copy.Body, source, target);
        s.Inline = outside;
    }
}
