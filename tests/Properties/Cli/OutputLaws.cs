using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Fact.Cli;
using Fact.Cli.Output;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>Whatever goes wrong while files are written, and whenever: all of the new ones are there, or the old ones as they were.</summary>
public sealed class OutputLaws
{
    private static readonly OutputFile[] Written =
        [.. new[] { "adapters-0.wasm", "adapters-1.wasm", "plan.json" }.Select(name => new OutputFile(name, Encoding.UTF8.GetBytes("new " + name)))];

    /// <summary>The names of files that are in the folder before; nothing if there is no folder.</summary>
    private static readonly string[][] Befores =
    [
        [],
        ["mine.txt"],
        ["adapters-0.wasm", "plan.json"],
        ["adapters-0.wasm", "adapters-1.wasm", "adapters-2.wasm", "adapters-3.wasm", "adapters-5.wasm", "plan.json", "mine.txt"],
    ];

    public static TheoryData<int> Folders => [.. Enumerable.Range(0, Befores.Length)];

    public static TheoryData<int, Fault> Faults
    {
        get
        {
            var faults = new TheoryData<int, Fault>();
            for (int before = 0; before < Befores.Length; before++)
            {
                foreach (var fault in Enum.GetValues<Fault>())
                    faults.Add(before, fault);
            }
            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void When_a_call_fails_there_is_all_of_the_new_or_all_of_the_old(int before, Fault fault)
    {
        for (int failing = 0; ; failing++)
        {
            using var run = new Run(before);
            var faulty = new FaultyFileSystem(failing, lasting: false, fault);
            var failure = run.Write(faulty, CancellationToken.None);
            if (failure is null)
            {
                Assert.Equal(run.New, run.Now);
            }
            else
            {
                Assert.Equal(run.Old, run.Now);
                Assert.Equal(1, failure.ExitCode);
                Assert.Single(failure.Lines.Items);
                Assert.StartsWith("cannot ", failure.Lines[0], StringComparison.Ordinal);
            }
            if (faulty.Calls <= failing)
            {
                Assert.Null(failure);
                Assert.True(failing >= 2 * Written.Length, "not every call has failed");
                return;
            }
        }
    }

    /// <summary>If nothing can be done any more, not even put back what was, the lines say where it is.</summary>
    [Theory]
    [MemberData(nameof(Faults))]
    public void When_all_calls_fail_from_some_moment_on_nothing_of_the_old_is_lost(int before, Fault fault)
    {
        for (int failing = 0; ; failing++)
        {
            using var run = new Run(before);
            var faulty = new FaultyFileSystem(failing, lasting: true, fault);
            var failure = run.Write(faulty, CancellationToken.None);
            if (failure is null)
            {
                Assert.Equal(run.New, run.Now);
                if (faulty.Calls <= failing)
                    return;
                continue;
            }
            Assert.NotEmpty(failure.Lines.Items);
            var now = run.Now;
            if (run.New.All(now.Contains))
                continue;
            foreach (var (path, content) in run.Old)
                Assert.Contains(now, file => file.Content == content
                    && (file.Path == path || failure.Lines.Items.Any(line => line.Contains(file.Path, StringComparison.Ordinal))));
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void An_interruption_leaves_all_of_the_new_or_all_of_the_old(int before)
    {
        int old = 0;
        for (int call = -1; ; call++)
        {
            using var run = new Run(before);
            using var interruption = new CancellationTokenSource();
            if (call < 0)
                interruption.Cancel();
            var watched = new FaultyFileSystem(int.MaxValue, lasting: false, Fault.Before, at =>
            {
                if (at == call)
                    interruption.Cancel();
            });
            try
            {
                Assert.Null(run.Write(watched, interruption.Token));
                Assert.Equal(run.New, run.Now);
            }
            catch (OperationCanceledException)
            {
                old++;
                Assert.Equal(run.Old, run.Now);
            }
            if (watched.Calls <= call)
            {
                Assert.True(old >= Written.Length, "it is never interrupted");
                return;
            }
        }
    }

    [Fact]
    public void Names_of_any_length_that_a_file_system_takes_can_be_written()
    {
        using var folder = new TemporaryFolder();
        string name = new('x', 255);
        Assert.Null(OutputFolder.Write(folder.Path, [new(name, new byte[] { 1 })], [], FileSystem.Real, CancellationToken.None));
        Assert.Null(OutputFolder.Write(folder.Path, [new(name, new byte[] { 2 })], [], FileSystem.Real, CancellationToken.None));
        Assert.Equal([name], folder.Names);
        Assert.Equal([2], File.ReadAllBytes(folder[name]));
    }

    [Fact]
    public void A_link_is_replaced_as_a_file_and_comes_back_as_a_link()
    {
        for (int failing = 0; ; failing++)
        {
            using var folder = new TemporaryFolder();
            if (!IsLinked(folder["plan.json"], folder["nowhere"]))
                return;
            var faulty = new FaultyFileSystem(failing, lasting: false, Fault.After);
            bool failed = OutputFolder.Write(folder.Path, Written, [], faulty, CancellationToken.None) is not null;
            Assert.Equal(failed ? folder["nowhere"] : null, new FileInfo(folder["plan.json"]).LinkTarget);
            if (faulty.Calls <= failing)
                return;
        }
    }

    /// <summary>Who is root would have no /dev/null any more.</summary>
    [Theory]
    [InlineData("/dev")]
    [InlineData("/dev/")]
    [InlineData("/dev/../dev/./")]
    public void Devices_are_not_replaced(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        string name = $"fact-test-{Guid.NewGuid():n}";
        var failure = OutputFolder.Write(folder, [new(name, new byte[] { 1 })], [], FileSystem.Real, CancellationToken.None);
        Assert.Equal(1, failure?.ExitCode);
        Assert.Single(failure!.Lines.Items, line => line == $"cannot write {Path.Combine(folder, name)}: what is in /dev stands for devices, which are no files");
        Assert.False(File.Exists(Path.Combine(folder, name)));
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_no_folder()
    {
        using var folder = new TemporaryFolder();
        if (!IsLinked(folder["out"], folder["nowhere"]))
            return;
        foreach (string to in new[] { folder["out"], folder["out/deep"] })
            Assert.Single(OutputFolder.Write(to, Written, [], FileSystem.Real, CancellationToken.None)!.Lines.Items,
                line => line.EndsWith("out is not a directory", StringComparison.Ordinal));
        Assert.Equal(["out"], folder.Names);
    }

    /// <summary>Makes a link, which Windows lets not everybody do.</summary>
    private static bool IsLinked(string path, string target)
    {
        try
        {
            File.CreateSymbolicLink(path, target);
        }
        catch (IOException) when (OperatingSystem.IsWindows())
        {
            return false;
        }
        return !OperatingSystem.IsWindows() || new FileInfo(path).LinkTarget is not null;
    }

    /// <summary>A folder, as it was before a run and as it is afterwards.</summary>
    private sealed class Run : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public Run(int before)
        {
            string[] names = Befores[before];
            if (names.Length > 0)
                Directory.CreateDirectory(folder[Path.Combine("a", "b")]);
            foreach (string name in names)
                folder.Write(Path.Combine("a", "b", name), "old " + name);
            Old = Now;
            // adapters-4.wasm is missing, so adapters-5.wasm is of no earlier run.
            var kept = Old.Where(file => !Path.GetFileName(file.Path).StartsWith("adapters-", StringComparison.Ordinal)
                || Path.GetFileName(file.Path) == "adapters-5.wasm");
            New = [.. kept.Where(file => Written.All(written => written.Name != Path.GetFileName(file.Path)))
                .Concat(Written.Select(written => (folder[Path.Combine("a", "b", written.Name)], Encoding.UTF8.GetString(written.Content.Span)))).Order()];
        }

        public (string Path, string Content)[] Old { get; }

        public (string Path, string Content)[] New { get; }

        /// <summary>Files with what is in them, and folders that are empty.</summary>
        public (string Path, string Content)[] Now =>
        [
            .. folder.Names.Select(name => folder[name])
                .Where(path => !Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any())
                .Select(path => (path, Directory.Exists(path) ? "a folder" : File.ReadAllText(path))).Order(),
        ];

        public Failure? Write(IFileSystem fileSystem, CancellationToken cancellation) =>
            OutputFolder.Write(folder[Path.Combine("a", "b")], Written, [Obsolete()], fileSystem, cancellation);

        public void Dispose() => folder.Dispose();

        private static IEnumerable<string> Obsolete()
        {
            for (int i = 2; ; i++)
                yield return $"adapters-{i}.wasm";
        }
    }
}
