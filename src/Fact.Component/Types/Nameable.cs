using System;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>
/// What a type mentions that must have a name before an import or export may mention it: record, variant, flags, enum and resource types, each
/// as one type index stands for it. An alias stands for the same; an import or export of a type gives an index that stands for something new,
/// and that is the one with the name, wherever the types are equal. Spec: Explainer, "External Visibility of Types".
/// </summary>
internal sealed class Nameable : IEquatable<Nameable>
{
    private readonly uint id;

    private Nameable(uint id, string? keyword, ResourceId? resource, EquatableArray<Nameable?> parts) =>
        (this.id, Keyword, Resource, Parts) = (id, keyword, resource, parts);

    /// <summary>What a type of the kind is called that must have a name: record, resource, …; null where only parts must.</summary>
    public string? Keyword { get; }

    /// <summary>The resource type, where it is one.</summary>
    public ResourceId? Resource { get; }

    /// <summary>
    /// What the definition mentions in turn; of a function one item for each parameter, and one for the result. Null where a part mentions nothing.
    /// </summary>
    public EquatableArray<Nameable?> Parts { get; }

    /// <summary>A record, variant, flags or enum type.</summary>
    /// <param name="context">What tells it from all others.</param>
    /// <param name="keyword">Which of them.</param>
    /// <param name="parts">What its definition mentions.</param>
    public static Nameable Of(CheckContext context, string keyword, EquatableArray<Nameable?> parts) => new(context.NewNumber(), keyword, null, parts);

    /// <summary>A resource type where it comes into being.</summary>
    public static Nameable Of(ResourceId resource) => new(0, "resource", resource, []);

    /// <summary>A type that needs no name itself: the only part, several of them, or null where there is none.</summary>
    public static Nameable? Anonymous(CheckContext context, ReadOnlySpan<Nameable?> parts)
    {
        Nameable? only = null;
        foreach (var part in parts)
        {
            if (part is null || part.Equals(only))
                continue;
            if (only is not null)
                return new Nameable(context.NewNumber(), null, null, [.. parts]);
            only = part;
        }
        return only;
    }

    /// <summary>A function type; null where it mentions nothing.</summary>
    /// <param name="context">What tells it from all others.</param>
    /// <param name="parts">What each parameter mentions, then the result.</param>
    public static Nameable? Function(CheckContext context, EquatableArray<Nameable?> parts)
    {
        foreach (var part in parts)
        {
            if (part is not null)
                return new Nameable(context.NewNumber(), null, null, parts);
        }
        return null;
    }

    /// <summary>The same type, as an import or export of it gives it to a new index.</summary>
    public Nameable Again(CheckContext context) => new(context.NewNumber(), Keyword, Resource, Parts);

    /// <summary>The same type with another resource type in place of its own.</summary>
    public Nameable With(ResourceId resource) => new(id, Keyword, resource, Parts);

    /// <summary>A type of other parts.</summary>
    public Nameable With(CheckContext context, EquatableArray<Nameable?> parts) => new(context.NewNumber(), Keyword, Resource, parts);

    /// <inheritdoc/>
    public bool Equals(Nameable? other) => other is not null && id == other.id && Resource == other.Resource;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Nameable);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(id, Resource);
}
