using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower;
using Fact.Model;
using Fact.Model.Guests;
using Fact.Model.Plans;

namespace Fact.Properties.Lower.Passes;

/// <summary>The guests and the host of a scenario, around one run of one plan: the same every time that they are made.</summary>
internal sealed class PlanWorld : IPlanWorld
{
    private readonly PlanScenario scenario;
    private readonly Adapter adapter;
    private readonly Random mischief;
    private readonly int throwsAt;
    private readonly bool scribbles;
    private int entered;
    private PlanInterpreter? interpreter;
    private CallPlan? plan;

    public PlanWorld(PlanScenario scenario)
    {
        this.scenario = scenario;
        adapter = scenario.Build();
        var (lowerAsync, liftAsync) = (adapter.Lower.Options.Async, adapter.Lift.Options.Async);
        MaxParams = lowerAsync ? SpecAbi.MaxFlatAsyncParams : SpecAbi.MaxFlatParams;
        MaxResults = lowerAsync ? 0 : SpecAbi.MaxFlatResults;
        MaxReturned = liftAsync ? SpecAbi.MaxFlatParams : SpecAbi.MaxFlatResults;
        ulong limit = (ulong)scenario.Options.ByteLimit;
        Lift = new(adapter.Lift, limit);
        OneMemory = adapter.Lift.Options.Memory is { } memory && memory == adapter.Lower.Options.Memory;
        Lower = new(adapter.Lower, limit, OneMemory ? Lift : null);
        var random = new Random(scenario.Seed);
        Arguments = Lower.Put(MaxParams, Lower.Params, random);
        Returned = Lift.Put(MaxReturned, Lift.Results, random);
        if (Lower.Setup.Abi.FlattenTypes(Lower.Results, MaxResults) is null)
            ReturnPointer = Room(Lower, new ValType.Tuple([.. Lower.Results]));
        mischief = new Random(scenario.Seed);
        for (int i = 0; i < scenario.Corruptions && !OneMemory; i++)
            Corrupt();
        scribbles = Has(Mischief.Scribbles) && !OneMemory;
        throwsAt = Has(Mischief.Throws) ? mischief.Next(4) : -1;
        if (Has(Mischief.Garbles))
        {
            Garble(Lower, Lower.Params, MaxParams, Arguments);
            Garble(Lift, Lift.Results, MaxReturned, Returned);
        }
        if (Has(Mischief.Points) && ReturnPointer is { } pointer && !OneMemory)
            ReturnPointer = mischief.Next(2) == 0 ? pointer + 1 : 0x1FFF8;
    }

    public MemoryGuest Lower { get; }

    public MemoryGuest Lift { get; }

    /// <summary>Whether both sides have one memory: then the guests break no rules that put what is written where something is still to be read.</summary>
    public bool OneMemory { get; }

    public int MaxParams { get; }

    public int MaxResults { get; }

    public int MaxReturned { get; }

    public List<CoreValue> Arguments { get; }

    /// <summary>What the callee returns.</summary>
    public List<CoreValue> Returned { get; }

    public ulong? ReturnPointer { get; }

    /// <summary>What the callee was called with.</summary>
    public IReadOnlyList<CoreValue>? Received { get; private set; }

    /// <summary>Calls the adapter.</summary>
    public PlanOutcome Run(CallPlan plan)
    {
        this.plan = plan;
        interpreter = new(plan, this, new((ulong)scenario.Options.ByteLimit, scenario.Options.ExceptionBarrier));
        if (Has(Mischief.Nests))
            Close(interpreter);
        IReadOnlyList<CoreValue> results = [];
        string end = "returns";
        TrapCode? code = null;
        try
        {
            CoreValue[] pointer = ReturnPointer is { } address ? [new(Lower.Setup.Abi.Ptr, address)] : [];
            results = interpreter.Run(plan.Funcs[0], [.. Arguments, .. pointer]);
        }
        catch (PlanTrap trap)
        {
            (end, code) = ("traps: " + trap.Message, trap.Code);
        }
        catch (GuestException)
        {
            end = "throws";
        }
        return new(end, code, results, [.. interpreter.Events], interpreter.Flags, Lower.Bytes, Lift.Bytes);
    }

