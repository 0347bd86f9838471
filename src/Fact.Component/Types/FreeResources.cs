using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Collects the resource types that a type mentions without binding them.</summary>
/// <param name="context">Where work is counted.</param>
internal sealed class FreeResources(CheckContext context)
{
    private readonly HashSet<ValType> seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>The resource types found so far.</summary>
    public HashSet<ResourceId> Found { get; } = [];

    /// <summary>Adds those of a value type.</summary>
    public void Add(ValType type)
    {
        if (!type.Has(TypeContents.Resources) || !seen.Add(type))
            return;
        int parts = TypeParts.Count(type);
        context.Spend(Cost.Make(0) + parts);
        if (ResourceId.Of(type) is { } resource)
            Found.Add(resource);
        for (int i = 0; i < parts; i++)
        {
            if (TypeParts.At(type, i) is { } part)
                Add(part);
        }
    }

    /// <summary>Adds those of a type.</summary>
    public void Add(CheckedType type)
    {
        switch (type)
        {
            case CheckedType.Value(var value):
                Add(value);
                break;
            case CheckedType.Func(var func):
                Add(func);
                break;
            case CheckedType.Resource(var id):
                Found.Add(id);
                break;
            case CheckedType.Component(var component):
                Add(component);
                break;
            case CheckedType.Instance(var instance):
                Add(instance);
                break;
        }
    }

    /// <summary>Adds those of an import or export.</summary>
    public void Add(CheckedExtern type)
    {
        if (!type.HasResources || !context.Spend(2 * Cost.Look))
            return;
        switch (type)
        {
            case CheckedExtern.CoreModule:
                break;
            case CheckedExtern.Func(var func):
                Add(func);
                break;
            case CheckedExtern.Type(var bound):
                Add(bound);
                break;
            case CheckedExtern.Component(var component):
                Add(component);
                break;
            case CheckedExtern.Instance(var instance):
                Add(instance);
                break;
        }
    }

    private void Add(ComponentFuncType type)
    {
        foreach (var parameter in type.Params)
            Add(parameter.Type);
        if (type.Result is not null)
            Add(type.Result);
    }

    private void Add(CheckedInstanceType type)
    {
        foreach (var (_, export) in type.Exports)
            Add(export);
        foreach (var id in type.Bound)
            Found.Remove(id);
    }

    private void Add(CheckedComponentType type)
    {
        foreach (var (_, import) in type.Imports)
            Add(import);
        foreach (var (_, export) in type.Exports)
            Add(export);
        foreach (var path in type.ImportedResources)
            Found.Remove(path.Resource);
        foreach (var path in type.DefinedResources)
            Found.Remove(path.Resource);
    }
}
