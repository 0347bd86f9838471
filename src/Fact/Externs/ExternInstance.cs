using System.Collections.Generic;
using Fact.Component.Ast;

namespace Fact.Externs;

/// <summary>
/// An instance: its exports in order. Those of a declared one are made when they are first asked for, since a type can write out to far more than it is.
/// </summary>
internal sealed class ExternInstance
{
    private readonly TypeNode.Instance? declared;
    private readonly ExternInstance? given;
    private readonly bool isAscribed;
    private readonly List<ExternItem> made = [];
    private Dictionary<string, ExternNode>? names;
    private bool isMade;

    /// <summary>An instance whose exports are added one by one.</summary>
    public ExternInstance() => isMade = true;

    /// <summary>An instance of a type, with types of its own.</summary>
    public ExternInstance(TypeNode.Instance declared) => this.declared = declared;

    /// <summary>An instance that is seen as one of a type. Types in it are those of the instance itself.</summary>
    /// <param name="declared">The type.</param>
    /// <param name="given">The instance.</param>
    /// <param name="isAscribed">Whether types in it are new ones instead, which are equal to the instance's.</param>
    public ExternInstance(TypeNode.Instance declared, ExternInstance given, bool isAscribed) =>
        (this.declared, this.given, this.isAscribed) = (declared, given, isAscribed);

    /// <summary>The instance whose export it is; null where it is none of a declared one.</summary>
    public ExternInstance? Owner { get; init; }

    /// <summary>The name that the instance exports it by; empty where there is none.</summary>
    public string Name { get; init; } = "";

    /// <summary>The type that is written for it, where nothing else says what it is.</summary>
    public TypeNode.Instance? Declared => given is null ? declared : null;

    /// <summary>The exports in order.</summary>
    public IReadOnlyList<ExternItem> Exports
    {
        get
        {
            if (!isMade)
                Make();
            return made;
        }
    }

    /// <summary>Whether types come into being as its exports, so that they have no name without it.</summary>
    public bool HasTypes
    {
        get
        {
            foreach (var export in Exports)
            {
                if (export.Node is ExternNode.Type(var type) && ReferenceEquals(type.Owner, this))
                    return true;
            }
            return false;
        }
    }

    /// <summary>Adds an export.</summary>
    public void Add(ExternItem export) => made.Add(export);

    /// <summary>The export of a name, which is there.</summary>
    public ExternNode Find(string name)
    {
        if (names is null)
        {
            names = new Dictionary<string, ExternNode>(Exports.Count);
            foreach (var export in Exports)
                names.Add(export.Name.Name, export.Node);
        }
        return names[name];
    }

    private void Make()
    {
        isMade = true;
        made.AddRange(DeclaredExterns.Of(declared!.Declarators, declared.Scope, Node).Exports.Items);
    }

    private ExternNode Node(TypeScope scope, string name, ExternType type) =>
        given is null ? scope.Made(type, this, name) : scope.Seen(type, given.Find(name), isAscribed ? this : null, name);
}
