using System;
using System.Collections.Generic;
using System.Diagnostics;
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
/// <remarks>
/// An adapter calls its callee and then its post-return from one and the same call, and nothing in between comes back to that call other than by
/// returning to it. So the storage that a post-return needs is that of the callee which returned last to the call that is current, whoever else shares
/// these functions.
/// </remarks>
internal sealed class TaskStorage(LinkPlan plan)
{
    private Call current = new([]);

    /// <summary>Whether a component can see its storage.</summary>
    public bool IsUsed { get; } = IsUsedBy(plan);

    /// <summary>Whether a component can see its storage.</summary>
    public static bool IsUsedBy(LinkPlan plan) => plan.Trampolines.Items.Any(t => t is Trampoline.ContextGet or Trampoline.ContextSet);

    /// <summary>Spec: <c>canon_context_get</c>.</summary>
    public ulong Get(uint slot) => current.Storage.GetValueOrDefault(slot);

    /// <summary>Spec: <c>canon_context_set</c>.</summary>
    public void Set(uint slot, ulong value) => current.Storage[slot] = value;

    /// <summary>New storage for a call that the host makes.</summary>
    public static Dictionary<uint, ulong> Fresh() => [];

    /// <summary>Runs a part of a call with the call's storage.</summary>
    public T With<T>(Dictionary<uint, ulong> storage, Func<T> run)
    {
        var outer = current;
        current = new Call(storage);
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
    public Function Callee(Store store, Function function, CoreFuncType type) => !IsUsed ? function : CoreValues.Define(store, type, arguments =>
    {
        var storage = Fresh();
        ulong[] results = With(storage, () => CoreValues.Call(function, type, arguments));
        current.Returned = storage;
        return results;
    });

    /// <summary>The post-return function of an adapter's callee: it is a part of the same call.</summary>
    public Function PostReturn(Store store, Function function, CoreFuncType type) => !IsUsed ? function : CoreValues.Define(store, type, arguments =>
    {
        var storage = current.Returned ?? throw new UnreachableException("an adapter calls post-return after its callee");
        current.Returned = null;
        return With(storage, () => CoreValues.Call(function, type, arguments));
    });

    /// <summary>An allocator that an adapter calls: every call of it is one of its own.</summary>
    public Function Realloc(Store store, Function function, CoreValType ptr)
    {
        var type = new CoreFuncType([ptr, ptr, ptr, ptr], [ptr]);
        return !IsUsed ? function : CoreValues.Define(store, type, arguments => With(Fresh(), () => CoreValues.Call(function, type, arguments)));
    }

    /// <summary>A destructor that the runtime module calls: every call of it is one of its own.</summary>
    public Function Destructor(Store store, Function function, CoreValType rep)
    {
        var type = new CoreFuncType([rep], []);
        return !IsUsed ? function : CoreValues.Define(store, type, arguments => With(Fresh(), () => CoreValues.Call(function, type, arguments)));
    }

    /// <summary>A call in progress, or a part of one that runs by itself.</summary>
    private sealed class Call(Dictionary<uint, ulong> storage)
    {
        public Dictionary<uint, ulong> Storage => storage;

        /// <summary>The storage of the callee that returned last to this call, until its post-return has it.</summary>
        public Dictionary<uint, ulong>? Returned { get; set; }
    }
}
