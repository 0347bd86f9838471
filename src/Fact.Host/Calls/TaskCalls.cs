using System;
using System.Diagnostics;
using System.Linq;
using Fact.Component.Plan;
using Fact.Host.Engine;
using Fact.Host.Resources;
using Fact.Host.Tasks;
using Fact.Ir;
using Fact.Values;
using Wasmtime;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Host.Calls;

/// <summary>What <c>task.return</c> must have been given. Spec: <c>result_type</c> and <c>LiftOptions.equal</c>.</summary>
internal sealed record TaskReturnOptions(ResultTupleId Results, StringEncoding Encoding, CoreMemoryId? Memory)
{
    /// <summary>Whether a built-in with these may return from a function that was lifted with the others. One that needs no memory need not name it.</summary>
    public bool Fits(TaskReturnOptions lifted) => Results == lifted.Results && Encoding == lifted.Encoding && (Memory is null || Memory == lifted.Memory);

    /// <summary>Those of a built-in or a lifted function.</summary>
    public static TaskReturnOptions Of(ResultTupleId results, CanonicalOptions options) => new(results, options.StringEncoding, options.Memory?.Id);
}

/// <summary>
/// Runs guest code in tasks. Adapters between synchronous sides do not tell the host when a call begins, so for components that can see their tasks the host
/// stands between an adapter
/// and the functions that it calls; for others, calls go straight to the engine.
/// </summary>
internal sealed class TaskCalls
{
    private readonly HostFunctions functions;
    private readonly IResourceTables resources;
    private readonly TaskInstance[] instances;
    private readonly TaskInstance outside;
    private readonly bool olderRules;

    public TaskCalls(LoadedComponent component, HostFunctions functions, IResourceTables resources)
    {
        (this.functions, this.resources) = (functions, resources);
        IsUsed = IsUsedBy(component.Plan);
        olderRules = component.Options.Reentrance == Reentrance.Trap;
        Scheduler = new Scheduler(new Choices(component.Options.ScheduleSeed));
        var none = new NoHandles();
        int maxThreads = Math.Min(component.Options.HandleLimit, HandleTable<GuestThread>.MaxLength);
        instances = [.. component.Plan.Instances.Items.Select((_, i) => new TaskInstance(Scheduler, HandlesOf(new((uint)i)), maxThreads))];
        outside = new TaskInstance(Scheduler, none);

        IHandles HandlesOf(InstanceId id) => resources is ResourceTables tables ? new InstanceHandles(tables, id) : none;
    }

    /// <summary>Whether the component can see its tasks.</summary>
    public bool IsUsed { get; }

    public Scheduler Scheduler { get; }

    /// <summary>Whether a component can see its tasks: it has a built-in that has to do with them, or something asynchronous.</summary>
    public static bool IsUsedBy(LinkPlan plan) => IsUsedBy(plan, static _ => false);

    private static bool IsUsedBy(LinkPlan plan, Func<Trampoline, bool> except) =>
        plan.Options.Items.Any(o => o.Options.Async)
        || plan.Adapters.Items.Any(a => a.Adapter.Lift.Options.Async || a.Adapter.Lower.Options.Async)
        || plan.Trampolines.Items.Any(t =>
            t is not (Trampoline.LowerImport or Trampoline.ResourceNew or Trampoline.ResourceRep or Trampoline.ResourceDrop) && !except(t));

    /// <summary>
    /// Whether a component can have handles of other things than resources, such as subtasks and streams, or calls that give back what they were lent later than they
    /// return: then the host keeps all handles, as they share indices. Storage alone has none.
    /// </summary>
    public static bool HasHandles(LinkPlan plan) =>
        IsUsedBy(plan, static t => t is Trampoline.ContextGet or Trampoline.ContextSet)
        || !plan.Tables.StreamTables.IsEmpty || !plan.Tables.FutureTables.IsEmpty || !plan.Tables.ErrorContextTables.IsEmpty;

    /// <summary>
    /// Whether a function may block before it has returned: its type says so. In components of the age of the older rule of reentrance any function could, and
    /// types did not say it of those that are lifted
    /// with the option <c>async</c>.
    /// </summary>
    public bool CountsAsAsync(bool type, bool isAsync) => type || isAsync || olderRules;

    /// <summary>How many threads there are.</summary>
    public int Threads => instances.Sum(inst => inst.Threads);

    /// <summary>The tasks of a component instance.</summary>
    public TaskInstance Instance(InstanceId id) => instances[id.Value];

