using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>Type definitions. Spec: deftype (Binary.md, "Type Definitions").</summary>
internal static class TypeDecoder
{
    /// <summary>Reads a <c>deftype</c> of a component.</summary>
    public static DefType DefType(ref ByteReader r) => DefType(ref r, isDeclared: false);

    /// <summary>Reads a <c>deftype</c> of a component type or instance type, where resource types cannot be.</summary>
    public static DefType DeclaredType(ref ByteReader r) => DefType(ref r, isDeclared: true);

    private static DefType DefType(ref ByteReader r, bool isDeclared)
    {
        long start = r.Offset;
        byte opcode = r.Byte();
        switch (opcode)
        {
            case 0x3f:
                if (isDeclared)
                    r.Fail("resource type defined inside a component type or instance type", start);
                return Resource(ref r);
            case 0x40 or 0x43:
                return new DefType.Func(FuncType(ref r, isAsync: opcode == 0x43, start));
            case 0x41:
                return new DefType.Component(Declarators(ref r, "component type", static (ref r) => ComponentDecl(ref r)));
            case 0x42:
                return new DefType.Instance(Declarators(ref r, "instance type", static (ref r) => InstanceDecl(ref r)));
            default:
                return new DefType.Value(ValTypeDecoder.DefValType(ref r, opcode));
        }
    }

    private static DefType.Resource Resource(ref ByteReader r)
    {
        long start = r.Offset;
        var rep = CoreTypeDecoder.ValType(ref r);
        if (rep is not (CoreValType.I32 or CoreValType.I64))
            r.Fail("representation of a resource type is neither i32 nor i64", start);
        CoreFuncIdx? dtor = r.Flag("a destructor") ? new CoreFuncIdx(r.U32()) : null;
        return new DefType.Resource(rep, dtor);
    }

    private static FuncType FuncType(ref ByteReader r, bool isAsync, long start)
    {
        var parameters = r.Vec(DecoderLimits.Params, "param", static (ref r) => ValTypeDecoder.LabelValType(ref r));
        var result = ValTypeDecoder.ResultList(ref r);
        ValTypeDecoder.RequireDistinct(
            ref r, parameters.AsSpan(), static parameter => parameter.Label, "parameter", start);
        return new FuncType(isAsync, parameters, result);
    }

    private static Ir.EquatableArray<Declarator> Declarators(
        ref ByteReader r, string what, ReadItem<Declarator> declarator)
    {
        if (!r.Descend())
            return [];
        var declarators = r.Vec(DecoderLimits.Declarators, $"{what} declarator", declarator);
        ExternScope.RequireDistinct(ref r, declarators);
        r.Ascend();
        return declarators;
    }

    private static Declarator ComponentDecl(ref ByteReader r)
    {
        if (r.Peek() != 0x03)
            return InstanceDecl(ref r);
        long start = r.Offset;
        r.Byte();
        var name = ExternDecoder.ExternName(ref r);
        return new Declarator.Import(start, name, ExternDecoder.ExternType(ref r, name));
    }

    private static Declarator InstanceDecl(ref ByteReader r)
    {
        long start = r.Offset;
        byte kind = r.Byte();
        switch (kind)
        {
            case 0x00:
                return new Declarator.CoreType(start, CoreTypeDecoder.DefType(ref r));
            case 0x01:
                return new Declarator.Type(start, DeclaredType(ref r));
            case 0x02:
                return new Declarator.Alias(start, AliasDecoder.DeclaredAlias(ref r));
            case 0x04:
                var name = ExternDecoder.ExternName(ref r);
                return new Declarator.Export(start, name, ExternDecoder.ExternType(ref r, name));
            default:
                r.Fail($"0x{kind:x2} is not a declarator that can be here", start);
                return null!;
        }
    }
}
