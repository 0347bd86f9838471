using System;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Gives virtual locals their slots: locals of the same type whose live ranges do not overlap share one. Parameters keep
/// theirs, which others take over after the last use. Slots after the parameters are grouped by type; a local that
/// nothing mentions gets none. Without sharing every local that is mentioned has a slot of its own.
/// </summary>
/// <param name="share">Whether locals share slots.</param>
internal sealed class Slots(bool share)
{
    private const int Types = 8, Others = Types - 1;
    private const int None = -1;

    // By position, the first of the locals that end there; by local, the next one that ends at the same position.
    private int[] endsAt = [], nextEnd = [];
    private Slot[] slots = new Slot[16];
    private int count;

    /// <summary>Writes the slot of each local of a function to <paramref name="slotOf"/>, and −1 where it has none.</summary>
    /// <param name="func">The function.</param>
    /// <param name="notes">Where its locals are in use.</param>
    /// <param name="slotOf">As long as the locals of the function.</param>
    /// <returns>The types of the slots after the parameters.</returns>
    public EquatableArray<CoreValType> Assign(SymbolicFunc func, CodeNotes notes, int[] slotOf)
    {
        var locals = func.Locals.AsSpan();
        var ranges = notes.Ranges.AsSpan();
        int parameters = notes.Parameters;
        count = 0;
        for (int i = 0; i < parameters; i++)
            slotOf[i] = Add(locals[i].Type);
        if (locals.Length == parameters)
            return [];

        Array.Fill(slotOf, None, parameters, slotOf.Length - parameters);
        if (share)
            SortByEnd(notes);
        Span<int> free = stackalloc int[Types];
        free.Fill(None);
        int position = share ? 0 : int.MaxValue;
        foreach (ref readonly var range in ranges[parameters..])
        {
            for (; position < range.First; position++)
            {
                for (int ended = endsAt[position]; ended != None; ended = nextEnd[ended])
                    Free(slotOf[ended], TypeNumber(locals[ended].Type), free);
            }
            var type = locals[range.Local.Value].Type;
            slotOf[range.Local.Value] = Take(type, ref free[TypeNumber(type)]);
        }
        return GroupByType(parameters, slotOf);
    }

    /// <summary>Lists the locals that end at each position.</summary>
    private void SortByEnd(CodeNotes notes)
    {
        if (endsAt.Length <= notes.LocalMentions)
            endsAt = new int[Math.Max(notes.LocalMentions + 1, 2 * endsAt.Length)];
        if (nextEnd.Length < notes.Locals)
            nextEnd = new int[Math.Max(notes.Locals, 2 * nextEnd.Length)];
        endsAt.AsSpan(0, notes.LocalMentions + 1).Fill(None);
        var ranges = notes.Ranges.AsSpan();
        for (int i = notes.Parameters - 1; i >= 0; i--)
            AddEnd(ranges[i]);
        foreach (ref readonly var range in ranges[notes.Parameters..])
            AddEnd(range);
    }

    private void AddEnd(in LiveRange range)
    {
        nextEnd[range.Local.Value] = endsAt[range.Last];
        endsAt[range.Last] = range.Local.Value;
    }

    // Other types are rare, and differ from each other: their slots are not shared.
    private void Free(int slot, int type, Span<int> free)
    {
        if (type == Others)
            return;
        slots[slot].NextFree = free[type];
        free[type] = slot;
    }

    private int Take(CoreValType type, ref int free)
    {
        int slot = free;
        if (slot == None)
            return Add(type);
        free = slots[slot].NextFree;
        return slot;
    }

    private int Add(CoreValType type)
    {
        if (count == slots.Length)
            Array.Resize(ref slots, 2 * count);
        slots[count] = new Slot(type, None);
        return count++;
    }

    /// <summary>Numbers the slots after the parameters by type, and then in the order in which they were first taken.</summary>
    private EquatableArray<CoreValType> GroupByType(int parameters, Span<int> slotOf)
    {
        var all = slots.AsSpan(0, count);
        Span<int> next = stackalloc int[Types];
        next.Clear();
        foreach (ref var slot in all[parameters..])
            next[TypeNumber(slot.Type)]++;
        int start = parameters;
        for (int type = 0; type < Types; type++)
            start += (next[type], next[type] = start).Item1;

        var types = new CoreValType[all.Length - parameters];
        for (int i = 0; i < all.Length; i++)
        {
            ref var slot = ref all[i];
            int number = i < parameters ? i : next[TypeNumber(slot.Type)]++;
            if (i >= parameters)
                types[number - parameters] = slot.Type;
            slot.Number = number;
        }
        foreach (ref int slot in slotOf)
            slot = slot == None ? None : all[slot].Number;
        return new(ImmutableCollectionsMarshal.AsImmutableArray(types));
    }

    private static int TypeNumber(CoreValType type) => type switch
    {
        CoreValType.I32 => 0,
        CoreValType.I64 => 1,
        CoreValType.F32 => 2,
        CoreValType.F64 => 3,
        CoreValType.FuncRef => 4,
        CoreValType.ExternRef => 5,
        CoreValType.V128 => 6,
        _ => Others,
    };

    private struct Slot(CoreValType type, int nextFree)
    {
        public readonly CoreValType Type = type;
        public int NextFree = nextFree;
        public int Number;
    }
}
