using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Fact.Host;
using Fact.Properties.Host;
using Fact.Values;
using Fact.Wasi;
using Xunit;

namespace Fact.Properties.Wasi;

/// <summary><c>wasi:io</c>, with the streams of <c>wasi:cli</c>.</summary>
public sealed class StreamFacts
{
    private static readonly ComponentHost Host = HostRun.Open(Mirror.Of("0.2.3", Interfaces.Cli));

    private static ComponentInstance Instance(WasiOptions options) =>
        Host.Instantiate(HostImports.None.WithWasi(options)).IfLeft(failure => throw new InvalidOperationException(failure.ToString()));

    private static string Trap(string method, string message) => $"trap: the host function \"wasi:io/{method}\" failed: {message}";

    [Fact]
    public void Input_is_read_skipped_and_closed()
    {
        using var instance = Instance(new WasiOptions { Stdin = new MemoryStream(Encoding.UTF8.GetBytes("abcdefgh")) });
        HostRun.Calls(
            instance,
            ("get-stdin()", "input-stream(1)"),
            ("input-stream-read(input-stream(1), 0)", "ok([])"),
            ("input-stream-read(input-stream(1), 2)", "ok([97, 98])"),
            ("input-stream-skip(input-stream(1), 1)", "ok(1)"),
            ("input-stream-blocking-read(input-stream(1), 1)", "ok([100])"),
            ("input-stream-subscribe(input-stream(1))", "pollable(2)"),
            ("pollable-ready(pollable(2))", "true"),
            // Another handle is one of the same input.
            ("get-stdin()", "input-stream(3)"),
            ("input-stream-blocking-skip(input-stream(3), 18446744073709551615)", "ok(4)"),
            ("input-stream-read(input-stream(1), 9)", "err(closed)"),
            ("input-stream-read(input-stream(1), 0)", "err(closed)"),
            ("input-stream-blocking-read(input-stream(3), 9)", "err(closed)"),
            ("input-stream-skip(input-stream(3), 1)", "err(closed)"),
            ("pollable-ready(pollable(2))", "true"));
    }

    [Fact]
    public void Output_is_written_as_far_as_it_is_permitted()
    {
        var output = new MemoryStream();
        using var instance = Instance(new WasiOptions { Stdout = output });
        HostRun.Calls(
            instance,
            ("get-stdout()", "output-stream(1)"),
            ("output-stream-write(output-stream(1), [])", "ok"),
            ("output-stream-check-write(output-stream(1))", "ok(1048576)"),
            ("output-stream-write(output-stream(1), [104, 105])", "ok"),
            ("output-stream-write-zeroes(output-stream(1), 5000)", "ok"),
            ("output-stream-flush(output-stream(1))", "ok"),
            ("output-stream-blocking-flush(output-stream(1))", "ok"),
            ("output-stream-blocking-write-and-flush(output-stream(1), [33])", "ok"),
            ("output-stream-blocking-write-zeroes-and-flush(output-stream(1), 4096)", "ok"),
            ("output-stream-subscribe(output-stream(1))", "pollable(2)"),
            ("pollable-ready(pollable(2))", "true"),
            ("pollable-block(pollable(2))", ""));
        Assert.Equal([(byte)'h', (byte)'i', .. new byte[5000], (byte)'!', .. new byte[4096]], output.ToArray());
    }

    [Theory]
    [InlineData("output-stream-write(output-stream(1), [1])", "[method]output-stream.write", "1 bytes are written, and check-write has permitted 0")]
    [InlineData("output-stream-write-zeroes(output-stream(1), 1)", "[method]output-stream.write-zeroes", "1 bytes are written, and check-write has permitted 0")]
    [InlineData(
        "output-stream-blocking-write-zeroes-and-flush(output-stream(1), 4097)", "[method]output-stream.blocking-write-zeroes-and-flush",
        "4097 bytes are to be written and flushed in one call, which takes 4096 at most")]
    public void To_write_more_than_is_permitted_is_a_trap(string call, string method, string message)
    {
        var output = new MemoryStream();
        using var instance = Instance(new WasiOptions { Stdout = output });
        HostRun.Calls(instance, ("get-stdout()", "output-stream(1)"), (call, Trap("streams@0.2.3#" + method, message)));
        Assert.Empty(output.ToArray());
    }

