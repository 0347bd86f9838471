using System.Collections.Generic;
using System.Text;

namespace Fact.Ir;

/// <summary>
/// Where in the parameters or results of a function something stands: <c>param "p" · record field "x" · list element 3</c>.
/// Segments are pushed and popped as types or values are walked; text is made only when it is asked for.
/// </summary>
internal sealed class ValuePath
{
    private readonly List<PathSegment> segments = [];

    public void Push(string what, string? name = null) => segments.Add(new(what, name));

    public void Push(string what, int position) => segments.Add(new(what, null, position));

    public void Push(PathSegment segment) => segments.Add(segment);

    public void Pop() => segments.RemoveAt(segments.Count - 1);

    public void Clear() => segments.Clear();

    /// <summary>The path as text; empty at the root.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var segment in segments)
        {
            if (text.Length > 0)
                text.Append(" · ");
            segment.AppendTo(text);
        }
        return text.ToString();
    }
}
