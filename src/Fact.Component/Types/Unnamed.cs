using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>
/// The types and functions of a scope that mention a record, variant, flags, enum or resource type by the index of its definition. Naming a type by
/// importing or exporting it gives a new index and leaves the old one without a name, so these cannot be imported or exported. Where an index
/// comes from an alias, nothing is known of it here; <see cref="NamedTypes"/> looks at all types, by what they are.
/// Spec: Explainer, "External Visibility of Types".
/// </summary>
internal sealed class Unnamed
{
    private readonly Dictionary<uint, uint> types = [];
    private readonly Dictionary<uint, uint> parts = [];
    private readonly Dictionary<uint, uint> funcs = [];

    /// <summary>Notes a type definition.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="type">The definition.</param>
    public void Define(uint index, DefType type)
    {
        uint? inParts = FirstIn(type);
        if (inParts is { } part)
            parts.Add(index, part);
        if (type is DefType.Resource or DefType.Value(DefValType.Record or DefValType.Variant or DefValType.Flags or DefValType.Enum))
            types.Add(index, index);
        else if (inParts is { } mentioned)
            types.Add(index, mentioned);
    }

    /// <summary>Notes a function that is made with a function type.</summary>
    /// <param name="index">The index of the function.</param>
    /// <param name="type">The index of the type.</param>
    public void Lift(uint index, uint type)
    {
        if (types.TryGetValue(type, out uint mentioned))
            funcs.Add(index, mentioned);
    }

    /// <summary>The first type that the type of an import or export mentions by the index of its definition; null where there is none.</summary>
    public uint? FirstIn(ExternType type) => type switch
    {
        ExternType.Func(var func) => Find(types, func.Value),
        ExternType.Type(TypeBound.Eq(var bound)) => Find(parts, bound.Value),
        ExternType.Type or ExternType.CoreModule or ExternType.Component or ExternType.Instance => null,
    };

    /// <summary>The first type that an exported function or type mentions by the index of its definition; null where there is none.</summary>
    public uint? FirstIn(SortIdx item) => item.Sort switch
    {
        Sort.Func => Find(funcs, item.Index),
        Sort.Type => Find(parts, item.Index),
        _ => null,
    };

    private uint? FirstIn(DefType type) => type switch
    {
        DefType.Value(var value) => FirstIn(value),
        DefType.Func(var func) => FirstOf(func.Params) ?? Find(func.Result),
        DefType.Component or DefType.Instance or DefType.Resource => null,
    };

    private uint? FirstIn(DefValType type) => type switch
    {
        DefValType.Record(var fields) => FirstOf(fields),
        DefValType.Variant(var cases) => FirstOf(cases),
        DefValType.Tuple(var elements) => FirstOf(elements),
        DefValType.List(var element) => Find(element),
        DefValType.FixedLengthList(var element, _) => Find(element),
        DefValType.Map(var key, var value) => Find(key) ?? Find(value),
        DefValType.Option(var some) => Find(some),
        DefValType.Result(var ok, var error) => Find(ok) ?? Find(error),
        DefValType.Own(var resource) => Find(types, resource.Value),
        DefValType.Borrow(var resource) => Find(types, resource.Value),
        DefValType.Stream(var element) => Find(element),
        DefValType.Future(var element) => Find(element),
        DefValType.Primitive or DefValType.Flags or DefValType.Enum => null,
    };

    private uint? FirstOf(EquatableArray<LabelValType> fields)
    {
        foreach (var field in fields)
        {
            if (Find(field.Type) is { } found)
                return found;
        }
        return null;
    }

    private uint? FirstOf(EquatableArray<Ast.Case> cases)
    {
        foreach (var @case in cases)
        {
            if (Find(@case.Type) is { } found)
                return found;
        }
        return null;
    }

    private uint? FirstOf(EquatableArray<Ast.ValType> elements)
    {
        foreach (var element in elements)
        {
            if (Find(element) is { } found)
                return found;
        }
        return null;
    }

    private uint? Find(Ast.ValType? type) => type is Ast.ValType.Defined(var index) ? Find(types, index.Value) : null;

    private static uint? Find(Dictionary<uint, uint> among, uint index) => among.TryGetValue(index, out uint found) ? found : null;
}
