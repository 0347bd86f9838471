using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>
/// Types of core imports and exports, and the declarators of module types.
/// Spec: externtype, tabletype, memtype, globaltype, tagtype of the core binary format; core:moduledecl.
/// </summary>
internal static class CoreExternDecoder
{
    /// <summary>Reads a <c>core:moduledecl</c>.</summary>
    public static CoreModuleDeclarator Declarator(ref ByteReader r)
    {
        byte kind = r.Byte();
        switch (kind)
        {
            case 0x00:
                return new CoreModuleDeclarator.Import(r.Name(), r.Name(), ExternType(ref r));
            case 0x01:
                return new CoreModuleDeclarator.Type(CoreTypeDecoder.RecType(ref r));
            case 0x02:
                byte sort = r.Byte();
                if (sort != 0x10)
                    r.FailOpcode(sort, "sort that a module type can alias (only 0x10, a core type)");
                byte target = r.Byte();
                if (target != 0x01)
                    r.FailOpcode(target, "kind of alias in a module type (only 0x01, outer)");
                return new CoreModuleDeclarator.OuterAlias(r.U32(), new CoreTypeIdx(r.U32()));
            case 0x03:
                return new CoreModuleDeclarator.Export(r.Name(), ExternType(ref r));
            default:
                r.FailOpcode(kind, "module type declarator (0x00 to 0x03)");
                return null!;
        }
    }

    /// <summary>Reads a <c>core:externtype</c>.</summary>
    public static CoreExternType ExternType(ref ByteReader r)
    {
        byte kind = r.Byte();
        switch (kind)
        {
            case 0x00 or 0x20:
                return new CoreExternType.Func(new CoreTypeIdx(r.U32()), IsExact: kind == 0x20);
            case 0x01:
                return new CoreExternType.Table(TableType(ref r));
            case 0x02:
                return new CoreExternType.Memory(MemoryType(ref r));
            case 0x03:
                return new CoreExternType.Global(GlobalType(ref r));
            case 0x04:
                return new CoreExternType.Tag(TagType(ref r));
            default:
                r.FailOpcode(kind, "kind of core import or export");
                return null!;
        }
    }

    /// <summary>Reads a <c>tabletype</c>.</summary>
    public static CoreTableType TableType(ref ByteReader r)
    {
        var element = CoreTypeDecoder.RefType(ref r);
        byte flags = r.Byte();
        if (flags > 0b111)
            r.FailOpcode(flags, "valid limits flag of a table");
        return new CoreTableType(element, Limits(ref r, flags));
    }

    /// <summary>Reads a <c>memtype</c>.</summary>
    public static CoreMemoryType MemoryType(ref ByteReader r)
    {
        byte flags = r.Byte();
        if (flags > 0b1111)
            r.FailOpcode(flags, "valid limits flag of a memory");
        var limits = Limits(ref r, flags);
        if ((flags & 0b1000) == 0)
            return new CoreMemoryType(limits);
        long start = r.Offset;
        uint pageSize = r.U32();
        if (pageSize is not (0 or CoreMemoryType.DefaultPageSizeLog2))
            r.Fail($"page size 2^{pageSize} of a memory is neither 1 nor 64 KiB", start);
        return new CoreMemoryType(limits, (int)pageSize);
    }

    /// <summary>Reads a <c>globaltype</c>.</summary>
    public static CoreGlobalType GlobalType(ref ByteReader r)
    {
        var type = CoreTypeDecoder.ValType(ref r);
        byte flags = r.Byte();
        if (flags > 0b11)
            r.FailOpcode(flags, "valid mutability of a global");
        return new CoreGlobalType(type, IsMutable: (flags & 0b01) != 0, IsShared: (flags & 0b10) != 0);
    }

    /// <summary>Reads a <c>tagtype</c>.</summary>
    public static CoreTypeIdx TagType(ref ByteReader r)
    {
        byte attribute = r.Byte();
        if (attribute != 0x00)
            r.FailOpcode(attribute, "tag attribute (only 0x00, an exception)");
        return new CoreTypeIdx(r.U32());
    }

    private static CoreLimits Limits(ref ByteReader r, byte flags)
    {
        bool is64 = (flags & 0b100) != 0;
        ulong min = Limit(ref r, is64);
        ulong? max = (flags & 0b001) != 0 ? Limit(ref r, is64) : null;
        return new CoreLimits(min, max, is64, IsShared: (flags & 0b010) != 0);
    }

    private static ulong Limit(ref ByteReader r, bool is64) => is64 ? r.U64() : r.U32();
}
