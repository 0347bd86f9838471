using System;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Host.Linking;

/// <summary>
/// How many things the imports and exports of a component have by their full names, <c>instance#instance#name</c>. One instance may be in several others, so
/// these can be many more than a plan has members; they are counted without being written out.
/// </summary>
internal sealed class FullNames
{
    private readonly Count[] exported;
    private readonly Count imports, exports;

    public FullNames(LinkPlan plan)
    {
        // An instance comes after those that are in it.
        exported = new Count[plan.ExportedInstances.Length];
        for (int i = 0; i < exported.Length; i++)
            exported[i] = Exported(plan.ExportedInstances[i]);
        exports = Exported(plan.Exports);
        var types = new Count[plan.InstanceTypes.Length];
        for (int i = 0; i < types.Length; i++)
        {
            foreach (var export in plan.InstanceTypes[i])
                types[i] = Imported(types[i], export.Name, export.Extern);
        }
        foreach (var import in plan.Imports)
            imports = Imported(imports, import.Name, import.Extern);

        Count Imported(Count all, string name, PlanExtern type) => type switch
        {
            PlanExtern.Instance(var id) => all.With(name).WithIn(name, types[id.Value]),
            PlanExtern.Func or PlanExtern.CoreModule or PlanExtern.Type => all.With(name),
            PlanExtern.Component => all,
        };
    }

    /// <summary>Whether there is a function or core module in an exported instance or below it.</summary>
    public bool Exports(ExportedInstanceId instance) => exported[instance.Value].Things > 0;

    /// <summary>What there is too much of; null where there is not.</summary>
    public Diagnostic? Excess() => Excess("imports", imports) ?? Excess("exports", exports);

    private Count Exported(EquatableArray<PlanExport> exports)
    {
        var all = default(Count);
        foreach (var export in exports)
        {
            all = export.Item switch
            {
                ExportItem.Instance(var id) => all.WithIn(export.Name, exported[id.Value]),
                ExportItem.Func or ExportItem.CoreModule => all.With(export.Name),
                ExportItem.Type => all,
            };
        }
        return all;
    }

    private static Diagnostic? Excess(string what, Count all) =>
        all.Things > ComponentLimits.FullNames ? new Diagnostic(
            DiagnosticCode.TooLarge,
            $"the component {what} more than {ComponentLimits.FullNames} functions, core modules, resource types and instances, "
            + "counted for each way to them, which is too much to run")
        : all.Length > ComponentLimits.FullNameLength ? new Diagnostic(
            DiagnosticCode.TooLarge,
            $"the full names of what the component {what} have more than {ComponentLimits.FullNameLength} characters together, which is too much to run")
        : null;

    private readonly record struct Count(long Things, long Length)
    {
        private const long Most = 1L << 31;

        public Count With(string name) => new(Math.Min(Things + 1, Most), Math.Min(Length + name.Length, Most));

        public Count WithIn(string instance, Count inner) => new(
            Math.Min(Things + inner.Things, Most), Math.Min(Length + inner.Length + (inner.Things * (instance.Length + 1L)), Most));
    }
}
