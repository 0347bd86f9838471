using System.Collections.Generic;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Model.Plans;

/// <summary>A side of a call: where its values are, and who allocates room for them.</summary>
internal sealed record CopySide(Side Side, MemInst? Memory)
{
    /// <summary>Bytes of an address or length.</summary>
    public uint PointerSize => Side.Is64 ? 8u : 4u;
}

/// <summary>Where a value comes from: an address, or the first of its slots.</summary>
/// <param name="Side">Whose value it is.</param>
/// <param name="Address">Where it is in memory.</param>
/// <param name="Slots">The core values of which it is some, where it is flat; they may be wider than its own. Null where it is in memory.</param>
/// <param name="First">The first of them.</param>
internal readonly record struct CopySource(CopySide Side, ulong Address, IReadOnlyList<CoreValue>? Slots, int First)
{
    public bool InMemory => Slots is null;

    public static CopySource At(CopySide side, ulong address) => new(side, address, null, 0);

    public static CopySource Flat(CopySide side, IReadOnlyList<CoreValue> slots) => new(side, 0, slots, 0);

    /// <summary>A part of the value: so many bytes or slots further.</summary>
    public CopySource Part(ulong bytes, int slots) => this with { Address = Address + bytes, First = First + slots };

    /// <summary>
    /// The core value of a value that takes so many bytes in memory: i64 or f64 for 8 bytes, otherwise i32 or f32. Of wider slots the lower half counts.
    /// </summary>
    public ulong Take(ulong bytes) => Slots is null ? Side.Memory!.LoadInt(Address, bytes) : bytes == 8 ? Slots[First].Bits : (uint)Slots[First].Bits;

    /// <summary>An address or length.</summary>
    public ulong TakePointer() => Take(Side.PointerSize);
}

/// <summary>Where a value goes: to an address, or to slots.</summary>
/// <param name="Side">Who gets it.</param>
/// <param name="Address">Where in memory.</param>
/// <param name="Slots">Takes the core values, where it becomes flat. Null where it goes to memory.</param>
/// <param name="First">The first slot.</param>
internal readonly record struct CopyTarget(CopySide Side, ulong Address, FlatSlots? Slots, int First)
{
    public bool InMemory => Slots is null;

    public static CopyTarget At(CopySide side, ulong address) => new(side, address, null, 0);

    public static CopyTarget Flat(CopySide side, FlatSlots slots) => new(side, 0, slots, 0);

    /// <summary>A part of the value: so many bytes or slots further.</summary>
    public CopyTarget Part(ulong bytes, int slots) => this with { Address = Address + bytes, First = First + slots };

    /// <summary>Puts a core value there, of which memory gets the lowest bytes.</summary>
    public void Put(ulong bits, ulong bytes)
    {
        if (Slots is null)
            Side.Memory!.StoreInt(bits, Address, bytes);
        else
            Slots.Put(First, bits);
    }

    /// <summary>Puts an address or length there.</summary>
    public void PutPointer(ulong bits) => Put(bits, Side.PointerSize);
}

/// <summary>Slots that take the core values of a flat value, each once. What is narrower than its slot leaves the upper half 0.</summary>
internal sealed class FlatSlots(EquatableArray<CoreValType> types)
{
    private readonly CoreValue?[] values = new CoreValue?[types.Length];

    public void Put(int slot, ulong bits)
    {
        if (values[slot] is not null)
            throw new IllFormedPlan($"slot {slot} is written twice");
        bool isNarrow = types[slot] is CoreValType.I32 or CoreValType.F32;
        if (isNarrow && bits > uint.MaxValue)
            throw new IllFormedPlan($"slot {slot} is too narrow");
        values[slot] = new(types[slot], bits);
    }

    /// <summary>All of them, when all were written.</summary>
    public CoreValue[] Values()
    {
        var all = new CoreValue[values.Length];
        for (int i = 0; i < all.Length; i++)
            all[i] = values[i] ?? throw new IllFormedPlan($"nothing is written to slot {i}");
        return all;
    }
}
