using System;
using Fact.Host;
using Fact.Wasi.Instance;
using Fact.Wasi.Interfaces;
using Fact.Wasi.Streams;

namespace Fact.Wasi;

/// <summary>WASI 0.2 as what a host gives to components.</summary>
public static class WasiImports
{
    /// <summary>
    /// Adds <c>wasi:cli</c>, <c>wasi:io</c>, <c>wasi:clocks</c>, <c>wasi:random</c>, <c>wasi:filesystem</c> and <c>wasi:sockets</c>, in all versions 0.2. Every
    /// instance has its own handles, and opens the folders for itself; where one cannot be opened, instantiation says so.
    /// </summary>
    /// <param name="imports">What there is already.</param>
    /// <param name="options">What components get of the world.</param>
    /// <exception cref="ArgumentNullException"><paramref name="imports"/> or <paramref name="options"/> is null.</exception>
    public static HostImports WithWasi(this HostImports imports, WasiOptions options)
    {
        ArgumentNullException.ThrowIfNull(imports);
        ArgumentNullException.ThrowIfNull(options);
        var state = new HostState<WasiState>(stopped => new WasiState(options, new Patience(options.Cancellation, stopped)));
        foreach (var add in (ReadOnlySpan<Func<HostImports, HostState<WasiState>, HostImports>>)[
            IoInterfaces.AddTo, CliInterfaces.AddTo, ClockInterfaces.AddTo, RandomInterfaces.AddTo, FilesystemInterfaces.AddTo, SocketInterfaces.AddTo])
        {
            imports = add(imports, state);
        }
        return imports;
    }
}
