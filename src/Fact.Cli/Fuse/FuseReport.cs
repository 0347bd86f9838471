using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Plan;
using Fact.Emit;
using Fact.Ir;
using Spectre.Console;
using static System.FormattableString;

namespace Fact.Cli.Fuse;

/// <summary>What <c>fact fuse</c> says of what it made.</summary>
/// <param name="Fused">What it made.</param>
/// <param name="Bytes">How many bytes the component has.</param>
/// <param name="IsModule">Whether the module itself was written, not a component around it.</param>
/// <param name="InstancesLeft">How many core instances there are in what was written.</param>
/// <param name="BytesWritten">How many bytes that has.</param>
internal sealed record FuseReport(FusedComponent Fused, long Bytes, bool IsModule, int InstancesLeft, long BytesWritten)
{
    // Of more than that nobody reads a list.
    private const int MostListed = 10_000;

    /// <summary>Prints the table, and what became of each part if that is asked for.</summary>
    public void Write(Terminal terminal, bool explain)
    {
        var heading = new Style(decoration: Decoration.Bold);
        var table = new Table().Border(TableBorder.None).AddColumn(new TableColumn(new Text("", heading)));
        foreach (string column in new[] { "before", "after" })
            table.AddColumn(new TableColumn(new Text(column, heading)).RightAligned());
        Row("core instances", CoreInstances(Fused.Plan), InstancesLeft);
        Row("functions", Sum(part => part.Defined.Functions), Sum(part => part.Kept.Functions));
        Row("memories", Sum(part => part.Defined.Memories), Fused.FoldedMemories > 0 ? 1 : Sum(part => part.Kept.Memories));
        Row("tables", Sum(part => part.Defined.Tables), Sum(part => part.Kept.Tables));
        Row("globals", Sum(part => part.Defined.Globals), Sum(part => part.Kept.Globals));
        Row("bytes", Bytes, BytesWritten);
        terminal.Show(table);
        foreach (string line in Lines())
            terminal.Stdout.Write(line + "\n");
        if (explain)
            Explain(terminal);

        void Row(string name, long before, long after) =>
            table.AddRow(new Text(name), new Text(Invariant($"{before}")), new Text(Invariant($"{after}")));
    }

    /// <summary>How many core instances a component has.</summary>
    public static int CoreInstances(LinkPlan plan) => plan.Initializers.Items.Count(each => each is Initializer.InstantiateCoreModule);

    private long Sum(Func<MergedPart, long> count) => Fused.Parts.Items.Sum(count);

    private IEnumerable<string> Lines()
    {
        var adapters = Fused.Adapters;
        int inside = adapters.LeftOut + adapters.Passed + adapters.Inlined;
        yield return Invariant($"adapters: {adapters.All}, of them {inside} inlined, {adapters.Unreached} never called, {adapters.Kept} left");
        if (Fused.Parts.Items.Sum(part => part.DirectCalls) is > 0 and var calls)
            yield return Invariant($"calls made direct: {calls}");
        if (Fused.Parts.Items.Sum(part => part.InlinedCalls) is > 0 and var inlined)
            yield return Invariant($"calls inlined: {inlined}");
        if (Sum(part => part.Functions.Items.Count(fate => fate == FunctionFate.Passed)) is > 0 and var passed)
            yield return Invariant($"functions passed by: {passed}");
        if (Sum(part => part.Functions.Items.Count(fate => fate == FunctionFate.Unreached)) is > 0 and var dead)
            yield return Invariant($"dead functions removed: {dead}");
        if (Fused.FoldedMemories > 0)
            yield return Invariant($"memories folded: {Fused.FoldedMemories}");
        if (!Fused.Dropped.IsEmpty)
            yield return "custom sections dropped: " + string.Join(", ", Fused.Dropped.Items.Select(Printable.Short));
        if (IsModule && Fused.Initialize is { } initialize)
            yield return $"call {initialize} before any other export";
    }

    private void Explain(Terminal terminal)
    {
        foreach (var part in Fused.Parts.Items.Take(MostListed))
        {
            terminal.Stdout.Write("\n" + terminal.Coloured(Printable.Of(part.Name), "1") + "\n");
            int passed = part.Functions.Items.Count(fate => fate == FunctionFate.Passed);
            int inlined = part.Functions.Items.Count(fate => fate == FunctionFate.Inlined);
            Counts("functions", part.Defined.Functions - passed - inlined, part.Kept.Functions);
            if (passed > 0)
                terminal.Stdout.Write(Invariant($"  passed by: {passed}, which only call another function\n"));
            if (inlined > 0)
                terminal.Stdout.Write(Invariant($"  inlined: {inlined}, whose code is where they were called\n"));
            if (part.InlinedCalls > 0)
                terminal.Stdout.Write(Invariant($"  calls inlined: {part.InlinedCalls}\n"));
            if (part.DirectCalls > 0)
                terminal.Stdout.Write(Invariant($"  calls made direct: {part.DirectCalls}\n"));
            Counts("bytes of code", part.Defined.CodeBytes, part.Kept.CodeBytes);
            Counts("memories", part.Defined.Memories, part.Kept.Memories);
            Counts("tables", part.Defined.Tables, part.Kept.Tables);
            Counts("globals", part.Defined.Globals, part.Kept.Globals);
            Counts("segments", part.Defined.Segments, part.Kept.Segments);
        }
        if (Fused.Parts.Length > MostListed)
            terminal.Stdout.Write(Invariant($"\n… and {Fused.Parts.Length - MostListed} more\n"));

        void Counts(string what, long defined, long kept)
        {
            if (defined > 0)
                terminal.Stdout.Write(Invariant($"  {what}: {kept}{(kept < defined ? Invariant($" of {defined}, nothing reaches the others") : "")}\n"));
        }
    }
}
