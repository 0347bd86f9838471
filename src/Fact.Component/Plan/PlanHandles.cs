using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Component.Plan;

/// <summary>What a runtime module keeps handles of for a plan.</summary>
internal static class PlanHandles
{
    /// <summary>The instances, resource types, tables and built-ins of a plan, by its own numbers; null where it has no resource tables.</summary>
    public static HandleRuntime? Of(LinkPlan plan)
    {
        if (plan.Tables.ResourceTables.IsEmpty)
            return null;
        var instances = new InstanceNode[plan.Instances.Length];
        for (int i = 0; i < instances.Length; i++)
            instances[i] = new(new((uint)i), plan.Instances[i].Parent is { } parent ? instances[(int)parent.Value] : null);
        return new(
            (uint)instances.Length,
            plan.Tables.Resources.Items.Select(resource => Resource(resource, instances)).ToEquatableArray(),
            plan.Tables.ResourceTables.Items.Select(table => new RuntimeTable(instances[(int)table.Instance.Value], table.Resource)).ToEquatableArray(),
            Builtins(plan.Trampolines));
    }

    /// <summary>The built-in of a runtime module that a trampoline is; null where it is something else.</summary>
    public static RuntimeBuiltin? Builtin(Trampoline trampoline) => trampoline switch
    {
        Trampoline.ResourceNew made => new(RuntimeBuiltinOp.New, made.Table),
        Trampoline.ResourceRep rep => new(RuntimeBuiltinOp.Rep, rep.Table),
        Trampoline.ResourceDrop drop => new(RuntimeBuiltinOp.Drop, drop.Table),
        Trampoline.LowerImport or Trampoline.Plain or Trampoline.TaskReturn or Trampoline.ContextGet or Trampoline.ContextSet or Trampoline.SubtaskCancel
            or Trampoline.Stream or Trampoline.StreamCopy or Trampoline.StreamCancel or Trampoline.Future or Trampoline.FutureCopy or Trampoline.FutureCancel
            or Trampoline.ErrorContextNew or Trampoline.ErrorContextDebugMessage or Trampoline.ErrorContextDrop
            or Trampoline.WaitableSetWait or Trampoline.WaitableSetPoll or Trampoline.ThreadSwitch or Trampoline.ThreadNewIndirect => null,
    };

    private static EquatableArray<RuntimeBuiltin> Builtins(EquatableArray<Trampoline> trampolines)
    {
        var known = new HashSet<RuntimeBuiltin>();
        return trampolines.Items.Select(Builtin).OfType<RuntimeBuiltin>().Where(known.Add).ToEquatableArray();
    }

    private static RuntimeResource Resource(PlanResource resource, InstanceNode[] instances) => resource switch
    {
        PlanResource.Imported => new RuntimeResource.Imported(),
        PlanResource.Defined defined => new RuntimeResource.Defined(instances[(int)defined.Instance.Value], defined.Rep, defined.Dtor is not null),
    };
}
