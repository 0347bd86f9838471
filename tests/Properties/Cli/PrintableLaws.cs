using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using Fact.Component;
using Fact.Host;
using Fact.Ir;
using Fact.Lower;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>What names from outside can do to a terminal or a reader: nothing.</summary>
public sealed class PrintableLaws
{
    /// <summary>Characters that move, break, turn around or hide text, with why Unicode says so.</summary>
    public static TheoryData<int> Hidden =>
    [
        0x00, 0x07, 0x08, 0x0A, 0x0D, 0x1B, 0x7F, 0x80, 0x85, 0x9B, // controls
        0x2028, 0x2029, // separators
        0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, // direction
        0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, 0x2064, 0x206A, 0x2800, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, // no width
        0xE0001, 0xE0041, 0xE007F, 0xE0100, 0xE01EF, 0x1D173, 0x13430, // no width, beyond the first plane
        0xE000, 0xF8FF, 0xF0000, 0x10FFFD, // private
        0x378, 0xFFFE, 0xFFFF, 0x1FFFF, 0x10FFFF, // nothing
    ];

    [Theory]
    [MemberData(nameof(Hidden))]
    public void Hidden_characters_are_escaped_wherever_a_name_is_shown(int character)
    {
        string name = "a" + char.ConvertFromUtf32(character) + "b", shown = string.Create(CultureInfo.InvariantCulture, $"a\\u{{{character:x}}}b");
        Assert.Equal(shown, Printable.Of(name));
        Assert.Contains(shown, new Diagnostic(DiagnosticCode.Malformed, name, Offset: 1).ToString(), StringComparison.Ordinal);
        Assert.Contains(shown, new Diagnostic(DiagnosticCode.TypeMismatch, "x", name, Adapter: "adapter0").ToString(), StringComparison.Ordinal);
        Assert.Contains(shown, new Diagnostic(DiagnosticCode.NotDefined, "x", name).ToString(), StringComparison.Ordinal);
        Assert.Contains(shown, new Trap("x", "adapter0") { Func = name }.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Hidden))]
    public void Json_has_them_as_escapes_and_means_the_same(int character)
    {
        string name = "a" + char.ConvertFromUtf32(character) + "\"b\\";
        byte[] bytes = NamedComponent(name);
        using var folder = new TemporaryFolder();
        string input = folder.Write("c.wasm", bytes);
        ToolRun.Of("compile", input, "-o", folder.Path).Succeeds();
        foreach (string json in new[] { ToolRun.Of("inspect", input, "--json").Succeeds().Output, System.IO.File.ReadAllText(folder["plan.json"]) })
        {
            Assert.DoesNotContain(json.EnumerateRunes(), rune => rune.Value != '\n' && Printable.IsHidden(rune));
            using var parsed = JsonDocument.Parse(json);
            Assert.Equal(name, parsed.RootElement.GetProperty("instances")[0].GetProperty("name").GetString());
        }
    }

    [Fact]
    public void What_is_printed_has_nothing_hidden_and_what_can_be_seen_stays()
    {
        for (int character = 0; character <= 0x10FFFF; character++)
        {
            string text = character is >= 0xD800 and <= 0xDFFF ? ((char)character).ToString() : char.ConvertFromUtf32(character);
            string shown = Printable.Of("x" + text);
            Assert.DoesNotContain(shown.EnumerateRunes(), Printable.IsHidden);
            if (shown != "x" + text)
                Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"x\\u{{{character:x}}}"), shown);
        }
        const string visible = "naïve Ω жук שלום مرحبا 漢字 한글 ½ → 🙂 é ~";
        Assert.Same(visible, Printable.Of(visible));
    }

    [Fact]
    public void Long_names_are_shown_by_their_ends()
    {
        Assert.Equal("short", Printable.Short("short"));
        string name = string.Concat(Enumerable.Range(0, 300).Select(i => char.ConvertFromUtf32(0x1F600 + (i % 64))));
        foreach (string prefix in new[] { "", "x" })
        {
            string shown = Printable.Short(prefix + name);
            Assert.InRange(shown.Length, Printable.ShortLength - 3, Printable.ShortLength);
            Assert.Equal(1, shown.Count(c => c == '…'));
            Assert.DoesNotContain(shown.EnumerateRunes(), rune => rune == Rune.ReplacementChar);
        }
    }

    // An empty component with a name: section "component-name", subsection 0.
    private static byte[] NamedComponent(string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name), title = Encoding.UTF8.GetBytes("component-name");
        byte[] names = [(byte)title.Length, .. title, 0, (byte)(text.Length + 1), (byte)text.Length, .. text];
        return [0, (byte)'a', (byte)'s', (byte)'m', 0x0d, 0, 1, 0, 0, (byte)names.Length, .. names];
    }
}
