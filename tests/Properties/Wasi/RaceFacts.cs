using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fact.Host;
using Fact.Properties.Cli;
using Fact.Properties.Host;
using Fact.Values;
using Fact.Wasi;
using Xunit;

namespace Fact.Properties.Wasi;

/// <summary>While somebody exchanges folders for links, nothing outside of the given folder is reached.</summary>
public sealed class RaceFacts
{
    private const int Tries = 5_000;

    [FolderFact]
    public void A_folder_that_becomes_a_link_leads_nowhere()
    {
        using var outside = new TemporaryFolder();
        string root = outside["given"], name = Path.Combine(root, "d"), real = Path.Combine(root, "real");
        Directory.CreateDirectory(real);
        Directory.CreateDirectory(outside["d"]);
        File.WriteAllText(outside["d/f"], "secret");
        File.WriteAllText(Path.Combine(real, "f"), "inside");
        using var instance = HostRun.Instantiate(
            Mirror.Of("0.2.3", FilesystemInterface.All), HostImports.None.WithWasi(new WasiOptions { Folders = [new(root, "/data")] }));
        using var stop = new CancellationTokenSource();
        var flipping = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Directory.Move(real, name);
                Directory.Move(name, real);
                File.CreateSymbolicLink(name, "../d");
                File.Delete(name);
            }
        });
        var folder = ((ComponentValue.Tuple)((ComponentValue.List)Call("get-directories")).Elements[0]).Elements[0];
        var borrow = new ComponentValue.Borrow(((ComponentValue.Own)folder).Handle);
        var seen = Enumerable.Range(0, Tries).Select(_ => Read()).Distinct().Order(StringComparer.Ordinal).ToList();
        stop.Cancel();
        flipping.Wait();
        Assert.Empty(seen.Except(["inside", "no-entry", "not-directory", "not-permitted"]));
        Assert.Equal(["f"], Directory.EnumerateFileSystemEntries(outside["d"]).Select(Path.GetFileName));
        Assert.Equal("secret", File.ReadAllText(outside["d/f"]));

        ComponentValue Call(string function, params ComponentValue[] arguments) =>
            instance.Invoke(function, arguments).IfLeft(failure => throw new InvalidOperationException(failure.ToString())).IfNone(() => null!);

        string Read()
        {
            Call("descriptor-create-directory-at", borrow, ComponentValues.String("d/made"));
            Call("descriptor-remove-directory-at", borrow, ComponentValues.String("d/made"));
            var opened = Call(
                "descriptor-open-at", borrow, new ComponentValue.Flags(["symlink-follow"]), ComponentValues.String("d/f"), new ComponentValue.Flags([]),
                    new ComponentValue.Flags(["read"]));
            if (opened is not ComponentValue.Ok { Payload: ComponentValue.Own { Handle: var file } })
                return ((ComponentValue.Enum)((ComponentValue.Error)opened).Payload!).Label;
            var read = (ComponentValue.Ok)Call("descriptor-read", new ComponentValue.Borrow(file), ComponentValues.U64(100), ComponentValues.U64(0));
            Assert.True(instance.Drop(file).IsRight);
            Assert.True(ComponentValues.TryGetBytes(((ComponentValue.Tuple)read.Payload!).Elements[0], out var bytes));
            return System.Text.Encoding.UTF8.GetString(bytes.Span);
        }
    }
}
