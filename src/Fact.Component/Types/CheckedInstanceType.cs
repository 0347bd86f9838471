using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>
/// The type of a component instance. A type that is written down binds the resource types that it declares, and every use
/// of it makes them new; the type of an instance that exists binds none.
/// </summary>
internal sealed class CheckedInstanceType
{
    private Dictionary<ResourceId, ResourcePath>? paths;

    public CheckedInstanceType(OrderedDictionary<string, CheckedExtern> exports, EquatableArray<ResourceId> bound)
    {
        (Exports, Bound) = (exports, bound);
        (Depth, Size, Contents) = Measure.Of(exports);
    }

    /// <summary>The exports in order.</summary>
    public OrderedDictionary<string, CheckedExtern> Exports { get; }

    /// <summary>The resource types that the type binds.</summary>
    public EquatableArray<ResourceId> Bound { get; }

    /// <summary>How deep instance and component types nest, this one included.</summary>
    public int Depth { get; }

    /// <summary>How many exports it writes out to, itself included.</summary>
    public long Size { get; }

    /// <summary>What is somewhere in its types.</summary>
    public TypeContents Contents { get; }

    /// <summary>Where each resource type that it exports, itself or through an instance in it, is first exported.</summary>
    public Dictionary<ResourceId, ResourcePath> Paths(CheckContext context) => paths ??= ResourcePaths.Of(context, Exports);
}

/// <summary>The type of a component: for all imported resource types, some defined ones.</summary>
internal sealed class CheckedComponentType
{
    private Dictionary<ResourceId, string>? names;

    public CheckedComponentType(
        OrderedDictionary<string, CheckedExtern> imports,
        OrderedDictionary<string, CheckedExtern> exports,
        EquatableArray<ResourcePath> importedResources,
        EquatableArray<ResourcePath> definedResources)
    {
        (Imports, Exports) = (imports, exports);
        (ImportedResources, DefinedResources) = (importedResources, definedResources);
        var (importDepth, importSize, importContents) = Measure.Of(imports);
        var (exportDepth, exportSize, exportContents) = Measure.Of(exports);
        Depth = Math.Max(importDepth, exportDepth);
        Size = importSize + exportSize;
        Contents = importContents | exportContents;
    }

    /// <summary>The imports in order.</summary>
    public OrderedDictionary<string, CheckedExtern> Imports { get; }

    /// <summary>The exports in order.</summary>
    public OrderedDictionary<string, CheckedExtern> Exports { get; }

    /// <summary>The resource types that are chosen by who instantiates it, and where among its imports they are.</summary>
    public EquatableArray<ResourcePath> ImportedResources { get; }

    /// <summary>The resource types that each instantiation makes anew, and where among its exports they are.</summary>
    public EquatableArray<ResourcePath> DefinedResources { get; }

    /// <summary>The name by which it first exports a resource type that it defines, itself or in an instance; null where it does not.</summary>
    public string? NameOf(ResourceId resource)
    {
        if (names is null)
        {
            names = new Dictionary<ResourceId, string>(DefinedResources.Length);
            foreach (var defined in DefinedResources)
                names.TryAdd(defined.Resource, defined.Path[^1]);
        }
        return names.GetValueOrDefault(resource);
    }

    /// <summary>How deep instance and component types nest, this one included.</summary>
    public int Depth { get; }

    /// <summary>How many imports and exports it writes out to, itself included.</summary>
    public long Size { get; }

    /// <summary>What is somewhere in its types.</summary>
    public TypeContents Contents { get; }
}

/// <summary>Adds up what a list of imports or exports is made of.</summary>
internal static class Measure
{
    public static (int Depth, long Size, TypeContents Contents) Of(OrderedDictionary<string, CheckedExtern> externs)
    {
        int depth = 0;
        long size = 1;
        var contents = TypeContents.None;
        foreach (var (_, type) in externs)
        {
            depth = Math.Max(depth, type.Depth);
            size += type.Size;
            contents |= type.Contents;
        }
        return (depth + 1, size, contents);
    }
}
