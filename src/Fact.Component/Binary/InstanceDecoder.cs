using System;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>Instances. Spec: core:instance, instance (Binary.md, "Instance Definitions").</summary>
internal static class InstanceDecoder
{
    /// <summary>Reads a <c>core:instanceexpr</c>.</summary>
    public static CoreInstanceExpr CoreInstance(ref ByteReader r)
    {
        long start = r.Offset;
        byte kind = r.Byte();
        switch (kind)
        {
            case 0x00:
                var module = new CoreModuleIdx(r.U32());
                var args = r.Vec(DecoderLimits.InstantiationArgs, "core instantiation argument", static (ref r) => CoreArg(ref r));
                RequireDistinct(ref r, args.AsSpan(), static arg => arg.Name, "instantiation argument", start);
                return new CoreInstanceExpr.Instantiate(module, args);
            case 0x01:
                var exports = r.Vec(DecoderLimits.InlineExports, "core export", static (ref r) => CoreExport(ref r));
                RequireDistinct(ref r, exports.AsSpan(), static export => export.Name, "export", start);
                return new CoreInstanceExpr.FromExports(exports);
            default:
                r.FailOpcode(kind, "kind of core instance (0x00 or 0x01)");
                return null!;
        }
    }

    /// <summary>Reads an <c>instanceexpr</c>.</summary>
    public static InstanceExpr Instance(ref ByteReader r)
    {
        long start = r.Offset;
        byte kind = r.Byte();
        switch (kind)
        {
            case 0x00:
                var component = new ComponentIdx(r.U32());
                var args = r.Vec(DecoderLimits.InstantiationArgs, "instantiation argument", static (ref r) => Arg(ref r));
                RequireDistinct(ref r, args.AsSpan(), static arg => arg.Name, "instantiation argument", start);
                return new InstanceExpr.Instantiate(component, args);
            case 0x01:
                var exports = r.Vec(DecoderLimits.InlineExports, "export", static (ref r) => Export(ref r));
                RequireDistinct(
                    ref r, exports.AsSpan(), static export => NameSyntax.UniquenessKey(export.Name.Name), "export", start);
                return new InstanceExpr.FromExports(exports);
            default:
                r.FailOpcode(kind, "kind of instance (0x00 or 0x01)");
                return null!;
        }
    }

    private static CoreInstantiateArg CoreArg(ref ByteReader r)
    {
        string name = r.Name();
        byte sort = r.Byte();
        if (sort != 0x12)
            r.FailOpcode(sort, "sort of a core instantiation argument (only 0x12, an instance)");
        return new CoreInstantiateArg(name, new CoreInstanceIdx(r.U32()));
    }

    private static CoreInlineExport CoreExport(ref ByteReader r)
    {
        string name = r.Name();
        byte sort = r.Byte();
        if (sort > (byte)CoreExternKind.Tag)
            r.FailOpcode(sort, "sort that a core instance can export (0x00 to 0x04)");
        return new CoreInlineExport(name, new CoreSortIdx((CoreExternKind)sort, r.U32()));
    }

    private static InstantiateArg Arg(ref ByteReader r) => new(r.Name(), ExternDecoder.SortIdx(ref r));

    private static InlineExport Export(ref ByteReader r)
    {
        var name = ExternDecoder.ExternName(ref r);
        return new InlineExport(name, ExternDecoder.SortIdx(ref r, name));
    }

    private static void RequireDistinct<T>(
        ref ByteReader r, ReadOnlySpan<T> items, Func<T, string> name, string what, long start)
    {
        if (r.Failed)
            return;
        int repeated = DistinctNames.FirstRepeated(items, name, StringComparer.Ordinal);
        if (repeated >= 0)
            r.Fail(DiagnosticCode.DuplicateName, $"{what} {Show.Name(name(items[repeated]))} comes twice", start);
    }
}
