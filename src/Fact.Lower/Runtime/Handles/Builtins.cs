using System.Collections.Generic;
using Fact.Ir;
using Fact.Lower.Code;
using static Fact.Ir.CoreValType;
using static Fact.Lower.Runtime.Handles.RuntimeLayout;

namespace Fact.Lower.Runtime.Handles;

/// <summary>The built-ins that guests call, a function for each and each table: what is known of the table is in its code.</summary>
internal sealed class Builtins
{
    /// <summary>Of so many each has all of its code; where there are more, they share most of it.</summary>
    private const int MostWhole = 256;

    private readonly Dictionary<InstanceId, Import.InstanceFlags> flags = [];
    private readonly RuntimeCode s;
    private readonly Entries entries;
    private readonly HandleRuntime runtime;
    private readonly OwnTable destructors;
    private readonly bool trapsReentrance, barrier;
    private readonly CoreValType repType;
    private readonly FuncRef? add, release;

    public Builtins(RuntimeCode code, Entries entries, HandleRuntime runtime, OwnTable destructors, LowerOptions options)
    {
        (s, this.entries, this.runtime, this.destructors) = (code, entries, runtime, destructors);
        (trapsReentrance, barrier) = (options.Reentrance == Reentrance.Trap, options.ExceptionBarrier);
        repType = s.Layout.Wide ? I64 : I32;
        if (runtime.Builtins.Length > MostWhole)
            (add, release) = (WriteAdd(), WriteRelease());
    }

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
        var b = s.Builder;
        var type = new CoreFuncType([resource.Rep], [I32]);
        Word instance = Instance(table.Instance.Id), tag = TagOf(table.Resource);
        s.Start(type, "rep");
        RequireLeave(table);
        if (add is null)
        {
            b.Get(entries.Add(instance, tag, 0, new LocalId(0)));
        }
        else
        {
            s.Push(instance);
            s.Push(tag);
            b.Get(new(0));
            if (repType != resource.Rep)
                b.Op(PlainOp.I64ExtendI32U);
            s.Call(add);
        }
        s.Export(name, type);
    }

    private FuncRef WriteAdd()
    {
        var type = new CoreFuncType([I32, I32, repType], [I32]);
        s.Start(type, "instance", "tag", "rep");
        s.Builder.Get(entries.Add(new LocalId(0), new LocalId(1), 0, new LocalId(2)));
        return s.Helper("add", type);
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
        Word instance = Instance(table.Instance.Id);
        s.Start(type, "index");
        RequireLeave(table);
        var tag = Tag(table.Resource, resource);
        LocalId rep;
        if (release is null)
        {
            rep = Release(instance, new(0), tag, resource is RuntimeResource.Defined { Rep: var whole } ? whole : I32);
        }
        else
        {
            s.Push(instance);
            b.Get(new(0));
            s.Push(tag);
            s.Call(release);
            var owned = b.SetNew(I32, "owned");
            if (repType != I32 && resource is not RuntimeResource.Defined { Rep: I64 })
                b.Op(PlainOp.I32WrapI64);
            rep = b.SetNew(resource is RuntimeResource.Defined { Rep: var own } ? own : I32, "rep");
            b.Get(owned);
        }
        b.If(CoreFuncType.Empty);
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

    /// <summary>Takes a handle out of a table; its representation is in a new local, and on the stack whether it owned the resource.</summary>
    private LocalId Release(Word instance, LocalId index, Word tag, CoreValType type)
    {
        var b = s.Builder;
        var entry = entries.Find(instance, index, tag);
        s.Load(entry, NumLends);
        s.TrapIf(TrapCode.HandleIsLent);
        var scope = s.Loaded(entry, BorrowScope, "scope");
        s.LoadRep(entry, type);
        var rep = b.SetNew(type, "rep");
        entries.Remove(instance, index, entry);
        b.Get(scope);
        b.If(CoreFuncType.Empty);
        s.Change(scope, NumBorrows, -1);
        b.End();
        b.Get(scope);
        b.Op(PlainOp.I32Eqz);
        return rep;
    }

    private FuncRef WriteRelease()
    {
        var b = s.Builder;
        var type = new CoreFuncType([I32, I32, I32], [repType, I32]);
        s.Start(type, "instance", "index", "tag");
        var rep = Release(new LocalId(0), new(1), new LocalId(2), repType);
        var owned = b.SetNew(I32, "owned");
        b.Get(rep);
        b.Get(owned);
        return s.Helper("release", type);
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
