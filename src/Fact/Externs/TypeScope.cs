using System.Collections.Generic;
using System.Diagnostics;
using Fact.Component.Ast;

namespace Fact.Externs;

/// <summary>
/// The index spaces of a component, component type or instance type, as far as they matter for types. The component was checked: all indices are there.
/// </summary>
/// <param name="parent">The scope around it; null around the root.</param>
internal sealed class TypeScope(TypeScope? parent)
{
    /// <summary>The scope around it; null around the root.</summary>
    public TypeScope? Parent { get; } = parent;

    /// <summary>Types.</summary>
    public List<TypeNode> Types { get; } = [];

    /// <summary>Functions.</summary>
    public List<ExternNode.Func> Funcs { get; } = [];

    /// <summary>Instances.</summary>
    public List<ExternInstance> Instances { get; } = [];

    /// <summary>Components.</summary>
    public List<ExternNode.Component> Components { get; } = [];

    /// <summary>Core modules.</summary>
    public List<ExternNode.CoreModule> CoreModules { get; } = [];

    /// <summary>Core types.</summary>
    public List<CoreTypeNode> CoreTypes { get; } = [];

    /// <summary>A type that a definition mentions; null for a primitive one.</summary>
    public TypeNode? At(ValTypeMention? mention) => mention is ValTypeMention.Defined(var type) ? Types[(int)type.Value] : null;

    /// <summary>What is at an index.</summary>
    public ExternNode At(SortIdx item) => item.Sort switch
    {
        Sort.Func => Funcs[(int)item.Index],
        Sort.Type => new ExternNode.Type(Types[(int)item.Index]),
        Sort.Instance => new ExternNode.Instance(Instances[(int)item.Index]),
        Sort.Component => Components[(int)item.Index],
        Sort.CoreModule => CoreModules[(int)item.Index],
        _ => throw new UnreachableException(),
    };

    /// <summary>Adds something to its index space.</summary>
    public void Add(ExternNode node)
    {
        switch (node)
        {
            case ExternNode.Func func:
                Funcs.Add(func);
                break;
            case ExternNode.Type(var type):
                Types.Add(type);
                break;
            case ExternNode.Instance(var instance):
                Instances.Add(instance);
                break;
            case ExternNode.Component component:
                Components.Add(component);
                break;
            case ExternNode.CoreModule module:
                CoreModules.Add(module);
                break;
        }
    }

    /// <summary>Adds what an alias is.</summary>
    public void Add(Alias alias)
    {
        switch (alias)
        {
            case Alias.Export(_, var instance, var name):
                Add(Instances[(int)instance.Value].Find(name));
                break;
            case Alias.Outer(OuterSort.Type, var count, var index):
                Types.Add(Outward(count).Types[(int)index]);
                break;
            case Alias.Outer(OuterSort.Component, var count, var index):
                Components.Add(Outward(count).Components[(int)index]);
                break;
            case Alias.Outer(OuterSort.CoreModule, var count, var index):
                CoreModules.Add(Outward(count).CoreModules[(int)index]);
                break;
            case Alias.Outer(OuterSort.CoreType, var count, var index):
                CoreTypes.Add(Outward(count).CoreTypes[(int)index]);
                break;
            case Alias.Outer or Alias.CoreExport:
                break;
        }
    }

    /// <summary>Adds what a definition of a type makes.</summary>
    /// <param name="type">The definition.</param>
    /// <param name="resource">The node of a resource type, which knows its number.</param>
    public void Add(DefType type, TypeNode? resource = null) => Types.Add(type switch
    {
        DefType.Value(var value) => new TypeNode.Value(value, this),
        DefType.Func(var func) => new TypeNode.Func(func, this),
        DefType.Instance(var declarators) => new TypeNode.Instance(declarators, this),
        DefType.Component(var declarators) => new TypeNode.Component(declarators, this),
        DefType.Resource => resource ?? throw new UnreachableException(),
    });

    /// <summary>Adds what a definition of a core type makes.</summary>
    public void Add(CoreDefType type)
    {
        switch (type)
        {
            case CoreDefType.Rec(var group):
                CoreGroup.Add(group, CoreTypes);
                break;
            case CoreDefType.Module(var declarators):
                CoreTypes.Add(new CoreTypeNode.Module(declarators, this));
                break;
        }
    }

    /// <summary>Something of a type that is written here, and is not there before; a type is the new one that it introduces.</summary>
    /// <param name="type">The type.</param>
    /// <param name="owner">The instance that exports it, where one does.</param>
    /// <param name="name">The name that it has there.</param>
    public ExternNode Made(ExternType type, ExternInstance? owner, string name) => type switch
    {
        ExternType.Func(var index) => new ExternNode.Func(Types[(int)index.Value]),
        ExternType.Type(TypeBound.Eq(var index)) => new ExternNode.Type(new TypeNode.Named(Types[(int)index.Value]) { Owner = owner, Name = name }),
        ExternType.Type(TypeBound.SubResource) => new ExternNode.Type(new TypeNode.Resource(null) { Owner = owner, Name = name }),
        ExternType.Instance(var index) => new ExternNode.Instance(new ExternInstance(InstanceTypeAt(index)) { Owner = owner, Name = name }),
        ExternType.Component(var index) => new ExternNode.Component(null, this, Types[(int)index.Value]),
        ExternType.CoreModule(var index) => new ExternNode.CoreModule((CoreTypeNode.Module)CoreTypes[(int)index.Value]),
        ExternType.Type => throw new UnreachableException(),
    };

    /// <summary>What is given for an import, or exported, as the type shows it that is written for it here.</summary>
    /// <param name="type">The type.</param>
    /// <param name="given">What is given.</param>
    /// <param name="owner">The instance that has types of its own, equal to those that are given; null where they stay the same.</param>
    /// <param name="name">The name that it has there.</param>
    public ExternNode Seen(ExternType type, ExternNode given, ExternInstance? owner, string name) => (type, given) switch
    {
        (ExternType.Func(var index), _) => new ExternNode.Func(Types[(int)index.Value]),
        (ExternType.Type, ExternNode.Type) when owner is null => given,
        (ExternType.Type(TypeBound.Eq(var index)), _) => new ExternNode.Type(new TypeNode.Named(Types[(int)index.Value]) { Owner = owner, Name = name }),
        (ExternType.Type, ExternNode.Type(var node)) => new ExternNode.Type(new TypeNode.Named(node) { Owner = owner, Name = name }),
        (ExternType.Instance(var index), ExternNode.Instance(var instance)) =>
            new ExternNode.Instance(new ExternInstance(InstanceTypeAt(index), instance, owner is not null)),
        _ => given,
    };

    /// <summary>The instance type at an index, whatever names it has.</summary>
    public TypeNode.Instance InstanceTypeAt(TypeIdx index)
    {
        var type = Types[(int)index.Value];
        while (type is TypeNode.Named(var other))
            type = other;
        return (TypeNode.Instance)type;
    }

    /// <summary>The scope some steps outward, which is there.</summary>
    public TypeScope Outward(uint count)
    {
        var scope = this;
        for (; count > 0; count--)
            scope = scope.Parent!;
        return scope;
    }
}
