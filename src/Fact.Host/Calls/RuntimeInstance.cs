using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Plan;
using Fact.Host.Resources;
using Fact.Ir;
using Fact.Values;
using Wasmtime;
using TrapCode = Fact.Ir.TrapCode;

namespace Fact.Host.Calls;

/// <summary>The runtime module of a component, instantiated: the handles of all its instances.</summary>
internal sealed class RuntimeInstance
{
    private readonly ComponentState state;
    private readonly Instance instance;
    private readonly Global.Accessor<int> handles, lends, index, expected, found, currentCall;

    /// <summary>Instantiates the module, and tells it what only the host knows.</summary>
    public RuntimeInstance(ComponentState state, LoadedRuntime runtime)
    {
        this.state = state;
        instance = new Instance(state.Store, runtime.Engine, [.. runtime.Module.Imports.Items.Select(import => AdapterImports.Resolve(state, import))]);
        (handles, lends) = (Global("handles"), Global("lends"));
        (index, expected, found) = (Global("fault-index"), Global("fault-expected"), Global("fault-found"));
        currentCall = Global("current-call");
        Global("max-handles").SetValue(state.Component.Options.HandleLimit);
        LiftOwn = Func("lift-own").WrapFunc<int, int, long>()!;
        LiftBorrow = Func("lift-borrow").WrapFunc<int, int, long>()!;
        LowerOwn = Func("lower-own").WrapFunc<long, int, int>()!;
        LowerBorrow = Func("lower-borrow").WrapFunc<long, int, int>()!;
        EnterCall = Func("enter-call").WrapAction()!;
        ExitCall = Func("exit-call").WrapAction()!;
        TellSameTypes();
    }

    /// <summary>From index and table to representation.</summary>
    public Func<int, int, long> LiftOwn { get; }

    /// <summary>From index and table to representation.</summary>
    public Func<int, int, long> LiftBorrow { get; }

    /// <summary>From representation and table to index.</summary>
    public Func<long, int, int> LowerOwn { get; }

    /// <summary>From representation and table to index.</summary>
    public Func<long, int, int> LowerBorrow { get; }

    /// <summary>The call that is current; 0 for none.</summary>
    public int CurrentCall
    {
        get => currentCall.GetValue();
        set => currentCall.SetValue(value);
    }

    public Action EnterCall { get; }

    public Action ExitCall { get; }

    /// <summary>An exported function.</summary>
    public Function Func(string name) => instance.GetFunction(name)!;

    /// <summary>From here on the destructor of a resource type can be called.</summary>
    public void Define(RuntimeResourceId resource)
    {
        if (state.Plan.Tables.Resources[(int)resource.Value] is PlanResource.Defined { Dtor: { } destructor } defined)
            instance.GetTable("destructors")!.SetElement(resource.Value, state.Tasks.Destructor(state.Core.Func(destructor), defined.Rep, defined.Instance));
    }

    /// <summary>What a trap of the module says, with what it was about.</summary>
    public string Explain(string message)
    {
        if (message == TrapMessages.Of(TrapCode.UnknownHandle))
            return HandleFaults.Unknown((uint)index.GetValue());
        if (message == TrapMessages.Of(TrapCode.WrongHandleType) && TypeOf(expected) is { } wanted && TypeOf(found) is { } other)
            return HandleFaults.WrongType((uint)index.GetValue(), wanted, other);
        if (message == TrapMessages.Of(TrapCode.TooManyHandles))
            return HandleFaults.TooMany((uint)handles.GetValue());
        return message == TrapMessages.Of(TrapCode.TooManyLends) ? HostLends.TooMany((uint)lends.GetValue()) : message;
    }

    /// <summary>The resource type that a tag means; null where it means something else.</summary>
    private ResourceType? TypeOf(Global.Accessor<int> tag) =>
        tag.GetValue() is > 0 and var number && number <= state.Plan.Tables.Resources.Length ? state.TypeOf(new((uint)number - 1)) : null;

    private Global.Accessor<int> Global(string name) => instance.GetGlobal(name)!.Wrap<int>()!;

    /// <summary>A host may give one type for several imports: then their handles are of one type.</summary>
    private void TellSameTypes()
    {
        var first = new Dictionary<ResourceType, int>(ReferenceEqualityComparer.Instance);
        Action<int, int>? same = null;
        for (int i = 0; i < state.Plan.Tables.Resources.Length; i++)
        {
            if (state.Plan.Tables.Resources[i] is not PlanResource.Imported || first.TryAdd(state.TypeOf(new((uint)i)), i))
                continue;
            same ??= Func("same-type").WrapAction<int, int>()!;
            same(i, first[state.TypeOf(new((uint)i))]);
        }
    }
}
