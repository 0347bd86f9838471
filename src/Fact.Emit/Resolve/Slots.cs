using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The locals of a function that got their slots: those after the parameters, and a name for every slot.</summary>
internal readonly record struct SlotTable(EquatableArray<CoreValType> Locals, EquatableArray<string> Names);

/// <summary>
/// Gives virtual locals their slots: locals of the same type whose live ranges do not overlap share one. Parameters keep
/// theirs, which others take over after the last use. Slots after the parameters are grouped by type; a local that
/// nothing mentions gets none.
/// </summary>
internal sealed class Slots : IDisposable
{
    private const int Types = 5;
    private const int None = -1;

    private Scratch<int> endsAt = new(256);
    private Scratch<int> nextEnd = new(256);
    private Scratch<Slot> slots = new(64);

    /// <summary>Writes the slot of each local of a function to <paramref name="slotOf"/>, and −1 where it has none.</summary>
    /// <param name="func">The function.</param>
    /// <param name="live">The live ranges of its locals.</param>
    /// <param name="mentions">The last position of a mention.</param>
    /// <param name="slotOf">As long as the locals of the function.</param>
    public SlotTable Assign(SymbolicFunc func, LiveRanges live, int mentions, Span<int> slotOf)
    {
        var locals = func.Locals.AsSpan();
        int parameters = func.Type.Params.Length;
        slotOf.Fill(None);
        SortByEnd(live, mentions, parameters);
        slots.Clear();
        Span<int> free = stackalloc int[Types];
        free.Fill(None);
        for (int i = 0; i < parameters; i++)
        {
            slots.Add(new Slot(locals[i].Type, locals[i].Name, None));
            slotOf[i] = i;
        }

        int position = 0;
        foreach (int id in live.Mentioned)
        {
            for (int first = live.First(id); position < first; position++)
            {
                for (int ended = endsAt[position]; ended != None; ended = nextEnd[ended])
                    Free(slotOf[ended], ref free[TypeNumber(locals[ended].Type)]);
            }
            slotOf[id] = Take(locals[id], ref free[TypeNumber(locals[id].Type)]);
        }
        return GroupByType(parameters, slotOf);
    }

    public void Dispose()
    {
        endsAt.Dispose();
        nextEnd.Dispose();
        slots.Dispose();
    }

    /// <summary>Lists the locals that end at each position.</summary>
    private void SortByEnd(LiveRanges live, int mentions, int parameters)
    {
        endsAt.Clear();
        endsAt.AddDefaults(mentions + 1).Fill(None);
        nextEnd.Clear();
        nextEnd.AddDefaults(live.Count);
        for (int i = parameters - 1; i >= 0; i--)
            AddEnd(i, live.Last(i));
        foreach (int id in live.Mentioned)
            AddEnd(id, live.Last(id));
    }

    private void AddEnd(int local, int position)
    {
        nextEnd[local] = endsAt[position];
        endsAt[position] = local;
    }

    private void Free(int slot, ref int free)
    {
        slots[slot].NextFree = free;
        free = slot;
    }

    private int Take(VirtualLocal local, ref int free)
    {
        int slot = free;
        if (slot == None)
        {
            slots.Add(new Slot(local.Type, local.Name, None));
            return slots.Count - 1;
        }
        free = slots[slot].NextFree;
        return slot;
    }

    /// <summary>Numbers the slots after the parameters by type, and then in the order in which they were first taken.</summary>
    private SlotTable GroupByType(int parameters, Span<int> slotOf)
    {
        var all = slots.AsSpan();
        Span<int> next = stackalloc int[Types];
        next.Clear();
        foreach (ref var slot in all[parameters..])
            next[TypeNumber(slot.Type)]++;
        int start = parameters;
        for (int type = 0; type < Types; type++)
            start += (next[type], next[type] = start).Item1;

        var names = new string[all.Length];
        var types = new CoreValType[all.Length - parameters];
        for (int i = 0; i < all.Length; i++)
        {
            ref var slot = ref all[i];
            int number = i < parameters ? i : next[TypeNumber(slot.Type)]++;
            names[number] = slot.Name;
            if (i >= parameters)
                types[number - parameters] = slot.Type;
            slot.Number = number;
        }
        foreach (ref int slot in slotOf)
            slot = slot == None ? None : all[slot].Number;
        return new SlotTable(
            new(ImmutableCollectionsMarshal.AsImmutableArray(types)),
            new(ImmutableCollectionsMarshal.AsImmutableArray(names)));
    }

    private static int TypeNumber(CoreValType type) => type switch
    {
        CoreValType.I32 => 0,
        CoreValType.I64 => 1,
        CoreValType.F32 => 2,
        CoreValType.F64 => 3,
        CoreValType.FuncRef => 4,
        _ => throw new UnreachableException(),
    };

    private struct Slot(CoreValType type, string name, int nextFree)
    {
        public readonly CoreValType Type = type;
        public readonly string Name = name;
        public int NextFree = nextFree;
        public int Number;
    }
}
