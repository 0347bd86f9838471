using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using Fact.Cli.Input;
using Fact.Model.Laws;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>Whatever a text is, the tool says what is wrong with it or takes it; it never goes down with the parser.</summary>
public sealed partial class TextParserLaws
{
    /// <summary>The version of the engine's parser that is used here ends its process on this.</summary>
    private const string Breaking = """(component (core type (module (type $u (struct)) (import "" "g" (global (ref null $u))))))""";

    private static readonly string[] Tokens = [.. Repository.Samples.SelectMany(path => Token().Matches(File.ReadAllText(path)).Select(match => match.Value)).Distinct()];

    public static TheoryData<string> Hostile
    {
        get
        {
            const int Many = 100_000;
            return
            [
                "(", ")", "((((", "(component", "(component))", ";;", "(;", "(component (; (; ;)", "(\0)", "(component \0)", "(component \"\\ff\")",
                "(component \"", "(component \"\\", "(component \"\\u{110000}\")", "(component \"\\u{d800}\")", "(component (import \"a\\00b\" (func)))",
                "(component $\u202e)", "(component (@custom \"a\" (before first) \"b\"))", "(component (@name))", "(component binary \"\\00asm\\0d\\00\\01\\00\")",
                "(component binary \"\\ff\")", "(component quote \")\")", "(component (core module binary \"\\00asm\"))", "(component definition)",
                "(component instance)", "(component (alias outer 4294967295 0 (type)))", "(component (alias outer 99999999999 0 (type)))",
                "(component (core rec (type $a (struct (field (ref $b)))) (type $b (struct (field (ref $a))))))", "(component (core type (sub 99 (func))))",
                "(component (core module (func (param (ref $none)))))", "(component (core module (func (select (result (ref $none))))))",
                "(component (core type (module (type $u (struct)) (import \"\" \"g\" (table 1 (ref null $u))))))",
                "(component (core type (module (type $u (struct)) (export \"g\" (global (ref $u))))))",
                "(component (core type (module (import \"\" \"g\" (tag (param (ref null 7)))))))",
                "(component (core module (memory 18446744073709551616)))", $"(component (core module (memory {new string('9', Many)})))",
                $"(component (core module (func f64.const 0x{new string('f', Many)}.{new string('f', Many)}p{new string('9', Many)} drop)))",
                "(component (core module (func (i32.load align=0 offset=99999999999999999999))))", "(component (core module (memory (pagesize 3) 1)))",
                new string('(', Many), $"({new string(' ', 1 << 22)}", Nested("(component ", "", ")", Many), Nested("(type (list ", "u8", "))", Many),
                $"(component (type {Nested("(list ", "u8", ")", Many)}))", $"(component (type {Nested("(option ", "u8", ")", 90)}))",
                $"(component (core module (func {Nested("(block ", "", ")", Many)})))", $"(component (core module (func {Nested("block ", "", "end ", Many)})))",
                $"(component {Nested("(;", "", ";)", Many)})", $"(component (type ${new string('a', Many)} u8))",
                $"(component (core module (func (br_table {string.Concat(Enumerable.Repeat("0 ", Many))}(i32.const 0)))))",
                $"(component {string.Concat(Enumerable.Repeat("(core module)", Many))})", Breaking,
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public void A_hostile_text_is_taken_or_refused_in_one_line(string text) => Ends(Encoding.UTF8.GetBytes(text));

    [Law(30)]
    public Property A_text_with_words_in_wrong_places_is_taken_or_refused_in_one_line(int edits)
    {
        var changed = from sample in Gen.Elements(Repository.Samples.ToArray())
                      from places in Gen.ArrayOf(Gen.Choose(0, 1 << 20), 1 + Math.Abs(edits % 6))
                      from words in Gen.ArrayOf(Gen.Elements(Tokens), places.Length)
                      from kinds in Gen.ArrayOf(Gen.Choose(0, 2), places.Length)
                      select Changed(File.ReadAllText(sample), places, words, kinds);
        return Prop.ForAll(changed.ToArbitrary(), text => Ends(Encoding.UTF8.GetBytes(text)));
    }

    [Law(30)]
    public void Any_bytes_after_a_parenthesis_are_taken_or_refused_in_one_line(byte[] bytes) => Ends([(byte)'(', .. bytes]);

    [Theory]
    [InlineData("compile")]
    [InlineData("inspect")]
    [InlineData("run")]
    public void A_text_that_breaks_the_parser_is_at_fault_itself(string command)
    {
        using var folder = new TemporaryFolder();
        ToolRun.Of([command, folder.Write("x.wat", Breaking), .. command == "compile" ? new[] { "-o", folder["out"] } : []])
            .Fails(1, "x.wat: the engine's text parser broke on this text: unresolved index in emission");
        Assert.Equal(["x.wat"], folder.Names);
    }

    [Theory]
    [InlineData("thread '<unnamed>' (1) panicked at /a/b.rs:1:2:\nindex out of bounds: 3\nnote: run with more\n", 134, "index out of bounds: 3")]
    [InlineData("\nthread '<unnamed>' panicked at b.rs:10:20:\r\nx", 134, "x")]
    [InlineData("Stack overflow.\n   at Fact.Cli\n", 134, "it overflowed its stack")]
    [InlineData("\nthread '<unnamed>' (2) has overflowed its stack\nfatal runtime error: stack overflow\n", 134, "it overflowed its stack")]
    [InlineData("memory allocation of 17179869184 bytes failed\n", 134, "it ran out of memory")]
    [InlineData("Unhandled exception. System.OutOfMemoryException: no\n   at X\n", 134, "it ran out of memory")]
    [InlineData("", 137, "it ran out of memory")]
    [InlineData("", unchecked((int)0xC00000FD), "it overflowed its stack")]
    [InlineData("", 139, "its process ended with code 139")]
    [InlineData("\nYou must install .NET\nmore", 150, "its process ended with code 150: You must install .NET")]
    public void What_a_broken_parser_leaves_behind_is_one_line(string stderr, int code, string said) => Assert.Equal(said, ParserComplaint.Of(stderr, code));

    [Fact]
    public void An_interruption_ends_the_parser()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => TextParser.Parse("(component)"u8.ToArray(), cancelled.Token));
    }

    private static void Ends(byte[] text)
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.Of("inspect", folder.Write("x.wat", text));
        if (run.Code == 0)
            run.Succeeds();
        else
            run.Fails(1, "x.wat");
    }

    private static string Nested(string before, string inner, string after, int depth) =>
        string.Concat(Enumerable.Repeat(before, depth)) + inner + string.Concat(Enumerable.Repeat(after, depth));

    /// <summary>Leaves words out, doubles them, or puts others in their place.</summary>
    private static string Changed(string text, int[] places, string[] words, int[] kinds)
    {
        var tokens = Token().Matches(text).Select(match => match.Value).ToList();
        foreach (var ((place, word), kind) in places.Zip(words).Zip(kinds))
        {
            int at = place % tokens.Count;
            IEnumerable<string> instead = kind == 0 ? [] : kind == 1 ? [tokens[at], tokens[at]] : [word];
            tokens.RemoveAt(at);
            tokens.InsertRange(at, instead);
        }
        return string.Join(' ', tokens);
    }

    [GeneratedRegex("""\(;.*?;\)|;;[^\n]*\n|[()]|"(?:[^"\\]|\\.)*"|[^\s()"]+""", RegexOptions.Singleline)]
    private static partial Regex Token();
}
