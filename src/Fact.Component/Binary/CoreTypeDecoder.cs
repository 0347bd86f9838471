using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>
/// Core value types and type definitions, those of proposals included: what they mean is not looked into.
/// Spec: valtype, heaptype, rectype, subtype, comptype of the core binary format; core:deftype.
/// </summary>
internal static class CoreTypeDecoder
{
    /// <summary>Reads a <c>valtype</c>.</summary>
    public static CoreValType ValType(ref ByteReader r) => r.ValType();

    /// <summary>Reads a <c>reftype</c>.</summary>
    public static CoreValType RefType(ref ByteReader r)
    {
        long start = r.Offset;
        var type = ValType(ref r);
        if (!type.IsRef)
            r.Fail("not a reference type", start);
        return type;
    }

    /// <summary>Reads a <c>core:deftype</c> of a component.</summary>
    public static CoreDefType DefType(ref ByteReader r)
    {
        switch (r.Peek())
        {
            case 0x50:
                r.Byte();
                return new CoreDefType.Module(r.Vec(
                    DecoderLimits.ModuleDeclarators, "module type declarator", static (ref r) => CoreExternDecoder.Declarator(ref r)));
            case 0x00:
                // A non-final sub type has the opcode of a module type, and this prefix to tell them apart.
                r.Byte();
                byte opcode = r.Peek();
                if (opcode != 0x50)
                    r.Fail($"0x{opcode:x2} is not a non-final sub type (0x50), which 0x00 announces", r.Offset);
                break;
        }
        return new CoreDefType.Rec(RecType(ref r));
    }

    /// <summary>Reads a <c>rectype</c>.</summary>
    public static CoreRecType RecType(ref ByteReader r)
    {
        if (r.Peek() != 0x4e)
            return new CoreRecType([SubType(ref r)], IsExplicit: false);
        r.Byte();
        return new CoreRecType(
            r.Vec(DecoderLimits.CoreTypes, "type of the recursion group", static (ref r) => SubType(ref r)), IsExplicit: true);
    }

    private static CoreSubType SubType(ref ByteReader r)
    {
        byte opcode = r.Peek();
        if (opcode is not (0x4f or 0x50))
            return new CoreSubType(IsFinal: true, [], CompType(ref r));
        r.Byte();
        var supertypes = r.Vec(DecoderLimits.CoreSupertypes, "supertype", static (ref r) => new CoreTypeIdx(r.U32()));
        return new CoreSubType(IsFinal: opcode == 0x4f, supertypes, CompType(ref r));
    }

    private static CoreCompType CompType(ref ByteReader r)
    {
        byte opcode = r.Byte();
        bool isShared = opcode == 0x65;
        if (isShared)
            opcode = r.Byte();
        CoreTypeIdx? describes = null, descriptor = null;
        if (opcode == 0x4c)
        {
            describes = new CoreTypeIdx(r.U32());
            opcode = r.Byte();
        }
        if (opcode == 0x4d)
        {
            descriptor = new CoreTypeIdx(r.U32());
            opcode = r.Byte();
        }
        return new CoreCompType(isShared, describes, descriptor, Shape(ref r, opcode));
    }

    private static CoreShape Shape(ref ByteReader r, byte opcode)
    {
        switch (opcode)
        {
            case 0x60:
                var parameters = r.Vec(DecoderLimits.CoreParams, "core parameter", static (ref r) => ValType(ref r));
                var results = r.Vec(DecoderLimits.CoreResults, "core result", static (ref r) => ValType(ref r));
                return new CoreShape.Func(new CoreFuncType(parameters, results));
            case 0x5f:
                return new CoreShape.Struct(r.Vec(DecoderLimits.CoreFields, "core field", static (ref r) => FieldType(ref r)));
            case 0x5e:
                return new CoreShape.Array(FieldType(ref r));
            case 0x5d:
                long start = r.Offset;
                long type = r.S33();
                if (type < 0)
                    r.Fail("continuation of something else than a defined type", start);
                return new CoreShape.Cont(new CoreTypeIdx((uint)type));
            default:
                r.FailOpcode(opcode, "core type");
                return null!;
        }
    }

    private static CoreFieldType FieldType(ref ByteReader r)
    {
        CoreStorageType type;
        if (r.Peek() is 0x77 or 0x78)
            type = new CoreStorageType.Packed(r.Byte() == 0x78 ? 8 : 16);
        else
            type = new CoreStorageType.Value(ValType(ref r));
        byte mutability = r.Byte();
        if (mutability > 0x01)
            r.FailOpcode(mutability, "mutability of a field (0x00 or 0x01)");
        return new CoreFieldType(type, IsMutable: mutability == 0x01);
    }
}
