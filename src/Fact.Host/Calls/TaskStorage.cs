using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Plan;
using Fact.Host.Engine;
using Fact.Ir;
using Wasmtime;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Host.Calls;

/// <summary>
/// What <c>context.get</c> and <c>context.set</c> work on: storage that every call into a component has for itself, zero at first. Adapters
/// do not tell the host when a call begins, so for components that use these built-ins the host stands between an adapter and the functions that it calls.
/// Spec: <c>Thread.storage</c>.
/// </summary>
internal sealed class TaskStorage(LinkPlan plan)
{
    private readonly bool isUsed = plan.Trampolines.Items.Any(t => t is Trampoline.ContextGet or Trampoline.ContextSet);
    private readonly Dictionary<string, Dictionary<uint, ulong>> finished = [];
    private Dictionary<uint, ulong> current = [];

    /// <summary>Spec: <c>canon_context_get</c>.</summary>
    public ulong Get(uint slot) => current.GetValueOrDefault(slot);

    /// <summary>Spec: <c>canon_context_set</c>.</summary>
    public void Set(uint slot, ulong value) => current[slot] = value;

    /// <summary>New storage for a call that the host makes.</summary>
    public static Dictionary<uint, ulong> Fresh() => [];

    /// <summary>Runs a part of a call with the call's storage.</summary>
    public T With<T>(Dictionary<uint, ulong> storage, Func<T> run)
    {
        var outer = current;
        current = storage;
        try
        {
            return run();
        }
        finally
        {
            current = outer;
        }
    }

    /// <summary>An adapter's callee: it gets storage of its own, which is kept for its post-return function.</summary>
    public Function Callee(Store store, Function function, CoreFuncType type, string adapter) =>
        !isUsed ? function : CoreValues.Define(store, type, arguments =>
        {
            finished[adapter] = Fresh();
            return With(finished[adapter], () => CoreValues.Call(function, type, arguments));
        });

    /// <summary>The post-return function of an adapter's callee: it is a part of the same call.</summary>
    public Function PostReturn(Store store, Function function, CoreFuncType type, string adapter) =>
        !isUsed ? function : CoreValues.Define(store, type, arguments => With(finished.GetValueOrDefault(adapter) ?? Fresh(), () => CoreValues.Call(function, type, arguments)));

    /// <summary>An allocator that an adapter calls: every call of it is one of its own.</summary>
    public Function Realloc(Store store, Function function, CoreValType ptr)
    {
        var type = new CoreFuncType([ptr, ptr, ptr, ptr], [ptr]);
        return !isUsed ? function : CoreValues.Define(store, type, arguments => With(Fresh(), () => CoreValues.Call(function, type, arguments)));
    }
}
