using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Replaces the indices in core types. What has none is returned as it is, not copied.</summary>
/// <param name="map">What an index becomes.</param>
internal sealed class CoreTypeMap(Func<uint, uint> map)
{
    private Func<CoreValType, CoreValType>? valType;
    private Func<CoreFieldType, CoreFieldType>? fieldType;

    /// <summary>A type of a recursion group.</summary>
    public CoreSubType Apply(CoreSubType type)
    {
        var supertypes = type.Supertypes.IsEmpty ? type.Supertypes : type.Supertypes.Items.Select(Apply).ToEquatableArray();
        var shape = Apply(type.Type.Shape);
        var (describes, descriptor) = (type.Type.Describes, type.Type.Descriptor);
        if (supertypes.IsEmpty && describes is null && descriptor is null && ReferenceEquals(shape, type.Type.Shape))
            return type;
        return new CoreSubType(
            type.IsFinal, supertypes, new CoreCompType(type.Type.IsShared, Apply(describes), Apply(descriptor), shape));
    }

    /// <summary>The type of an import or export.</summary>
    public CoreExternType Apply(CoreExternType type)
    {
        switch (type)
        {
            case CoreExternType.Func(var func, var isExact):
                return new CoreExternType.Func(Apply(func), isExact);
            case CoreExternType.Tag(var tag):
                return new CoreExternType.Tag(Apply(tag));
            case CoreExternType.Table(var table):
                var element = Apply(table.Element);
                return element == table.Element ? type : new CoreExternType.Table(table with { Element = element });
            case CoreExternType.Global(var global):
                var content = Apply(global.Type);
                return content == global.Type ? type : new CoreExternType.Global(global with { Type = content });
            default:
                return type;
        }
    }

    /// <summary>A value type.</summary>
    public CoreValType Apply(CoreValType type) => type.IsRef && type.Heap.Defined is { } index
        ? CoreValType.Ref(new CoreHeapType(Apply(index), type.Heap.IsExact), type.IsNullable)
        : type;

    private CoreShape Apply(CoreShape shape)
    {
        switch (shape)
        {
            case CoreShape.Func(var func):
                var mapped = Apply(func);
                return ReferenceEquals(mapped, func) ? shape : new CoreShape.Func(mapped);
            case CoreShape.Struct(var fields):
                var copy = Each(fields, fieldType ??= Apply);
                return copy is null ? shape : new CoreShape.Struct(copy.Seal());
            case CoreShape.Array(var element):
                var item = Apply(element);
                return ReferenceEquals(item, element) ? shape : new CoreShape.Array(item);
            case CoreShape.Cont(var continued):
                return new CoreShape.Cont(Apply(continued));
            default:
                throw new UnreachableException();
        }
    }

    private CoreFuncType Apply(CoreFuncType type)
    {
        valType ??= Apply;
        var (parameters, results) = (Each(type.Params, valType), Each(type.Results, valType));
        return parameters is null && results is null
            ? type
            : new CoreFuncType(parameters?.Seal() ?? type.Params, results?.Seal() ?? type.Results);
    }

    private CoreFieldType Apply(CoreFieldType field)
    {
        if (field.Type is not CoreStorageType.Value(var type))
            return field;
        var mapped = Apply(type);
        return mapped == type ? field : field with { Type = new CoreStorageType.Value(mapped) };
    }

    private CoreTypeIdx Apply(CoreTypeIdx index) => new(map(index.Value));

    private CoreTypeIdx? Apply(CoreTypeIdx? index) => index is { } present ? Apply(present) : null;

    // The elements mapped; null where that changes none of them.
    private static T[]? Each<T>(EquatableArray<T> items, Func<T, T> apply)
    {
        T[]? changed = null;
        for (int i = 0; i < items.Length; i++)
        {
            var mapped = apply(items[i]);
            if (EqualityComparer<T>.Default.Equals(mapped, items[i]))
                continue;
            changed ??= [.. items.Items];
            changed[i] = mapped;
        }
        return changed;
    }
}