    /// <summary>The current thread.</summary>
    public GuestThread Thread => Scheduler.CurrentThread;

    /// <summary>A core function as something that a task calls, in its current thread.</summary>
    public Func<ulong[], Flow<ulong[]>> Core(Function function, CoreFuncType type) =>
        arguments => Run(() => CoreValues.Call(function, type, arguments));

    /// <summary>Runs guest code in the current thread.</summary>
    private Flow<T> Run<T>(Func<T> guest)
    {
        int calls = resources.Depth;
        var run = Scheduler.Stacks.Run(Thread, guest);
        // Calls of adapters that have begun in guest code which is gone are in progress for ever, but no longer the current ones.
        if (!run.IsCompleted)
            resources.Leave(calls);
        return run;
    }

    /// <summary>Calls a part of an adapter, or anything else that cannot block, in the current thread.</summary>
    public ulong[] Part(CoreFunction function, ulong[] arguments) => Run(() => CoreValues.Call(function.Function, function.Type, arguments)).GetResult();

    /// <summary>Gives guest code the result of a built-in that may block.</summary>
    public T Wait<T>(Func<GuestThread, Flow<T>> builtin)
    {
        var thread = Thread;
        return Scheduler.Stacks.Wait(thread, builtin(thread));
    }

    /// <summary>Runs guest code in a task of its own, which may not block. Spec: <c>lift</c> of a function whose type is not async.</summary>
    /// <param name="instance">The instance; null where it cannot leave it, or there is none yet.</param>
    /// <param name="guest">Calls it.</param>
    public T Synchronously<T>(InstanceId? instance, Func<T> guest)
    {
        if (!IsUsed)
            return guest();
        T result = default!;
        var function = new LiftedFunction(AsyncType: false, Async: false, async _ =>
        {
            result = await Run(guest);
            return [];
        });
        CanonLift.Start(function, instance is { } id ? Instance(id) : outside, static () => [], static _ => { });
        return result;
    }

    /// <summary>The callee of an adapter between synchronous sides: it runs in a task of its own, which is kept for its post-return function.</summary>
    public Function Callee(Function function, CoreFuncType type, AdapterSide lift)
    {
        if (!IsUsed)
            return function;
        var lifted = new LiftedFunction(CountsAsAsync(lift.Type.Async, isAsync: false), Async: false, Core(function, type));
        var inst = Instance(lift.Instance.Id);
        return functions.Define(type, arguments => Wait(caller => CanonLower.Call(
            caller,
            caller.Task.Inst,
            (onStart, onResolve) =>
            {
                var task = CanonLift.Start(lifted, inst, onStart, results =>
                {
                    onResolve(results);
                    caller.Returned = Thread;
                });
                return task.RequestCancellation;
            },
            isAsync: false,
            new LoweredCall(() => arguments, results => results, static () => { }))));
    }

    /// <summary>
    /// The post-return function of an adapter's callee: it is a part of the same call. An adapter calls both from one and the same call, and nothing in between
    /// comes back to
    /// that call other than by returning to it.
    /// </summary>
    public Function PostReturn(Function function, CoreFuncType type) => !IsUsed ? function : functions.Define(type, arguments =>
    {
        var caller = Thread;
        var callee = caller.Returned ?? throw new UnreachableException("an adapter calls post-return after its callee");
        caller.Returned = null;
        Scheduler.Current = callee;
        ulong[] results = Part(new(function, type), arguments);
        Scheduler.Current = caller;
        return results;
    });

    /// <summary>An allocator that an adapter calls: every call of it is a task of its own.</summary>
    public Function Realloc(Function function, CoreValType ptr)
    {
        var type = new CoreFuncType([ptr, ptr, ptr, ptr], [ptr]);
        return !IsUsed ? function : functions.Define(type, arguments => Synchronously(null, () => CoreValues.Call(function, type, arguments)));
    }

    /// <summary>A destructor that the runtime module calls: every call of it is a task of its own.</summary>
    public Function Destructor(Function function, CoreValType rep, InstanceId instance)
    {
        var type = new CoreFuncType([rep], []);
        return !IsUsed ? function : functions.Define(type, arguments => Synchronously(instance, () => CoreValues.Call(function, type, arguments)));
    }

    /// <summary>Of no instance, or one whose tasks have none: guest code cannot ask for any.</summary>
    private sealed class NoHandles : IHandles
    {
        public uint Add(object entry) => throw new UnreachableException();

        public object Get(uint index) => throw new UnreachableException();

        public void Remove(uint index) => throw new UnreachableException();
    }
}
