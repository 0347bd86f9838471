using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Model.Plans;

/// <summary>
/// What plans mean: does what the functions of an adapter do, act by act, among guests and a host that are given. Naive on purpose, and to be read beside
/// <see cref="Act"/> and <see cref="Copy"/>.
/// </summary>
/// <param name="plan">The adapter.</param>
/// <param name="world">Who is around the call.</param>
/// <param name="rules">What the plan does not say.</param>
internal sealed class PlanInterpreter(CallPlan plan, IPlanWorld world, PlanRules rules)
{
    private const InstanceFlag AllFlags = InstanceFlag.MayLeave | InstanceFlag.MayEnter;

    private readonly SortedDictionary<uint, InstanceFlag> flags = [];
    private readonly List<PlanEvent> events = [];
    private readonly Stack<int> scopes = [];

    public PlanRules Rules => rules;

    /// <summary>What was seen so far.</summary>
    public IReadOnlyList<PlanEvent> Events => events;

    /// <summary>
    /// The flags of all instances that have not all set, which whatever runs in one of them can look at: <c>L</c> where it may be left, <c>E</c> where it may be entered.
    /// A flag of which it is known that nobody could find it clear is not among them.
    /// </summary>
    public string Flags => string.Join(' ', flags.Select(one => (one.Key, Set: one.Value | Unseen(new(one.Key)))).Where(one => one.Set != AllFlags)
        .Select(one => $"{one.Key}:{Letter(one.Set, InstanceFlag.MayLeave, 'L')}{Letter(one.Set, InstanceFlag.MayEnter, 'E')}"));

    /// <summary>What of the flags of an instance nobody can find clear, as far as is known.</summary>
    public InstanceFlag Unseen(InstanceId instance)
    {
        var facts = plan.Adapter.Facts;
        bool mayLeave = (facts.HasFlag(AdapterFacts.CallerFlagUnseen) && instance == plan.LowerFlags.Instance)
            || (facts.HasFlag(AdapterFacts.CalleeFlagUnseen) && instance == plan.LiftFlags.Instance);
        return (mayLeave ? InstanceFlag.MayLeave : 0) | (facts.HasFlag(AdapterFacts.CalleeEntersNothing) ? InstanceFlag.MayEnter : 0);
    }

    private static char Letter(InstanceFlag set, InstanceFlag flag, char letter) => (set & flag) != 0 ? letter : '-';

    /// <summary>Sets the flags that an instance has before the call; all of them where this is not called.</summary>
    public void Let(InstanceId instance, InstanceFlag set) => flags[instance.Value] = set;

    /// <summary>Runs one of the functions of the adapter.</summary>
    /// <exception cref="PlanTrap">It traps.</exception>
    /// <exception cref="GuestException">A guest throws, and that is no trap.</exception>
    public IReadOnlyList<CoreValue> Run(FuncPlan func, IReadOnlyList<CoreValue> arguments)
    {
        if (!arguments.Select(value => value.Type).SequenceEqual(func.Type.Params.Items))
            throw new IllFormedPlan($"{func.Name} does not take what it is given");
        var frame = new Frame(arguments);
        Run(func.Acts, frame);
        if (!frame.Stack.Select(value => value.Type).SequenceEqual(func.Type.Results.Items))
            throw new IllFormedPlan($"{func.Name} does not return what its type says");
        return frame.Stack;
    }

    private void Run(EquatableArray<Act> acts, Frame frame)
    {
        foreach (var act in acts)
            Run(act, frame);
    }

    private void Run(Act act, Frame frame)
    {
        switch (act)
        {
            case Act.Require a:
                PlanTrap.If((FlagsOf(a.Flags) & a.Flag) == 0, a.Flag == InstanceFlag.MayLeave ? TrapCode.CannotLeave : TrapCode.CannotEnter);
                break;
            case Act.Clear a:
                Let(a.Flags.Instance, FlagsOf(a.Flags) & ~a.Which);
                break;
            case Act.Set a:
                Let(a.Flags.Instance, FlagsOf(a.Flags) | a.Which);
                break;
            case Act.EnterCall:
                scopes.Push(0);
                break;
            case Act.ExitCall:
                // Nobody can tell whether there was a scope that nothing was lent in.
                if (scopes.Pop() is > 0 and int lent)
                    events.Add(new("exit-call", [(ulong)scopes.Count, (ulong)lent]));
                break;
            case Act.Move a:
                Move(a, frame);
                break;
            case Act.Invoke a:
                CoreValue[] arguments = [.. frame.Stack];
                frame.Stack.Clear();
                Enter("callee", arguments.Select(value => value.Bits));
                frame.Returned = world.Call(a.Callee, arguments);
                break;
            case Act.Link a:
                Enter("callee", frame.Params.Select(value => value.Bits));
                frame.Stack.AddRange(world.Call(a.Callee, frame.Params));
                break;
            case Act.PostReturn a:
                CoreValue[] results = a.Func.Type.Params.IsEmpty ? [] : [.. frame.Returned];
                Enter("post-return", results.Select(value => value.Bits));
                world.PostReturn(a.Func, results);
                break;
            case Act.Guard a:
                try
                {
                    Run(a.Acts, frame);
                }
                catch (GuestException)
                {
                    throw new PlanTrap(TrapCode.UncaughtException);
                }
                break;
            case Act.HandToHost a:
                Enter(a.ToString(), frame.Params.Select(value => value.Bits));
                frame.Stack.AddRange(world.Start(a, frame.Params));
                break;
        }
    }

