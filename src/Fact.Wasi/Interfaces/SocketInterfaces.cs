using System;
using Fact.Host;
using Fact.Values;
using Fact.Wasi.Errors;
using Fact.Wasi.Instance;

namespace Fact.Wasi.Interfaces;

/// <summary>
/// Spec: the package <c>wasi:sockets</c>. It is there, so that what is made for it runs, and denied: there is a network, but no socket on it, and no name in it. So
/// nobody ever has a handle to call a method with.
/// </summary>
internal static class SocketInterfaces
{
    private static readonly string[] TcpMethods =
    [
        "start-bind", "finish-bind", "start-connect", "finish-connect", "start-listen", "finish-listen", "accept", "local-address", "remote-address", "is-listening",
        "address-family", "set-listen-backlog-size", "keep-alive-enabled", "set-keep-alive-enabled", "keep-alive-idle-time", "set-keep-alive-idle-time",
        "keep-alive-interval", "set-keep-alive-interval", "keep-alive-count", "set-keep-alive-count", "hop-limit", "set-hop-limit", "receive-buffer-size",
        "set-receive-buffer-size", "send-buffer-size", "set-send-buffer-size", "subscribe", "shutdown",
    ];

    private static readonly string[] UdpMethods =
    [
        "start-bind", "finish-bind", "stream", "local-address", "remote-address", "address-family", "unicast-hop-limit", "set-unicast-hop-limit",
        "receive-buffer-size", "set-receive-buffer-size", "send-buffer-size", "set-send-buffer-size", "subscribe",
    ];

    public static HostImports AddTo(HostImports imports, HostState<WasiState> state)
    {
        imports = new InterfaceImports(imports, state, "wasi:sockets/network")
            .Resource("network", s => s.Networks)
            .Function("network-error-code", (s, a) =>
            {
                s.Errors.Get(a.At(0));
                return Wit.OptionOf(null);
            })
            .Imports;
        imports = new InterfaceImports(imports, state, "wasi:sockets/instance-network").Function("instance-network", (s, _) => s.Networks.New(new("network"))).Imports;
        imports = WithMethods(new(imports, state, "wasi:sockets/tcp"), "tcp-socket", s => s.TcpSockets, TcpMethods).Imports;
        imports = new InterfaceImports(imports, state, "wasi:sockets/tcp-create-socket").Function("create-tcp-socket", Denied).Imports;
        var udp = WithMethods(new(imports, state, "wasi:sockets/udp"), "udp-socket", s => s.UdpSockets, UdpMethods);
        WithMethods(udp, "incoming-datagram-stream", s => s.IncomingDatagrams, ["receive", "subscribe"]);
        imports = WithMethods(udp, "outgoing-datagram-stream", s => s.OutgoingDatagrams, ["check-send", "send", "subscribe"]).Imports;
        imports = new InterfaceImports(imports, state, "wasi:sockets/udp-create-socket").Function("create-udp-socket", Denied).Imports;
        var names = new InterfaceImports(imports, state, "wasi:sockets/ip-name-lookup").Function("resolve-addresses", Denied);
        return WithMethods(names, "resolve-address-stream", s => s.Addresses, ["resolve-next-address", "subscribe"]).Imports;
    }

    private static ComponentValue Denied(WasiState state, Fact.Ir.EquatableArray<ComponentValue> arguments) =>
        new ComponentValue.Error(new ComponentValue.Enum("access-denied"));

    private static InterfaceImports WithMethods(InterfaceImports imports, string resource, Func<WasiState, ResourceStore<NamedResource>> table, string[] methods)
    {
        imports.Resource(resource, table);
        foreach (string method in methods)
            imports.Method(resource, method, table, (_, socket, _) => throw new WasiTrapException($"there is no {socket.Name}"));
        return imports;
    }
}
