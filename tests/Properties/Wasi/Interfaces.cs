namespace Fact.Properties.Wasi;

/// <summary>The interfaces of WASI 0.2, as far as tests call them.</summary>
internal static class Interfaces
{
    public static readonly MirrorInterface Error = new("wasi:io/error", [("error", null)], [
        new("[method]error.to-debug-string", """(param "self" (borrow $error)) (result string)""", "borrow:error"),
    ]);

    public static readonly MirrorInterface Poll = new("wasi:io/poll", [("pollable", null)], [
        new("[method]pollable.ready", """(param "self" (borrow $pollable)) (result bool)""", "borrow:pollable", "i32"),
        new("[method]pollable.block", """(param "self" (borrow $pollable))""", "borrow:pollable", null),
        new("poll", """(param "in" (list (borrow $pollable))) (result (list u32))""", "borrows:pollable i32"),
    ]);

    public static readonly MirrorInterface Streams = new(
        "wasi:io/streams",
        [
            ("error", "="), ("pollable", "="), ("stream-error", """(variant (case "last-operation-failed" (own $error)) (case "closed"))"""),
            ("input-stream", null), ("output-stream", null),
        ],
        [
            new("[method]input-stream.read", """(param "self" (borrow $input-stream)) (param "len" u64) (result (result (list u8) (error $stream-error)))""",
                "borrow:input-stream i64"),
            new("[method]input-stream.blocking-read", """(param "self" (borrow $input-stream)) (param "len" u64) (result (result (list u8) (error $stream-error)))""",
                "borrow:input-stream i64"),
            new("[method]input-stream.skip", """(param "self" (borrow $input-stream)) (param "len" u64) (result (result u64 (error $stream-error)))""",
                "borrow:input-stream i64"),
            new("[method]input-stream.blocking-skip", """(param "self" (borrow $input-stream)) (param "len" u64) (result (result u64 (error $stream-error)))""",
                "borrow:input-stream i64"),
            new("[method]input-stream.subscribe", """(param "self" (borrow $input-stream)) (result (own $pollable))""", "borrow:input-stream", "i32"),
            new("[method]output-stream.check-write", """(param "self" (borrow $output-stream)) (result (result u64 (error $stream-error)))""", "borrow:output-stream"),
            new("[method]output-stream.write", """(param "self" (borrow $output-stream)) (param "contents" (list u8)) (result (result (error $stream-error)))""",
                "borrow:output-stream i32 i32"),
            new("[method]output-stream.blocking-write-and-flush",
                """(param "self" (borrow $output-stream)) (param "contents" (list u8)) (result (result (error $stream-error)))""", "borrow:output-stream i32 i32"),
            new("[method]output-stream.flush", """(param "self" (borrow $output-stream)) (result (result (error $stream-error)))""", "borrow:output-stream"),
            new("[method]output-stream.blocking-flush", """(param "self" (borrow $output-stream)) (result (result (error $stream-error)))""", "borrow:output-stream"),
            new("[method]output-stream.subscribe", """(param "self" (borrow $output-stream)) (result (own $pollable))""", "borrow:output-stream", "i32"),
            new("[method]output-stream.write-zeroes", """(param "self" (borrow $output-stream)) (param "len" u64) (result (result (error $stream-error)))""",
                "borrow:output-stream i64"),
            new("[method]output-stream.blocking-write-zeroes-and-flush",
                """(param "self" (borrow $output-stream)) (param "len" u64) (result (result (error $stream-error)))""", "borrow:output-stream i64"),
            new("[method]output-stream.splice",
                """(param "self" (borrow $output-stream)) (param "src" (borrow $input-stream)) (param "len" u64) (result (result u64 (error $stream-error)))""",
                "borrow:output-stream borrow:input-stream i64"),
            new("[method]output-stream.blocking-splice",
                """(param "self" (borrow $output-stream)) (param "src" (borrow $input-stream)) (param "len" u64) (result (result u64 (error $stream-error)))""",
                "borrow:output-stream borrow:input-stream i64"),
        ]);

    public static readonly MirrorInterface[] Io = [Error, Poll, Streams];

