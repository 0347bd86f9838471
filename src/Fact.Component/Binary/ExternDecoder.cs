using System;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>
/// Names, sorts and types of imports and exports.
/// Spec: nameattributes, externtype, sort (Binary.md, "Import and Export Definitions").
/// </summary>
internal static class ExternDecoder
{
    /// <summary>What is said of values, wherever they would be.</summary>
    public const string NoValues = "values are a gated feature of the component model that is not supported";

    /// <summary>Reads an <c>import</c>.</summary>
    public static Definition Import(ref ByteReader r)
    {
        long start = r.Offset;
        var name = ExternName(ref r);
        return new Definition.Import(start, name, ExternType(ref r, name));
    }

    /// <summary>Reads an <c>export</c>.</summary>
    public static Definition Export(ref ByteReader r)
    {
        long start = r.Offset;
        var name = ExternName(ref r);
        var item = SortIdx(ref r, name);
        var ascribed = r.Flag("a type ascription") ? ExternType(ref r, name) : null;
        return new Definition.Export(start, name, item, ascribed);
    }

    /// <summary>Reads a <c>nameattributes</c> and checks the name's syntax.</summary>
    public static ExternName ExternName(ref ByteReader r)
    {
        byte kind = r.Byte();
        if (kind > 0x02)
            r.FailOpcode(kind, "kind of import or export name (0x00, 0x01 or 0x02)");
        long start = r.Offset;
        var name = new ExternName(r.Name());
        if (kind == 0x02)
            name = Attributes(ref r, name);
        if (r.Failed)
            return name;
        if (!NameSyntax.IsExternName(name.Name, name.VersionSuffix))
        {
            string suffix = name.VersionSuffix is { } text ? $" with the version suffix {Show.Name(text)}" : "";
            r.Fail(DiagnosticCode.InvalidName, $"{Show.Name(name.Name)}{suffix} is not a valid import or export name", start);
        }
        else if (name.Implements is { } implemented
            && !(NameSyntax.IsLabel(name.Name) && NameSyntax.IsInterfaceName(implemented)))
        {
            r.Fail(DiagnosticCode.InvalidName, $"{Show.Name(name.Name)} cannot implement {Show.Name(implemented)}: "
                + "that takes a plain name and an interface name", start);
        }
        return name;
    }

    /// <summary>Reads an <c>externtype</c> of something of the given name.</summary>
    public static ExternType ExternType(ref ByteReader r, ExternName name)
    {
        long start = r.Offset;
        var sort = Sort(ref r);
        RequireInstance(ref r, sort, name, start);
        if (sort == Ast.Sort.Type)
            return new ExternType.Type(TypeBound(ref r));
        uint type = r.U32();
        return sort switch
        {
            Ast.Sort.CoreModule => new ExternType.CoreModule(new CoreTypeIdx(type)),
            Ast.Sort.Func => new ExternType.Func(new TypeIdx(type)),
            Ast.Sort.Component => new ExternType.Component(new TypeIdx(type)),
            _ => new ExternType.Instance(new TypeIdx(type)),
        };
    }

    /// <summary>Reads a <c>sortidx</c> that gets the given name.</summary>
    public static SortIdx SortIdx(ref ByteReader r, ExternName name)
    {
        long start = r.Offset;
        var item = SortIdx(ref r);
        RequireInstance(ref r, item.Sort, name, start);
        return item;
    }

    /// <summary>Reads a <c>sortidx</c>.</summary>
    public static SortIdx SortIdx(ref ByteReader r)
    {
        var sort = Sort(ref r);
        return new SortIdx(sort, r.U32());
    }

    /// <summary>Reads a <c>sort</c>.</summary>
    public static Sort Sort(ref ByteReader r)
    {
        byte sort = r.Byte();
        return Sort(ref r, sort, sort == 0x00 ? r.Byte() : (byte)0);
    }

    /// <summary>The <c>sort</c> of two bytes just read, the second of them only after 0x00.</summary>
    public static Sort Sort(ref ByteReader r, byte sort, byte coreSort)
    {
        switch (sort)
        {
            case 0x00:
                if (coreSort != 0x11)
                    r.FailOpcode(coreSort, "core sort that can be here (only 0x11, a core module)");
                return Ast.Sort.CoreModule;
            case 0x01:
                return Ast.Sort.Func;
            case 0x02:
                r.Fail(DiagnosticCode.Unsupported, NoValues, r.Offset - 1);
                return default;
            case 0x03:
                return Ast.Sort.Type;
            case 0x04:
                return Ast.Sort.Component;
            case 0x05:
                return Ast.Sort.Instance;
            default:
                r.FailOpcode(sort, "sort");
                return default;
        }
    }

    private static ExternName Attributes(ref ByteReader r, ExternName name)
    {
        int count = r.Count(DecoderLimits.NameAttributes, "name attribute");
        for (int i = 0; i < count && !r.Failed; i++)
        {
            long start = r.Offset;
            byte kind = r.Byte();
            string value = r.Name();
            (bool isRepeated, name) = kind switch
            {
                0x00 => (name.Implements is not null, name with { Implements = value }),
                0x01 => (name.VersionSuffix is not null, name with { VersionSuffix = value }),
                0x02 => (name.ExternalId is not null, name with { ExternalId = value }),
                _ => (false, name),
            };
            if (kind > 0x02)
                r.Fail($"0x{kind:x2} is not a name attribute (0x00 implements, 0x01 versionsuffix, 0x02 external-id)", start);
            else if (isRepeated)
                r.Fail("name attribute comes twice", start);
        }
        return name;
    }

    private static TypeBound TypeBound(ref ByteReader r)
    {
        byte kind = r.Byte();
        switch (kind)
        {
            case 0x00:
                return new TypeBound.Eq(new TypeIdx(r.U32()));
            case 0x01:
                return Ast.TypeBound.SubResource.Instance;
            default:
                r.FailOpcode(kind, "type bound (0x00 or 0x01)");
                return null!;
        }
    }

    private static void RequireInstance(ref ByteReader r, Sort sort, ExternName name, long start)
    {
        if (name.Implements is not null && sort != Ast.Sort.Instance)
            r.Fail(DiagnosticCode.InvalidName, $"{Show.Name(name.Name)} implements an interface but is not an instance", start);
    }
}