    public MemInst Memory(Import.Memory memory)
    {
        var guest = memory.Id == adapter.Lift.Options.Memory?.Id ? Lift : Lower;
        return new ByteMemory(guest.Is64, guest.Bytes);
    }

    public ulong Reallocate(Import.Realloc realloc, ulong old, ulong oldSize, ulong alignment, ulong newSize)
    {
        Enter(!Throws(realloc));
        if (scribbles)
        {
            Corruption.Corrupt(Lower.Used, mischief);
            Corruption.Corrupt(Lift.Used, mischief);
        }
        var guest = realloc.Func == adapter.Lift.Options.Realloc ? Lift : Lower;
        return guest.Heap.Reallocate(guest.Bytes, old, oldSize, alignment, newSize);
    }

    public IReadOnlyList<CoreValue> Call(Import.Callee callee, IReadOnlyList<CoreValue> arguments)
    {
        Received = arguments;
        Enter(Knows(AdapterFacts.CalleeThrowsNothing | AdapterFacts.CalleeEntersNothing));
        return adapter.Lift.Options.Async ? [.. adapter.Lift.CoreType.Results.Items.Select(type => new CoreValue(type, 0))] : Returned;
    }

    public void PostReturn(Import.PostReturn func, IReadOnlyList<CoreValue> arguments) => Enter(!LiftThrows);

    public uint Transfer(TransferKind kind, uint handle, uint from, uint to) => Moved(kind, handle, from, to);

    /// <summary>What a handle becomes.</summary>
    public static uint Moved(TransferKind kind, uint handle, uint from, uint to) => (handle * 1000) + (from * 10) + to + (uint)kind;

    /// <summary>Starts the callee and brings its results back, both at once.</summary>
    public IReadOnlyList<CoreValue> Start(Act.HandToHost act, IReadOnlyList<CoreValue> arguments)
    {
        FuncPlan start = plan!.Funcs[1], @return = plan.Funcs[2];
        var lifted = interpreter!.Run(start, [.. arguments.Take(start.Type.Params.Length)]);
        interpreter.Enter("callee", lifted.Select(value => value.Bits));
        var results = Call(plan.Callee, lifted);
        if (adapter.Lift.Options.Async)
            results = Returned;
        var brought = interpreter.Run(@return, @return.Type.Params.Length > results.Count ? [.. results, arguments[^1]] : results);
        return adapter.Lower.Options.Async ? [new(CoreValType.I32, 2)] : brought;
    }

    private bool Has(Mischief what) => (scenario.Mischief & what) != 0;

    /// <summary>Whether one of these is known.</summary>
    private bool Knows(AdapterFacts facts) => (adapter.Facts & facts) != 0;

    private bool LiftThrows => !Knows(AdapterFacts.CalleeThrowsNothing | AdapterFacts.CalleeEntersNothing | AdapterFacts.CalleeFlagUnseen);

    /// <summary>Both sides may have one allocator.</summary>
    private bool Throws(Import.Realloc realloc) =>
        (realloc.Func != adapter.Lift.Options.Realloc || LiftThrows)
        && (realloc.Func != adapter.Lower.Options.Realloc || !Knows(AdapterFacts.CallerThrowsNothing | AdapterFacts.CalleeEntersNothing | AdapterFacts.CallerFlagUnseen));

    private void Enter(bool throwsNothing)
    {
        if (entered++ == throwsAt && !throwsNothing)
            throw new GuestException();
    }

