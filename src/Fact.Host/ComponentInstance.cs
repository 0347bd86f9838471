using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Runtime.CompilerServices;
using Fact.Component.Plan;
using Fact.Host.Calls;
using Fact.Host.Resources;
using Fact.Ir;
using Fact.Values;
using LanguageExt;
using Wasmtime;

namespace Fact.Host;

/// <summary>
/// A component that runs. <see cref="Invoke(string, IReadOnlyList{ComponentValue})"/> and <see cref="Drop"/> are called from one thread at a time: a second one is
/// refused while such a call is in progress. Host functions that it calls run on the caller's thread, and may call it in turn.
/// <see cref="InvokeAsync(string, IReadOnlyList{ComponentValue}, System.Threading.CancellationToken)"/>, streams and futures may be used from any thread at
/// any time: what they ask for happens one after the other, when nobody else has the instance. After a trap every call fails, those in progress too.
/// It must be disposed before its component, and not while a thread waits in a call. Guests use up to 512 KiB of the stack of the thread that they run on.
/// </summary>
public sealed partial class ComponentInstance : IDisposable
{
    private readonly ComponentState state;

    internal ComponentInstance(ComponentState state) => this.state = state;

    private Dictionary<string, LoadedExport> Exports => state.Component.ExportsByName;

    /// <summary>The trap that ended the instance; null while it can be called.</summary>
    public Trap? Poison => state.Poison;

    /// <summary>The type of an exported function; null where there is none of that name.</summary>
    /// <param name="name">Its name; <c>instance#name</c> for one in an exported instance.</param>
    public ComponentFuncType? TypeOf(string name) => Exports.GetValueOrDefault(name)?.Item.FuncType;

    /// <summary>The type of the resources in a table that a function type names.</summary>
    public ResourceType ResourceType(ResourceTableId table) => state.Resources.TypeOf(table);

    /// <summary>The exported functions, those in exported instances too.</summary>
    public IReadOnlyCollection<string> Functions => Exports.Keys;

    /// <summary>The exported core modules in the binary format; <c>instance#name</c> for those in exported instances.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> CoreModules
    {
        get
        {
            var modules = new Dictionary<string, ReadOnlyMemory<byte>>();
            foreach (var export in state.Plan.Exports)
                AddCoreModules(modules, export.Name, export.Item);
            return modules;
        }
    }

    private void AddCoreModules(Dictionary<string, ReadOnlyMemory<byte>> modules, string name, ExportItem item)
    {
        switch (item)
        {
            case ExportItem.CoreModule module:
                modules.Add(name, state.Core.Module(module.Source).Bytes.Memory);
                break;
            case ExportItem.Instance instance:
                if (!state.Component.Shown.Exports(instance.Id))
                    break;
                foreach (var export in state.Plan.ExportedInstances[(int)instance.Id.Value])
                    AddCoreModules(modules, name + "#" + export.Name, export.Item);
                break;
        }
    }

    /// <summary>Calls an exported function.</summary>
    /// <param name="name">Its name; <c>instance#name</c> for one in an exported instance.</param>
    /// <param name="arguments">One value for each parameter. Handles that are passed as <c>own</c> are gone afterwards, whatever happens.</param>
    /// <returns>The result, none where the type has none; or what is wrong with the arguments; or the trap.</returns>
    public Either<CallFailure, Option<ComponentValue>> Invoke(string name, params IReadOnlyList<ComponentValue> arguments) =>
        Invoke(name, state.Component.Options.Limits, arguments);

