using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Fact.Bench.Adapters;

/// <summary>Strings of all lengths, in all pairs of encodings.</summary>
internal static class StringCases
{
    private const string Ascii = "The quick brown fox jumps over the lazy dog, and 12 dogs follow.";

    /// <summary>The bytes of the UTF-8 of a pattern, which all lengths are multiples of, but for the shortest.</summary>
    private const int PatternLength = 64, ShortLength = 8;

    private static readonly string[] Encodings = ["utf8", "utf16", "latin1+utf16"];
    private static readonly int[] Lengths = [0, ShortLength, PatternLength, 1 << 10, 1 << 20];

    /// <summary>A kind of text: 64 bytes of it in UTF-8, and 8 of it.</summary>
    private sealed record Text(string Name, string Long, string Short);

    private static readonly Text[] Texts =
    [
        new("ascii", Ascii, Ascii[..ShortLength]),
        new("latin", "Über Köln und Düren fährt der Zug nach Liège, hält dann in", "Grüß 1"),
        new("mixed", "Grüße, 世界! Déjà vu 😀 naïve café, один два; a", "aé世bc"),
    ];

    /// <summary>The cases. A length is that of the text in UTF-8.</summary>
    public static IEnumerable<AdapterCase> All =>
        from source in Encodings
        from target in Encodings
        let component = Component(source, target)
        from length in Lengths
        from text in Texts
        where text.Name != "latin" || source == Encodings[2] || target == Encodings[2]
        where length != 0 || text.Name == "ascii"
        select Case(source, target, component, length, text);

    private static AdapterCase Case(string source, string target, string component, int length, Text text)
    {
        string pattern = Pattern(text, length);
        uint times = length < PatternLength ? (uint)(length / ShortLength) : (uint)(length / PatternLength);
        byte[] bytes = Bytes(source, pattern);
        int units = bytes.Length / UnitSize(source, pattern);
        uint tag = source == Encodings[2] && !IsLatin1(pattern) ? 1u << 31 : 0;
        return new($"string {source}→{target} {text.Name} {ListCases.SizeText(length)}", component)
        {
            Prepare = new(Place(text, length), (uint)bytes.Length, times, ((uint)units * times) | tag),
            Bytes = (int)(bytes.Length * times),
            Goal = text.Name == "ascii" ? Goal(source, target, length) : null,
            FusedGoal = text.Name == "ascii" && length == 8 ? 2.5 : null,
        };
    }

    private static double? Goal(string source, string target, int length) => (source, target, length) switch
    {
        (_, _, ShortLength) => source == Encodings[2] || target == Encodings[2] ? 1 : 1.2,
        (_, _, PatternLength) => 1.5,
        ("utf8", "utf16", 1 << 20) => 6.5,
        ("utf16", "utf8", 1 << 20) => 15,
        ("utf16", "utf16", 1 << 20) => 5,
        _ => null,
    };

    private static string Component(string source, string target) => new PairSource
    {
        From = source,
        To = target,
        Type = """(param "text" string)""",
        Callee = $"(param i32 i32) {PairSource.Taken(2)}",
        Prepare = Filling.Repeat,
        Lowered = "(param i32 i32)",
        Call = "(call $f (local.get $a) (local.get $b))",
        CallerData = string.Join(' ', Texts.SelectMany(text => new[] { ShortLength, PatternLength }.Select(length => Data(source, text, length)))),
    }.Text;

    private static string Data(string encoding, Text text, int length)
    {
        var hex = new StringBuilder();
        foreach (byte b in Bytes(encoding, Pattern(text, length)))
            hex.Append('\\').Append(b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        return $"(data (i32.const {Place(text, length)}) \"{hex}\")";
    }

    /// <summary>Where a pattern is in the caller's memory: none is longer than 128 bytes.</summary>
    private static uint Place(Text text, int length) => 1024 + (256 * (uint)System.Array.IndexOf(Texts, text)) + (length < PatternLength ? 128u : 0);

    private static string Pattern(Text text, int length) => length < PatternLength ? text.Short : text.Long;

    private static byte[] Bytes(string encoding, string text) => encoding switch
    {
        "utf8" => Encoding.UTF8.GetBytes(text),
        "latin1+utf16" when IsLatin1(text) => Encoding.Latin1.GetBytes(text),
        _ => Encoding.Unicode.GetBytes(text),
    };

    private static int UnitSize(string encoding, string text) => encoding == "utf8" || (encoding == Encodings[2] && IsLatin1(text)) ? 1 : 2;

    private static bool IsLatin1(string text) => text.All(c => c <= '\xff');
}