    [Fact]
    public void What_was_permitted_is_used_up()
    {
        using var instance = Instance(new WasiOptions());
        HostRun.Calls(
            instance,
            ("get-stdout()", "output-stream(1)"),
            ("output-stream-check-write(output-stream(1))", "ok(1048576)"),
            ("output-stream-write-zeroes(output-stream(1), 1048570)", "ok"),
            ("output-stream-write-zeroes(output-stream(1), 7)",
                Trap("streams@0.2.3#[method]output-stream.write-zeroes", "7 bytes are written, and check-write has permitted 6")));
    }

    [Fact]
    public void Streams_are_spliced()
    {
        var output = new MemoryStream();
        using var instance = Instance(new WasiOptions { Stdin = new MemoryStream([1, 2, 3, 4, 5]), Stdout = output });
        HostRun.Calls(
            instance,
            ("get-stdin()", "input-stream(1)"),
            ("get-stdout()", "output-stream(2)"),
            ("output-stream-splice(output-stream(2), input-stream(1), 2)", "ok(2)"),
            ("output-stream-blocking-splice(output-stream(2), input-stream(1), 100)", "ok(3)"),
            ("output-stream-splice(output-stream(2), input-stream(1), 2)", "err(closed)"));
        Assert.Equal([1, 2, 3, 4, 5], output.ToArray());
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("/secret/path: no space left");

        public override int Read(Span<byte> buffer) => throw new IOException("/secret/path: broken");
    }

    [Fact]
    public void A_failure_is_told_once_without_names_of_the_host_and_then_the_stream_is_closed()
    {
        using var instance = Instance(new WasiOptions { Stdin = new BrokenStream(), Stdout = new BrokenStream() });
        HostRun.Calls(
            instance,
            ("get-stdin()", "input-stream(1)"),
            ("get-stdout()", "output-stream(2)"),
            ("input-stream-read(input-stream(1), 1)", "err(last-operation-failed(error(3)))"),
            ("error-to-debug-string(error(3))", "\"the stream of the host failed\""),
            ("input-stream-read(input-stream(1), 1)", "err(closed)"),
            ("output-stream-blocking-write-and-flush(output-stream(2), [1])", "err(last-operation-failed(error(4)))"),
            ("output-stream-check-write(output-stream(2))", "err(closed)"),
            ("output-stream-write(output-stream(2), [1])", "err(closed)"),
            ("output-stream-flush(output-stream(2))", "err(closed)"),
            ("output-stream-blocking-write-and-flush(output-stream(2), [1])", "err(closed)"),
            ("output-stream-splice(output-stream(2), input-stream(1), 2)", "err(closed)"));
    }

    [Fact]
    public void To_wait_for_nothing_is_a_trap() =>
        HostRun.Calls(Instance(new WasiOptions()), ("poll([])", Trap("poll@0.2.3#poll", "there is nothing to wait for: the list of pollables is empty")));

    /// <summary>A pipe whose reader must wait, and whose writer too.</summary>
    private sealed class Pipe : Stream
    {
        private readonly SemaphoreSlim given = new(0);
        private byte[]? bytes;

        public void Give(byte[]? next)
        {
            bytes = next;
            given.Release();
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            given.Wait();
            bytes?.CopyTo(buffer, offset);
            return bytes?.Length ?? 0;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => given.Wait();
    }

