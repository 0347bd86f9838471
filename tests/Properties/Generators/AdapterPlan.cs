using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Model;

namespace Fact.Properties.Generators;

/// <summary>The memory of a side.</summary>
public enum MemoryPlan
{
    /// <summary>32-bit addresses, or no memory at all where no value needs one.</summary>
    WhereNeeded,
    With32,
    With64,

    /// <summary>Pages of one byte (custom page sizes).</summary>
    Bytes32,
    Bytes64,
}

/// <summary>How caller and callee are related.</summary>
public enum Kinship
{
    Siblings,
    Cousins,
    ParentToChild,
    ChildToParent,
    GrandparentToGrandchild,
    Self,
}

/// <summary>The options of one side, where they are a matter of choice.</summary>
public sealed record SidePlan(
    StringEncoding Encoding = StringEncoding.Utf8,
    MemoryPlan Memory = MemoryPlan.WhereNeeded,
    bool Async = false,
    bool Callback = false,
    bool PostReturn = false,
    bool ReallocAnyway = false);

/// <summary>
/// An adapter before it is one: everything that can be chosen. <see cref="Build"/> adds what follows from that by the rules of
/// the specification: core types, memories and allocators where values need them.
/// </summary>
public sealed record AdapterPlan(
    int Number,
    ComponentFuncType Type,
    SidePlan Lower,
    SidePlan Lift,
    Kinship Kinship = Kinship.Siblings)
{
    /// <summary>A plan for a function without surprises: both sides see the same types.</summary>
    public static AdapterPlan Of(ComponentFuncType type, SidePlan? lower = null, SidePlan? lift = null) =>
        new(0, type, lower ?? new(), lift ?? new());

    public string Name => "adapter" + Number;

    public Adapter Build()
    {
        var liftType = new Mirror().Of(Type);
        var (lower, lift) = Instances(Kinship);
        return new(
            Name,
            new((uint)(1000 + Number)),
            Side(liftType, lift, Lift, lift: true),
            Side(Type, lower, Lower, lift: false),
            new((uint)(30 + Number)));
    }

    private AdapterSide Side(ComponentFuncType type, InstanceNode instance, SidePlan plan, bool lift)
    {
        bool is64 = plan.Memory is MemoryPlan.With64 or MemoryPlan.Bytes64;
        var abi = SpecAbi.For(is64);
        var types = type.Params.Items.Select(p => p.Type).ToArray();
        int maxParams = plan.Async && !lift ? SpecAbi.MaxFlatAsyncParams : SpecAbi.MaxFlatParams;
        int maxResults = plan.Async ? lift ? SpecAbi.MaxFlatParams : 0 : SpecAbi.MaxFlatResults;
        bool tuple = abi.FlattenTypes(types, maxParams) is null;
        bool resultTuple = type.Result is { } result && abi.FlattenTypes([result], maxResults) is null;
        bool lowersPointers = lift ? tuple || types.Any(SpecAbi.ContainsPointer) : SpecAbi.ContainsPointer(type.Result);
        bool pointers = tuple || resultTuple || SpecAbi.ContainsPointer(type.Result) || types.Any(SpecAbi.ContainsPointer);

        uint id = ((uint)plan.Memory * 2) + (lift && Kinship != Kinship.Self ? 1u : 0u);
        bool memory = pointers || lowersPointers || plan.ReallocAnyway || plan.Memory != MemoryPlan.WhereNeeded;
        int pageLog2 = plan.Memory is MemoryPlan.Bytes32 or MemoryPlan.Bytes64 ? 0 : 16;
        var options = new CanonicalOptions(
            plan.Encoding,
            memory ? new(new(id), new(is64, pageLog2)) : null,
            lowersPointers || plan.ReallocAnyway ? new CoreFuncId(100 + id) : null,
            plan.Async,
            lift && plan.Async && plan.Callback ? new CoreFuncId(200) : null,
            lift && !plan.Async && plan.PostReturn ? new CoreFuncId((uint)(300 + Number)) : null);
        return new(type, instance, options, abi.FlattenFuncType(options, type, lift));
    }

    /// <summary>The caller's instance with those that contain it, and the callee's.</summary>
    private static (InstanceNode Lower, InstanceNode Lift) Instances(Kinship kinship) => kinship switch
    {
        Kinship.Siblings => (Chain(1, 0), Chain(2, 0)),
        Kinship.Cousins => (Chain(3, 1, 0), Chain(5, 4, 2, 0)),
        Kinship.ParentToChild => (Chain(1, 0), Chain(3, 1, 0)),
        Kinship.ChildToParent => (Chain(3, 1, 0), Chain(1, 0)),
        Kinship.GrandparentToGrandchild => (Chain(0), Chain(5, 4, 0)),
        Kinship.Self => (Chain(1, 0), Chain(1, 0)),
        _ => throw new ArgumentOutOfRangeException(nameof(kinship)),
    };

    /// <summary>An instance with those that contain it, the innermost first.</summary>
    public static InstanceNode Chain(params IEnumerable<uint> ids) =>
        ids.Reverse().Aggregate((InstanceNode?)null, (parent, id) => new(new(id), parent))!;

    public override string ToString() =>
        $"{TypeText.Of(Type)} · caller {Text(Lower)} · callee {Text(Lift)} · {Kinship}";

    private static string Text(SidePlan side) =>
        $"{side.Encoding} {side.Memory}{(side.Async ? " async" : "")}{(side.Callback ? " callback" : "")}{(side.PostReturn ? " post-return" : "")}";
}
