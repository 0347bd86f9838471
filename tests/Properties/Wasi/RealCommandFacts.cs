using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using Fact.Properties.Cli;
using Xunit;

namespace Fact.Properties.Wasi;

/// <summary>Components as other tools make them: the C programs and the JavaScript library of <c>samples/command</c>, built anew.</summary>
public sealed class RealCommandFacts : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Build(string name)
    {
        var start = new ProcessStartInfo(
            Path.Combine(Repository.Root, "samples", "command", "build.sh"), [folder.Path, name])
        { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        string said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
        return folder[name + ".wasm"];
    }

    [ToolchainFact]
    public void A_program_in_C_has_arguments_an_environment_and_the_console()
    {
        string hello = Build("hello");
        using var output = new MemoryStream();
        var run = ToolRun.With(Encoding.UTF8.GetBytes("12345"), output, "run", hello, "--env", "NAME=Zoe", "--", "one", "t w o");
        Assert.Equal((0, "5 bytes of input\n"), (run.Code, run.Errors));
        Assert.Equal("hello Zoe\nargument 1: one\nargument 2: t w o\n", Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal(1, ToolRun.Of("run", hello, "--", "1", "2", "3").Code);
    }

    [ToolchainFact]
    public void A_program_in_C_reads_files_and_nothing_outside_of_its_folder()
    {
        string cat = Build("cat"), given = folder["given"];
        Directory.CreateDirectory(given);
        byte[] content = new byte[300_000];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(Path.Combine(given, "f"), content);
        folder.Write("secret", "secret");
        File.CreateSymbolicLink(Path.Combine(given, "link"), "f");
        File.CreateSymbolicLink(Path.Combine(given, "out"), "../secret");
        using var output = new MemoryStream();
        Assert.Equal(0, ToolRun.With([], output, "run", cat, "--dir", given + "::.", "--", "f", "link").Code);
        Assert.Equal([.. content, .. content], output.ToArray());
        foreach (string path in new[] { "out", "../secret", folder["secret"] })
        {
            var run = ToolRun.Of("run", cat, "--dir", given + "::.", "--", path);
            Assert.Equal((1, ""), (run.Code, run.Output));
            Assert.StartsWith($"cat: {path}: ", run.Errors, StringComparison.Ordinal);
        }
    }

    [ToolchainFact]
    public void A_program_in_C_lists_a_folder()
    {
        string ls = Build("ls"), given = folder["given"];
        Directory.CreateDirectory(Path.Combine(given, "d"));
        File.WriteAllText(Path.Combine(given, "f"), "abc");
        File.CreateSymbolicLink(Path.Combine(given, "l"), "f");
        var run = ToolRun.Of("run", ls, "--dir", given + "::/data", "--", "/data").Succeeds();
        Assert.Equal(["- 3 f", "d 0 d", "l 1 l"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [ToolchainFact(NeedsJavaScript = true)]
    public void A_library_in_JavaScript_prints_waits_and_throws_dice()
    {
        var run = ToolRun.Of("run", Build("greeter"), "--invoke", "greet(\"Zoe\")", "--invoke", "waited(20)", "--invoke", "dice()").Succeeds();
        Assert.Matches("^greeting Zoe\n\"hello Zoe\"\ntrue\n[1-6]\n$", run.Output);
    }
}

/// <summary>A test that builds a component with tools of others, and is skipped with a message where they are not at hand. The network is not asked for them.</summary>
internal sealed class ToolchainFactAttribute : FactAttribute
{
    public ToolchainFactAttribute()
    {
        if (JcoFactAttribute.Command is null)
            Skip = JcoFactAttribute.Missing;
        else if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/clang") || !Directory.Exists("/usr/include/wasm32-wasi"))
            Skip = "no C compiler for commands: install the packages clang, lld, libclang-rt-14-dev-wasm32 and wasi-libc";
    }

    /// <summary>Whether JavaScript is compiled too.</summary>
    public bool NeedsJavaScript
    {
        get => false;
        init
        {
            if (value && Skip is null && Environment.GetEnvironmentVariable("COMPONENTIZE_JS") is null)
                Skip = "the variable COMPONENTIZE_JS does not name the folder of componentize-js, which makes components of JavaScript";
        }
    }
}
