using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Fact.Ir;

/// <summary>
/// Where in the parameters or results of a function something stands: <c>param "p" · record field "x" · list element 3</c>.
/// Segments are pushed and popped as types or values are walked; text is made only when it is asked for.
/// </summary>
internal sealed class ValuePath
{
    private readonly List<Segment> segments = [];

    public void Push(string what, string? name = null) => segments.Add(new(what, name, -1));

    public void Push(string what, int position) => segments.Add(new(what, null, position));

    public void Pop() => segments.RemoveAt(segments.Count - 1);

    public void Clear() => segments.Clear();

    /// <summary>The path as text; empty at the root.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (what, name, position) in segments)
        {
            if (text.Length > 0)
                text.Append(" · ");
            text.Append(what);
            if (name is not null)
                text.Append(" \"").Append(name).Append('"');
            if (position >= 0)
                text.Append(' ').Append(position.ToString(CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }

    private readonly record struct Segment(string What, string? Name, int Position);
}
