using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Lower.Passes;
using Fact.Model;
using Fact.Model.Guests;
using Fact.Properties.Generators;
using Wasmtime;
using Import = Fact.Ir.Import;

namespace Fact.Conformance.Behaviour.Rig;

/// <summary>Something that the adapter did that a guest or host can see, and the flags of the instances at that moment.</summary>
internal sealed record Event(string What, EquatableArray<ulong> Arguments, string Flags)
{
    public override string ToString() => $"{What}({string.Join(", ", Arguments.Items)}) [{Flags}]";
}

/// <summary>
/// An adapter in the engine between two guests. Everything it imports is played by the test: allocators and the callee, the
/// flags, the transcoders and the handle tables.
/// </summary>
internal sealed class AdapterRig : IDisposable
{
    private readonly Store store = new(Engines.All);
    private readonly Adapter adapter;
    private readonly Instance instance;
    private Exception? fault;

    /// <param name="adapter">The adapter.</param>
    /// <param name="options">How to compile it.</param>
    /// <param name="replace">What to link instead of the function that plays an import; null for the usual one.</param>
    /// <param name="passes">What the plan goes through; null for all passes.</param>
    public AdapterRig(Adapter adapter, CompileOptions? options = null, Func<Store, Import, Function?>? replace = null, PassList? passes = null)
    {
        this.adapter = adapter;
        Options = options ?? CompileOptions.Default;
        Module = Compiled.Module(adapter, Options, passes ?? PassList.All);
        if (Engines.Fault(Module.Bytes) is { } invalid)
            throw new InvalidOperationException(invalid);
        Lift = new(store, adapter.Lift, Options.ByteLimit);
        bool shared = adapter.Lift.Options.Memory is { } memory && adapter.Lower.Options.Memory == memory;
        Lower = new(store, adapter.Lower, Options.ByteLimit, shared ? Lift : null);
        Callee = _ => [.. adapter.Lift.CoreType.Results.Items.Select(type => new CoreValue(type, 0))];
        Host = new(this, adapter);
        // Those that guests look at are there whether the module imports them or not.
        Flag(adapter.Lower.Instance.Id);
        Flag(adapter.Lift.Instance.Id);
        using var module = Wasmtime.Module.FromBytes(Engines.All, "adapter", Module.Bytes.AsSpan());
        instance = new Instance(store, module, [.. Module.Imports.Items.Select(import => Extern(import, replace))]);
    }

    public CompileOptions Options { get; }

    public AdapterModule Module { get; }

    public Guest Lower { get; }

    public Guest Lift { get; }

    public Store Store => store;

    /// <summary>Plays the asynchronous half of the host.</summary>
    public AsyncHost Host { get; }

    /// <summary>What the callee does: from its arguments to its results.</summary>
    public Func<CoreValue[], CoreValue[]> Callee { get; set; }

    /// <summary>What post-return does.</summary>
    public Action<CoreValue[]> PostReturn { get; set; } = _ => { };

    /// <summary>What an allocator does besides its work.</summary>
    public Action<string> DuringRealloc { get; set; } = _ => { };

    /// <summary>Moves handles.</summary>
    public Func<TransferKind, uint, uint, uint, uint> Transfer { get; set; } = (_, handle, from, to) => (handle * 1000) + (from * 10) + to;

    public Dictionary<uint, Global> Flags { get; } = [];

    public List<Event> Events { get; } = [];

    /// <summary>The arguments that the callee got, if it was called.</summary>
    public CoreValue[]? Received { get; set; }

    /// <summary>Calls the adapter.</summary>
    public CoreValue[] Call(params IEnumerable<CoreValue> arguments) => Call(adapter.Name, arguments);

    /// <summary>Calls it with arguments of the types that it has, given as their bits.</summary>
    public ulong[] CallBits(params ulong[] arguments) =>
        [.. Call(arguments.Select((bits, i) => new CoreValue(adapter.Lower.CoreType.Params[i], bits))).Select(value => value.Bits)];

    /// <summary>Calls an export of the module.</summary>
    public CoreValue[] Call(string export, IEnumerable<CoreValue> arguments) => Call(instance.GetFunction(export)!, arguments);

    /// <summary>Calls a function of the module; a broken promise of the adapter is no trap.</summary>
    public CoreValue[] Call(Function function, IEnumerable<CoreValue> arguments)
    {
        try
        {
            return Core.Call(function, arguments);
        }
        catch (WasmtimeException) when (fault is not null)
        {
            throw new HostFault(fault.Message);
        }
        catch (WasmtimeException e)
        {
            Innermost ??= e;
            throw;
        }
    }

    /// <summary>The first trap since this was cleared: the engine does not keep it where the host was called in between.</summary>
    public WasmtimeException? Innermost { get; set; }

    /// <summary>Calls the adapter and says why it traps. The doors that a trap leaves closed are opened again, for the next call of a test.</summary>
    public TrapReport Traps(params ulong[] arguments)
    {
        var report = TrapReport.Of(this, () => CallBits(arguments));
        foreach (var flags in Flags.Values)
            flags.SetValue(3);
        return report;
    }

    /// <summary>An exported function.</summary>
    public Function Export(string name) => instance.GetFunction(name)!;

