using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>Aliases. Spec: alias (Binary.md, "Alias Definitions").</summary>
internal static class AliasDecoder
{
    /// <summary>Reads an <c>alias</c>.</summary>
    public static Alias Alias(ref ByteReader r)
    {
        long start = r.Offset;
        byte sort = r.Byte();
        byte coreSort = sort == 0x00 ? r.Byte() : (byte)0;
        byte kind = r.Peek();
        switch (kind)
        {
            case 0x00:
                var exported = ExternDecoder.Sort(ref r, sort, coreSort);
                r.Byte();
                return new Alias.Export(exported, new InstanceIdx(r.U32()), r.Name());
            case 0x01:
                if (sort != 0x00 || coreSort > (byte)CoreExternKind.Tag)
                    r.Fail("sort of this alias is not one that a core instance can export", start);
                r.Byte();
                return new Alias.CoreExport((CoreExternKind)coreSort, new CoreInstanceIdx(r.U32()), r.Name());
            case 0x02:
                var outer = OuterSort(ref r, sort, coreSort, start);
                r.Byte();
                return new Alias.Outer(outer, r.U32(), r.U32());
            default:
                r.Byte();
                r.FailOpcode(kind, "kind of alias (0x00, 0x01 or 0x02)");
                return null!;
        }
    }

    /// <summary>Reads an <c>alias</c> inside a component type or instance type.</summary>
    public static Alias DeclaredAlias(ref ByteReader r)
    {
        long start = r.Offset;
        var alias = Alias(ref r);
        bool isAllowed = alias
            is Alias.Export { Sort: Sort.Type or Sort.Instance }
            or Alias.Outer { Sort: Ast.OuterSort.Type or Ast.OuterSort.CoreType };
        if (!isAllowed)
            r.Fail("alias inside a component type or instance type is of neither a type nor an instance", start);
        return alias;
    }

    private static OuterSort OuterSort(ref ByteReader r, byte sort, byte coreSort, long start)
    {
        switch (sort, coreSort)
        {
            case (0x00, 0x10):
                return Ast.OuterSort.CoreType;
            case (0x00, 0x11):
                return Ast.OuterSort.CoreModule;
            case (0x03, _):
                return Ast.OuterSort.Type;
            case (0x04, _):
                return Ast.OuterSort.Component;
            default:
                r.Fail("outer alias of something else than a core module, core type, type or component", start);
                return default;
        }
    }
}
