using System.Collections.Generic;
using Fact.Ir;
using Fact.Lower.Select;
using static Fact.Ir.CoreValType;
using static Fact.Lower.Runtime.Handles.RuntimeLayout;

namespace Fact.Lower.Runtime.Handles;

/// <summary>The built-ins that guests call, a function for each and each table: what is known of the table is in its code.</summary>
internal sealed class Builtins(RuntimeCode s, Entries entries, HandleRuntime runtime, OwnTable destructors, bool trapsReentrance, bool barrier)
{
    private readonly Dictionary<InstanceId, Import.InstanceFlags> flags = [];

    /// <summary>Writes one.</summary>
    public void Write(RuntimeBuiltin builtin)
    {
        var table = runtime.Tables[(int)builtin.Table.Value];
        var resource = runtime.Resources[(int)table.Resource.Value];
        switch (builtin.Op)
        {
            case RuntimeBuiltinOp.New:
                New(builtin.Name, table, (RuntimeResource.Defined)resource);
                break;
            case RuntimeBuiltinOp.Rep:
                Rep(builtin.Name, table, (RuntimeResource.Defined)resource);
                break;
            case RuntimeBuiltinOp.Drop:
                Drop(builtin.Name, table, resource);
                break;
        }
    }

    /// <summary>Spec: <c>canon_resource_new</c>.</summary>
    private void New(string name, RuntimeTable table, RuntimeResource.Defined resource)
    {
        var type = new CoreFuncType([resource.Rep], [I32]);
        s.Start(type, "rep");
        RequireLeave(table);
        s.Builder.Get(entries.Add(Instance(table.Instance.Id), TagOf(table.Resource), 0, new LocalId(0)));
        s.Export(name, type);
    }

    /// <summary>Spec: <c>canon_resource_rep</c>.</summary>
    private void Rep(string name, RuntimeTable table, RuntimeResource.Defined resource)
    {
        var type = new CoreFuncType([I32], [resource.Rep]);
        s.Start(type, "index");
        s.LoadRep(entries.Find(Instance(table.Instance.Id), new(0), TagOf(table.Resource)), resource.Rep);
        s.Export(name, type);
    }

    /// <summary>Spec: <c>canon_resource_drop</c>.</summary>
    private void Drop(string name, RuntimeTable table, RuntimeResource resource)
    {
        var b = s.Builder;
        var type = RuntimeCode.Type(1, 0);
        var repType = resource is RuntimeResource.Defined { Rep: var own } ? own : I32;
        LocalId index = new(0);
        Word instance = Instance(table.Instance.Id);
        s.Start(type, "index");
        RequireLeave(table);
        var entry = entries.Find(instance, index, Tag(table.Resource, resource));
        s.Load(entry, NumLends);
        s.TrapIf(TrapCode.HandleIsLent);
        var scope = s.Loaded(entry, BorrowScope, "scope");
        s.LoadRep(entry, repType);
        var rep = b.SetNew(repType, "rep");
        entries.Remove(instance, index, entry);
        b.Get(scope);
        b.If(CoreFuncType.Empty);
        s.Change(scope, NumBorrows, -1);
        b.Else();
        switch (resource)
        {
            case RuntimeResource.Imported:
                b.Get(rep);
                b.Emit(Imports.Call(new Import.ResourceDrop(table.Resource)));
                break;
            case RuntimeResource.Defined defined:
                Destroy(table, defined, rep);
                break;
        }
        b.End();
        s.Export(name, type);
    }

    /// <summary>Calls the destructor. By the older rule of reentrance its instance is entered, whether there is one or not.</summary>
    private void Destroy(RuntimeTable table, RuntimeResource.Defined resource, LocalId rep)
    {
        var b = s.Builder;
        var entered = trapsReentrance ? Entered(resource.Instance, table.Instance) : [];
        foreach (var instance in entered)
        {
            s.Get(instance);
            b.I32(InstanceFlagBits.MayEnter);
            b.Op(PlainOp.I32And);
            b.Op(PlainOp.I32Eqz);
            s.TrapIf(TrapCode.CannotEnterComponent);
        }
        if (!resource.HasDestructor)
            return;
        foreach (var instance in entered)
            Flag(instance, PlainOp.I32And, ~InstanceFlagBits.MayEnter);
        Barrier.Labels? labels = barrier ? Barrier.Begin(b) : null;
        b.Get(rep);
        b.I32((int)table.Resource.Value);
        b.Emit(new Instr.CallIndirect(new CoreFuncType([resource.Rep], []), destructors));
        if (labels is { } begun)
            Barrier.End(b, begun);
        foreach (var instance in entered)
            Flag(instance, PlainOp.I32Or, InstanceFlagBits.MayEnter);
    }

    private void Flag(Import.InstanceFlags instance, PlainOp op, int bits)
    {
        s.Get(instance);
        s.Builder.I32(bits);
        s.Builder.Op(op);
        s.Set(instance);
    }

    /// <summary>The instance that is entered and those that contain it, without the caller's and those that contain that. Spec, before <c>may_enter</c> was removed:
    /// <c>entering_set</c>.</summary>
    private List<Import.InstanceFlags> Entered(InstanceNode callee, InstanceNode caller)
    {
        var around = new HashSet<InstanceId>();
        for (InstanceNode? node = caller; node is not null; node = node.Parent)
            around.Add(node.Id);
        var entered = new List<Import.InstanceFlags>();
        for (InstanceNode? node = callee; node is not null; node = node.Parent)
        {
            if (!around.Contains(node.Id))
                entered.Add(Flags(node.Id));
        }
        return entered;
    }

    /// <summary>Traps unless the instance may be left.</summary>
    private void RequireLeave(RuntimeTable table)
    {
        s.Get(Flags(table.Instance.Id));
        s.Builder.I32(InstanceFlagBits.MayLeave);
        s.Builder.Op(PlainOp.I32And);
        s.Builder.Op(PlainOp.I32Eqz);
        s.TrapIf(TrapCode.CannotLeaveComponent);
    }

    /// <summary>The tag of handles. The host can say of two of its types that they are one.</summary>
    private Word Tag(RuntimeResourceId id, RuntimeResource resource) =>
        resource is RuntimeResource.Imported && s.Layout.Imported > 1 ? s.Loaded(s.Layout.Resource(id), TypeTag, "tag") : TagOf(id);

    private Import.InstanceFlags Flags(InstanceId instance)
    {
        if (!flags.TryGetValue(instance, out var known))
            flags.Add(instance, known = new(instance));
        return known;
    }
}