    /// <summary>Calls an exported function with limits of its own.</summary>
    /// <param name="name">Its name; <c>instance#name</c> for one in an exported instance.</param>
    /// <param name="limits">What the call may take, in place of <see cref="HostOptions.Limits"/>.</param>
    /// <param name="arguments">One value for each parameter. Handles that are passed as <c>own</c> are gone afterwards, whatever happens.</param>
    /// <returns>The result, none where the type has none; or what is wrong with the arguments or limits; or the trap.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/>, <paramref name="limits"/> or <paramref name="arguments"/> is null.</exception>
    public Either<CallFailure, Option<ComponentValue>> Invoke(string name, CallLimits limits, params IReadOnlyList<ComponentValue> arguments)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(arguments);
        if (Exports.TryGetValue(name, out var export) && !limits.IsWatched && DirectCall.TryInvoke(state, export, arguments, out var returned))
            return returned;
        string where = $"\"{name}\"";
        if (export is null)
            return NoSuchFunction(name);
        if (state.Stopper.Refuse(limits, where) is { } refused)
            return CallFailure.Reject(refused);
        return Entered(where, () => InTurn(export, arguments, limits), () =>
            ValueCheck.CheckArguments(arguments, export.Item.FuncType, state.Resources.TypeOf)
                .Bind(values => ExportCall.CheckSizes(state, export, values))
                .Match(
                    values => Guarded(InstanceOf(export), limits, () => Optional(ExportCall.Run(state, export, values))),
                    errors => new CallFailure.Rejected(errors.Select(e => e.Within(where)).ToEquatableArray())));
    }

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="name">Its name; <c>instance#name</c> for one in an exported instance.</param>
    /// <param name="arguments">One value for each parameter. Handles that are passed as <c>own</c> are gone afterwards, whatever happens.</param>
    /// <param name="result">The result; null where the type has none, and where the call failed.</param>
    /// <param name="failure">What is wrong with the arguments, or the trap.</param>
    /// <returns>Whether the function returned.</returns>
    public bool TryInvoke(string name, IReadOnlyList<ComponentValue> arguments, out ComponentValue? result, [NotNullWhen(false)] out CallFailure? failure)
    {
        bool returned = Invoke(name, arguments).Try(out var some, out failure);
        result = some.MatchUnsafe<ComponentValue?>(Some: value => value, None: () => null);
        return returned;
    }

    /// <summary>
    /// Drops a handle that owns a resource: its destructor is called. A resource that the host defines can be dropped after a trap, too: no guest has to do with it.
    /// </summary>
    /// <param name="handle">The handle.</param>
    /// <returns>Nothing; or what is wrong with the handle, or with the drop action of the host, after which the handle is gone; or the trap of the destructor.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handle"/> is null.</exception>
    public Either<CallFailure, Unit> Drop(HostHandle handle) => Entered<Unit>(Given.NotNull(handle, nameof(handle)).ToString(), null, () =>
    {
        string? wrong = !state.Knows(handle.Type) ? "it belongs to another instance"
            : !handle.IsOwned ? "it is borrowed, and ends by itself when the call returns"
            : !handle.IsLive ? "it was given away or dropped already"
            : handle.Handle.NumLends != 0 ? "it is lent to a call in progress"
            : null;
        if (wrong is not null)
            return CallFailure.Reject(new Diagnostic(DiagnosticCode.InvalidHandle, $"the handle cannot be dropped: {wrong}", handle.ToString()));
        return handle.Type.DefinedBy is { } definer ? Guarded(definer, state.Component.Options.Limits, () => Finish(handle)) : DropOfHost(handle);
    });

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="failure">What is wrong with the handle, or the trap of the destructor.</param>
    /// <returns>Whether it was dropped without a fault.</returns>
    public bool TryDrop(HostHandle handle, [NotNullWhen(false)] out CallFailure? failure) => Drop(handle).Try(out _, out failure);

    private Either<CallFailure, Unit> DropOfHost(HostHandle handle)
    {
        try
        {
            return Finish(handle);
        }
        catch (TrapSignal e)
        {
            return CallFailure.Reject(new Diagnostic(DiagnosticCode.InvalidHandle, e.Trap.Message, handle.ToString()));
        }
    }

    private Unit Finish(HostHandle handle)
    {
        handle.IsLive = false;
        Destructors.Finish(state, new DroppedHandle(handle.Type, handle.Rep), caller: null);
        return Unit.Default;
    }

    private static Option<ComponentValue> Optional(ComponentValue? result) => result is null ? Option<ComponentValue>.None : result;

    private CallFailure NoSuchFunction(string name) => CallFailure.Reject(CallName.Unknown(name, Exports.Keys));

    private InstanceId InstanceOf(LoadedExport export) => state.Plan.Options[(int)export.Item.Options.Value].Instance;

    /// <summary>Does something with the instance, or refuses where the engine would end the process.</summary>
    /// <param name="where">What messages are about.</param>
    /// <param name="inTurn">Does it while the instance's own turn has it; null for the same.</param>
    /// <param name="use">Does it.</param>
    private Either<CallFailure, T> Entered<T>(string where, Func<Either<CallFailure, T>>? inTurn, Func<Either<CallFailure, T>> use)
    {
        // Host functions may call the instance that called them, and so on.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return CallFailure.Reject(new Diagnostic(DiagnosticCode.NotNow, "the calling thread has not enough of its stack left", where));
        var loop = state.Embedder.Loop;
        if (loop.IsHere)
            return use();
        if (state.Gate.TryEnter() is { } refused)
            return CallFailure.Reject(new Diagnostic(DiagnosticCode.NotNow, refused, where));
        try
        {
            if (!loop.TryTake())
                return inTurn is null ? InTurn(use) : inTurn();
            try
            {
                return use();
            }
            finally
            {
                loop.Leave(state.Embedder.IsWaitedFor);
            }
        }
        finally
        {
            state.Gate.Leave();
        }
    }

    /// <summary>
    /// Runs guest code; whatever ends it early ends the instance. A call that may not begin, because by the older rule of reentrance the instance is in a
    /// call already, is a trap too, but does not end the other.
    /// </summary>
    private Either<CallFailure, T> Guarded<T>(InstanceId entered, CallLimits limits, Func<T> call)
    {
        if (Poison is not null || !state.Flags.CanEnter(entered, caller: null))
            return new CallFailure.Trapped(new Trap("cannot enter component instance"));
        int depth = state.Resources.Depth;
        using var watch = state.Stopper.Begin(limits, state.Embedder.Loop);
        try
        {
            return call();
        }
        catch (Exception e)
        {
            if (state.EndedBy(e) is { } failure)
                return failure;
            throw;
        }
        finally
        {
            state.Resources.Unwind(depth);
        }
    }

    /// <summary>Ends the instance. Further calls are refused.</summary>
    /// <exception cref="InvalidOperationException">The instance is in a call: of this thread, when a host function does this, or of another one. It goes on.</exception>
    public void Dispose() => state.Dispose();
}
