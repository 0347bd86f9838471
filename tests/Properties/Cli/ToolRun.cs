using System;
using System.IO;
using System.Linq;
using System.Text;
using Fact.Cli;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>One run of the tool in this process.</summary>
internal sealed record ToolRun(int Code, string Output, string Errors)
{
    public static ToolRun Of(params string[] args) => With([], new MemoryStream(), args);

    public static ToolRun With(byte[] stdin, Stream stdout, params string[] args)
    {
        using var errors = new MemoryStream();
        int code;
        using (var terminal = new Terminal(new MemoryStream(stdin), stdout, errors))
            code = Tool.Run(args, terminal);
        string output = stdout is MemoryStream memory ? Encoding.UTF8.GetString(memory.ToArray()) : "";
        return new(code, output, Encoding.UTF8.GetString(errors.ToArray()));
    }

    /// <summary>Expects success.</summary>
    public ToolRun Succeeds()
    {
        Assert.True(Code == 0, $"exit code {Code}: {Errors}");
        Assert.Equal("", Errors);
        return this;
    }

    /// <summary>Expects an exit code, nothing on standard output, and one line that says what is wrong, with these words in it.</summary>
    public void Fails(int code, params string[] words)
    {
        Assert.Equal((code, ""), (Code, Output));
        Assert.StartsWith("error: ", Errors, StringComparison.Ordinal);
        Assert.Equal(Errors.Length - 1, Errors.IndexOf('\n', StringComparison.Ordinal));
        Assert.All(words, word => Assert.Contains(word, Errors, StringComparison.Ordinal));
    }
}

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("fact-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>What is in it, hidden files too.</summary>
    public string[] Names => [.. Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories)
        .Select(path => System.IO.Path.GetRelativePath(Path, path)).Order(StringComparer.Ordinal)];

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
