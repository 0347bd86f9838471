using System.Linq;
using Fact.Host;
using Fact.Values;
using Fact.Wasi.Errors;
using Fact.Wasi.Instance;
using Fact.Wasi.Streams;

namespace Fact.Wasi.Interfaces;

/// <summary>Spec: the package <c>wasi:io</c>.</summary>
internal static class IoInterfaces
{
    public static HostImports AddTo(HostImports imports, HostState<WasiState> state) => Streams(Poll(Error(imports, state), state), state);

    private static HostImports Error(HostImports imports, HostState<WasiState> state) => new InterfaceImports(imports, state, "wasi:io/error")
        .Resource("error", s => s.Errors)
        .Method("error", "to-debug-string", s => s.Errors, (_, error, _) => ComponentValues.String(error.Message))
        .Imports;

    private static HostImports Poll(HostImports imports, HostState<WasiState> state) => new InterfaceImports(imports, state, "wasi:io/poll")
        .Resource("pollable", s => s.Pollables)
        .Method("pollable", "ready", s => s.Pollables, (_, pollable, _) => ComponentValues.Bool(pollable.IsReady))
        .Method("pollable", "block", s => s.Pollables, (s, pollable, _) =>
        {
            Pollable.Poll([pollable], s.Patience);
            return null;
        })
        .Function("poll", (s, a) =>
        {
            var all = a.All(0, s.Pollables);
            return all.Count == 0
                ? throw new WasiTrapException("there is nothing to wait for: the list of pollables is empty")
                : ComponentValues.List(Pollable.Poll(all, s.Patience).Select(ComponentValues.U32));
        })
        .Imports;

    private static HostImports Streams(HostImports imports, HostState<WasiState> state) => new InterfaceImports(imports, state, "wasi:io/streams")
        .Resource("input-stream", s => s.Inputs, (s, stream) => s.Drop(stream))
        .Method("input-stream", "read", s => s.Inputs, (s, stream, a) => stream.Read(a.U64(1)).Result(s, bytes => ComponentValues.ListOfU8(bytes.Span)))
        .Method("input-stream", "blocking-read", s => s.Inputs, (s, stream, a) => stream.BlockingRead(a.U64(1)).Result(s, bytes => ComponentValues.ListOfU8(bytes.Span)))
        .Method("input-stream", "skip", s => s.Inputs, (s, stream, a) => stream.Read(a.U64(1)).Result(s, bytes => ComponentValues.U64((ulong)bytes.Length)))
        .Method("input-stream", "blocking-skip", s => s.Inputs, (s, stream, a) =>
            stream.BlockingRead(a.U64(1)).Result(s, bytes => ComponentValues.U64((ulong)bytes.Length)))
        .Method("input-stream", "subscribe", s => s.Inputs, (s, stream, _) => s.Pollables.New(new Pollable.Input(stream)))
        .Resource("output-stream", s => s.Outputs, (s, stream) => s.Drop(stream))
        .Method("output-stream", "check-write", s => s.Outputs, (s, stream, _) => stream.CheckWrite().Result(s, ComponentValues.U64))
        .Method("output-stream", "write", s => s.Outputs, (s, stream, a) => stream.Write(a.Bytes(1).Span).Result(s))
        .Method("output-stream", "blocking-write-and-flush", s => s.Outputs, (s, stream, a) => stream.WriteAndFlush(a.Bytes(1).Span).Result(s))
        .Method("output-stream", "flush", s => s.Outputs, (s, stream, _) => stream.Flush().Result(s))
        .Method("output-stream", "blocking-flush", s => s.Outputs, (s, stream, _) => stream.Flush().Result(s))
        .Method("output-stream", "subscribe", s => s.Outputs, (s, _, _) => s.Pollables.New(new Pollable.Ready()))
        .Method("output-stream", "write-zeroes", s => s.Outputs, (s, stream, a) => stream.WriteZeroes(a.U64(1)).Result(s))
        .Method("output-stream", "blocking-write-zeroes-and-flush", s => s.Outputs, (s, stream, a) => stream.WriteZeroesAndFlush(a.U64(1)).Result(s))
        .Method("output-stream", "splice", s => s.Outputs, (s, stream, a) =>
            stream.Splice(s.Inputs.Get(a.At(1)), a.U64(2), blocking: false).Result(s, ComponentValues.U64))
        .Method("output-stream", "blocking-splice", s => s.Outputs, (s, stream, a) =>
            stream.Splice(s.Inputs.Get(a.At(1)), a.U64(2), blocking: true).Result(s, ComponentValues.U64))
        .Imports;
}