    [Fact]
    public void The_limit_of_a_call_ends_waiting_for_those_who_do_not_take_its_output()
    {
        using var pipe = new Pipe();
        using var limited = HostRun.Open(Mirror.Of("0.2.3", Interfaces.Cli), new HostOptions { Interruptible = true });
        using var instance = limited.Instantiate(HostImports.None.WithWasi(new WasiOptions { Stdout = pipe })).IfLeft(failure => throw new ComponentException(failure));
        var handle = ((ComponentValue.Own)instance.Invoke("get-stdout").IfLeft(failure => throw new ComponentException(failure)).IfNone(() => null!)).Handle;
        string Write(CallLimits limits) => Ending.Of(() => instance.Invoke(
            "output-stream-blocking-write-and-flush", limits, new ComponentValue.Borrow(handle), ComponentValues.ListOfU8([7])))
            .Match(value => value.ToString(), failure => failure.ToString());
        pipe.Give(null);
        Assert.Equal("Some(ok)", Write(new CallLimits { Time = TimeSpan.FromMinutes(5) }));
        Assert.Equal("trap: stopped: the call took longer than 0.02 s", Write(new CallLimits { Time = TimeSpan.FromMilliseconds(20) }));
        pipe.Give(null);
    }

    [Fact]
    public void Input_that_is_not_there_yet_is_waited_for_and_nothing_of_it_is_lost()
    {
        using var pipe = new Pipe();
        using var instance = Instance(new WasiOptions { Stdin = pipe });
        var session = new WaveSession(instance);
        HostRun.Calls(
            session,
            ("get-stdin()", "input-stream(1)"),
            ("input-stream-subscribe(input-stream(1))", "pollable(2)"),
            ("get-stdout()", "output-stream(3)"),
            ("output-stream-subscribe(output-stream(3))", "pollable(4)"),
            ("pollable-ready(pollable(2))", "false"),
            ("input-stream-read(input-stream(1), 10)", "ok([])"),
            ("poll([pollable(2), pollable(4)])", "[1]"));
        pipe.Give([1, 2, 3]);
        HostRun.Calls(
            session,
            ("poll([pollable(2)])", "[0]"),
            ("poll([pollable(4), pollable(2)])", "[0, 1]"),
            ("input-stream-read(input-stream(1), 2)", "ok([1, 2])"),
            ("input-stream-read(input-stream(1), 2)", "ok([3])"));
        pipe.Give([4]);
        HostRun.Calls(session, ("input-stream-blocking-read(input-stream(1), 2)", "ok([4])"));
        pipe.Give(null);
        HostRun.Calls(session, ("pollable-block(pollable(2))", ""), ("input-stream-read(input-stream(1), 2)", "err(closed)"));
    }

    [Theory]
    [InlineData("input-stream-blocking-read(input-stream(1), 1)")]
    [InlineData("pollable-block(pollable(2))")]
    [InlineData("poll([pollable(2)])")]
    public void Waiting_can_be_ended(string call)
    {
        using var pipe = new Pipe();
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        using var instance = Instance(new WasiOptions { Stdin = pipe, Cancellation = cancellation.Token });
        var session = new WaveSession(instance);
        HostRun.Calls(session, ("get-stdin()", "input-stream(1)"), ("input-stream-subscribe(input-stream(1))", "pollable(2)"));
        Assert.EndsWith("failed: The operation was canceled.", session.Invoke(call).Match(value => value, failure => failure.ToString()), StringComparison.Ordinal);
        pipe.Give(null);
    }

    [Fact]
    public void The_limit_of_a_call_ends_waiting_too()
    {
        using var pipe = new Pipe();
        using var limited = HostRun.Open(Mirror.Of("0.2.3", Interfaces.Cli), new HostOptions { Interruptible = true });
        var imports = HostImports.None.WithWasi(new WasiOptions { Stdin = pipe });
        var limits = new CallLimits { Time = TimeSpan.FromMilliseconds(20) };
        foreach (bool polls in (bool[])[false, true])
        {
            using var instance = limited.Instantiate(imports).IfLeft(failure => throw new ComponentException(failure));
            ComponentValue Value(string name, params ComponentValue[] arguments) =>
                instance.Invoke(name, arguments).Match(v => v.IfNone(() => throw new InvalidOperationException(name)), f => throw new ComponentException(f));
            static ComponentValue Lent(ComponentValue handle) => new ComponentValue.Borrow(((ComponentValue.Own)handle).Handle);
            var stdin = Value("get-stdin");
            var outcome = polls
                ? instance.Invoke("poll", limits, ComponentValues.List(Lent(Value("input-stream-subscribe", Lent(stdin)))))
                : instance.Invoke("input-stream-blocking-read", limits, Lent(stdin), ComponentValues.U64(1));
            Assert.Equal("trap: stopped: the call took longer than 0.02 s", outcome.Match(_ => "returned", failure => failure.ToString()));
            Assert.True(instance.Poison!.IsStop);
        }
        pipe.Give(null);
    }

