namespace Fact.Component.Types;

/// <summary>A type whose indices are resolved. Spec: <c>deftype</c>.</summary>
internal closed record CheckedType
{
    private CheckedType()
    {
    }

    /// <summary>A value type.</summary>
    public sealed record Value(CheckedValType Type) : CheckedType;

    /// <summary>A function type.</summary>
    public sealed record Func(CheckedFuncType Type) : CheckedType;

    /// <summary>A resource type.</summary>
    public sealed record Resource(ResourceId Id) : CheckedType;

    /// <summary>A component type.</summary>
    public sealed record Component(CheckedComponentType Type) : CheckedType;

    /// <summary>An instance type.</summary>
    public sealed record Instance(CheckedInstanceType Type) : CheckedType;

    /// <summary>What to call it in a message.</summary>
    public string Kind => this switch
    {
        Value value => value.Type.Kind.Text() + " type",
        Func => "function type",
        Resource => "resource type",
        Component => "component type",
        Instance => "instance type",
    };
}

/// <summary>The type of an import or export, resolved. Spec: <c>externtype</c>.</summary>
internal closed record CheckedExtern
{
    private CheckedExtern()
    {
    }

    /// <summary>A core module.</summary>
    public sealed record CoreModule(CoreModuleType ModuleType) : CheckedExtern;

    /// <summary>A function.</summary>
    public sealed record Func(CheckedFuncType FuncType) : CheckedExtern;

    /// <summary>A type: the one that the new index stands for.</summary>
    public sealed record Type(CheckedType Bound) : CheckedExtern;

    /// <summary>A component.</summary>
    public sealed record Component(CheckedComponentType ComponentType) : CheckedExtern;

    /// <summary>An instance.</summary>
    public sealed record Instance(CheckedInstanceType InstanceType) : CheckedExtern;

    /// <summary>What to call it in a message.</summary>
    public string Kind => this switch
    {
        CoreModule => "core module",
        Func => "function",
        Type => "type",
        Component => "component",
        Instance => "instance",
    };

    /// <summary>How deep instance and component types nest in it.</summary>
    public int Depth => this switch
    {
        CoreModule or Func or Type(CheckedType.Value or CheckedType.Func or CheckedType.Resource) => 0,
        Type(CheckedType.Component(var type)) => type.Depth,
        Type(CheckedType.Instance(var type)) => type.Depth,
        Component(var type) => type.Depth,
        Instance(var type) => type.Depth,
        Type => 0,
    };

    /// <summary>How many imports and exports it writes out to, itself included.</summary>
    public long Size => this switch
    {
        CoreModule(var type) => type.Size,
        Func or Type(CheckedType.Value or CheckedType.Func or CheckedType.Resource) => 1,
        Type(CheckedType.Component(var type)) => type.Size,
        Type(CheckedType.Instance(var type)) => type.Size,
        Component(var type) => type.Size,
        Instance(var type) => type.Size,
        Type => 1,
    };

    /// <summary>Whether a resource type occurs in it.</summary>
    public bool HasResources => this switch
    {
        CoreModule => false,
        Func(var type) => (type.Traits & TypeTraits.Resource) != 0,
        Type(CheckedType.Value(var type)) => type.Has(TypeTraits.Resource),
        Type(CheckedType.Func(var type)) => (type.Traits & TypeTraits.Resource) != 0,
        Type(CheckedType.Resource) => true,
        Type(CheckedType.Component(var type)) => type.HasResources,
        Type(CheckedType.Instance(var type)) => type.HasResources,
        Component(var type) => type.HasResources,
        Instance(var type) => type.HasResources,
        Type => false,
    };
}
