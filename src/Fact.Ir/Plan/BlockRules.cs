namespace Fact.Ir.Plan;

/// <summary>
/// What copying an element from memory to memory does to each of its bytes, where that depends on nothing but the bytes of the element: then it is done to many elements
/// at once. What belongs to no field is padding, which the target keeps as it is.
/// </summary>
/// <param name="Size">Bytes of an element.</param>
/// <param name="Fields">The fields, in the order of their offsets. What is not valid in one of them makes the element invalid.</param>
/// <param name="Payload">Which bytes the case of the element has; null where that makes no difference.</param>
internal sealed record BlockRules(uint Size, EquatableArray<BlockField> Fields, CasePayload? Payload)
{
    /// <summary>Whether some bytes of the target stay as they are.</summary>
    public bool HasPadding
    {
        get
        {
            uint copied = 0;
            foreach (ref readonly var one in Fields.AsSpan())
                copied += one.Size;
            return copied != Size || Payload is not null;
        }
    }

    /// <summary>Whether the bytes are copied as they are, all of them.</summary>
    public bool IsBytes => Fields is [{ Rule: FieldRule.Keep }] && !HasPadding;

    /// <inheritdoc/>
    public override string ToString()
    {
        string fields = string.Join(' ', Fields.Items);
        return Payload is null ? fields : $"{fields}, from {Payload.Offset} on by the case at {Payload.Discriminant}: {string.Join(' ', Payload.Sizes.Items)} bytes";
    }
}

/// <summary>Bytes of an element that one rule is for.</summary>
/// <param name="Offset">Where they begin.</param>
/// <param name="Size">How many they are: 1, 2 or 4, an integer, unless all are kept.</param>
/// <param name="Rule">What happens to them.</param>
/// <param name="Operand">For <see cref="FieldRule.Mask"/> the bits that are kept, for <see cref="FieldRule.Below"/> the least integer that is invalid.</param>
internal readonly record struct BlockField(uint Offset, uint Size, FieldRule Rule, uint Operand)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Offset}+{Size}:{Rule}{(Operand == 0 ? "" : $" {Operand}")}";
}

/// <summary>What happens to the bytes of a field.</summary>
internal enum FieldRule
{
    /// <summary>They are copied, whatever they are.</summary>
    Keep,

    /// <summary>One byte: what is not 0 becomes 1.</summary>
    ToBool,

    /// <summary>An integer: bits are cleared.</summary>
    Mask,

    /// <summary>An integer that is valid below a bound.</summary>
    Below,

    /// <summary>Four bytes that are valid where they are a Unicode scalar value.</summary>
    Char,
}

/// <summary>The payload of a variant whose cases have payloads of different sizes: fields that a case does not have are not looked at, and not copied.</summary>
/// <param name="Discriminant">The byte that is the discriminant, of an element.</param>
/// <param name="Offset">Where the payload begins.</param>
/// <param name="Sizes">For each case how many bytes of payload it has.</param>
internal sealed record CasePayload(uint Discriminant, uint Offset, EquatableArray<uint> Sizes);
