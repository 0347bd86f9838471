using System;
using System.IO;
using System.Linq;
using System.Security.AccessControl;
using System.Security.Principal;
using Fact.Host;
using Fact.Host.Engine;
using Fact.Properties.Cli;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Compiled modules on disk: found again, and whatever is there, components do what they did.</summary>
public sealed class ModuleCacheLaws
{
    private static readonly byte[] Component = Module.ConvertText(File.ReadAllText(Repository.Sample("library")));

    private const string Call = "report(\"Été\", [{title: \"Emma\", author: \"Austen\", year: 1815}])", Result = "\"Été: Emma\"";

    [Fact]
    public void What_was_compiled_is_found_again()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(Result, Run(folder["cache"]));
        var written = Written(folder["cache"]);
        Assert.NotEmpty(written);
        Assert.Equal(Result, Run(folder["cache"]));
        Assert.Equal(written, Written(folder["cache"]));
    }

    [Fact]
    public void What_is_damaged_is_compiled_again_and_written_anew()
    {
        using var folder = new TemporaryFolder();
        Run(folder["cache"]);
        string[] files = Directory.GetFiles(folder["cache"]);
        byte[][] sound = [.. files.Select(File.ReadAllBytes)];
        for (int damage = 0; damage < 5; damage++)
        {
            for (int i = 0; i < files.Length; i++)
                File.WriteAllBytes(files[i], Damaged(sound[i], damage));
            Assert.Equal(Result, Run(folder["cache"]));
            Assert.Equal(files.Order(), Directory.GetFiles(folder["cache"]).Order());
            Assert.Equal(sound.Select(file => file.Length), files.Select(file => File.ReadAllBytes(file).Length));
        }
    }

    [Fact]
    public void Others_may_not_write_there()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        using (new HostEngine(folder["cache"]))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder["cache"]));
        File.SetUnixFileMode(folder["cache"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupWrite);
        Assert.Contains("others can write there", Assert.Throws<IOException>(() => new HostEngine(folder["cache"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S-1-5-21-1-2-3-1001", 0x1f01ff, false)] // The user.
    [InlineData("S-1-5-18", 0x1f01ff, false)] // The system.
    [InlineData("S-1-5-32-544", 0x1f01ff, false)] // Administrators.
    [InlineData("S-1-3-0", 0x10000000, false)] // Who makes a file has it.
    [InlineData("S-1-1-0", 0x1200a9, false)] // Everyone may read.
    [InlineData("S-1-1-0", 0x1301bf, true)] // Everyone may modify.
    [InlineData("S-1-5-11", 0x10000, true)] // Whoever has logged on may delete.
    [InlineData("S-1-5-32-545", 0x2, true)] // Users may add files.
    [InlineData("S-1-5-32-545", 0x40000000, true)]
    [InlineData("S-1-5-21-1-2-3-1002", 0x40000, true)] // Another one may allow himself what he likes.
    public void What_others_are_allowed_on_Windows_counts(string who, int rights, bool isOpen) =>
        Assert.Equal(isOpen, CacheFolder.IsOpen([("S-1-5-18", 0x1f01ff), (who, rights)], user: "S-1-5-21-1-2-3-1001"));

    [Fact]
    public void On_Windows_too_a_folder_is_made_for_its_user_alone_and_others_may_not_write_there()
    {
        if (!OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 2; i++)
        {
            using var engine = new HostEngine(folder["cache"]);
            Assert.Equal(Result, Run(engine));
        }
        var security = new DirectoryInfo(folder["cache"]).GetAccessControl();
        security.AddAccessRule(new(new SecurityIdentifier(WellKnownSidType.WorldSid, null), FileSystemRights.Modify, AccessControlType.Allow));
        new DirectoryInfo(folder["cache"]).SetAccessControl(security);
        Assert.Contains("others can write there", Assert.Throws<IOException>(() => new HostEngine(folder["cache"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tool_has_one_where_it_is_asked_for_and_says_when_it_cannot()
    {
        using var folder = new TemporaryFolder();
        string[] run = ["run", Repository.Sample("numbers"), "--invoke", "distance(3, 4)", "--cache", folder["cache"]];
        for (int i = 0; i < 2; i++)
            Assert.Equal("5\n", ToolRun.Of(run).Succeeds().Output);
        Assert.NotEmpty(Directory.GetFiles(folder["cache"]));
        folder.Write("file", "");
        ToolRun.Of([.. run[..^1], folder["file"]]).Fails(1, "cannot keep modules in " + folder["file"]);
    }

    [Fact]
    public void A_folder_that_goes_away_is_no_loss()
    {
        using var folder = new TemporaryFolder();
        using var engine = new HostEngine(folder["cache"]);
        Directory.Delete(folder["cache"]);
        Assert.Equal(Result, Run(engine));
    }

    private static byte[] Damaged(byte[] sound, int damage) => damage switch
    {
        0 => [],
        1 => sound[..20],
        2 => sound[..^1],
        3 => [.. sound[..^1], (byte)(sound[^1] ^ 1)],
        // Sound in itself, and no module of the engine.
        _ => [.. System.Security.Cryptography.SHA256.HashData("no module"u8), .. "no module"u8],
    };

    private static (string, DateTime)[] Written(string folder) =>
        [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(path => (path, File.GetLastWriteTimeUtc(path)))];

    private static string Run(string cache)
    {
        using var engine = new HostEngine(cache);
        return Run(engine);
    }

    private static string Run(HostEngine engine)
    {
        using var host = ComponentHost.Open(engine, Component).Match(Right: open => open, Left: errors => throw new InvalidOperationException(errors[0].ToString()));
        using var instance = host.Instantiate().Match(Right: made => made, Left: failure => throw new InvalidOperationException(failure.ToString()));
        return new WaveSession(instance).Invoke(Call).Match(Right: result => result, Left: failure => failure.ToString());
    }
}
