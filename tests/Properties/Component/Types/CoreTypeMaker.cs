using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Properties.Component.Types;

/// <summary>
/// Makes recursion groups whose types build on each other, as those of compilers do: subtypes refine what they are declared
/// subtypes of. Now and then something is left to chance, so that some groups are wrong in one place.
/// </summary>
/// <param name="random">Where choices come from.</param>
/// <param name="sloppiness">One choice out of so many is left to chance; 0 for none.</param>
internal sealed class CoreTypeMaker(Random random, int sloppiness)
{
    private static readonly CoreAbsHeapType[] HeapTypes = [.. Enum.GetValues<CoreAbsHeapType>().Where(t => t is not (CoreAbsHeapType.Cont or CoreAbsHeapType.NoCont))];

    private readonly List<CoreSubType> types = [];
    private int end;

    /// <summary>The types of all groups so far.</summary>
    public IReadOnlyList<CoreSubType> Types => types;

    /// <summary>Some groups.</summary>
    public List<CoreRecType> Groups(int count)
    {
        var groups = new List<CoreRecType>();
        for (int i = 0; i < count; i++)
            groups.Add(Group());
        return groups;
    }

    /// <summary>One more group.</summary>
    public CoreRecType Group()
    {
        bool isExplicit = random.Next(3) == 0;
        int start = types.Count, length = isExplicit ? random.Next(5) : 1;
        end = start + length;
        for (int i = 0; i < length; i++)
            types.Add(SubType());
        return new CoreRecType([.. types.Skip(start)], isExplicit);
    }

    /// <summary>Takes a group that others may build on.</summary>
    public void Take(CoreRecType group)
    {
        types.AddRange(group.Types);
        end = types.Count;
    }

    /// <summary>A value type.</summary>
    public CoreValType ValType() => random.Next(3) == 0 ? (CoreValType)((ulong)CoreValType.V128 + (ulong)random.Next(5)) : RefType();

    /// <summary>A reference type.</summary>
    public CoreValType RefType()
    {
        bool isNullable = random.Next(2) == 0;
        return CoreValType.Ref(
            end > 0 && random.Next(3) > 0
                ? new CoreHeapType(new CoreTypeIdx((uint)random.Next(end + (Slips() ? 1 : 0))))
                : new CoreHeapType(HeapTypes[random.Next(HeapTypes.Length)]),
            isNullable);
    }

    /// <summary>A type whose values are values of another, or the other way around.</summary>
    public CoreValType Related(CoreValType type, bool below)
    {
        var (isNullable, heap) = (type.IsNullable, type.Heap);
        if (!type.IsRef)
            return Slips() ? ValType() : type;
        if (Slips())
        {
            return random.Next(3) switch
            {
                0 => ValType(),
                1 => CoreValType.Ref(heap, !isNullable),
                _ => CoreValType.Ref(Related(heap, !below), isNullable),
            };
        }
        if (random.Next(3) == 0)
            return type;
        bool nullable = random.Next(2) == 0 ? isNullable : !below;
        return CoreValType.Ref(Related(heap, below), nullable);
    }

    private CoreHeapType Related(CoreHeapType heap, bool below) => heap.Defined is { } index
        ? below ? Below(heap, index) : Above(heap, index)
        : new CoreHeapType(below ? Below(heap.Abstract) : Above(heap.Abstract));

    private bool Slips() => sloppiness > 0 && random.Next(sloppiness) == 0;

    private CoreSubType SubType()
    {
        var supers = Enumerable.Range(0, types.Count).Where(i => Slips() || !types[i].IsFinal).ToList();
        bool isFinal = random.Next(3) == 0;
        if (supers.Count == 0 || random.Next(3) == 0)
            return new CoreSubType(isFinal, [], Plain(Shape()));
        int super = Slips() ? random.Next(end) : supers[random.Next(supers.Count)];
        return new CoreSubType(isFinal, [new CoreTypeIdx((uint)super)], Plain(super < types.Count ? Refine(types[super].Type.Shape) : Shape()));
    }

    private static CoreCompType Plain(CoreShape shape) => new(IsShared: false, null, null, shape);

    private CoreShape Shape() => random.Next(3) switch
    {
        0 => new CoreShape.Func(new CoreFuncType(Some(3, ValType), Some(2, ValType))),
        1 => new CoreShape.Struct(Some(3, Field)),
        _ => new CoreShape.Array(Field()),
    };

