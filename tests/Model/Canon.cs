using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Model.Tasks;

namespace Fact.Model;

/// <summary>A core function. Spec: <c>CoreFuncInst</c>.</summary>
public delegate IReadOnlyList<CoreValue> CoreFunc(IReadOnlyList<CoreValue> args);

/// <summary>A component function: it asks for the arguments, and hands over the results. Spec: <c>FuncInst</c>.</summary>
public delegate void FuncInst(Func<IReadOnlyList<SpecValue>> onStart, Action<IReadOnlyList<SpecValue>> onResolve);

/// <summary>What an instance lifts or lowers a function with. Spec: <c>CanonicalOptions</c>.</summary>
/// <param name="Encoding">How strings are encoded.</param>
/// <param name="Memory">The memory.</param>
/// <param name="Realloc">The allocator.</param>
/// <param name="Types">The resource types by the numbers in types of handles.</param>
/// <param name="PostReturn">What is called with the core results when they were read.</param>
/// <param name="Dialect">Whose rules are followed; null for the specification's.</param>
/// <param name="Async">Whether a function is lifted with a callback, and its core function stands for all of it and gives what <c>task.return</c> is given; or whether it
/// is lowered asynchronously, which gives nothing here: the call is one that has returned.</param>
public sealed record SpecOptions(
    StringEncoding Encoding,
    MemInst Memory,
    SpecRealloc Realloc,
    Func<uint, SpecResourceType> Types,
    CoreFunc? PostReturn = null,
    Dialect? Dialect = null,
    bool Async = false);

/// <summary>The canonical built-ins that adapters and hosts implement, for calls that return before anything else happens.</summary>
public static class Canon
{
    /// <summary>A component function from a core function of an instance. Spec: <c>canon_lift</c>.</summary>
    public static FuncInst Lift(CoreFunc callee, ComponentFuncType ft, SpecOptions opts, SpecInstance inst) => (onStart, onResolve) => inst.InThread(() =>
    {
        var task = new SpecTask();
        var cx = Context(opts, inst, task, null);
        var flatResults = callee(cx.LowerFlatValues(SpecAbi.MaxFlatParams, onStart(), Params(ft)));
        var result = cx.LiftFlatValues(opts.Async ? SpecAbi.MaxFlatParams : SpecAbi.MaxFlatResults, new CoreValueIter.Values(flatResults), Results(ft));
        SpecTrap.If(task.NumBorrows > 0, "borrow handles still remain at the end of the call");
        onResolve(result);
        if (opts.PostReturn is not { } postReturn)
            return flatResults;
        inst.MayLeave = false;
        postReturn(flatResults);
        inst.MayLeave = true;
        return flatResults;
    });

    /// <summary>Calls a component function from core code of an instance. Spec: <c>canon_lower</c>.</summary>
    public static IReadOnlyList<CoreValue> Lower(FuncInst callee, ComponentFuncType ft, SpecOptions opts, SpecInstance inst, IReadOnlyList<CoreValue> flatArgs)
    {
        SpecTrap.If(!inst.MayLeave, "cannot leave component instance");
        var subtask = new SpecSubtask(Dialect.Specification);
        var cx = Context(opts, inst, null, subtask);
        var args = new CoreValueIter.Values(flatArgs);
        var (maxParams, maxResults) = opts.Async ? (SpecAbi.MaxFlatAsyncParams, 0) : (SpecAbi.MaxFlatParams, SpecAbi.MaxFlatResults);
        IReadOnlyList<CoreValue> flatResults = [];
        callee(
            () => cx.LiftFlatValues(maxParams, args, Params(ft)),
            result =>
            {
                bool inMemory = cx.Abi.FlattenTypes(Results(ft), maxResults) is null;
                flatResults = cx.LowerFlatValues(maxResults, result, Results(ft), inMemory ? args.Next(cx.Abi.Ptr) : null);
            });
        subtask.DeliverResolve();
        return flatResults;
    }

    /// <summary>Spec: <c>canon_resource_new</c>.</summary>
    public static uint ResourceNew(SpecInstance inst, SpecResourceType rt, ulong rep)
    {
        SpecTrap.If(!inst.MayLeave, "cannot leave component instance");
        return inst.Handles.Add(new(rt, rep, null));
    }

    /// <summary>Spec: <c>canon_resource_drop</c>.</summary>
    public static void ResourceDrop(SpecInstance inst, SpecResourceType rt, uint i, Dialect? dialect = null)
    {
        SpecTrap.If(!inst.MayLeave, "cannot leave component instance");
        var h = inst.Handles.Remove(i);
        SpecTrap.If(h.Rt != rt, "handle of the wrong type");
        SpecTrap.If(h.NumLends != 0 && (h.Own || dialect?.DropsLentBorrows != true), "cannot remove owned resource while borrowed");
        if (h.BorrowScope is { } scope)
            scope.NumBorrows--;
        else
            rt.Impl.InThread(() => rt.Dtor([new(CoreValType.I32, h.Rep)]));
    }

    /// <summary>Spec: <c>canon_resource_rep</c>.</summary>
    public static ulong ResourceRep(SpecInstance inst, SpecResourceType rt, uint i)
    {
        var h = inst.Handles.Get(i);
        SpecTrap.If(h.Rt != rt, "handle of the wrong type");
        return h.Rep;
    }

    /// <summary>Spec: <c>canon_context_get</c>.</summary>
    public static ulong ContextGet(SpecInstance inst, int i) => inst.Storage[i];

    /// <summary>Spec: <c>canon_context_set</c>.</summary>
    public static void ContextSet(SpecInstance inst, int i, ulong v) => inst.Storage[i] = v;

    /// <summary>The types of a function's parameters.</summary>
    public static ValType[] Params(ComponentFuncType ft) => [.. ft.Params.Items.Select(p => p.Type)];

    /// <summary>The types of a function's results: one or none.</summary>
    public static ValType[] Results(ComponentFuncType ft) => ft.Result is { } result ? [result] : [];

    /// <summary>Spec: <c>LiftLowerContext</c>.</summary>
    internal static LiftLowerContext Context(SpecOptions opts, SpecInstance inst, SpecTask? task, SpecSubtask? subtask) => new(
        opts.Memory,
        opts.Encoding,
        (old, oldSize, alignment, newSize) =>
        {
            inst.MayLeave = false;
            ulong ptr = inst.InThread(() => opts.Realloc(old, oldSize, alignment, newSize));
            inst.MayLeave = true;
            return ptr;
        },
        new InstanceHandles(inst, opts.Types, task, subtask),
        opts.Dialect ?? Dialect.Specification);
}
