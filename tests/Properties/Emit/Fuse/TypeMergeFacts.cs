using System.Linq;
using Fact.Emit;
using Fact.Ir;
using Xunit;

namespace Fact.Properties.Emit.Fuse;

/// <summary>Types of many modules become those of one.</summary>
public sealed class TypeMergeFacts
{
    [Fact]
    public void Types_that_were_made_to_look_alike_are_told_apart()
    {
        // 2^17 structures whose fields are (ref null 0) or (ref 256): a hash that puts the halves of a number together has one value for all.
        const int Fields = 17, Other = 256, Count = 1 << Fields;
        CoreShape[] shapes =
        [
            .. Enumerable.Repeat(new CoreShape.Array(new(new CoreStorageType.Packed(8), false)), 1),
            .. Enumerable.Range(1, Other).Select(i => new CoreShape.Array(new(new CoreStorageType.Value(Ref((uint)i - 1, true)), false))),
            .. Enumerable.Range(0, Count).Select(i => new CoreShape.Struct(Enumerable.Range(0, Fields).Select(bit =>
                new CoreFieldType(new CoreStorageType.Value((i >> bit & 1) == 0 ? Ref(0, true) : Ref(Other, false)), false)).ToEquatableArray())),
        ];
        var types = shapes.Select(shape => new CoreRecType([new(true, [], new(false, null, null, shape))], false)).ToEquatableArray();
        var merge = new TypeMerge();
        string? problem = null;
        uint[] once = Ending.Of(() => merge.Add(types, out problem)), again = Ending.Of(() => merge.Add(types, out problem));
        Assert.Null(problem);
        Assert.Equal(once, again);
        Assert.Equal((uint)(1 + Other + Count), merge.Count);

        static CoreValType Ref(uint index, bool isNullable) => CoreValType.Ref(new CoreHeapType(new CoreTypeIdx(index)), isNullable);
    }
}
