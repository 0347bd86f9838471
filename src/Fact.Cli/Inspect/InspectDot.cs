using System;
using System.Collections.Generic;
using System.IO;
using Fact.Component.Plan;
using Fact.Ir;
using static System.FormattableString;

namespace Fact.Cli.Inspect;

/// <summary>The graph of instances and adapters in the language of Graphviz.</summary>
internal static class InspectDot
{
    /// <summary>Writes the graph: a box for each component instance, an ellipse for each adapter on the way from caller to callee, and the host.</summary>
    public static void Write(TextWriter to, LinkPlan plan, ReportNames names, IReadOnlyList<AdapterReport> adapters)
    {
        var graph = InstanceGraph.Of(plan, names, adapters);
        to.Write("digraph component {\n  rankdir=TB\n  node [fontname=\"sans-serif\", fontsize=11]\n  edge [fontname=\"sans-serif\", fontsize=9]\n");
        foreach (uint instance in graph.Instances)
            to.Write(Invariant($"  instance{instance} [shape=box, style=filled, fillcolor=lightblue, label={Quoted(names.Instance(new InstanceId(instance)))}]\n"));
        foreach (var report in adapters)
        {
            var adapter = report.Adapter;
            string size = report.Module is { } module ? Invariant($"{report.Bytes} bytes in adapters-{module}") : "left out";
            string label = report.Func is null ? Quoted(adapter.Name, size) : Quoted(adapter.Name, report.Func, size);
            to.Write($"  {adapter.Name} [shape=ellipse, label={label}{(report.Module is null ? ", style=dashed" : "")}]\n");
            to.Write(Invariant($"  instance{adapter.Lower.Instance.Id.Value} -> {adapter.Name}\n  {adapter.Name} -> instance{adapter.Lift.Instance.Id.Value}\n"));
        }
        Host(to, "outside", "exports", graph.Exports, isCaller: true);
        Host(to, "host", "imports", graph.Imports, isCaller: false);
        to.Write("}\n");
    }

    private static void Host(TextWriter to, string node, string label, IReadOnlyDictionary<uint, List<string>> of, bool isCaller)
    {
        if (of.Count == 0)
            return;
        to.Write($"  {node} [shape=plaintext, label=\"{node}\"]\n");
        foreach (var (instance, functions) in of)
        {
            string name = functions.Count == 1 ? functions[0] : Invariant($"{functions.Count} {label}");
            to.Write(Invariant($"  {(isCaller ? node : $"instance{instance}")} -> {(isCaller ? $"instance{instance}" : node)} [label={Quoted(name)}]\n"));
        }
    }

    /// <summary>A label of lines. Graphviz reads escapes and entities in it; neither comes from a name.</summary>
    private static string Quoted(params string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            lines[i] = Printable.Of(lines[i])
                .Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("&", "&amp;", StringComparison.Ordinal);
        }
        return "\"" + string.Join("\\n", lines) + "\"";
    }
}
