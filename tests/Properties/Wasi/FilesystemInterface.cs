namespace Fact.Properties.Wasi;

/// <summary><c>wasi:filesystem</c>, as far as tests call it.</summary>
internal static class FilesystemInterface
{
    private const string ErrorCodes = """
        (enum "access" "would-block" "already" "bad-descriptor" "busy" "deadlock" "quota" "exist" "file-too-large" "illegal-byte-sequence" "in-progress" "interrupted"
          "invalid" "io" "is-directory" "loop" "too-many-links" "message-size" "name-too-long" "no-device" "no-entry" "no-lock" "insufficient-memory"
          "insufficient-space" "not-directory" "not-empty" "not-recoverable" "unsupported" "no-tty" "no-such-device" "overflow" "not-permitted" "pipe" "read-only"
          "invalid-seek" "text-file-busy" "cross-device")
        """;

    private const string Self = """(param "self" (borrow $descriptor)) """, Failing = """ (error $error-code))) """;

    private static (string Name, string? Definition)[] Types =>
    [
        ("input-stream", "="), ("output-stream", "="), ("error", "="), ("datetime", "="), ("error-code", ErrorCodes),
        ("descriptor-type", """(enum "unknown" "block-device" "character-device" "directory" "fifo" "symbolic-link" "regular-file" "socket")"""),
        ("descriptor-flags", """(flags "read" "write" "file-integrity-sync" "data-integrity-sync" "requested-write-sync" "mutate-directory")"""),
        ("path-flags", """(flags "symlink-follow")"""),
        ("open-flags", """(flags "create" "directory" "exclusive" "truncate")"""),
        ("descriptor-stat", """
            (record (field "type" $descriptor-type) (field "link-count" u64) (field "size" u64) (field "data-access-timestamp" (option $datetime))
              (field "data-modification-timestamp" (option $datetime)) (field "status-change-timestamp" (option $datetime)))
            """),
        ("new-timestamp", """(variant (case "no-change") (case "now") (case "timestamp" $datetime))"""),
        ("directory-entry", """(record (field "type" $descriptor-type) (field "name" string))"""),
        ("advice", """(enum "normal" "sequential" "random" "will-need" "dont-need" "no-reuse")"""),
        ("metadata-hash-value", """(record (field "lower" u64) (field "upper" u64))"""),
        ("descriptor", null), ("directory-entry-stream", null),
    ];

    private static MirrorFunction[] Functions =>
    [
        Method("read-via-stream", """(param "offset" u64) (result (result (own $input-stream)""", "i64"),
        Method("write-via-stream", """(param "offset" u64) (result (result (own $output-stream)""", "i64"),
        Method("append-via-stream", """(result (result (own $output-stream)"""),
        Method("advise", """(param "offset" u64) (param "length" u64) (param "advice" $advice) (result (result""", "i64 i64 i32"),
        Method("sync-data", """(result (result"""),
        Method("sync", """(result (result"""),
        Method("get-flags", """(result (result $descriptor-flags"""),
        Method("get-type", """(result (result $descriptor-type"""),
        Method("set-size", """(param "size" u64) (result (result""", "i64"),
        Method("set-times", """(param "a" $new-timestamp) (param "m" $new-timestamp) (result (result""", "i32 i64 i32 i32 i64 i32"),
        Method("read", """(param "length" u64) (param "offset" u64) (result (result (tuple (list u8) bool)""", "i64 i64"),
        Method("write", """(param "buffer" (list u8)) (param "offset" u64) (result (result u64""", "i32 i32 i64"),
        Method("read-directory", """(result (result (own $directory-entry-stream)"""),
        Method("create-directory-at", """(param "path" string) (result (result""", "i32 i32"),
        Method("stat", """(result (result $descriptor-stat"""),
        Method("stat-at", """(param "path-flags" $path-flags) (param "path" string) (result (result $descriptor-stat""", "i32 i32 i32"),
        Method(
            "set-times-at",
            """(param "path-flags" $path-flags) (param "path" string) (param "a" $new-timestamp) (param "m" $new-timestamp) (result (result""",
            "i32 i32 i32 i32 i64 i32 i32 i64 i32"),
        Method(
            "link-at",
            """(param "old-path-flags" $path-flags) (param "old-path" string) (param "new-descriptor" (borrow $descriptor)) (param "new-path" string) (result (result""",
            "i32 i32 i32 borrow:descriptor i32 i32"),
        Method(
            "open-at",
            """(param "path-flags" $path-flags) (param "path" string) (param "open-flags" $open-flags) (param "flags" $descriptor-flags) """
                + """(result (result (own $descriptor)""",
            "i32 i32 i32 i32 i32"),
        Method("readlink-at", """(param "path" string) (result (result string""", "i32 i32"),
        Method("remove-directory-at", """(param "path" string) (result (result""", "i32 i32"),
        Method("rename-at", """(param "old-path" string) (param "new-descriptor" (borrow $descriptor)) (param "new-path" string) (result (result""",
            "i32 i32 borrow:descriptor i32 i32"),
        Method("symlink-at", """(param "old-path" string) (param "new-path" string) (result (result""", "i32 i32 i32 i32"),
        Method("unlink-file-at", """(param "path" string) (result (result""", "i32 i32"),
        Method("metadata-hash", """(result (result $metadata-hash-value"""),
        Method("metadata-hash-at", """(param "path-flags" $path-flags) (param "path" string) (result (result $metadata-hash-value""", "i32 i32 i32"),
        new("[method]descriptor.is-same-object", Self + """(param "other" (borrow $descriptor)) (result bool)""", "borrow:descriptor borrow:descriptor", "i32"),
        new(
            "[method]directory-entry-stream.read-directory-entry",
            """(param "self" (borrow $directory-entry-stream)) (result (result (option $directory-entry)""" + Failing,
            "borrow:directory-entry-stream"),
        new("filesystem-error-code", """(param "err" (borrow $error)) (result (option $error-code))""", "borrow:error"),
    ];

    public static MirrorInterface[] All =>
    [
        .. Interfaces.Io, Interfaces.WallClock,
        new("wasi:filesystem/types", Types, Functions),
        new("wasi:filesystem/preopens", [("descriptor", "=")], [new("get-directories", """(result (list (tuple (own $descriptor) string)))""")]),
    ];

    private static MirrorFunction Method(string name, string type, string core = "") =>
        new("[method]descriptor." + name, Self + type + Failing, ("borrow:descriptor " + core).TrimEnd());
}
