using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Plan;
using Fact.Host.Canonical;
using Fact.Host.Engine;
using Fact.Host.Linking;
using Fact.Host.Outside;
using Fact.Host.Resources;
using Fact.Host.Traps;
using Fact.Ir;
using Fact.Values;
using Wasmtime;

namespace Fact.Host.Calls;

/// <summary>One instantiation of a component: everything that changes while it runs.</summary>
internal sealed class ComponentState : IDisposable
{
    private readonly ResourceType[] types;
    private DirectCall?[]? direct;
    private readonly Dictionary<ResourceType, PlanResource> definitions = new(ReferenceEqualityComparer.Instance);

    public ComponentState(LoadedComponent component, ResolvedImports imports)
    {
        (Component, Imports) = (component, imports);
        Store = new Store(component.CoreEngine.Engine);
        Stopper = new Stopper(Store, component.CoreEngine.Engine, component.Options, imports.Waiting);
        Flags = new FlagGlobals(Store, component.Plan.Instances, component.Options.Reentrance);
        types = [.. component.Plan.Tables.Resources.Items.Select(Define)];
        var tables = component.Plan.Tables.ResourceTables.Items.Select(t => new HeldTable(t.Instance, types[t.Resource.Value])).ToEquatableArray();
        Resources = component.Runtime is null
            ? new ResourceTables(tables, component.Options.HandleLimit)
            : new RuntimeHandles(this, tables, component.Options.HandleLimit);
        Functions = new HostFunctions(Store, component.Pieces);
        Tasks = new TaskCalls(component, Functions, Resources);
        Embedder = new Embedder(() => Turns.Run(this), component.KeepsStacks);
        AsyncValues = new AsyncValues(component.Plan.Tables, Tasks.Instance, Resources.TypeOf, Embedder);
        Core = new CoreLinker(this);
        Traps = new TrapReader(component.Find, component.Runtime?.Traps, component.Pieces.Name, message => Runtime is null ? message : Runtime.Explain(message));
    }

    public LoadedComponent Component { get; }

    public LinkPlan Plan => Component.Plan;

    public ResolvedImports Imports { get; }

    public Store Store { get; }

    /// <summary>Makes core functions that the host implements.</summary>
    public HostFunctions Functions { get; }

    /// <summary>Stops guests that exceed limits.</summary>
    public Stopper Stopper { get; }

    public FlagGlobals Flags { get; }

    /// <summary>The handles, whoever keeps them.</summary>
    public IResourceTables Resources { get; }

    /// <summary>The handles, where the host keeps them itself.</summary>
    public ResourceTables Tables => (ResourceTables)Resources;

    /// <summary>The runtime module, where it keeps handles; it is instantiated before everything else.</summary>
    public RuntimeInstance? Runtime { get; set; }

    public CoreLinker Core { get; }

    /// <summary>The streams, futures and error contexts of all instances.</summary>
    public AsyncValues AsyncValues { get; }

    /// <summary>The tasks that guest code runs in.</summary>
    public TaskCalls Tasks { get; }

    /// <summary>What an adapter has said of the call that it is about to start.</summary>
    public PreparedCall? Prepared { get; set; }

    public TrapReader Traps { get; }

    /// <summary>The first trap, after which no guest code may run; null while there was none.</summary>
    public Trap? Poison { get; private set; }

    /// <summary>Notes a trap; the first is what went wrong. Calls in progress end with it.</summary>
    public Trap Die(Trap trap)
    {
        Poison ??= trap;
        Embedder.End(new ComponentException(CallFailure.Of(Poison)));
        return Poison;
    }

    /// <summary>What an exception that came out of guest code makes of a call, and of the instance; null where the host is at fault, so that it must go on.</summary>
    public CallFailure? EndedBy(Exception exception)
    {
        switch (exception)
        {
            case TrapSignal or WasmtimeException:
                return CallFailure.Of(Die(Traps.Read(exception)));
            case OutOfMemoryException:
                return new CallFailure.Trapped(Die(new Trap("the host has not enough memory for the values of the call")));
            default:
                Die(new Trap("the host failed: " + exception.Message));
                return null;
        }
    }

    /// <summary>The short way to an exported function to which there is one.</summary>
    public DirectCall Direct(LoadedExport export) => (direct ??= new DirectCall?[Component.Exports.Length])[export.Number] ??= new DirectCall(this, export);

    /// <summary>Ends a call of the host that a guest made, and in which this component trapped: the guest must not go on.</summary>
    /// <exception cref="TrapSignal">There was a trap.</exception>
    public void RequireAlive()
    {
        if (Poison is not null)
            throw new TrapSignal(Poison);
    }

    /// <summary>What .NET code and the component wait for from each other.</summary>
    public Embedder Embedder { get; }

    /// <summary>Who may call into the component now.</summary>
    public CallGate Gate { get; } = new();

    /// <summary>The type that a resource type of the plan is.</summary>
    public ResourceType TypeOf(RuntimeResourceId resource) => types[resource.Value];

    /// <summary>What the plan says of a resource type.</summary>
    public PlanResource Definition(ResourceType type) => definitions[type];

    /// <summary>Whether the component defines or imports a resource type.</summary>
    public bool Knows(ResourceType type) => definitions.ContainsKey(type);

    /// <summary>What lifting and lowering need with some options.</summary>
    public CanonicalContext Context(PlanOptions options, CallScope? scope) => new(
        options.Options.StringEncoding,
        options.Options.Memory is { } memory ? Core.Memory(memory.Id) : null,
        options.Options.Realloc is { } realloc ? Realloc(realloc, options) : null,
        Resources,
        AsyncValues,
        scope,
        Component.Options.MaxByteLength,
        Component.Options.MaxLiftedBytes);

    /// <summary>The guest's allocator. It may call no other component. Spec: <c>reallocate</c>.</summary>
    private Realloc Realloc(CoreFuncId id, PlanOptions options)
    {
        var ptr = options.Options.Memory?.Type.IndexType ?? CoreValType.I32;
        var call = Core.Call(id, new CoreFuncType([ptr, ptr, ptr, ptr], [ptr]));
        ulong Call(ulong old, ulong oldSize, uint alignment, ulong newSize)
        {
            Span<ulong> address = stackalloc ulong[1];
            call.Invoke([old, oldSize, alignment, newSize], address);
            return address[0];
        }

        return (old, oldSize, alignment, newSize) =>
        {
            Flags.SetCanLeave(options.Instance, false);
            ulong address = Tasks.IsUsed ? Tasks.Synchronously(null, () => Call(old, oldSize, alignment, newSize)) : Call(old, oldSize, alignment, newSize);
            Flags.SetCanLeave(options.Instance, true);
            return address;
        };
    }

    private ResourceType Define(PlanResource resource, int index)
    {
        var type = resource switch
        {
            PlanResource.Imported r => Imports.Resource(r.Item).Type,
            PlanResource.Defined r => new ResourceType(Component.Names.Resource(new((uint)index)), r.Instance),
        };
        definitions.TryAdd(type, resource);
        return type;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Embedder.Loop.IsHere)
            throw new InvalidOperationException(CallGate.InUse);
        if (!Gate.TryDispose())
            return;
        Embedder.Loop.Close(
            () =>
            {
                End();
                // Guest code that waits on the stack of a turn ends.
                throw new TrapSignal(CallGate.Disposed);
            },
            End);
        Resources.Unwind(0);
        Store.Dispose();
        Imports.Dispose();

        void End() => Embedder.End(new ComponentException(CallFailure.Reject(new Diagnostic(DiagnosticCode.NotNow, CallGate.Disposed))));
    }
}
