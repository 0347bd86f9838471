using System.Collections.Generic;
using System.Linq;

namespace Fact.Bench.Adapters;

/// <summary>Lists, small ones and those of a megabyte.</summary>
internal static class ListCases
{
    private const int Small = 64, Large = 1 << 20;

    /// <summary>A kind of list.</summary>
    private sealed record Kind(string Name, string Element, int Size, string Fill)
    {
        public IReadOnlyList<NamedType> Types { get; init; } = [];

        public double? Goal { get; init; }

        public IReadOnlyList<int> Sizes { get; init; } = [Large];
    }

    /// <summary>The cases.</summary>
    public static IEnumerable<AdapterCase> All => Kinds.SelectMany(kind => kind.Sizes.Select(bytes =>
        new AdapterCase($"list<{kind.Name}> {SizeText(bytes)}", Source(kind).Text)
        {
            Prepare = new(0, 0, (uint)(bytes / kind.Size), (uint)(bytes / kind.Size)),
            Bytes = bytes,
            Goal = bytes == Large ? kind.Goal : null,
        }));

    /// <summary>A number of bytes, or of other things, in words.</summary>
    public static string SizeText(int bytes) => bytes switch
    {
        Large => "1 Mi",
        1 << 10 => "1 Ki",
        _ => $"{bytes}",
    };

    private static IEnumerable<Kind> Kinds =>
    [
        new("u8", "u8", 1, "(i32.store8 (local.get $p) (local.get $i))") { Goal = 12, Sizes = [Large, Small] },
        new("u64", "u64", 8, "(i64.store (local.get $p) (i64.extend_i32_u (local.get $i)))") { Goal = 2, Sizes = [Large, Small] },
        new("tuple<f32,f32>", "(tuple f32 f32)", 8, """
            (f32.store (local.get $p) (f32.convert_i32_u (local.get $i)))
                  (f32.store offset=4 (local.get $p) (f32.const 2))
            """)
        {
            Goal = 2,
        },
        new("bool", "bool", 1, "(i32.store8 (local.get $p) (i32.and (local.get $i) (i32.const 1)))") { Goal = 10 },
        new("enum of 3", "$color", 1, "(i32.store8 (local.get $p) (i32.rem_u (local.get $i) (i32.const 3)))")
        {
            Goal = 10,
            Types = [new("color", """(enum "red" "green" "blue")""")],
        },
        new("flags of 5", "$mode", 1, "(i32.store8 (local.get $p) (i32.and (local.get $i) (i32.const 31)))")
        {
            Goal = 10,
            Types = [new("mode", """(flags "read" "write" "create" "append" "sync")""")],
        },
        new("char", "char", 4, """
            (i32.store (local.get $p) (select
                    (i32.const 0x1f600)
                    (i32.add (i32.and (local.get $i) (i32.const 31)) (i32.const 64))
                    (i32.eqz (i32.and (local.get $i) (i32.const 7)))))
            """)
        {
            Goal = 2.5,
        },

        // The padding is not empty: it must not be seen on the other side.
        new("record{u8,u32}", "$pair", 8, """
            (i64.store (local.get $p) (i64.const -1))
                  (i32.store8 (local.get $p) (local.get $i))
                  (i32.store offset=4 (local.get $p) (local.get $i))
            """)
        {
            Types = [new("pair", """(record (field "a" u8) (field "b" u32))""")],
        },
        new("variant{u32,f32}", "$number", 8, """
            (i64.store (local.get $p) (i64.const -1))
                  (i32.store8 (local.get $p) (i32.and (local.get $i) (i32.const 1)))
                  (f32.store offset=4 (local.get $p) (f32.convert_i32_u (local.get $i)))
            """)
        {
            Types = [new("number", """(variant (case "whole" u32) (case "real" f32))""")],
        },
        new("string of 8", "string", 8, Inner("(i64.store (local.get $pattern) (i64.const 0x6867666564636261))")) { Goal = 3 },
        new("list<u8> of 8", "(list u8)", 8, Inner("(i64.store (local.get $pattern) (i64.extend_i32_u (local.get $i)))")),
    ];

    /// <summary>An element of 8 bytes of its own: <c>$pattern</c>, which nothing else needs, counts up in the pool.</summary>
    private static string Inner(string bytes) => $"""
        (local.set $pattern (i32.add (i32.const {PairSource.Pool}) (i32.mul (local.get $i) (i32.const 8))))
                  {bytes}
                  (i32.store (local.get $p) (local.get $pattern))
                  (i32.store offset=4 (local.get $p) (i32.const 8))
        """;

    private static PairSource Source(Kind kind) => new()
    {
        Types = kind.Types,
        Type = $"(param \"all\" (list {kind.Element}))",
        Callee = $"(param i32 i32) {PairSource.Taken(2)}",
        Prepare = Filling.Loop(kind.Size, kind.Fill),
        Lowered = "(param i32 i32)",
        Call = "(call $f (local.get $a) (local.get $b))",
    };
}
