using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Finds the resource types that a list of imports or exports names.</summary>
internal static class ResourcePaths
{
    /// <summary>Where each of them is named first.</summary>
    public static Dictionary<ResourceId, ResourcePath> Of(OrderedDictionary<string, CheckedExtern> externs)
    {
        var found = new Dictionary<ResourceId, ResourcePath>();
        var path = new List<string>();
        Walk(externs, path, found);
        return found;
    }

    private static void Walk(
        OrderedDictionary<string, CheckedExtern> externs, List<string> path, Dictionary<ResourceId, ResourcePath> found)
    {
        foreach (var (name, type) in externs)
        {
            if (!type.HasResources)
                continue;
            path.Add(name);
            if (type is CheckedExtern.Type(CheckedType.Resource(var id)))
                found.TryAdd(id, new ResourcePath(id, [.. path]));
            else if (type is CheckedExtern.Instance(var instance))
                Walk(instance.Exports, path, found);
            path.RemoveAt(path.Count - 1);
        }
    }
}