    /// <summary>Takes note of something.</summary>
    public void Happens(string what, params IEnumerable<ulong> arguments) => Events.Add(new(what, [.. arguments], FlagsText()));

    /// <summary>The events without their arguments, each with the flags.</summary>
    public IEnumerable<string> Story => Events.Select(e => $"{e.What} [{e.Flags}]");

    /// <summary>The flags as text: instance, then L where it may be left, E where it may be entered.</summary>
    public string FlagsText() => string.Join(' ', Flags.OrderBy(pair => pair.Key).Select(pair =>
    {
        int bits = (int)pair.Value.GetValue()!;
        return $"{pair.Key}:{((bits & 1) != 0 ? "L" : "-")}{((bits & 2) != 0 ? "E" : "-")}{(bits > 3 ? "?" : "")}";
    }));

    public void Dispose() => store.Dispose();

    private object Extern(ModuleImport import, Func<Store, Import, Function?>? replace) => (import.Denotes, import.Type) switch
    {
        (Import.InstanceFlags flags, _) => Flag(flags.Instance),
        (Import.Memory memory, _) => (memory.Id == adapter.Lift.Options.Memory?.Id ? Lift : Lower).Memory!,
        (_, ModuleImportType.Func func) =>
            replace?.Invoke(store, import.Denotes) ?? Host.Plays(import.Denotes, func.Type) ?? Function(func.Type, Played(import.Denotes, func.Type)),
        _ => throw new InvalidOperationException($"unexpected import {import}"),
    };

    private Global Flag(InstanceId id)
    {
        if (!Flags.TryGetValue(id.Value, out var flags))
            Flags[id.Value] = flags = new Global(store, ValueKind.Int32, 3, Mutability.Mutable);
        return flags;
    }

    private Func<CoreValue[], CoreValue[]> Played(Import import, CoreFuncType type) => import switch
    {
        Import.Realloc realloc => arguments => Realloc(realloc, arguments, type),
        Import.Callee => PlayCallee,
        Import.PostReturn => PlayPostReturn,
        Import.Transcode transcode => arguments => PlayTranscoder(transcode, arguments, type),
        Import.Transfer transfer => arguments => PlayTransfer(transfer, arguments),
        Import.ResourceEnterCall => _ => Note("enter-call"),
        Import.ResourceExitCall => _ => Note("exit-call"),
        _ => throw new InvalidOperationException($"unexpected import {import}"),
    };

    private CoreValue[] PlayCallee(CoreValue[] arguments)
    {
        Received = arguments;
        Happens("callee", arguments.Select(value => value.Bits));
        return Callee(arguments);
    }

    private CoreValue[] PlayPostReturn(CoreValue[] arguments)
    {
        Happens("post-return", arguments.Select(value => value.Bits));
        PostReturn(arguments);
        return [];
    }

    private CoreValue[] PlayTranscoder(Import.Transcode transcode, CoreValue[] arguments, CoreFuncType type)
    {
        var (from, to) = (Of(transcode.From), Of(transcode.To));
        Happens(transcode.Op.ToString(), arguments.Select(value => value.Bits));
        ulong[] results = new TranscoderModel(from.Inst, to.Inst).Run(transcode.Op, [.. arguments.Select(value => value.Bits)]);
        return [.. results.Select((bits, i) => new CoreValue(type.Results[i], bits))];
    }

    private CoreValue[] PlayTransfer(Import.Transfer transfer, CoreValue[] arguments)
    {
        Happens($"transfer {transfer.Kind}", arguments.Select(value => value.Bits));
        return [new(CoreValType.I32, Transfer(transfer.Kind, (uint)arguments[0].Bits, (uint)arguments[1].Bits, (uint)arguments[2].Bits))];
    }

    private Guest Of(Import.Memory memory) => memory.Id == adapter.Lift.Options.Memory?.Id ? Lift : Lower;

    private CoreValue[] Note(string what)
    {
        Happens(what);
        return [];
    }

    private CoreValue[] Realloc(Import.Realloc realloc, CoreValue[] arguments, CoreFuncType type)
    {
        bool lift = realloc.Func == adapter.Lift.Options.Realloc;
        var guest = lift ? Lift : Lower;
        string name = lift ? "lift-realloc" : "lower-realloc";
        Happens(name, arguments.Select(value => value.Bits));
        DuringRealloc(name);
        ulong ptr = guest.Heap.Reallocate(guest.Bytes, arguments[0].Bits, arguments[1].Bits, arguments[2].Bits, arguments[3].Bits);
        return [new(type.Results[0], ptr)];
    }

    private Function Function(CoreFuncType type, Func<CoreValue[], CoreValue[]> play) =>
        Wasmtime.Function.FromCallback(
            store,
            (caller, arguments, results) =>
            {
                try
                {
                    var values = play(Core.Values(arguments, type.Params));
                    for (int i = 0; i < values.Length; i++)
                        results[i] = Core.Box(values[i]);
                }
                catch (Exception e) when (e is HostFault or InvalidOperationException or ArgumentException)
                {
                    fault = e;
                    throw;
                }
            },
            Core.Kinds(type.Params),
            Core.Kinds(type.Results));
}
