using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Finds the resource types that a list of imports or exports names.</summary>
internal static class ResourcePaths
{
    /// <summary>Where each of them is named first.</summary>
    public static Dictionary<ResourceId, ResourcePath> Of(CheckContext context, OrderedDictionary<string, CheckedExtern> externs)
    {
        var found = new Dictionary<ResourceId, ResourcePath>();
        var path = new List<string>();
        Walk(context, externs, path, found);
        return found;
    }

    private static void Walk(
        CheckContext context, OrderedDictionary<string, CheckedExtern> externs, List<string> path, Dictionary<ResourceId, ResourcePath> found)
    {
        foreach (var (name, type) in externs)
        {
            if (!type.HasResources || !context.Spend(2 * Cost.Look))
                continue;
            path.Add(name);
            if (type is CheckedExtern.Type(CheckedType.Resource(var id)))
                Add(context, id, path, found);
            else if (type is CheckedExtern.Instance(var instance))
                Walk(context, instance.Exports, path, found);
            path.RemoveAt(path.Count - 1);
        }
    }

    private static void Add(CheckContext context, ResourceId id, List<string> path, Dictionary<ResourceId, ResourcePath> found)
    {
        if (found.ContainsKey(id))
            return;
        var added = new ResourcePath(id, [.. path]);
        context.Spend(Cost.Keep(added.Path));
        found.Add(id, added);
    }
}
