using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>
/// Whether a core type can stand where another is expected. Defined types are looked at one link of the chain of supertypes at a
/// time, since the others were looked at where they were declared. Spec: core subtyping (<c>Valtype_sub</c> to <c>Comptype_sub</c>).
/// </summary>
/// <param name="table">What type indices refer to.</param>
internal sealed class CoreMatching(CoreTypeTable table)
{
    /// <summary>Whether a value of one type is a value of another. Spec: <c>Valtype_sub</c>, <c>Reftype_sub</c>.</summary>
    public bool Matches(CoreValType type, CoreValType expected) =>
        type == expected || (type.IsRef && expected.IsRef && (expected.IsNullable || !type.IsNullable) && Matches(type.Heap, expected.Heap));

    /// <summary>Whether a type has the structure that a declared supertype asks for. Spec: <c>Comptype_sub</c>.</summary>
    public bool Matches(CoreCompType type, CoreCompType expected) => type.IsShared == expected.IsShared && (type.Shape, expected.Shape) switch
    {
        (CoreShape.Func(var a), CoreShape.Func(var b)) => Match(b.Params, a.Params) && Match(a.Results, b.Results),
        (CoreShape.Array(var a), CoreShape.Array(var b)) => Matches(a, b),
        (CoreShape.Struct(var a), CoreShape.Struct(var b)) => Match(a, b),
        (CoreShape.Cont(var a), CoreShape.Cont(var b)) => table[a].IsSubtypeOf(table[b]),
        _ => false,
    };

    /// <summary>Whether threads may share values of a type.</summary>
    public bool IsShared(CoreValType type) =>
        !type.IsRef || (type.Heap.Defined is { } index ? table[index].Type.Type.IsShared : type.Heap.IsShared);

    private bool Matches(CoreHeapType type, CoreHeapType expected)
    {
        switch (type.Defined, expected.Defined)
        {
            case (null, null):
                return type.IsShared == expected.IsShared && Matches(type.Abstract, expected.Abstract);
            case ({ } index, null):
                var defined = table[index].Type.Type;
                return defined.IsShared == expected.IsShared && Matches(Kind(defined), expected.Abstract);
            case (null, { } index):
                var asked = table[index].Type.Type;
                return asked.IsShared == type.IsShared && type.Abstract == Bottom(Kind(asked));
            case ({ } a, { } b):
                return expected.IsExact ? type == expected : table[a].IsSubtypeOf(table[b]);
        }
    }

    private static bool Matches(CoreAbsHeapType type, CoreAbsHeapType expected) => type == expected || type == Bottom(expected) || expected switch
    {
        CoreAbsHeapType.Any => type is CoreAbsHeapType.Eq or CoreAbsHeapType.I31 or CoreAbsHeapType.Struct or CoreAbsHeapType.Array,
        CoreAbsHeapType.Eq => type is CoreAbsHeapType.I31 or CoreAbsHeapType.Struct or CoreAbsHeapType.Array,
        _ => false,
    };

    private static CoreAbsHeapType Kind(CoreCompType type) => type.Shape switch
    {
        CoreShape.Func => CoreAbsHeapType.Func,
        CoreShape.Struct => CoreAbsHeapType.Struct,
        CoreShape.Array => CoreAbsHeapType.Array,
        CoreShape.Cont => CoreAbsHeapType.Cont,
    };

    // The type of a hierarchy that has no values but null.
    private static CoreAbsHeapType Bottom(CoreAbsHeapType type) => type switch
    {
        CoreAbsHeapType.Func or CoreAbsHeapType.NoFunc => CoreAbsHeapType.NoFunc,
        CoreAbsHeapType.Extern or CoreAbsHeapType.NoExtern => CoreAbsHeapType.NoExtern,
        CoreAbsHeapType.Exn or CoreAbsHeapType.NoExn => CoreAbsHeapType.NoExn,
        CoreAbsHeapType.Cont or CoreAbsHeapType.NoCont => CoreAbsHeapType.NoCont,
        _ => CoreAbsHeapType.None,
    };

    private bool Match(EquatableArray<CoreValType> types, EquatableArray<CoreValType> expected)
    {
        if (types.Length != expected.Length)
            return false;
        for (int i = 0; i < types.Length; i++)
        {
            if (!Matches(types[i], expected[i]))
                return false;
        }
        return true;
    }

    private bool Match(EquatableArray<CoreFieldType> fields, EquatableArray<CoreFieldType> expected)
    {
        if (fields.Length < expected.Length)
            return false;
        for (int i = 0; i < expected.Length; i++)
        {
            if (!Matches(fields[i], expected[i]))
                return false;
        }
        return true;
    }

    // What can be assigned must be the same type, as it is read and written.
    private bool Matches(CoreFieldType field, CoreFieldType expected)
    {
        if (field.IsMutable || expected.IsMutable)
            return field == expected;
        return (field.Type, expected.Type) is (CoreStorageType.Value(var a), CoreStorageType.Value(var b))
            ? Matches(a, b)
            : field.Type == expected.Type;
    }
}