    /// <summary>As the caller may find it; the callee may always be left before it is entered, since nobody gets there otherwise.</summary>
    private void Close(PlanInterpreter interpreter)
    {
        var instances = new[] { adapter.Lower.Instance, adapter.Lift.Instance, adapter.Lift.Instance.Parent };
        var closed = instances[mischief.Next(3)]?.Id ?? adapter.Lower.Instance.Id;
        bool cannotLeave = closed == adapter.Lower.Instance.Id && mischief.Next(2) == 0;
        interpreter.Let(closed, cannotLeave ? InstanceFlag.MayEnter | (interpreter.Unseen(closed) & InstanceFlag.MayLeave) : InstanceFlag.MayLeave);
    }

    /// <summary>Any bits for values without pointers, and for elements of lists without pointers.</summary>
    private void Garble(MemoryGuest guest, ValType[] types, int maxFlat, List<CoreValue> values)
    {
        if (guest.Setup.Abi.FlattenTypes(types, maxFlat) is null)
            return;
        if (!types.Any(SpecAbi.ContainsPointer))
            Corruption.Garble(values, mischief);
        else if (!OneMemory && types.All(type => type is ValType.List { Element: var element } && !SpecAbi.ContainsPointer(element)))
            Corruption.Garble(guest.Used, mischief);
    }

    private void Corrupt()
    {
        switch (mischief.Next(5))
        {
            case 0 or 1:
                Corruption.Corrupt(mischief.Next(2) == 0 ? Lower.Used : Lift.Used, mischief);
                break;
            case 2:
                Corruption.Corrupt(Arguments, mischief);
                break;
            case 3:
                Corruption.Corrupt(Returned, mischief);
                break;
            default:
                var guest = mischief.Next(2) == 0 ? Lower : Lift;
                guest.Heap.Answer = Corruption.Answer((ulong)guest.Bytes.Length, mischief);
                break;
        }
    }

    private static ulong Room(MemoryGuest guest, ValType type) =>
        guest.Setup.Heap.Reallocate(guest.Bytes, 0, 0, guest.Setup.Abi.Alignment(type), guest.Setup.Abi.ElemSize(type));
}

/// <summary>What comes of a call: all that anybody can tell of it.</summary>
/// <param name="End">How it ends.</param>
/// <param name="Code">Why it traps.</param>
/// <param name="Results">What the caller gets.</param>
/// <param name="Events">What was seen on the way.</param>
/// <param name="Flags">The flags of all instances at the end.</param>
/// <param name="Lower">What is in the caller's memory.</param>
/// <param name="Lift">What is in the callee's.</param>
internal sealed record PlanOutcome(
    string End,
    TrapCode? Code,
    IReadOnlyList<CoreValue> Results,
    IReadOnlyList<PlanEvent> Events,
    string Flags,
    byte[] Lower,
    byte[] Lift)
{
    public bool Returns => End == "returns";

    /// <summary>How the other outcome differs; null where nobody can tell them apart.</summary>
    public string? Difference(PlanOutcome other)
    {
        if (!Events.SequenceEqual(other.Events))
            return $"seen:\n{string.Join("\n", Events)}\nrather:\n{string.Join("\n", other.Events)}";
        if (End != other.End)
            return $"{End}; rather it {other.End}";
        if (!Results.SequenceEqual(other.Results))
            return $"{string.Join(", ", Results)}; rather {string.Join(", ", other.Results)}";
        // After a trap nobody runs in these instances again.
        if (Returns && Flags != other.Flags)
            return $"flags {Flags}; rather {other.Flags}";
        return Difference("caller", Lower, other.Lower) ?? Difference("callee", Lift, other.Lift);
    }

    private static string? Difference(string whose, ReadOnlySpan<byte> ours, ReadOnlySpan<byte> theirs)
    {
        int at = ours.CommonPrefixLength(theirs);
        return at == ours.Length ? null : $"the memory of the {whose} differs at {at}: {ours[at]:x2}; rather {theirs[at]:x2}";
    }
}
