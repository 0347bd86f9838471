using System;
using System.Linq;

namespace Fact.Ir;

/// <summary>The slots of the virtual locals of a function.</summary>
/// <param name="Of">The index of each virtual local; −1 for one that nothing mentions.</param>
/// <param name="Types">The types of the slots after the parameters.</param>
internal readonly record struct LocalSlots(EquatableArray<int> Of, EquatableArray<CoreValType> Types);

/// <summary>
/// Gives virtual locals their slots: locals of the same type whose live ranges do not overlap share one. Parameters keep
/// theirs, which others take over after the last use. Slots after the parameters are grouped by type; a local that
/// nothing mentions gets none. Without sharing every local that is mentioned has a slot of its own.
/// </summary>
/// <param name="share">Whether locals share slots.</param>
internal sealed class SlotAssignment(bool share)
{
    private const int Types = 8, Others = Types - 1;
    private const int None = -1;

    private const int Few = 18;

    private static readonly EquatableArray<int>[] FewNumbers = [.. Enumerable.Range(0, Few).Select(Numbers)];

    private static readonly EquatableArray<CoreValType>[] FewI32 = [.. Enumerable.Range(0, Few).Select(I32)];

    // By position, the first of the locals that end there; by local, the next one that ends at the same position.
    private int[] endsAt = [], nextEnd = [];
    private Slot[] slots = new Slot[8];
    private int count;

    /// <summary>Gives the locals of a function their slots.</summary>
    /// <param name="locals">The locals.</param>
    /// <param name="ranges">Where they are in use.</param>
    public LocalSlots Assign(ReadOnlySpan<VirtualLocal> locals, LocalRanges ranges)
    {
        int parameters = ranges.Parameters;
        if (locals.Length == parameters)
            return new(OfParameters(parameters), []);

        int[] slotOf = new int[locals.Length];
        count = 0;
        for (int i = 0; i < parameters; i++)
            slotOf[i] = Add(locals[i].Type);
        Array.Fill(slotOf, None, parameters, slotOf.Length - parameters);
        if (share)
            SortByEnd(ranges);
        Span<int> free = stackalloc int[Types];
        free.Fill(None);
        int position = share ? 0 : int.MaxValue;
        for (int i = parameters; i < ranges.Count; i++)
        {
            var range = ranges[i];
            for (; position < range.First; position++)
            {
                for (int ended = endsAt[position]; ended != None; ended = nextEnd[ended])
                    Free(slotOf[ended], TypeNumber(locals[ended].Type), free);
            }
            var type = locals[range.Local.Value].Type;
            slotOf[range.Local.Value] = Take(type, ref free[TypeNumber(type)]);
        }
        return new(EquatableArray.Seal(slotOf), GroupByType(parameters, slotOf));
    }

    /// <summary>The slots of a function without other locals than its parameters: many have few, and need no list of their own.</summary>
    private static EquatableArray<int> OfParameters(int count) => count < Few ? FewNumbers[count] : Numbers(count);

    private static EquatableArray<int> Numbers(int count)
    {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++)
            numbers[i] = i;
        return EquatableArray.Seal(numbers);
    }

    /// <summary>Lists the locals that end at each position.</summary>
    private void SortByEnd(LocalRanges ranges)
    {
        if (endsAt.Length <= ranges.Mentions)
            endsAt = new int[Math.Max(ranges.Mentions + 1, 2 * endsAt.Length)];
        if (nextEnd.Length < ranges.Locals)
            nextEnd = new int[Math.Max(ranges.Locals, 2 * nextEnd.Length)];
        endsAt.AsSpan(0, ranges.Mentions + 1).Fill(None);
        for (int i = ranges.Parameters - 1; i >= 0; i--)
            AddEnd(ranges[i]);
        for (int i = ranges.Parameters; i < ranges.Count; i++)
            AddEnd(ranges[i]);
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
        if (OnlyI32(all[parameters..]) is { } alike)
            return alike;
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
        return EquatableArray.Seal(types);
    }

    /// <summary>The types of slots that are all i32, as those of most functions are: they have the right numbers already. Null where others are among them.</summary>
    private static EquatableArray<CoreValType>? OnlyI32(ReadOnlySpan<Slot> slots)
    {
        foreach (ref readonly var slot in slots)
        {
            if (slot.Type != CoreValType.I32)
                return null;
        }
        return slots.Length < Few ? FewI32[slots.Length] : I32(slots.Length);
    }

    private static EquatableArray<CoreValType> I32(int count)
    {
        var types = new CoreValType[count];
        Array.Fill(types, CoreValType.I32);
        return EquatableArray.Seal(types);
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