    private void Move(Act.Move move, Frame frame)
    {
        if (move.Copy is not { } copy)
            return;
        CopySide lower = Side(plan.Lower), lift = Side(plan.Lift);
        var (from, to) = move.What == Moved.Params ? (lower, lift) : (lift, lower);
        var source = From(move.From, from, frame);
        var interpreter = new CopyInterpreter(this, from, to);
        switch (move.To)
        {
            case Place.Stack p:
                var slots = new FlatSlots(p.Types);
                interpreter.Run(copy, source, CopyTarget.Flat(to, slots));
                frame.Stack.AddRange(slots.Values());
                break;
            case Place.At p:
                interpreter.Run(copy, source, CopyTarget.At(to, Checked(p, to, frame)));
                break;
            case Place.Allocated p:
                ulong address = Reallocate(to, 0, 0, p.Alignment, p.Size);
                interpreter.Run(copy, source, CopyTarget.At(to, address));
                frame.Stack.Add(new(to.Side.Pointer, address));
                break;
            case Place.Params or Place.Returned:
                throw new IllFormedPlan("values do not go there");
        }
    }

    private static CopySource From(Place place, CopySide side, Frame frame) => place switch
    {
        Place.Params => CopySource.Flat(side, frame.Params),
        Place.Returned => CopySource.Flat(side, frame.Returned),
        Place.At p => CopySource.At(side, Checked(p, side, frame)),
        Place.Stack or Place.Allocated => throw new IllFormedPlan("values do not come from there"),
    };

    private static ulong Checked(Place.At place, CopySide side, Frame frame)
    {
        ulong address = (place.Address < 0 ? frame.Returned[0] : frame.Params[place.Address]).Bits;
        CheckRange(side, address, place.Alignment, place.Size, TrapCode.PointerOutOfBounds);
        return address;
    }

    /// <summary>Traps unless so many bytes are in the memory of a side, at an address that is aligned.</summary>
    public static void CheckRange(CopySide side, ulong address, ulong alignment, ulong bytes, TrapCode code)
    {
        PlanTrap.If(address % alignment != 0, TrapCode.UnalignedPointer);
        PlanTrap.If(!side.Memory!.Has(address, bytes), code);
    }

    /// <summary>Has a guest allocate, and checks what it says. Spec: <c>reallocate</c>.</summary>
    public ulong Reallocate(CopySide side, ulong old, ulong oldSize, ulong alignment, ulong newSize)
    {
        Enter($"realloc {side.Side.Realloc!.Func.Value}", [old, oldSize, alignment, newSize]);
        ulong address;
        try
        {
            address = world.Reallocate(side.Side.Realloc, old, oldSize, alignment, newSize);
        }
        catch (GuestException) when (rules.ExceptionsTrap)
        {
            throw new PlanTrap(TrapCode.UncaughtException);
        }
        CheckRange(side, address, alignment, newSize, TrapCode.AllocationOutOfBounds);
        return address;
    }

    /// <summary>Has the host move a handle. A borrow is lent in the innermost scope that is open.</summary>
    public uint Transfer(TransferKind kind, uint handle, uint from, uint to)
    {
        bool isLent = kind == TransferKind.Borrow;
        events.Add(new($"transfer {kind}", [handle, from, to, .. isLent ? [(ulong)scopes.Count] : Enumerable.Empty<ulong>()]));
        if (isLent && scopes.TryPop(out int lent))
            scopes.Push(lent + 1);
        return world.Transfer(kind, handle, from, to);
    }

    /// <summary>A guest is entered: by the adapter, or by the host in the course of a call that it was handed.</summary>
    public void Enter(string what, IEnumerable<ulong> arguments) => events.Add(new(what, [.. arguments], Flags));

    private InstanceFlag FlagsOf(Import.InstanceFlags of) => flags.GetValueOrDefault(of.Instance.Value, AllFlags);

    private CopySide Side(Side side) => new(side, side.Memory is { } memory ? world.Memory(memory) : null);

    /// <summary>What a function works with.</summary>
    private sealed class Frame(IReadOnlyList<CoreValue> arguments)
    {
        public IReadOnlyList<CoreValue> Params => arguments;

        public IReadOnlyList<CoreValue> Returned { get; set; } = [];

        public List<CoreValue> Stack { get; } = [];
    }
}
