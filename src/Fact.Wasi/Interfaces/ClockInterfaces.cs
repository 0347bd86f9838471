using System;
using Fact.Host;
using Fact.Values;
using Fact.Wasi.Files;
using Fact.Wasi.Instance;
using Fact.Wasi.Streams;

namespace Fact.Wasi.Interfaces;

/// <summary>Spec: the package <c>wasi:clocks</c>.</summary>
internal static class ClockInterfaces
{
    private const uint NanosecondsOfTick = 100;

    public static HostImports AddTo(HostImports imports, HostState<WasiState> state)
    {
        imports = new InterfaceImports(imports, state, "wasi:clocks/monotonic-clock")
            .Function("now", (s, _) => ComponentValues.U64(s.Clock.Now))
            .Function("resolution", (s, _) => ComponentValues.U64(s.Clock.Resolution))
            .Function("subscribe-instant", (s, a) => s.Pollables.New(new Pollable.At(s.Clock, a.U64(0))))
            .Function("subscribe-duration", (s, a) => s.Pollables.New(new Pollable.At(s.Clock, s.Clock.After(a.U64(0)))))
            .Imports;
        return new InterfaceImports(imports, state, "wasi:clocks/wall-clock")
            .Function("now", (s, _) => Wit.Of(Since1970(s.Options.Time.GetUtcNow())))
            .Function("resolution", (_, _) => Wit.Of(new Datetime(0, NanosecondsOfTick)))
            .Imports;
    }

    /// <summary>There are no times before 1970.</summary>
    private static Datetime Since1970(DateTimeOffset time)
    {
        ulong ticks = (ulong)Math.Max((time - DateTimeOffset.UnixEpoch).Ticks, 0);
        return new(ticks / TimeSpan.TicksPerSecond, (uint)(ticks % TimeSpan.TicksPerSecond) * NanosecondsOfTick);
    }
}
