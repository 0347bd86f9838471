using System;
using System.IO;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>What can go wrong says so in one line, and leaves nothing behind.</summary>
public sealed class FailureFacts
{
    [Theory]
    [InlineData("hello", "is neither a WebAssembly binary")]
    [InlineData("", "is empty")]
    [InlineData("(module)", "a core module, not a component")]
    [InlineData("(component\n  (oops))", "x:2:4: expected")]
    [InlineData("(component (import \"a\" (func (param \"x\" (own 7)))))", "x:")]
    [InlineData("\0asm\x0d\0\x01\0\x07", "offset 0x9")]
    public void An_input_that_is_no_component(string content, string words)
    {
        using var folder = new TemporaryFolder();
        string input = folder.Write("x", content);
        ToolRun.Of("compile", input, "-o", folder["out"]).Fails(1, words, input);
        ToolRun.Of("inspect", input).Fails(1, words, input);
        Assert.Equal(["x"], folder.Names);
    }

    [Fact]
    public void An_input_that_cannot_be_read()
    {
        using var folder = new TemporaryFolder();
        ToolRun.Of("compile", folder["absent.wasm"]).Fails(1, "cannot read", "absent.wasm", "no such file");
        ToolRun.Of("compile", folder.Path).Fails(1, "cannot read", "is a directory");
        ToolRun.Of("compile", "").Fails(1, "empty name");
        ToolRun.Of("compile", "a\u001b[31m\n.wasm").Fails(1, "a\\u{1b}[31m\\u{a}.wasm");
    }

    [Fact]
    public void Text_that_is_not_utf8()
    {
        using var folder = new TemporaryFolder();
        ToolRun.Of("compile", folder.Write("x", [.. "(component"u8, 0xFF, (byte)')'])).Fails(1, "UTF-8", "byte 10");
    }

