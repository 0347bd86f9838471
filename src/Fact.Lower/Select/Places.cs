using System;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Where a value comes from: flat, in locals, or at an address of the side's memory.</summary>
internal readonly struct Source
{
    private Source(Side side, LocalId address, uint offset, LocalId[]? slots, int first) =>
        (Side, Address, Offset, Slots, First) = (side, address, offset, slots, first);

    public Side Side { get; }

    /// <summary>Holds the address that <see cref="Offset"/> counts from.</summary>
    public LocalId Address { get; }

    public uint Offset { get; }

    /// <summary>The locals of a flat value, which may be wider than the value's own flat types; null in memory.</summary>
    public LocalId[]? Slots { get; }

    /// <summary>Where in <see cref="Slots"/> the value begins.</summary>
    public int First { get; }

    public bool InMemory => Slots is null;

    public static Source Memory(Side side, LocalId address, uint offset = 0) => new(side, address, offset, null, 0);

    public static Source Flat(Side side, LocalId[] slots, int first = 0) => new(side, default, 0, slots, first);

    /// <summary>A part of the value: so many bytes or slots further.</summary>
    public Source At(uint offset, int slots) => new(Side, Address, Offset + offset, Slots, First + slots);
}

/// <summary>Where a value goes to: the operand stack, or an address of the side's memory.</summary>
internal readonly struct Target
{
    private Target(Side side, LocalId address, uint offset, EquatableArray<CoreValType> slots, bool inMemory, int first) =>
        (Side, Address, Offset, types, InMemory, First) = (side, address, offset, slots, inMemory, first);

    public Side Side { get; }

    /// <summary>Holds the address that <see cref="Offset"/> counts from.</summary>
    public LocalId Address { get; }

    public uint Offset { get; }

    private readonly EquatableArray<CoreValType> types;

    /// <summary>What is expected on the operand stack, which may be wider than the value's own flat types; empty in memory.</summary>
    public ReadOnlySpan<CoreValType> Slots => types.AsSpan();

    /// <summary>Where in <see cref="Slots"/> the value begins.</summary>
    public int First { get; }

    public bool InMemory { get; }

    public static Target Memory(Side side, LocalId address, uint offset = 0) => new(side, address, offset, default, true, 0);

    public static Target Flat(Side side, EquatableArray<CoreValType> slots, int first = 0) => new(side, default, 0, slots, false, first);

    /// <summary>A part of the value: so many bytes or slots further.</summary>
    public Target At(uint offset, int slots) => new(Side, Address, Offset + offset, types, InMemory, First + slots);
}
