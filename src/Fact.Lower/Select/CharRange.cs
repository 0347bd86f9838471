namespace Fact.Lower.Select;

/// <summary>
/// The Unicode scalar values: <c>(c ^ <see cref="FirstSurrogate"/>) - <see cref="Surrogates"/></c>, without sign, is below <see cref="Count"/> for these and for no
/// other 32 bits. Surrogates wrap around.
/// </summary>
internal static class CharRange
{
    public const uint FirstSurrogate = 0xD800, Surrogates = 0x800, End = 0x110000, Count = End - Surrogates;
}
