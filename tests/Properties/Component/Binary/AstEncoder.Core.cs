using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Properties.Component.Binary;

internal static partial class AstEncoder
{
    public static Out RecType(Out o, CoreRecType group)
    {
        if (group.IsExplicit)
            return o.Byte(0x4e).Vec(group.Types, SubType);
        SubType(o, group.Types[0]);
        return o;
    }

    public static void CoreExternType(Out o, CoreExternType type)
    {
        switch (type)
        {
            case CoreExternType.Func func:
                o.Byte(func.IsExact ? 0x20 : 0x00).U32(func.Type.Value);
                break;
            case CoreExternType.Table table:
                CoreValType(o.Byte(0x01), table.Type.Element);
                Limits(o, table.Type.Limits, flags: 0);
                break;
            case CoreExternType.Memory { Type: { PageSizeLog2: 16 } memory }:
                Limits(o.Byte(0x02), memory.Limits, flags: 0);
                break;
            case CoreExternType.Memory { Type: { } memory }:
                Limits(o.Byte(0x02), memory.Limits, flags: 0b1000).U32((uint)memory.PageSizeLog2);
                break;
            case CoreExternType.Global global:
                CoreValType(o.Byte(0x03), global.Type.Type);
                o.Byte((global.Type.IsMutable ? 0b01 : 0) | (global.Type.IsShared ? 0b10 : 0));
                break;
            case CoreExternType.Tag tag:
                o.Byte(0x04).Byte(0x00).U32(tag.Type.Value);
                break;
        }
    }

    private static void CoreDefType(Out o, CoreDefType type)
    {
        if (type is CoreDefType.Module module)
            o.Byte(0x50).Vec(module.Declarators, ModuleDeclarator);
        else if (type is CoreDefType.Rec { Group: { IsExplicit: false, Types: [{ IsFinal: false }] } sub })
            RecType(o.Byte(0x00), sub);
        else if (type is CoreDefType.Rec rec)
            RecType(o, rec.Group);
    }

    private static void ModuleDeclarator(Out o, CoreModuleDeclarator declarator)
    {
        switch (declarator)
        {
            case CoreModuleDeclarator.Import import:
                CoreExternType(o.Byte(0x00).Name(import.Module).Name(import.Name), import.Extern);
                break;
            case CoreModuleDeclarator.Type type:
                RecType(o.Byte(0x01), type.Group);
                break;
            case CoreModuleDeclarator.OuterAlias alias:
                o.Byte(0x02).Byte(0x10).Byte(0x01).U32(alias.Count).U32(alias.Index.Value);
                break;
            case CoreModuleDeclarator.Export export:
                CoreExternType(o.Byte(0x03).Name(export.Name), export.Extern);
                break;
        }
    }

    private static void SubType(Out o, CoreSubType type)
    {
        if (!type.IsFinal || !type.Supertypes.IsEmpty)
            o.Byte(type.IsFinal ? 0x4f : 0x50).Vec(type.Supertypes, static (o, super) => o.U32(super.Value));
        if (type.Type.IsShared)
            o.Byte(0x65);
        if (type.Type.Describes is { } describes)
            o.Byte(0x4c).U32(describes.Value);
        if (type.Type.Descriptor is { } descriptor)
            o.Byte(0x4d).U32(descriptor.Value);
        switch (type.Type.Shape)
        {
            case CoreShape.Func func:
                o.Byte(0x60).Vec(func.Type.Params, CoreValType).Vec(func.Type.Results, CoreValType);
                break;
            case CoreShape.Struct @struct:
                o.Byte(0x5f).Vec(@struct.Fields, FieldType);
                break;
            case CoreShape.Array array:
                FieldType(o.Byte(0x5e), array.Element);
                break;
            case CoreShape.Cont cont:
                o.Byte(0x5d).S33(cont.Type.Value);
                break;
        }
    }

    private static void FieldType(Out o, CoreFieldType field)
    {
        if (field.Type is CoreStorageType.Packed packed)
            o.Byte(packed.Bits == 8 ? 0x78 : 0x77);
        else if (field.Type is CoreStorageType.Value value)
            CoreValType(o, value.Type);
        o.Flag(field.IsMutable);
    }

    private static void CoreValType(Out o, CoreValType type)
    {
        if (!type.IsRef)
            o.Byte((int)type);
        else if (type is { IsNullable: true, Heap: { Defined: null, IsShared: false } heap })
            o.Byte((int)heap.Abstract);
        else
            HeapType(o.Byte(type.IsNullable ? 0x63 : 0x64), type.Heap);
    }

    public static void HeapType(Out o, CoreHeapType type)
    {
        if (type.Defined is not { } index)
            (type.IsShared ? o.Byte(0x65) : o).Byte((int)type.Abstract);
        else if (type.IsExact)
            o.Byte(0x62).U32(index.Value);
        else
            o.S33(index.Value);
    }

    private static Out Limits(Out o, CoreLimits limits, int flags)
    {
        o.Byte(flags | (limits.Max is null ? 0 : 0b001) | (limits.IsShared ? 0b010 : 0) | (limits.Is64 ? 0b100 : 0));
        Limit(o, limits.Min, limits.Is64);
        if (limits.Max is { } max)
            Limit(o, max, limits.Is64);
        return o;
    }

    private static void Limit(Out o, ulong value, bool is64)
    {
        if (is64)
            o.U64(value);
        else
            o.U32((uint)value);
    }
}
