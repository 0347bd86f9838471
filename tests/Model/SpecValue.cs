using System;
using System.Linq;
using Fact.Ir;

namespace Fact.Model;

/// <summary>A component value between lifting and lowering.</summary>
public closed record SpecValue
{
    private SpecValue()
    {
    }

    /// <summary>A truth value.</summary>
    public sealed record Bool(bool Value) : SpecValue;

    /// <summary>An integer, or a float as its bits: the low bits of a number of the type's width.</summary>
    public sealed record Bits(ulong Value) : SpecValue;

    /// <summary>A scalar value of Unicode.</summary>
    public sealed record Char(int Value) : SpecValue;

    /// <summary>A string with how it was encoded where it came from: both decide how it is stored.</summary>
    /// <param name="Value">The string.</param>
    /// <param name="Encoding">The encoding that it came in.</param>
    /// <param name="TaggedCodeUnits">Its length there in code units; of <c>latin1+utf16</c> with bit 31 or 63 where they are of UTF-16.</param>
    public sealed record Text(string Value, StringEncoding Encoding, ulong TaggedCodeUnits) : SpecValue;

    /// <summary>A list of either kind, or a map.</summary>
    public sealed record List(EquatableArray<SpecValue> Elements) : SpecValue;

    /// <summary>A record; a tuple has numbers as labels.</summary>
    public sealed record Record(EquatableArray<(string Label, SpecValue Value)> Fields) : SpecValue
    {
        /// <summary>The field with a label.</summary>
        public SpecValue this[string label] => Fields.Items.Single(field => field.Label == label).Value;
    }

    /// <summary>A variant, enum, option or result.</summary>
    public sealed record Case(string Label, SpecValue? Value) : SpecValue;

    /// <summary>The labels of the flags that are set.</summary>
    public sealed record Flags(EquatableArray<string> Set) : SpecValue;

    /// <summary>What a handle stood for, on the way to the table that it goes to.</summary>
    /// <param name="Kind">The kind of the handle that was lifted.</param>
    /// <param name="Rep">What its definer knows it by; for a host that moves handles by index, the index.</param>
    /// <param name="Table">The table that it was lifted from, by its number in the type.</param>
    public sealed record Handle(TransferKind Kind, ulong Rep, uint Table) : SpecValue;
}

/// <summary>A core value as its bits.</summary>
public readonly record struct CoreValue(CoreValType Type, ulong Bits)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Type.ToString().ToLowerInvariant()}:0x{Bits:x}";
}

/// <summary>What comes next is not known, of a runtime that does not follow the specification.</summary>
public sealed class SpecUnknown : Exception;

/// <summary>The specification says that the call traps. Spec: <c>Trap</c>.</summary>
public sealed class SpecTrap(string reason) : Exception(reason)
{
    /// <summary>Traps where a condition holds. Spec: <c>trap_if</c>.</summary>
    public static void If(bool condition, string reason)
    {
        if (condition)
            throw new SpecTrap(reason);
    }
}
