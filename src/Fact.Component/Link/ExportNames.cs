using System.Collections.Generic;
using Fact.Component.Types;

namespace Fact.Component.Link;

/// <summary>Finds, for an export of an embedded module, the first name by which the module exports the same definition.</summary>
internal sealed class ExportNames
{
    private readonly Dictionary<uint, Dictionary<string, string>?> others = [];

    /// <summary>The first name of the same definition.</summary>
    public string First(EmbeddedModule module, string name)
    {
        if (!others.TryGetValue(module.Index, out var map))
        {
            map = Map(module);
            others.Add(module.Index, map);
        }
        return map is not null && map.TryGetValue(name, out string? first) ? first : name;
    }

    // Null where every definition has one name, as in most modules.
    private static Dictionary<string, string>? Map(EmbeddedModule module)
    {
        Dictionary<string, string>? map = null;
        var seen = new Dictionary<(System.Type, uint), string>();
        foreach (var export in module.Surface.Exports)
        {
            if (!seen.TryAdd((export.Type.GetType(), export.Index), export.Name))
                (map ??= []).Add(export.Name, seen[(export.Type.GetType(), export.Index)]);
        }
        return map;
    }
}
