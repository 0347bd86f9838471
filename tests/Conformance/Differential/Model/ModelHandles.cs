using System.Collections.Generic;

namespace Fact.Conformance.Differential.Model;

/// <summary>A handle. Spec: <c>ResourceHandle</c>.</summary>
/// <param name="Resource">The resource type.</param>
/// <param name="Rep">What its definer knows the resource by.</param>
/// <param name="Scope">The call that it is lent to; null where it owns the resource.</param>
internal sealed record ModelHandle(int Resource, ulong Rep, ModelCall? Scope)
{
    /// <summary>How many calls it is lent to.</summary>
    public int Lends { get; set; }
}

/// <summary>A call, as far as handles are lent to it. Spec: the <c>Task</c> and the <c>Subtask</c> of a call.</summary>
internal sealed class ModelCall
{
    /// <summary>The handles of the caller that are lent.</summary>
    public List<ModelHandle> Lenders { get; } = [];

    /// <summary>How many handles the callee was lent and has not dropped.</summary>
    public int Borrows { get; set; }

    /// <summary>Spec: <c>deliver_resolve</c>.</summary>
    public void End()
    {
        foreach (var lender in Lenders)
            lender.Lends--;
    }
}

/// <summary>What the destructors of the two resource types add up.</summary>
internal sealed class ModelDestructors
{
    private readonly uint[] sums = new uint[2];

    public void Destroy(ModelHandle handle) => sums[handle.Resource] = (sums[handle.Resource] * 31) + (uint)handle.Rep;

    public uint Sum(int resource) => sums[resource];
}

/// <summary>The handles of a guest. Spec: <c>Table</c>.</summary>
/// <param name="defines">The resource type that the guest defines, if it does.</param>
/// <param name="destructors">What happens to resources that are dropped.</param>
internal sealed class ModelHandles(int? defines, ModelDestructors destructors)
{
    private readonly List<ModelHandle?> array = [null];
    private readonly Stack<uint> free = new();

    /// <summary>Spec: <c>lift_own</c>.</summary>
    public ModelHandle LiftOwn(int resource, ulong index)
    {
        var handle = Get(resource, index);
        ModelTrap.If(handle.Lends != 0, "cannot remove owned resource while borrowed");
        ModelTrap.If(handle.Scope is not null, "cannot lift own resource from a borrow");
        Remove(index);
        return handle;
    }

    /// <summary>Spec: <c>lift_borrow</c>.</summary>
    public ModelHandle LiftBorrow(int resource, ulong index, ModelCall call)
    {
        var handle = Get(resource, index);
        handle.Lends++;
        call.Lenders.Add(handle);
        return handle;
    }

    /// <summary>Spec: <c>lower_own</c>.</summary>
    public uint LowerOwn(int resource, ulong rep) => Add(new(resource, rep, null));

    /// <summary>Spec: <c>lower_borrow</c>. Null where the guest gets what it knows the resource by.</summary>
    public uint? LowerBorrow(int resource, ulong rep, ModelCall call)
    {
        if (resource == defines)
            return null;
        call.Borrows++;
        return Add(new(resource, rep, call));
    }

    public ModelDestructors Destructors => destructors;

    /// <summary>Spec: <c>canon_resource_drop</c>.</summary>
    public void Drop(int resource, ulong index)
    {
        var handle = Get(resource, index);
        ModelTrap.If(handle.Lends != 0, "cannot remove owned resource while borrowed");
        Remove(index);
        if (handle.Scope is { } scope)
            scope.Borrows--;
        else
            destructors.Destroy(handle);
    }

    /// <summary>Spec: <c>canon_resource_rep</c>; what a guest that is not the definer learns by lending the handle.</summary>
    public ulong Rep(int resource, ulong index) => Get(resource, index).Rep;

    private ModelHandle Get(int resource, ulong index)
    {
        ModelTrap.If(index >= (ulong)array.Count || array[(int)index] is null, "unknown handle index");
        var handle = array[(int)index]!;
        ModelTrap.If(handle.Resource != resource, "handle of the wrong type");
        return handle;
    }

    private uint Add(ModelHandle handle)
    {
        if (!free.TryPop(out uint index))
        {
            index = (uint)array.Count;
            array.Add(null);
        }
        array[(int)index] = handle;
        return index;
    }

    private void Remove(ulong index)
    {
        array[(int)index] = null;
        free.Push((uint)index);
    }
}
