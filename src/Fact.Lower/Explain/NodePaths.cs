using System.Collections.Generic;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Explain;

/// <summary>Where the nodes of a plan are in the values of the call; one that is in several places is where it comes first.</summary>
internal sealed class NodePaths
{
    /// <summary>Of a longer path, so many steps are shown at either end.</summary>
    private const int Ends = 3;

    private readonly Dictionary<Copy, Origin> steps = new(ReferenceEqualityComparer.Instance);
    private readonly long most;

    private NodePaths(long most) => this.most = most;

    /// <summary>Walks a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="most">How many nodes to look at; a shared one, for each that has it among its parts.</param>
    /// <returns>The paths; null where there are more nodes.</returns>
    public static NodePaths? Of(CallPlan plan, long most)
    {
        var paths = new NodePaths(most);
        foreach (var func in plan.Funcs)
            paths.Acts(func.Acts);
        return paths.Visited > most ? null : paths;
    }

    /// <summary>How many nodes were looked at.</summary>
    public long Visited { get; private set; }

    /// <summary>The path to a node of the plan; empty at the root of parameters.</summary>
    public string To(Copy node)
    {
        var segments = new List<PathSegment>();
        for (Copy? at = node; at is not null;)
        {
            var step = steps[at];
            if (step.Segment is { } segment)
                segments.Add(segment.Shortened());
            at = step.Parent;
        }
        segments.Reverse();
        var path = new ValuePath();
        for (int i = 0; i < segments.Count; i++)
        {
            if (segments.Count > 2 * Ends && i == Ends)
            {
                path.Push("…");
                i = segments.Count - Ends;
            }
            path.Push(segments[i]);
        }
        return path.ToString();
    }

    private void Acts(EquatableArray<Act> acts)
    {
        foreach (var act in acts)
        {
            Visited++;
            if (act is Act.Guard guard)
                Acts(guard.Acts);
            else if (act is Act.Move { Copy: { } copy } move)
                Visit(copy, new(null, move.What == Moved.Params ? null : PathSegment.Result));
        }
    }

    private void Visit(Copy copy, Origin step)
    {
        if (++Visited > most || !steps.TryAdd(copy, step))
            return;
        switch (copy)
        {
            case Copy.Seq c:
                for (int i = 0; i < c.Parts.Length; i++)
                    Visit(c.Parts[i].Copy, new(c, c.Segment(i)));
                break;
            case Copy.Cases c:
                for (int i = 0; i < c.Arms.Length; i++)
                {
                    Visited++;
                    if (c.Arms[i].Payload is { } payload)
                        Visit(payload, new(c, c.Segment(i)));
                }
                break;
            case Copy.Pair c:
                Visit(c.Conversion, new(c, null));
                break;
            case Copy.Repeat c:
                Visit(c.Element, new(c, PathSegment.ListElement));
                break;
            case Copy.List c:
                Visit(c.Element, new(c, PathSegment.ListElement));
                break;
            case Copy.Blocks c:
                Visit(c.Element, new(c, null));
                break;
            case Copy.Helper c:
                Visit(c.Body, new(c, null));
                break;
            case Copy.Scalar or Copy.Flags or Copy.Handle or Copy.Text or Copy.Bytes:
                break;
        }
    }

    private readonly record struct Origin(Copy? Parent, PathSegment? Segment);
}
