using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Lists the core types that a core type refers to by index.</summary>
internal static class Mentioned
{
    /// <summary>The indices, with repetitions.</summary>
    public static List<uint> By(CoreSubType type)
    {
        var found = new List<uint>();
        foreach (var super in type.Supertypes)
            found.Add(super.Value);
        switch (type.Type.Shape)
        {
            case CoreShape.Func(var func):
                Add(found, func.Params);
                Add(found, func.Results);
                break;
            case CoreShape.Struct(var fields):
                foreach (var field in fields)
                    Add(found, field);
                break;
            case CoreShape.Array(var element):
                Add(found, element);
                break;
            case CoreShape.Cont(var continued):
                found.Add(continued.Value);
                break;
        }
        return found;
    }

    private static void Add(List<uint> found, EquatableArray<Ast.CoreValType> types)
    {
        foreach (var type in types)
            Add(found, type);
    }

    private static void Add(List<uint> found, CoreFieldType field)
    {
        if (field.Type is CoreStorageType.Value(var type))
            Add(found, type);
    }

    private static void Add(List<uint> found, Ast.CoreValType type)
    {
        if (type is Ast.CoreValType.Ref(_, CoreHeapType.Concrete(var index, _)))
            found.Add(index.Value);
    }
}
