using Fact.Ir;

namespace Fact.Conformance.Differential;

/// <summary>
/// A value as a guest writes it into its memory or its core values. Unlike a component value it can be wrong: a guest may
/// write any bits, any bytes as text, and any pointer. Its shape is that of its type, which is kept beside it.
/// </summary>
public closed record Node
{
    private Node()
    {
    }

    /// <summary>A scalar, flags, an enum's discriminant or a handle; bits above its width are the guest's garbage.</summary>
    public sealed record Bits(ulong Value) : Node;

    /// <summary>A string.</summary>
    /// <param name="Bytes">What the memory has, well-formed or not.</param>
    /// <param name="IsUtf16">Whether a code unit is two bytes; under <c>latin1+utf16</c> this sets the tag.</param>
    /// <param name="At">Where the bytes are.</param>
    /// <param name="Length">What the guest says instead of the true number of code units.</param>
    public sealed record Text(EquatableArray<byte> Bytes, bool IsUtf16, Place At, ulong? Length = null) : Node;

    /// <summary>A list, or a map, whose elements are then pairs.</summary>
    /// <param name="Elements">What the memory has.</param>
    /// <param name="At">Where the elements are.</param>
    /// <param name="Length">What the guest says instead of the true number of elements.</param>
    public sealed record Sequence(EquatableArray<Node> Elements, Place At, ulong? Length = null) : Node;

    /// <summary>A record, a tuple or a list of fixed length.</summary>
    public sealed record Parts(EquatableArray<Node> Items) : Node;

    /// <summary>A variant, option or result.</summary>
    /// <param name="Discriminant">What the guest writes; from the number of cases on it is invalid.</param>
    /// <param name="Payload">The payload of the case, if it has one.</param>
    public sealed record Case(uint Discriminant, Node? Payload) : Node;
}

/// <summary>How a guest chooses a place in its memory.</summary>
public enum PlaceKind
{
    /// <summary>Free memory, aligned; the value is added to the address.</summary>
    Free,
    /// <summary>So that it ends at the end of the memory, with the value as the number of bytes that stick out.</summary>
    AtEnd,
    /// <summary>The value is the address, whatever is there.</summary>
    Absolute,
}

/// <summary>A place in a guest's memory.</summary>
/// <param name="Kind">How it is chosen.</param>
/// <param name="Value">A number of bytes, by kind.</param>
public readonly record struct Place(PlaceKind Kind, ulong Value)
{
    /// <summary>Free, aligned memory.</summary>
    public static readonly Place Good = new(PlaceKind.Free, 0);
}