    public static readonly MirrorInterface[] Cli =
    [
        .. Io,
        new("wasi:cli/environment", [], [
            new("get-environment", """(result (list (tuple string string)))"""),
            new("get-arguments", """(result (list string))"""),
            new("initial-cwd", """(result (option string))"""),
        ]),
        new("wasi:cli/exit", [], [new("exit", """(param "status" (result))""", "i32", null), new("exit-with-code", """(param "status-code" u8)""", "i32", null)]),
        new("wasi:cli/stdin", [("input-stream", "=")], [new("get-stdin", """(result (own $input-stream))""", "", "i32")]),
        new("wasi:cli/stdout", [("output-stream", "=")], [new("get-stdout", """(result (own $output-stream))""", "", "i32")]),
        new("wasi:cli/stderr", [("output-stream", "=")], [new("get-stderr", """(result (own $output-stream))""", "", "i32")]),
        new("wasi:cli/terminal-input", [("terminal-input", null)], []),
        new("wasi:cli/terminal-output", [("terminal-output", null)], []),
        new("wasi:cli/terminal-stdin", [("terminal-input", "=")], [new("get-terminal-stdin", """(result (option (own $terminal-input)))""")]),
        new("wasi:cli/terminal-stdout", [("terminal-output", "=")], [new("get-terminal-stdout", """(result (option (own $terminal-output)))""")]),
        new("wasi:cli/terminal-stderr", [("terminal-output", "=")], [new("get-terminal-stderr", """(result (option (own $terminal-output)))""")]),
    ];

    public static readonly MirrorInterface WallClock = new("wasi:clocks/wall-clock", [("datetime", """(record (field "seconds" u64) (field "nanoseconds" u32))""")], [
        new("now", """(result $datetime)"""), new("resolution", """(result $datetime)"""),
    ]);

    public static readonly MirrorInterface[] MonotonicClock =
    [
        Poll,
        new("wasi:clocks/monotonic-clock", [("pollable", "=")], [
            new("now", """(result u64)""", "", "i64"),
            new("resolution", """(result u64)""", "", "i64"),
            new("subscribe-instant", """(param "when" u64) (result (own $pollable))""", "i64", "i32"),
            new("subscribe-duration", """(param "when" u64) (result (own $pollable))""", "i64", "i32"),
        ]),
    ];

    public static readonly MirrorInterface[] Random =
    [
        new("wasi:random/random", [], [new("get-random-bytes", """(param "len" u64) (result (list u8))""", "i64"), new("get-random-u64", """(result u64)""", "", "i64")]),
        new("wasi:random/insecure", [], [
            new("get-insecure-random-bytes", """(param "len" u64) (result (list u8))""", "i64"), new("get-insecure-random-u64", """(result u64)""", "", "i64"),
        ]),
        new("wasi:random/insecure-seed", [], [new("insecure-seed", """(result (tuple u64 u64))""")]),
    ];

    public static readonly MirrorInterface[] Sockets =
    [
        new(
            "wasi:sockets/network",
            [("network", null), ("error-code", """(enum "unknown" "access-denied" "not-supported")"""), ("ip-address-family", """(enum "ipv4" "ipv6")""")],
            []),
        new("wasi:sockets/instance-network", [("network", "=")], [new("instance-network", """(result (own $network))""", "", "i32")]),
        new("wasi:sockets/tcp", [("tcp-socket", null)],
            [new("[method]tcp-socket.is-listening", """(param "self" (borrow $tcp-socket)) (result bool)""", "borrow:tcp-socket", "i32")]),
        new("wasi:sockets/tcp-create-socket", [("tcp-socket", "="), ("error-code", "="), ("ip-address-family", "=")], [
            new("create-tcp-socket", """(param "address-family" $ip-address-family) (result (result (own $tcp-socket) (error $error-code)))""", "i32"),
        ]),
        new("wasi:sockets/udp", [("udp-socket", null)], []),
        new("wasi:sockets/udp-create-socket", [("udp-socket", "="), ("error-code", "="), ("ip-address-family", "=")], [
            new("create-udp-socket", """(param "address-family" $ip-address-family) (result (result (own $udp-socket) (error $error-code)))""", "i32"),
        ]),
        new("wasi:sockets/ip-name-lookup", [("resolve-address-stream", null), ("network", "="), ("error-code", "=")], [
            new("resolve-addresses", """(param "network" (borrow $network)) (param "name" string) (result (result (own $resolve-address-stream) (error $error-code)))""",
                "borrow:network i32 i32"),
        ]),
    ];
}
