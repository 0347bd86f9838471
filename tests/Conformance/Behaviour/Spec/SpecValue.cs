using System.Linq;
using Fact.Ir;

namespace Fact.Conformance.Behaviour.Spec;

/// <summary>A component value between lifting and lowering.</summary>
internal closed record SpecValue
{
    private SpecValue()
    {
    }

    public sealed record Bool(bool Value) : SpecValue;

    /// <summary>An integer, or a float as its bits: the low bits of a number of the type's width.</summary>
    public sealed record Bits(ulong Value) : SpecValue;

    public sealed record Char(int Value) : SpecValue;

    /// <summary>A string with how it was encoded where it came from: both decide how it is stored.</summary>
    public sealed record Text(string Value, StringEncoding Encoding, ulong TaggedCodeUnits) : SpecValue;

    public sealed record List(EquatableArray<SpecValue> Elements) : SpecValue;

    public sealed record Record(EquatableArray<(string Label, SpecValue Value)> Fields) : SpecValue
    {
        public SpecValue this[string label] => Fields.Items.Single(field => field.Label == label).Value;
    }

    public sealed record Case(string Label, SpecValue? Value) : SpecValue;

    public sealed record Flags(EquatableArray<string> Set) : SpecValue;

    /// <summary>A handle that was lifted and waits for the table that it goes to.</summary>
    public sealed record Handle(TransferKind Kind, uint Index, uint Table) : SpecValue;
}

/// <summary>A core value as its bits.</summary>
internal readonly record struct CoreValue(CoreValType Type, ulong Bits)
{
    public override string ToString() => $"{Type.ToString().ToLowerInvariant()}:0x{Bits:x}";
}
