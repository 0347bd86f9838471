using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>The C# in documents is that of <c>samples/csharp</c>, whole programs: each is compiled, alone and without a warning, and run.</summary>
public sealed class ExampleFacts(ExampleFacts.Programs programs) : IClassFixture<ExampleFacts.Programs>
{
    private static readonly Regex Shown = new(
        @"<!-- example: (?<file>samples/csharp/[a-z-]+\.cs)(?<args>[^\n]*) -->\n```csharp\n(?<code>.*?)```\n(?:\n```text\n(?<output>.*?)```\n)?",
            RegexOptions.Singleline);

    public static TheoryData<string, string> Examples
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string document in Documents)
            {
                foreach (Match example in Shown.Matches(Repository.Text(document.Split('/'))))
                    all.Add(document, example.Groups["file"].Value);
            }
            return all;
        }
    }

    private static IEnumerable<string> Documents =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(path => "docs/" + Path.GetFileName(path)).Order(StringComparer.Ordinal)
            .Prepend("README.md");

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_does_what_the_document_says(string document, string file)
    {
        var example = Shown.Matches(Repository.Text(document.Split('/'))).Single(match => match.Groups["file"].Value == file);
        string code = Repository.Text(file.Split('/'));
        Assert.Equal(code, example.Groups["code"].Value);

        using var folder = new TemporaryFolder();
        // Arguments are files: components among the samples, as binaries, or what is to be written.
        string[] args = [.. example.Groups["args"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(arg =>
            !arg.StartsWith("samples/", StringComparison.Ordinal) ? folder[arg]
            : folder.Write(Path.GetFileNameWithoutExtension(arg) + ".wasm", Wasmtime.Module.ConvertText(Repository.Text(arg.Split('/')))))];
        var run = programs.Run(code, Path.GetFileNameWithoutExtension(file), args);
        Assert.Equal("", run.Errors);
        Repository.Shows(document, code + "```\n\n```text\n", example.Groups["output"].Value, run.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_example_is_shown_and_all_code_is_an_example()
    {
        Assert.Equal(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples", "csharp"), "*.cs").Select(path => "samples/csharp/" + Path.GetFileName(path))
                .Order(StringComparer.Ordinal),
            Examples.Select(row => (string)row[1]).Distinct().Order(StringComparer.Ordinal));
        foreach (string document in Documents)
        {
            string text = Repository.Text(document.Split('/'));
            Assert.Equal(Regex.Matches(text, "```csharp").Count, Shown.Matches(text).Count);
        }
    }

    /// <summary>Programs that have nothing but the assemblies of the packages, each in a process of its own.</summary>
    public sealed class Programs : IDisposable
    {
        private static readonly string[] Ours = ["Fact*.dll", "LanguageExt*.dll", "Microsoft.Bcl.AsyncInterfaces.dll", "*wasmtime*", "Wasmtime*.dll"];

        private readonly TemporaryFolder folder = new();

        public Programs()
        {
            foreach (string file in Ours.SelectMany(pattern => Directory.EnumerateFiles(AppContext.BaseDirectory, pattern)).Distinct())
                File.Copy(file, folder[Path.GetFileName(file)]);
            string native = Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
            foreach (string file in Directory.Exists(native) ? Directory.EnumerateFiles(native) : [])
                File.Copy(file, folder[Path.GetFileName(file)], overwrite: true);
        }

        internal ToolRun Run(string code, string name, params string[] args)
        {
            var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable);
            string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
            var references = Directory.EnumerateFiles(framework, "System*.dll").Append(Path.Combine(framework, "netstandard.dll"))
                .Concat(Ours[..3].SelectMany(pattern => Directory.EnumerateFiles(folder.Path, pattern))).Concat(Directory.EnumerateFiles(folder.Path, "Wasmtime*.dll"))
                .Where(IsManaged).Select(path => MetadataReference.CreateFromFile(path));
            var compilation = CSharpCompilation.Create(
                "example-" + name, [CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Preview))], references, options);
            using (var assembly = File.Create(folder[$"example-{name}.dll"]))
            {
                var emitted = compilation.Emit(assembly);
                // That a switch over a union is complete, the package tells older compilers.
                Assert.Empty(emitted.Diagnostics.Where(
                    diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id is not ("CS8509" or "CS1701" or "CS1702")));
            }
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Properties.runtimeconfig.json"), folder[$"example-{name}.runtimeconfig.json"], overwrite: true);
            return ToolProcess.Run(new ProcessStartInfo("dotnet", ["exec", folder[$"example-{name}.dll"], .. args]));
        }

        public void Dispose() => folder.Dispose();

        private static bool IsManaged(string path)
        {
            using var file = File.OpenRead(path);
            using var reader = new System.Reflection.PortableExecutable.PEReader(file);
            return reader.HasMetadata;
        }
    }
}
