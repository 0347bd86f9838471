using Fact.Ir;

namespace Fact.Emit;

/// <summary>Type definitions in the binary format, those of proposals included. Spec: <c>rectype</c>, <c>subtype</c>, <c>comptype</c>.</summary>
internal static class TypeWriter
{
    private const byte Rec = 0x4E, Final = 0x4F, Open = 0x50, Shared = 0x65, Describes = 0x4C, Descriptor = 0x4D, Struct = 0x5F, Array = 0x5E, Cont = 0x5D;
    private const byte I8 = 0x78, I16 = 0x77;

    /// <summary>Writes a recursion group.</summary>
    public static void Write(Sink to, CoreRecType group)
    {
        if (group.Types.Length != 1)
        {
            to.Byte(Rec);
            to.Unsigned((uint)group.Types.Length);
        }
        foreach (var type in group.Types)
            Write(to, type);
    }

    private static void Write(Sink to, CoreSubType type)
    {
        if (!type.IsFinal || !type.Supertypes.IsEmpty)
        {
            to.Byte(type.IsFinal ? Final : Open);
            to.Unsigned((uint)type.Supertypes.Length);
            foreach (var super in type.Supertypes)
                to.Unsigned(super.Value);
        }
        if (type.Type.IsShared)
            to.Byte(Shared);
        Index(to, Describes, type.Type.Describes);
        Index(to, Descriptor, type.Type.Descriptor);
        Write(to, type.Type.Shape);
    }

    private static void Index(Sink to, byte tag, CoreTypeIdx? index)
    {
        if (index is not { } type)
            return;
        to.Byte(tag);
        to.Unsigned(type.Value);
    }

    private static void Write(Sink to, CoreShape shape)
    {
        switch (shape)
        {
            case CoreShape.Func(var func):
                to.FuncType(func);
                break;
            case CoreShape.Struct(var fields):
                to.Byte(Struct);
                to.Unsigned((uint)fields.Length);
                foreach (var field in fields)
                    Write(to, field);
                break;
            case CoreShape.Array(var element):
                to.Byte(Array);
                Write(to, element);
                break;
            case CoreShape.Cont(var continued):
                to.Byte(Cont);
                to.Signed(continued.Value);
                break;
        }
    }

    private static void Write(Sink to, CoreFieldType field)
    {
        switch (field.Type)
        {
            case CoreStorageType.Value(var type):
                to.ValType(type);
                break;
            case CoreStorageType.Packed(var bits):
                to.Byte(bits == 8 ? I8 : I16);
                break;
        }
        to.Byte(field.IsMutable ? (byte)1 : (byte)0);
    }
}
