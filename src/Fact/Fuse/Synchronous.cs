using System.Collections.Generic;
using System.Linq;
using Fact.Component.Ast;
using Fact.Component.Plan;
using Fact.Ir;
using static Fact.Ir.EquatableArray;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Fuse;

/// <summary>What keeps a component from being one core module: what is asynchronous, and core modules that pass its border.</summary>
internal static class Synchronous
{
    // One who sees ten knows what to do.
    private const int Most = 10;

    /// <summary>What it has of that; empty for a component that can be fused.</summary>
    public static EquatableArray<Diagnostic> Check(LinkPlan plan) =>
        Modules(plan).Concat(Calls(plan)).Concat(Builtins(plan)).Concat(Tables(plan.Tables)).Take(Most).ToEquatableArray();

    private static IEnumerable<Diagnostic> Modules(LinkPlan plan)
    {
        foreach (var initializer in plan.Initializers.Items)
        {
            if (initializer is Initializer.InstantiateCoreModule(_, ModuleSource.Imported(var item), _))
                yield return Unsupported("the component instantiates a core module that it imports, which is not there", $"import \"{plan.ImportName(item)}\"");
        }
        foreach (var (export, path) in plan.Exports.Items.Select(export => (export, "")).Concat(
            plan.ExportedInstances.Items.SelectMany(instance => instance.Items).Select(export => (export, "exported instance · "))))
        {
            if (export.Item is ExportItem.CoreModule)
                yield return Unsupported("the export is a core module, which a core module cannot export", $"{path}export \"{export.Name}\"");
        }
    }

    private static IEnumerable<Diagnostic> Calls(LinkPlan plan)
    {
        foreach (var adapter in plan.Adapters.Items)
        {
            string where = adapter.FuncName is { } name ? $"function \"{name}\"" : $"adapter \"{adapter.Adapter.Name}\"";
            if (adapter.Adapter.Lift.Options.Async || adapter.Adapter.Lower.Options.Async)
            {
                string side = adapter.Adapter.Lift.Options.Async ? "lifted" : "lowered";
                yield return Unsupported($"the function is {side} with the option async", where, adapter.Offset);
            }
        }
        foreach (var export in plan.Exports.Items.Concat(plan.ExportedInstances.Items.SelectMany(instance => instance.Items)))
        {
            if (export.Item is ExportItem.Func func && plan.Options[(int)func.Options.Value].Options.Async)
                yield return Unsupported("the function is lifted with the option async", $"export \"{export.Name}\"");
        }
        if (plan.Options.Items.Any(options => options.Options.DataModel == DataModel.Gc))
            yield return Unsupported("a function of the border has the option gc, whose ABI is not settled", "");
        foreach (var trampoline in plan.Trampolines.Items)
        {
            if (trampoline is Trampoline.LowerImport import && plan.Options[(int)import.Options.Value].Options.Async)
                yield return Unsupported("the function is lowered with the option async", $"import \"{plan.ImportName(import.Import)}\"");
        }
    }

    private static IEnumerable<Diagnostic> Builtins(LinkPlan plan)
    {
        foreach (string name in plan.Trampolines.Items.Where(trampoline => !IsPlain(trampoline)).Select(TrampolineNames.Of).Distinct())
            yield return Unsupported($"the component uses the built-in {name}, for asynchronous calls", "");
    }

    private static bool IsPlain(Trampoline trampoline) => trampoline switch
    {
        Trampoline.LowerImport or Trampoline.ResourceNew or Trampoline.ResourceRep or Trampoline.ResourceDrop or Trampoline.ContextGet or Trampoline.ContextSet => true,
        Trampoline.Plain or Trampoline.TaskReturn or Trampoline.SubtaskCancel
            or Trampoline.Stream or Trampoline.StreamCopy or Trampoline.StreamCancel or Trampoline.Future or Trampoline.FutureCopy or Trampoline.FutureCancel
            or Trampoline.ErrorContextNew or Trampoline.ErrorContextDebugMessage or Trampoline.ErrorContextDrop
            or Trampoline.WaitableSetWait or Trampoline.WaitableSetPoll or Trampoline.ThreadSwitch or Trampoline.ThreadNewIndirect => false,
    };

    private static IEnumerable<Diagnostic> Tables(PlanTables tables)
    {
        if (!tables.StreamTables.IsEmpty)
            yield return Unsupported("the component passes streams", "");
        if (!tables.FutureTables.IsEmpty)
            yield return Unsupported("the component passes futures", "");
        if (!tables.ErrorContextTables.IsEmpty)
            yield return Unsupported("the component passes error contexts", "");
    }

    private static Diagnostic Unsupported(string what, string where, long? offset = null) =>
        new(DiagnosticCode.Unsupported, what + ", which cannot be fused; compile the component instead (fact compile)", where, offset);
}
