using System;
using System.Collections.Generic;
using System.IO;
using Fact.Cli.Inspect;
using Fact.Ir;
using static System.FormattableString;

namespace Fact.Cli.Page;

/// <summary>Draws a call graph. What is in it is a link to what the page says of it.</summary>
internal sealed class GraphSvg
{
    /// <summary>Of more boxes nobody sees anything.</summary>
    public const int MostInstances = 200, MostGroups = 400;

    private const double Character = 6.7, Line = 16, Padding = 9;
    private const int MostListed = 8, MostCharacters = 44;

    private readonly InstanceGraph graph;
    private readonly ReportNames names;
    private readonly IReadOnlyList<AdapterReport> adapters;
    private readonly GraphLayout layout;

    /// <param name="graph">The graph, within the limits.</param>
    /// <param name="names">What things are called.</param>
    /// <param name="adapters">The adapters.</param>
    public GraphSvg(InstanceGraph graph, ReportNames names, IReadOnlyList<AdapterReport> adapters)
    {
        (this.graph, this.names, this.adapters) = (graph, names, adapters);
        layout = new GraphLayout(graph, instance => Size([Instance(instance)]), group => Size(Listed(group)), (90, Line + (2 * Padding)));
    }

    /// <summary>Whether there is something to draw, and not too much.</summary>
    public static bool CanDraw(InstanceGraph graph) => graph.Instances.Length is > 0 and <= MostInstances && graph.Groups.Length <= MostGroups;

    /// <summary>The ids of what it links to.</summary>
    public IEnumerable<string> Links()
    {
        foreach (uint instance in graph.Instances.Items)
            yield return Invariant($"instance{instance}");
        for (int i = 0; i < graph.Groups.Length; i++)
        {
            yield return Invariant($"calls{i}");
            foreach (int adapter in graph.Groups[i].Adapters.Items[..Shown(graph.Groups[i])])
                yield return adapters[adapter].Adapter.Name;
        }
    }

    /// <summary>Writes the picture.</summary>
    public void Write(TextWriter to)
    {
        double width = layout.Width + 16, height = layout.Height + 16;
        to.Write("<svg role=\"group\" aria-label=\"instances and adapters\" ");
        to.Write(Invariant($"viewBox=\"-8 -8 {width:0.#} {height:0.#}\" width=\"{width:0}\" height=\"{height:0}\">\n"));
        to.Write("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">"
            + "<path d=\"M0 0 8 4 0 8z\"/></marker></defs>\n");
        foreach (var (from, end) in layout.Edges)
            Edge(to, from, end);
        Host(to, layout.Outside, "outside", "exports");
        Host(to, layout.Host, "host", "imports");
        foreach (uint instance in graph.Instances)
        {
            var box = layout.Instances[instance];
            to.Write(Invariant($"<a href=\"#instance{instance}\" class=\"instance\">{Rectangle(box)}{Text(box, 0, Instance(instance))}</a>\n"));
        }
        for (int i = 0; i < graph.Groups.Length; i++)
            Group(to, i);
        to.Write("</svg>\n");
    }

    private void Group(TextWriter to, int number)
    {
        var (group, box) = (graph.Groups[number], layout.Groups[number]);
        var lines = Listed(group);
        to.Write(Invariant($"<a href=\"#calls{number}\" class=\"calls\">{Rectangle(box)}{Text(box, 0, lines[0])}</a>\n"));
        for (int i = 0; i < Shown(group); i++)
        {
            var report = adapters[group.Adapters[i]];
            to.Write($"<a href=\"#{report.Adapter.Name}\" class=\"{(report.Module is null ? "left-out" : "adapter")}\">{Text(box, i + 1, lines[i + 1])}</a>\n");
        }
        if (Shown(group) < group.Adapters.Length)
            to.Write(Invariant($"<a href=\"#calls{number}\" class=\"adapter\">{Text(box, lines.Count - 1, lines[^1])}</a>\n"));
    }

    private static int Shown(CallGroup group) => Math.Min(group.Adapters.Length, MostListed);

    private List<string> Listed(CallGroup group)
    {
        long bytes = 0;
        foreach (int adapter in group.Adapters)
            bytes += adapters[adapter].Bytes + adapters[adapter].HelperBytes;
        var lines = new List<string> { Invariant($"{group.Adapters.Length} {(group.Adapters.Length == 1 ? "adapter" : "adapters")}, {bytes} bytes") };
        for (int i = 0; i < Shown(group); i++)
            lines.Add(Clipped(adapters[group.Adapters[i]].FuncName is { } name ? Printable.Short(name) : adapters[group.Adapters[i]].Adapter.Name));
        if (Shown(group) < group.Adapters.Length)
            lines.Add(Invariant($"… and {group.Adapters.Length - Shown(group)} more"));
        return lines;
    }

    private string Instance(uint instance) => Clipped(names.Instance(new InstanceId(instance)));

    private static string Clipped(string text)
    {
        string printable = Printable.Of(text);
        if (printable.Length <= MostCharacters)
            return printable;
        // Characters of two halves stay whole.
        int end = char.IsHighSurrogate(printable[MostCharacters - 2]) ? MostCharacters - 2 : MostCharacters - 1;
        return printable[..end] + "…";
    }

    private static (double Width, double Height) Size(List<string> lines)
    {
        int longest = 0;
        foreach (string line in lines)
            longest = Math.Max(longest, line.Length);
        return ((longest * Character) + (2 * Padding), (lines.Count * Line) + (2 * Padding) - 4);
    }

    private static void Host(TextWriter to, GraphBox? box, string text, string link)
    {
        if (box is not null)
            to.Write($"<a href=\"#{link}\" class=\"host\">{Rectangle(box)}{Text(box, 0, text)}</a>\n");
    }

    private static string Rectangle(GraphBox box) =>
        Invariant($"<rect x=\"{box.X:0.#}\" y=\"{box.Y:0.#}\" width=\"{box.Width:0.#}\" height=\"{box.Height:0.#}\" rx=\"5\"/>");

    private static string Text(GraphBox box, int line, string text) =>
        Invariant($"<text x=\"{box.X + Padding:0.#}\" y=\"{box.Y + Padding + 10 + (line * Line):0.#}\">{Html.Text(text)}</text>");

    private static void Edge(TextWriter to, GraphBox from, GraphBox end)
    {
        bool isDown = from.Rank < end.Rank;
        double y = isDown ? from.Bottom : from.Y, target = isDown ? end.Y : end.Bottom, bend = (target - y) / 2;
        double x = from.Middle, side = end.Middle;
        to.Write(Invariant($"<path class=\"edge\" d=\"M{x:0.#} {y:0.#}C{x:0.#} {y + bend:0.#} {side:0.#} {target - bend:0.#} {side:0.#} {target:0.#}\"/>\n"));
    }
}
