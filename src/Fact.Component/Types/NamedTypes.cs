using System.Collections.Generic;

namespace Fact.Component.Types;

/// <summary>
/// The types that have a name in a list of imports or exports, so that its later members may mention them: records, variants,
/// flags, enums and resources, of which linking must know that the other side can see them.
/// </summary>
/// <param name="context">Where work is counted.</param>
/// <param name="outer">The types that are named around it, for the names inside of an instance type; null where there are none.</param>
internal sealed class NamedTypes(CheckContext context, NamedTypes? outer = null)
{
    // What needs no name itself is in it as well, once all that it mentions is known to have names: each is looked at once.
    private readonly HashSet<Nameable> named = [];
    private readonly Dictionary<string, Nameable> resources = [];

    /// <summary>Whether a faulty definition may be why a name is missing.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>Gives a type a name.</summary>
    public void Add(CheckedType type)
    {
        if (type.Mentions is { } mentions)
            named.Add(mentions);
    }

    /// <summary>Gives a resource type a name that functions such as <c>[method]name.f</c> can refer to.</summary>
    public void AddResource(string name, Nameable resource) => resources[name] = resource;

    /// <summary>Whether a resource type has the name.</summary>
    public bool HasResource(string name) => resources.ContainsKey(name);

    /// <summary>Whether the name is that of the type index that a mention stands for.</summary>
    public bool IsCalled(Nameable? resource, string name) => resources.TryGetValue(name, out var known) && known.Equals(resource);

    /// <summary>The first type in a mention that must have a name and has none; null where there is none.</summary>
    public Nameable? Unnamed(Nameable? mention)
    {
        if (mention is null || Contains(mention))
            return null;
        if (mention.Keyword is not null)
            return mention;
        if (UnnamedPart(mention) is { } unnamed)
            return unnamed;
        named.Add(mention);
        return null;
    }

    /// <summary>The first type in the definition of a type that must have a name and has none.</summary>
    public Nameable? UnnamedPart(Nameable defined)
    {
        context.Spend(Cost.Look + defined.Parts.Length);
        foreach (var part in defined.Parts)
        {
            if (Unnamed(part) is { } unnamed)
                return unnamed;
        }
        return null;
    }

    private bool Contains(Nameable mention) => named.Contains(mention) || outer?.Contains(mention) == true;
}
