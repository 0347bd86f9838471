using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Properties.Lower.Passes;

/// <summary>Compares plans by structure: which of their copies are shared makes no difference. Two copies are compared once.</summary>
internal sealed class PlanComparison
{
    private readonly HashSet<(object, object)> equal = new(new Pairs());

    /// <summary>Where two plans differ first; null where they are alike.</summary>
    public static string? Difference(CallPlan a, CallPlan b)
    {
        var comparison = new PlanComparison();
        if (a.Funcs.Length != b.Funcs.Length)
            return "functions";
        return a.Funcs.Items.Zip(b.Funcs)
            .Select(pair => comparison.Difference(pair.Item1.Acts, pair.Item2.Acts, pair.Item1.Name))
            .FirstOrDefault(found => found is not null);
    }

    private string? Difference(EquatableArray<Act> a, EquatableArray<Act> b, string path) =>
        a.Length != b.Length
            ? $"{path}: {string.Join(' ', a.Items.Select(Kind))}; rather {string.Join(' ', b.Items.Select(Kind))}"
            : a.Items.Zip(b).Select((pair, i) => Difference(pair.Item1, pair.Item2, $"{path} {i}")).FirstOrDefault(found => found is not null);

    private string? Difference(Act a, Act b, string path) => (a, b) switch
    {
        (Act.Guard x, Act.Guard y) => Difference(x.Acts, y.Acts, path),
        (Act.Move x, Act.Move y) => x with { Copy = null } == y with { Copy = null } ? Difference(x.Copy, y.Copy, path) : $"{path}: {x}; rather {y}",
        _ => a == b ? null : $"{path}: {a}; rather {b}",
    };

    private string? Difference(Copy? a, Copy? b, string path)
    {
        if (a is null || b is null)
            return ReferenceEquals(a, b) ? null : $"{path}: {Text(a)}; rather {Text(b)}";
        if (!equal.Add((a, b)))
            return null;
        path += "/" + Kind(a);
        if (Text(a) != Text(b) || a.Facts != b.Facts || CopyParts.Of(a).Count() != CopyParts.Of(b).Count())
            return $"{path}: {Text(a)} {a.Facts}; rather {Text(b)} {b.Facts}";
        if (a.Source.ElemSize != b.Source.ElemSize || a.Target.ElemSize != b.Target.ElemSize)
            return $"{path}: layouts";
        return CopyParts.Of(a).Zip(CopyParts.Of(b)).Select(pair => Difference(pair.Item1, pair.Item2, path)).FirstOrDefault(found => found is not null);
    }

    /// <summary>A copy without its parts.</summary>
    private static string Text(Copy? copy) => copy switch
    {
        null => "nothing",
        Copy.Scalar c => $"{c.Type} {c.Check}",
        Copy.Flags c => $"flags {c.Bits} {c.Mask}",
        Copy.Handle c => $"{c.Kind} {c.FromTable} {c.ToTable}",
        Copy.Text c => $"text {c.From} {c.To}",
        Copy.Pair => "pair",
        Copy.Seq c => $"{c.Kind} {string.Join(' ', c.Parts.Items.Select(part => part.Name))} {string.Join(' ', c.Runs.Items)}",
        Copy.Cases c => $"{c.Flavor} {c.Count} {c.Dispatch} {string.Join(' ', c.ArmOf.Items)} {string.Join(' ', c.Arms.Items.Select(Text))}",
        Copy.Repeat c => $"repeat {c.Count} {c.Unrolled}",
        Copy.List => "list",
        Copy.Bytes c => $"bytes {c.InlineShort}",
        Copy.Blocks c => $"blocks {c.Rules}",
        Copy.Helper c => $"helper {c.Form.Number} {c.Inline}",
    };

    private static string Text(Arm arm) => $"{arm.Case}{(arm.Payload is null ? " alone" : "")}";

    private static string Kind(object node) => node.GetType().Name;

    private sealed class Pairs : IEqualityComparer<(object, object)>
    {
        public bool Equals((object, object) x, (object, object) y) => ReferenceEquals(x.Item1, y.Item1) && ReferenceEquals(x.Item2, y.Item2);

        public int GetHashCode((object, object) pair) =>
            (System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.Item1) * 31) + System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.Item2);
    }
}
