using Fact.Ir;
using Fact.Values;

namespace Fact.Host.Canonical;

/// <summary>
/// How many bytes lifted values take on the managed heap, of a 64-bit process: more than in the guest. Objects have a header of two words; arrays and
/// strings their length too. What is needed only while a value is made counts as well.
/// </summary>
internal static class HeapSize
{
    private const ulong Word = 8, Header = 2 * Word;

    /// <summary>A value with one field: a number, a string or list without its contents, an option.</summary>
    public const ulong Value = Header + Word;

    /// <summary>A list, which has its elements or its bytes, and says which.</summary>
    private const ulong ListValue = Header + (3 * Word);

    /// <summary>A <see cref="ComponentValue.Variant"/>, without its payload.</summary>
    public const ulong Variant = Header + (2 * Word);

    /// <summary>A handle: the value, the <see cref="HostHandle"/>, the <see cref="ResourceHandle"/>, and the places in the lists of a call that lends it.</summary>
    public const ulong Handle = Value + (Header + (2 * Word)) + (Header + (4 * Word)) + (4 * Word);

    /// <summary>A number; booleans and bytes are shared, so that only their places count.</summary>
    public static ulong Of(PrimitiveType type) => type is PrimitiveType.Bool or PrimitiveType.U8 ? 0 : Value;

    /// <summary>A tuple with places for its elements, without these; or flags with places for their labels.</summary>
    public static ulong Tuple(ulong length) => Value + Array(length, Word);

    /// <summary>A list with places for its elements, without these.</summary>
    public static ulong List(ulong length) => ListValue + Array(length, Word);

    /// <summary>A list of bytes, which are kept as they are.</summary>
    public static ulong Bytes(ulong length) => ListValue + Array(length, 1) + Word;

    /// <summary>A record, as a list that then becomes names and values.</summary>
    public static ulong Record(ulong length) => Array(length, Word) + Value + Array(length, 2 * Word);

    /// <summary>A map, as a list of tuples that then becomes keys and values; the tuples count by themselves.</summary>
    public static ulong Map(ulong length) => Record(length);

    /// <summary>A string of so many UTF-16 code units. Its array ends with a zero, and starts with a length of four bytes.</summary>
    public static ulong String(ulong codeUnits) => Value + Header + ((4 + (2 * (codeUnits + 1)) + Word - 1) & ~(Word - 1));

    private static ulong Array(ulong length, ulong element) => Header + Word + (length * element);
}
