using System.Collections.Generic;
using System.Linq;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Properties.Component.Types;

/// <summary>The same types after some others, so that every index is larger.</summary>
/// <param name="by">By how much.</param>
internal sealed class ShiftedTypes(int by)
{
    public int By => by;

    /// <summary>The groups, with others before them.</summary>
    public List<CoreRecType> Apply(IEnumerable<CoreRecType> groups) =>
    [
        .. Enumerable.Range(0, by).Select(i => new CoreRecType(
            [new(true, [], new(false, null, null, new CoreShape.Array(new(new CoreStorageType.Packed(i % 2 == 0 ? 8 : 16), IsMutable: true))))], IsExplicit: false)),
        .. groups.Select(group => group with { Types = [.. group.Types.Items.Select(Apply)] }),
    ];

    private CoreSubType Apply(CoreSubType type) => type with
    {
        Supertypes = [.. type.Supertypes.Items.Select(Apply)],
        Type = type.Type with
        {
            Shape = type.Type.Shape switch
            {
                CoreShape.Func(var func) => new CoreShape.Func(new CoreFuncType([.. func.Params.Items.Select(Apply)], [.. func.Results.Items.Select(Apply)])),
                CoreShape.Struct(var fields) => new CoreShape.Struct([.. fields.Items.Select(Apply)]),
                CoreShape.Array(var element) => new CoreShape.Array(Apply(element)),
                CoreShape.Cont(var continued) => new CoreShape.Cont(Apply(continued)),
            },
        },
    };

    private CoreFieldType Apply(CoreFieldType field) =>
        field.Type is CoreStorageType.Value(var type) ? field with { Type = new CoreStorageType.Value(Apply(type)) } : field;

    private CoreValType Apply(CoreValType type) => type.IsRef && type.Heap.Defined is { } index
        ? CoreValType.Ref(new CoreHeapType(Apply(index), type.Heap.IsExact), type.IsNullable)
        : type;

    private CoreTypeIdx Apply(CoreTypeIdx index) => new(index.Value + (uint)by);
}
