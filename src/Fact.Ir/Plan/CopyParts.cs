using System.Collections.Generic;

namespace Fact.Ir.Plan;

/// <summary>The nodes that are directly below a node of a copy.</summary>
internal static class CopyParts
{
    public static IEnumerable<Copy> Of(Copy copy)
    {
        switch (copy)
        {
            case Copy.Seq c:
                foreach (var part in c.Parts.Items)
                    yield return part.Copy;
                break;
            case Copy.Cases c:
                foreach (var arm in c.Arms.Items)
                {
                    if (arm.Payload is { } payload)
                        yield return payload;
                }
                break;
            case Copy.Pair c:
                yield return c.Conversion;
                break;
            case Copy.Repeat c:
                yield return c.Element;
                break;
            case Copy.List c:
                yield return c.Element;
                break;
            case Copy.Blocks c:
                yield return c.Element;
                break;
            case Copy.Helper c:
                yield return c.Body;
                break;
            case Copy.Scalar or Copy.Flags or Copy.Handle or Copy.Text or Copy.Bytes:
                break;
        }
    }
}
