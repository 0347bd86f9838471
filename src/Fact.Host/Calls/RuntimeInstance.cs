using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Plan;
using Fact.Host.Resources;
using Fact.Ir;
using Fact.Values;
using Wasmtime;
using static Fact.Ir.EquatableArray;
using TrapCode = Fact.Ir.TrapCode;

namespace Fact.Host.Calls;

/// <summary>The runtime module of a component, instantiated: the handles of all its instances.</summary>
internal sealed class RuntimeInstance
{
    private const string MaxHandles = "max-handles", HandleCount = "handles", LendCount = "lends", CallNumber = "current-call";
    private const string SameType = "same-type", Destructors = "destructors";
    private const string FaultIndex = "fault-index", FaultExpected = "fault-expected", FaultFound = "fault-found";
    private const string OwnLifter = "lift-own", BorrowLifter = "lift-borrow", OwnLowerer = "lower-own", BorrowLowerer = "lower-borrow";
    private const string Entering = "enter-call", Exiting = "exit-call";

    private readonly ComponentState state;
    private readonly Instance instance;
    private Global.Accessor<int>? currentCall;
    private Func<int, int, long>? liftOwn, liftBorrow;
    private Func<long, int, int>? lowerOwn, lowerBorrow;
    private Action? enterCall, exitCall;

    /// <summary>Tells the module what only the host knows.</summary>
    /// <param name="state">The component.</param>
    /// <param name="instance">The module, instantiated, or what it is merged into.</param>
    public RuntimeInstance(ComponentState state, Instance instance)
    {
        (this.state, this.instance) = (state, instance);
        Global(MaxHandles).SetValue(state.Component.Options.HandleLimit);
        TellSameTypes();
    }

    /// <summary>What the host needs of the module, where that is merged and has its destructors from the start.</summary>
    public static EquatableArray<string> Exports { get; } =
    [
        MaxHandles, HandleCount, LendCount, CallNumber, SameType, FaultIndex, FaultExpected, FaultFound,
        OwnLifter, BorrowLifter, OwnLowerer, BorrowLowerer, Entering, Exiting,
    ];

    /// <summary>Instantiates the module.</summary>
    public static RuntimeInstance Of(ComponentState state, LoadedRuntime runtime) =>
        new(state, new Instance(state.Store, runtime.Engine!, [.. runtime.Module.Imports.Items.Select(import => AdapterImports.Resolve(state, import))]));

    /// <summary>From index and table to representation.</summary>
    public Func<int, int, long> LiftOwn => liftOwn ??= Func(OwnLifter).WrapFunc<int, int, long>()!;

    /// <summary>From index and table to representation.</summary>
    public Func<int, int, long> LiftBorrow => liftBorrow ??= Func(BorrowLifter).WrapFunc<int, int, long>()!;

    /// <summary>From representation and table to index.</summary>
    public Func<long, int, int> LowerOwn => lowerOwn ??= Func(OwnLowerer).WrapFunc<long, int, int>()!;

    /// <summary>From representation and table to index.</summary>
    public Func<long, int, int> LowerBorrow => lowerBorrow ??= Func(BorrowLowerer).WrapFunc<long, int, int>()!;

    /// <summary>The call that is current; 0 for none.</summary>
    public int CurrentCall
    {
        get => Current.GetValue();
        set => Current.SetValue(value);
    }

    public Action EnterCall => enterCall ??= Func(Entering).WrapAction()!;

    public Action ExitCall => exitCall ??= Func(Exiting).WrapAction()!;

    private Global.Accessor<int> Current => currentCall ??= Global(CallNumber);

    /// <summary>An exported function.</summary>
    public Function Func(string name) => instance.GetFunction(name)!;

    /// <summary>From here on the destructor of a resource type can be called.</summary>
    public void Define(RuntimeResourceId resource)
    {
        if (state.Plan.Tables.Resources[(int)resource.Value] is PlanResource.Defined { Dtor: { } destructor } defined)
            instance.GetTable(Destructors)!.SetElement(resource.Value, state.Tasks.Destructor(state.Core.Func(destructor), defined.Rep, defined.Instance));
    }

    /// <summary>What a trap of the module says, with what it was about.</summary>
    public string Explain(string message)
    {
        if (message == TrapMessages.Of(TrapCode.UnknownHandle))
            return HandleFaults.Unknown((uint)Global(FaultIndex).GetValue());
        if (message == TrapMessages.Of(TrapCode.WrongHandleType) && TypeOf(FaultExpected) is { } wanted && TypeOf(FaultFound) is { } other)
            return HandleFaults.WrongType((uint)Global(FaultIndex).GetValue(), wanted, other);
        if (message == TrapMessages.Of(TrapCode.TooManyHandles))
            return HandleFaults.TooMany((uint)Global(HandleCount).GetValue());
        return message == TrapMessages.Of(TrapCode.TooManyLends) ? HostLends.TooMany((uint)Global(LendCount).GetValue()) : message;
    }

    /// <summary>The resource type that a tag means; null where it means something else.</summary>
    private ResourceType? TypeOf(string tag) =>
        Global(tag).GetValue() is > 0 and var number && number <= state.Plan.Tables.Resources.Length ? state.TypeOf(new((uint)number - 1)) : null;

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
            same ??= Func(SameType).WrapAction<int, int>()!;
            same(i, first[state.TypeOf(new((uint)i))]);
        }
    }
}
