using System;
using System.IO;
using System.Linq;
using Fact.Host;
using Fact.Wasi;

var options = new WasiOptions
{
    Arguments = ["command", "hello", "world"],
    Environment = [new("HOME", "/data")],
    Folders = PreopenedFolder.IsSupported ? [new(HostPath: Path.GetTempPath(), GuestPath: "/data", IsReadOnly: true)] : [],
}.InheritConsole();

using var engine = new HostEngine();
if (!ComponentHost.TryOpen(engine, File.ReadAllBytes(args[0]), out var host, out var diagnostics))
    throw new InvalidDataException(diagnostics[0].ToString());
using (host)
{
    if (!host.TryInstantiate(HostImports.None.WithWasi(options), out var instance, out var failure))
        throw new InvalidDataException(failure.ToString());
    using (instance)
    {
        string run = host.Exports.First(export => export.Name.StartsWith("wasi:cli/run@", StringComparison.Ordinal)).Name;
        return instance.Invoke(run).Match(
            Right: _ => 0,
            Left: ended => ended is CallFailure.Exited(var code) ? code : 134);
    }
}
