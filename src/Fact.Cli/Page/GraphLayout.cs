using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Cli.Inspect;

namespace Fact.Cli.Page;

/// <summary>A box of a graph, by the place of its upper left corner, in pixels.</summary>
internal sealed class GraphBox(double width, double height, int rank)
{
    public double Width { get; } = width;

    public double Height { get; } = height;

    /// <summary>Which row it is in, from the top.</summary>
    public int Rank { get; } = rank;

    public double X { get; set; }

    public double Y { get; set; }

    public double Middle => X + (Width / 2);

    public double Bottom => Y + Height;
}

/// <summary>
/// Where everything in a call graph is: callers above callees, the calls of one instance to another in a box between the two. Calls in circles go up somewhere.
/// </summary>
internal sealed class GraphLayout
{
    private const double Gap = 28, RowGap = 44;
    private const int Sweeps = 6;

    private readonly List<(GraphBox From, GraphBox To)> edges = [];

    /// <param name="graph">The graph, small enough to be drawn.</param>
    /// <param name="instanceSize">How large the box of an instance is.</param>
    /// <param name="groupSize">How large the box of a group is.</param>
    /// <param name="host">How large the boxes of what is outside are.</param>
    public GraphLayout(InstanceGraph graph, Func<uint, (double, double)> instanceSize, Func<CallGroup, (double, double)> groupSize, (double Width, double Height) host)
    {
        var rows = Rows(graph);
        foreach (uint instance in graph.Instances)
        {
            var (width, height) = instanceSize(instance);
            Instances.Add(instance, new GraphBox(width, height, (2 * rows[instance]) + 1));
        }
        foreach (var group in graph.Groups)
        {
            var (width, height) = groupSize(group);
            var box = new GraphBox(width, height, (2 * rows[group.Caller]) + 2);
            Groups.Add(box);
            edges.Add((Instances[group.Caller], box));
            edges.Add((box, Instances[group.Callee]));
        }
        if (graph.Exports.Count > 0)
        {
            Outside = new GraphBox(host.Width, host.Height, 0);
            edges.AddRange(graph.Exports.Keys.Order().Select(instance => (Outside, Instances[instance])));
        }
        if (graph.Imports.Count > 0)
        {
            Host = new GraphBox(host.Width, host.Height, Boxes.Max(box => box.Rank) + 1);
            edges.AddRange(graph.Imports.Keys.Order().Select(instance => (Instances[instance], Host)));
        }
        Place();
    }

    public Dictionary<uint, GraphBox> Instances { get; } = [];

    /// <summary>The boxes of groups, in their order.</summary>
    public List<GraphBox> Groups { get; } = [];

    /// <summary>Who calls the exports; null where there are none.</summary>
    public GraphBox? Outside { get; }

    /// <summary>Who provides the imports; null where there are none.</summary>
    public GraphBox? Host { get; }

    /// <summary>From where to where there are arrows.</summary>
    public IReadOnlyList<(GraphBox From, GraphBox To)> Edges => edges;

    public double Width { get; private set; }

    public double Height { get; private set; }

    private IEnumerable<GraphBox> Boxes
    {
        get
        {
            if (Outside is not null)
                yield return Outside;
            foreach (var box in Instances.Values)
                yield return box;
            foreach (var box in Groups)
                yield return box;
            if (Host is not null)
                yield return Host;
        }
    }

    /// <summary>The row of each instance: below all that call it, but for calls in circles.</summary>
    private static Dictionary<uint, int> Rows(InstanceGraph graph)
    {
        var callees = graph.Groups.Items.ToLookup(group => group.Caller, group => group.Callee);
        var order = new List<uint>();
        var state = new Dictionary<uint, bool>();
        var back = new HashSet<(uint, uint)>();
        foreach (uint instance in graph.Instances)
            Visit(instance);
        var rows = graph.Instances.Items.ToDictionary(instance => instance, _ => 0);
        for (int i = order.Count - 1; i >= 0; i--)
        {
            foreach (uint callee in callees[order[i]])
            {
                if (!back.Contains((order[i], callee)))
                    rows[callee] = Math.Max(rows[callee], rows[order[i]] + 1);
            }
        }
        return rows;

        // A graph that is drawn has few instances.
        void Visit(uint instance)
        {
            if (!state.TryAdd(instance, false))
                return;
            foreach (uint callee in callees[instance])
            {
                if (state.TryGetValue(callee, out bool isDone) && !isDone)
                    back.Add((instance, callee));
                else
                    Visit(callee);
            }
            state[instance] = true;
            order.Add(instance);
        }
    }

    private void Place()
    {
        var rows = Boxes.GroupBy(box => box.Rank).OrderBy(row => row.Key).Select(row => row.ToList()).ToList();
        double y = 0;
        foreach (var row in rows)
        {
            double x = 0;
            foreach (var box in row)
            {
                (box.X, box.Y) = (x, y);
                x += box.Width + Gap;
            }
            y += row.Max(box => box.Height) + RowGap;
        }
        var above = edges.Where(edge => edge.From.Rank < edge.To.Rank).ToLookup(edge => edge.To, edge => edge.From);
        var below = edges.Where(edge => edge.From.Rank < edge.To.Rank).ToLookup(edge => edge.From, edge => edge.To);
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            bool isDown = sweep % 2 == 0;
            foreach (var row in isDown ? rows : Enumerable.Reverse(rows))
                Align(row, isDown ? above : below);
        }
        double left = rows.Count == 0 ? 0 : Boxes.Min(box => box.X);
        foreach (var box in Boxes)
            box.X -= left;
        Width = rows.Count == 0 ? 0 : Boxes.Max(box => box.X + box.Width);
        Height = rows.Count == 0 ? 0 : Boxes.Max(box => box.Bottom);
    }

    // Each box as near as may be to the middle of those that it is connected with, and none over another.
    private static void Align(List<GraphBox> row, ILookup<GraphBox, GraphBox> neighbours)
    {
        var wanted = row.ToDictionary(box => box, box => neighbours[box].Any() ? neighbours[box].Average(other => other.Middle) : box.Middle);
        row.Sort((a, b) => wanted[a].CompareTo(wanted[b]));
        double end = double.NegativeInfinity, error = 0;
        foreach (var box in row)
        {
            box.X = Math.Max(wanted[box] - (box.Width / 2), end + Gap);
            end = box.X + box.Width;
            error += wanted[box] - box.Middle;
        }
        foreach (var box in row)
            box.X += error / row.Count;
    }
}
