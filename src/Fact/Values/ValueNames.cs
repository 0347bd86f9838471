using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Values;

/// <summary>Naming things in messages.</summary>
internal static class ValueNames
{
    private const int MaxListed = 20;

    public static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MaxListed).Select(n => "\"" + Printable.Short(n) + "\"")) + (names.Count > MaxListed ? ", …" : "");

    public static string List(EquatableArray<Case> cases) => List([.. cases.Items.Select(c => c.Name)]);

    public static string Kind(ComponentValue value) => value switch
    {
        ComponentValue.Bool => "a bool",
        ComponentValue.S8 => "an s8",
        ComponentValue.U8 => "a u8",
        ComponentValue.S16 => "an s16",
        ComponentValue.U16 => "a u16",
        ComponentValue.S32 => "an s32",
        ComponentValue.U32 => "a u32",
        ComponentValue.S64 => "an s64",
        ComponentValue.U64 => "a u64",
        ComponentValue.F32 => "an f32",
        ComponentValue.F64 => "an f64",
        ComponentValue.Char => "a char",
        ComponentValue.String => "a string",
        ComponentValue.List => "a list",
        ComponentValue.Map => "a map",
        ComponentValue.Record => "a record",
        ComponentValue.Tuple => "a tuple",
        ComponentValue.Variant => "a variant",
        ComponentValue.Enum => "an enum",
        ComponentValue.Option => "an option",
        ComponentValue.Ok or ComponentValue.Error => "a result",
        ComponentValue.Flags => "flags",
        ComponentValue.Own => "an owned handle",
        ComponentValue.Borrow => "a borrowed handle",
        ComponentValue.Stream => "a stream",
        ComponentValue.Future => "a future",
        ComponentValue.ErrorContext => "an error context",
    };
}
