using System;
using System.Linq;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Type definitions with other numbers for the types that they mention.</summary>
internal static class TypeRenumbering
{
    /// <summary>A recursion group, as an explicit one.</summary>
    public static CoreRecType Of(CoreRecType group, Func<CoreTypeIdx, uint> number) =>
        new(group.Types.Items.Select(type => Of(type, number)).ToEquatableArray(), IsExplicit: true);

    /// <summary>The type of an import or export.</summary>
    public static CoreExternType Of(CoreExternType type, Func<CoreTypeIdx, uint> number) => type switch
    {
        CoreExternType.Func func => func with { Type = new CoreTypeIdx(number(func.Type)) },
        CoreExternType.Table(var table) => new CoreExternType.Table(table with { Element = Of(table.Element, number) }),
        CoreExternType.Memory => type,
        CoreExternType.Global(var global) => new CoreExternType.Global(global with { Type = Of(global.Type, number) }),
        CoreExternType.Tag(var tag) => new CoreExternType.Tag(new CoreTypeIdx(number(tag))),
    };

    private static CoreSubType Of(CoreSubType type, Func<CoreTypeIdx, uint> number) => new(
        type.IsFinal,
        type.Supertypes.Items.Select(super => new CoreTypeIdx(number(super))).ToEquatableArray(),
        type.Type with { Describes = Of(type.Type.Describes, number), Descriptor = Of(type.Type.Descriptor, number), Shape = Of(type.Type.Shape, number) });

    private static CoreTypeIdx? Of(CoreTypeIdx? index, Func<CoreTypeIdx, uint> number) => index is { } some ? new CoreTypeIdx(number(some)) : null;

    private static CoreShape Of(CoreShape shape, Func<CoreTypeIdx, uint> number) => shape switch
    {
        CoreShape.Func(var func) => new CoreShape.Func(new CoreFuncType(Of(func.Params, number), Of(func.Results, number))),
        CoreShape.Struct(var fields) => new CoreShape.Struct(fields.Items.Select(field => Of(field, number)).ToEquatableArray()),
        CoreShape.Array(var element) => new CoreShape.Array(Of(element, number)),
        CoreShape.Cont(var continued) => new CoreShape.Cont(new CoreTypeIdx(number(continued))),
    };

    private static EquatableArray<CoreValType> Of(EquatableArray<CoreValType> types, Func<CoreTypeIdx, uint> number) =>
        types.Items.Select(type => Of(type, number)).ToEquatableArray();

    private static CoreFieldType Of(CoreFieldType field, Func<CoreTypeIdx, uint> number) => field.Type switch
    {
        CoreStorageType.Value(var type) => field with { Type = new CoreStorageType.Value(Of(type, number)) },
        CoreStorageType.Packed => field,
    };

    private static CoreValType Of(CoreValType type, Func<CoreTypeIdx, uint> number) =>
        type.IsRef && type.Heap.Defined is { } index ? CoreValType.Ref(new CoreHeapType(new CoreTypeIdx(number(index)), type.Heap.IsExact), type.IsNullable) : type;
}
