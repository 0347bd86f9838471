using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;

namespace Fact.Host.Linking;

/// <summary>What is said of imports that a host does not give.</summary>
internal static class MissingImports
{
    private const int MaxNamed = 5;

    /// <summary>A function that says by a trap that it is not there.</summary>
    public static HostFunction Function(string name, string type) => _ => throw new TrapSignal($"a missing import was called: \"{name}\", {type}");

    /// <summary>Where the error about an import says that it is.</summary>
    public static string Path(string name) => $"import \"{name}\"";

    /// <summary>The errors; where several imports are missing, first a line that says what kinds of things these are.</summary>
    public static EquatableArray<Diagnostic> WithSummary(IEnumerable<(string Name, PlanExtern Type)> imports, List<Diagnostic> errors)
    {
        var paths = errors.Where(e => e.Code == DiagnosticCode.MissingImport).Select(e => e.Path).ToHashSet();
        var missing = imports.Where(import => paths.Contains(Path(import.Name))).ToList();
        if (missing.Count < 2)
            return errors.ToEquatableArray();
        var kinds = missing.GroupBy(import => Kind(import.Type)).OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => Invariant($"{kind.Count()} {kind.Key}{(kind.Count() == 1 ? "" : "s")}"));
        var instances = missing.Select(import => import.Name.LastIndexOf('#') is > 0 and var end ? import.Name[..end] : "")
            .Where(name => name.Length > 0)
            .Distinct()
            .ToList();
        string more = instances.Count > MaxNamed ? Invariant($" and {instances.Count - MaxNamed} more instances") : "";
        string some = missing.TrueForAll(import => import.Name.Contains('#', StringComparison.Ordinal)) ? "" : "some of them ";
        string of = instances.Count == 0 ? "" : $", {some}of {string.Join(", ", instances.Take(MaxNamed))}{more}";
        return [new Diagnostic(DiagnosticCode.MissingImport, $"the component imports what it is not given: {string.Join(" and ", kinds)}{of}"), .. errors];
    }

    private static string Kind(PlanExtern type) => type switch
    {
        PlanExtern.Func => "function",
        PlanExtern.CoreModule => "core module",
        PlanExtern.Type => "resource type",
        PlanExtern.Instance => "instance",
        PlanExtern.Component => "component",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
