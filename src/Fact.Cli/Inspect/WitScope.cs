using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Ir;

namespace Fact.Cli.Inspect;

/// <summary>The names that types have in a world or an interface, as far as it was read.</summary>
/// <param name="plan">The plan.</param>
/// <param name="names">What things are called where no scope says.</param>
/// <param name="keys">By what types are compared.</param>
/// <param name="outer">The world around an interface; null for the world.</param>
internal sealed class WitScope(LinkPlan plan, ReportNames names, TypeKeys keys, WitScope? outer)
{
    private readonly Dictionary<ValType, string> types = [];
    private readonly Dictionary<uint, string> resources = [];

    /// <summary>Gives a type its name; the first of several is the one that it goes by.</summary>
    public void Name(ValType type, string name) => types.TryAdd(keys.Of(type), name);

    /// <summary>Gives a resource type its name.</summary>
    public void Name(uint resource, string name) => resources.TryAdd(resource, name);

    /// <summary>What a type is called here; null where it has no name.</summary>
    public string? Named(ValType type)
    {
        if (!TypeKeys.IsNameable(type))
            return null;
        var key = keys.Of(type);
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.types.TryGetValue(key, out string? name))
                return name;
        }
        return null;
    }

    /// <summary>A type by its name, or written out with names in it.</summary>
    public string Text(ValType type) => TypeText.Of(type, plan.Tables.ResourceNames(Resource), NamedSomewhere);

    /// <summary>The type of a function.</summary>
    public string Signature(ComponentFuncType type) => TypeText.Of(type, plan.Tables.ResourceNames(Resource), NamedSomewhere);

    private WitScope? Outer { get; } = outer;

    private string? NamedSomewhere(ValType type) => Named(type) ?? names.Type(type);

    private string Resource(RuntimeResourceId resource)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.resources.TryGetValue(resource.Value, out string? name))
                return name;
        }
        return names.Resource((int)resource.Value);
    }
}
