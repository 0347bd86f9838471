using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Fact.Lower.Code;

/// <summary>
/// Where in the parameters or results of a function something stands: <c>param "p" · record field "x" · list element</c>.
/// Segments are pushed and popped as types are walked; text is made only when it is asked for.
/// </summary>
internal sealed class ValuePath
{
    private readonly List<(string What, string? Name)> segments = [];

    public void Push(string what, string? name = null) => segments.Add((what, name));

    public void Push(string what, int position) => segments.Add((what + " " + position.ToString(CultureInfo.InvariantCulture), null));

    public void Pop() => segments.RemoveAt(segments.Count - 1);

    public void Clear() => segments.Clear();

    /// <summary>The path as text; empty at the root.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (what, name) in segments)
        {
            if (text.Length > 0)
                text.Append(" · ");
            text.Append(what);
            if (name is not null)
                text.Append(" \"").Append(name).Append('"');
        }
        return text.ToString();
    }
}