    private CoreShape Refine(CoreShape shape) => Slips() ? Shape() : shape switch
    {
        CoreShape.Func(var func) => new CoreShape.Func(new CoreFuncType(
            [.. func.Params.Items.Select(t => Related(t, below: false))], [.. func.Results.Items.Select(t => Related(t, below: true))])),
        CoreShape.Struct(var fields) => new CoreShape.Struct(
            [.. fields.Items.Skip(Slips() ? 1 : 0).Select(Refine), .. Some(2, Field).Items]),
        CoreShape.Array(var element) => new CoreShape.Array(Refine(element)),
        CoreShape.Cont => shape,
    };

    private CoreFieldType Field() => new(
        random.Next(4) == 0 ? new CoreStorageType.Packed(random.Next(2) == 0 ? 8 : 16) : new CoreStorageType.Value(ValType()), random.Next(2) == 0);

    private CoreFieldType Refine(CoreFieldType field) => Slips() ? Field()
        : field is { IsMutable: false, Type: CoreStorageType.Value(var type) }
        ? new CoreFieldType(new CoreStorageType.Value(Related(type, below: true)), IsMutable: false)
        : field;

    private CoreHeapType Below(CoreHeapType type, CoreTypeIdx index)
    {
        var subtypes = types.Select((t, i) => (t, i)).Where(x => x.t.Supertypes.Items.Contains(index)).Select(x => (uint)x.i).ToList();
        if (subtypes.Count > 0 && random.Next(3) > 0)
            return new CoreHeapType(new CoreTypeIdx(subtypes[random.Next(subtypes.Count)]));
        if (index.Value >= types.Count || random.Next(3) > 0)
            return type;
        return new CoreHeapType(types[(int)index.Value].Type.Shape is CoreShape.Func ? CoreAbsHeapType.NoFunc : CoreAbsHeapType.None);
    }

    private CoreHeapType Above(CoreHeapType type, CoreTypeIdx index)
    {
        if (index.Value >= types.Count)
            return type;
        var known = types[(int)index.Value];
        if (known.Supertypes is [var super] && random.Next(3) > 0)
            return new CoreHeapType(super);
        return random.Next(3) > 0 ? type : new CoreHeapType(known.Type.Shape switch
        {
            CoreShape.Func => CoreAbsHeapType.Func,
            CoreShape.Struct => Pick(CoreAbsHeapType.Struct, CoreAbsHeapType.Eq, CoreAbsHeapType.Any),
            CoreShape.Array => Pick(CoreAbsHeapType.Array, CoreAbsHeapType.Eq, CoreAbsHeapType.Any),
            CoreShape.Cont => CoreAbsHeapType.Cont,
        });
    }

    private CoreAbsHeapType Below(CoreAbsHeapType type) => type switch
    {
        CoreAbsHeapType.Any => Pick(CoreAbsHeapType.Any, CoreAbsHeapType.Eq, CoreAbsHeapType.I31, CoreAbsHeapType.Struct, CoreAbsHeapType.Array, CoreAbsHeapType.None),
        CoreAbsHeapType.Eq => Pick(CoreAbsHeapType.Eq, CoreAbsHeapType.I31, CoreAbsHeapType.Struct, CoreAbsHeapType.Array, CoreAbsHeapType.None),
        CoreAbsHeapType.Struct or CoreAbsHeapType.Array or CoreAbsHeapType.I31 => Pick(type, CoreAbsHeapType.None),
        CoreAbsHeapType.Func => CoreAbsHeapType.NoFunc,
        CoreAbsHeapType.Extern => CoreAbsHeapType.NoExtern,
        CoreAbsHeapType.Exn => CoreAbsHeapType.NoExn,
        _ => type,
    };

    private CoreAbsHeapType Above(CoreAbsHeapType type) => type switch
    {
        CoreAbsHeapType.None => Pick(CoreAbsHeapType.I31, CoreAbsHeapType.Struct, CoreAbsHeapType.Array, CoreAbsHeapType.Eq, CoreAbsHeapType.Any),
        CoreAbsHeapType.Struct or CoreAbsHeapType.Array or CoreAbsHeapType.I31 => Pick(CoreAbsHeapType.Eq, CoreAbsHeapType.Any),
        CoreAbsHeapType.Eq => CoreAbsHeapType.Any,
        CoreAbsHeapType.NoFunc => CoreAbsHeapType.Func,
        CoreAbsHeapType.NoExtern => CoreAbsHeapType.Extern,
        CoreAbsHeapType.NoExn => CoreAbsHeapType.Exn,
        _ => type,
    };

    private CoreAbsHeapType Pick(params ReadOnlySpan<CoreAbsHeapType> choices) => choices[random.Next(choices.Length)];

    private EquatableArray<T> Some<T>(int most, Func<T> make) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => make())];
}
