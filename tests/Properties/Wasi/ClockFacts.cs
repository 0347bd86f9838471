using System;
using System.Globalization;
using System.Threading;
using Fact.Host;
using Fact.Properties.Host;
using Fact.Wasi;
using Xunit;

namespace Fact.Properties.Wasi;

/// <summary><c>wasi:clocks</c> and <c>wasi:random</c>, with what the host says that time and chance are; <c>wasi:sockets</c>, denied.</summary>
public sealed class ClockFacts
{
    /// <summary>A clock that stands, and jumps to the time that somebody waits for.</summary>
    private sealed class JumpingTime : TimeProvider
    {
        private long now = 5_000;

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => now;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(12_345_678_901);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            now += (long)dueTime.TotalMicroseconds;
            callback(state);
            return System.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private static ComponentInstance Instance(WasiOptions options, MirrorInterface[] interfaces) =>
        HostRun.Instantiate(Mirror.Of("0.2.0", interfaces), HostImports.None.WithWasi(options));

    [Fact]
    public void The_wall_clock_is_the_hosts() => HostRun.Calls(
        Instance(new WasiOptions { Time = new JumpingTime() }, [Interfaces.WallClock]),
        ("now()", "{seconds: 1234, nanoseconds: 567890100}"),
        ("resolution()", "{seconds: 0, nanoseconds: 100}"));

    [Fact]
    public void The_monotonic_clock_begins_with_the_instance_and_is_waited_for() => HostRun.Calls(
        Instance(new WasiOptions { Time = new JumpingTime() }, Interfaces.MonotonicClock),
        ("now()", "0"),
        ("resolution()", "1000"),
        ("subscribe-duration(2500000)", "pollable(1)"),
        ("subscribe-instant(900000000)", "pollable(2)"),
        ("subscribe-instant(0)", "pollable(3)"),
        ("subscribe-duration(18446744073709551615)", "pollable(4)"),
        ("pollable-ready(pollable(1))", "false"),
        ("poll([pollable(1), pollable(3)])", "[1]"),
        ("poll([pollable(4), pollable(2), pollable(1)])", "[2]"),
        ("now()", "3000000"),
        // Longer than timers are.
        ("subscribe-duration(8640000000000000)", "pollable(5)"),
        ("pollable-block(pollable(5))", ""),
        ("pollable-ready(pollable(2))", "true"),
        ("pollable-ready(pollable(4))", "false"));

    [Fact]
    public void The_clocks_of_the_system_go_on()
    {
        using var instance = Instance(new WasiOptions(), Interfaces.MonotonicClock);
        var session = new WaveSession(instance);
        ulong Now() => ulong.Parse(session.Invoke("now()").IfLeft(_ => ""), CultureInfo.InvariantCulture);
        ulong start = Now();
        HostRun.Calls(session, ("subscribe-duration(3000000)", "pollable(1)"), ("pollable-block(pollable(1))", ""));
        Assert.True(Now() - start >= 3_000_000);
    }

    [Fact]
    public void Chance_is_what_the_options_say() => HostRun.Calls(
        Instance(new WasiOptions { Random = bytes => bytes.Fill(1), InsecureRandom = bytes => bytes.Fill(2) }, Interfaces.Random),
        ("get-random-bytes(3)", "[1, 1, 1]"),
        ("get-random-bytes(0)", "[]"),
        ("get-random-u64()", "72340172838076673"),
        ("get-insecure-random-bytes(2)", "[2, 2]"),
        ("get-insecure-random-u64()", "144680345676153346"),
        ("insecure-seed()", "(144680345676153346, 144680345676153346)"));

    [Fact]
    public void More_chance_than_fits_is_a_trap() => HostRun.Calls(
        Instance(new WasiOptions(), Interfaces.Random),
        ("get-random-bytes(18446744073709551615)", "trap: the host function \"wasi:random/random@0.2.0#get-random-bytes\" failed: "
            + "18446744073709551615 random bytes are asked for in one call, which returns 67108864 at most"));

    [Fact]
    public void Chance_is_not_the_same_twice()
    {
        using var instance = Instance(new WasiOptions(), Interfaces.Random);
        foreach (string call in new[] { "get-random-u64()", "get-insecure-random-u64()", "insecure-seed()" })
            Assert.NotEqual(new WaveSession(instance).Invoke(call), new WaveSession(instance).Invoke(call));
    }

    [Fact]
    public void There_is_a_network_and_nothing_on_it() => HostRun.Calls(
        Instance(new WasiOptions(), Interfaces.Sockets),
        ("instance-network()", "network(1)"),
        ("create-tcp-socket(ipv4)", "err(access-denied)"),
        ("create-udp-socket(ipv6)", "err(access-denied)"),
        ("resolve-addresses(network(1), \"localhost\")", "err(access-denied)"));
}