    [Fact]
    public void A_folder_that_cannot_be_written()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("file", "");
        Directory.CreateDirectory(folder["out/plan.json"]);
        ToolRun.Of("compile", Repository.Sample("numbers"), "-o", file).Fails(1, "cannot create the folder", "file is not a directory");
        ToolRun.Of("compile", Repository.Sample("numbers"), "-o", folder["file/below"]).Fails(1, "cannot create the folder", "file is not a directory");
        ToolRun.Of("compile", Repository.Sample("numbers"), "-o", folder["out"]).Fails(1, "plan.json", "it is a directory");
        Assert.Equal(["file", "out", Path.Combine("out", "plan.json")], folder.Names);
    }

    [Theory]
    [InlineData("compile")]
    [InlineData("inspect")]
    [InlineData("compile", "--explain")]
    [InlineData("compile", "--explain=json")]
    [InlineData("inspect", "--json")]
    public void Output_that_cannot_be_written(string command, params string[] options)
    {
        using var folder = new TemporaryFolder();
        string[] where = command == "compile" ? ["-o", folder.Path] : [];
        ToolRun.With([], new FullStream(), [command, Repository.Sample("numbers"), .. options, .. where]).Fails(1, "standard output", "No space left");
    }

    [Theory]
    [InlineData("no command \"frobnicate\"", "frobnicate")]
    [InlineData("compile needs an INPUT", "compile")]
    [InlineData("\"b\" is one INPUT too many", "compile", "a", "b")]
    [InlineData("\"b\" is one INPUT too many; arguments for a command stand behind --, and a function is called by --invoke", "run", "a", "b")]
    [InlineData("--invoke needs a value: CALL", "run", "a", "--invoke")]
    [InlineData("choose one", "inspect", "a", "--html", "--json")]
    [InlineData("completion needs a SHELL: bash|zsh|fish|pwsh", "completion")]
    [InlineData("completion can be for bash, zsh, fish or pwsh, not \"bsh\"; did you mean \"bash\"?", "completion", "bsh")]
    [InlineData("--timeout: a time is expected", "run", "a", "--timeout", "5parsecs")]
    [InlineData("no command \"foo\"", "help", "foo")]
    [InlineData("--nonsense", "compile", "a", "--nonsense")]
    [InlineData("--limit can be spec or classic, not \"vast\" (", "compile", "a", "--limit", "vast")]
    [InlineData("--transcoders can be imported, wasm or simd, not \"simt\"; did you mean \"simd\"?", "compile", "a", "--transcoders", "simt")]
    [InlineData("no option \"--json\" of compile (", "compile", "a", "--json")]
    [InlineData("no option \"-x\" (", "-x")]
    [InlineData("did you mean \"compile\"?", "comple")]
    [InlineData("did you mean \"compile\"?", "comp", "a")]
    [InlineData("did you mean \"inspect\"?", "Inpsect", "a")]
    [InlineData("did you mean \"--version\"?", "version")]
    [InlineData("did you mean \"--json\"?", "inspect", "a", "--jsno")]
    [InlineData("did you mean \"--json\"?", "inspect", "--jsn")]
    [InlineData("\"--otput\" of compile; did you mean \"--output\"?", "compile", "--otput", "out", "a")]
    [InlineData("did you mean \"--invoke\"?", "run", "a", "--fresh", "--invok", "f()")]
    [InlineData("did you mean \"--help\"?", "run", "a", "--halp")]
    [InlineData("--json", "compile", "a", "--json")]
    [InlineData("\"--explain=jsno\" of compile; did you mean \"--explain=json\"?", "compile", "a", "--explain=jsno")]
    [InlineData("did you mean \"--explain\"?", "compile", "a", "--explian")]
    [InlineData("\"json\" is one INPUT too many", "compile", "a", "--explain", "json")]
    [InlineData("no option \"--text=yes\" of compile (", "compile", "--text=yes", "a")]
    public void A_wrong_command_line(string words, params string[] args) => ToolRun.Of(args).Fails(2, words, "--help)");

    [Fact]
    public void Who_says_nothing_or_help_gets_help()
    {
        string all = ToolRun.Of("--help").Succeeds().Output;
        Assert.Equal(all, ToolRun.Of().Succeeds().Output);
        Assert.Equal(all, ToolRun.Of("help").Succeeds().Output);
        Assert.Equal(ToolRun.Of("run", "-h").Succeeds().Output, ToolRun.Of("help", "run").Succeeds().Output);
    }

    [Fact]
    public void Behind_what_is_wrong_with_a_component_is_its_code()
    {
        using var folder = new TemporaryFolder();
        ToolRun.Of("inspect", folder.Write("x", "\0asm\x0d\0\x01\0\x0d")).Fails(1, "(at offset 0x8) [FACT1001]\n");
        ToolRun.Of("run", Repository.Sample("numbers"), "--invoke", "distnce(3, 4)").Fails(1, "; did you mean \"distance\"? [FACT2001]\n");
    }

    [Theory]
    [InlineData("inspect", "--", "--absent")]
    [InlineData("compile", "absent", "-o", "-dashed")]
    [InlineData("run", "absent", "--invoke", "-1")]
    [InlineData("compile", "-o", "out", "--text=true", "absent")]
    [InlineData("compile", "--", "--text=absent")]
    public void What_begins_with_a_dash_may_be_a_file_or_a_value(params string[] args) => ToolRun.Of(args).Fails(1, "cannot read", "absent: no such file");

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("ab", "", 2)]
    [InlineData("", "ab", 2)]
    [InlineData("compile", "compile", 0)]
    [InlineData("comple", "compile", 1)]
    [InlineData("compiile", "compile", 1)]
    [InlineData("cumpile", "compile", 1)]
    [InlineData("copmile", "compile", 1)]
    [InlineData("ca", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void Words_are_so_many_mistakes_apart(string from, string to, int distance) => Assert.Equal(distance, Spelling.Distance(from, to));

    private sealed class FullStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");

        public override void WriteByte(byte value) => throw new IOException("No space left on device");
    }
}