    [Fact]
    public void Arguments_environment_and_terminals_are_what_the_options_say()
    {
        using var instance = Instance(new WasiOptions
        {
            Arguments = ["program", "a b", ""],
            Environment = [new("HOME", "/home"), new("EMPTY", "")],
            InitialFolder = "/data",
            StdoutIsTerminal = true,
        });
        HostRun.Calls(
            instance,
            ("get-arguments()", "[\"program\", \"a b\", \"\"]"),
            ("get-environment()", "[(\"HOME\", \"/home\"), (\"EMPTY\", \"\")]"),
            ("initial-cwd()", "some(\"/data\")"),
            ("get-terminal-stdin()", "none"),
            ("get-terminal-stdout()", "some(terminal-output(1))"),
            ("get-terminal-stderr()", "none"));
    }

    [Theory]
    [InlineData("exit(ok)", 0)]
    [InlineData("exit(err)", 1)]
    [InlineData("exit-with-code(0)", 0)]
    [InlineData("exit-with-code(200)", 200)]
    public void A_component_exits(string call, int code)
    {
        using var instance = Instance(new WasiOptions());
        Assert.Equal(new CallFailure.Exited(code), new WaveSession(instance).Invoke(call).Match(_ => null!, failure => failure));
    }

    [Fact]
    public void Handles_of_one_instance_are_nothing_to_another()
    {
        using var one = Instance(new WasiOptions());
        using var other = Instance(new WasiOptions());
        var handle = one.Invoke("get-stdout").IfLeft(failure => throw new InvalidOperationException(failure.ToString())).IfNone(() => null!);
        var borrow = new ComponentValue.Borrow(((ComponentValue.Own)handle).Handle);
        Assert.True(one.Invoke("output-stream-check-write", borrow).IsRight);
        Assert.Contains("expected a handle of the resource", other.Invoke("output-stream-check-write", borrow).Match(_ => "", failure => failure.ToString()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_dropped_makes_room_and_standard_streams_go_on()
    {
        var output = new MemoryStream();
        using var instance = Instance(new WasiOptions { Stdout = output });
        for (int i = 0; i < 10_000; i++)
        {
            var handle = ((ComponentValue.Own)instance.Invoke("get-stdout").IfLeft(failure => throw new InvalidOperationException(failure.ToString()))
                .IfNone(() => null!)).Handle;
            Assert.True(handle.Rep < 2);
            if (i % 1000 == 0)
                Assert.True(instance.Invoke("output-stream-blocking-write-and-flush", new ComponentValue.Borrow(handle), ComponentValues.ListOfU8([7])).IsRight);
            Assert.True(instance.Drop(handle).IsRight);
        }
        Assert.Equal(Enumerable.Repeat((byte)7, 10), output.ToArray());
    }

    [Fact]
    public void A_megabyte_is_not_written_byte_by_byte()
    {
        using var instance = Instance(new WasiOptions());
        var handle = new ComponentValue.Borrow(
            ((ComponentValue.Own)instance.Invoke("get-stdout").IfLeft(failure => throw new InvalidOperationException(failure.ToString())).IfNone(() => null!)).Handle);
        var bytes = ComponentValues.ListOfU8(new byte[1 << 20]);
        long allocated = 0;
        for (int i = 0; i < 2; i++)
        {
            instance.Invoke("output-stream-check-write", handle);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal("ok", instance.Invoke("output-stream-write", handle, bytes).Match(value => value.ToString(), failure => failure.ToString())[5..7]);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.True(allocated < 2 << 20, $"{allocated} bytes were allocated");
    }
}
