using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>A type whose indices are resolved. Spec: <c>deftype</c>.</summary>
internal closed record CheckedType
{
    private CheckedType()
    {
    }

    /// <summary>What it is or mentions that must have a name; null where that is nothing, or the type names it itself.</summary>
    public Nameable? Mentions { get; init; }

    /// <summary>Whether it must have a name before an import or export may mention it.</summary>
    public bool MustBeNamed => this is Resource or Value(ValType.Record or ValType.Variant or ValType.Flags or ValType.Enum);

    /// <summary>A value type.</summary>
    public sealed record Value(ValType Type) : CheckedType;

    /// <summary>A function type.</summary>
    public sealed record Func(ComponentFuncType Type) : CheckedType;

    /// <summary>A resource type.</summary>
    public sealed record Resource(ResourceId Id) : CheckedType;

    /// <summary>A component type.</summary>
    public sealed record Component(CheckedComponentType Type) : CheckedType;

    /// <summary>An instance type.</summary>
    public sealed record Instance(CheckedInstanceType Type) : CheckedType;

    /// <summary>What to call it in a message.</summary>
    public string Kind => this switch
    {
        Value value => value.Type.Keyword + " type",
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
    public sealed record Func(ComponentFuncType FuncType) : CheckedExtern
    {
        /// <summary>What it mentions that must have a name; null where that is nothing.</summary>
        public Nameable? Mentions { get; init; }
    }

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

    /// <summary>What is somewhere in its types.</summary>
    public TypeContents Contents => this switch
    {
        CoreModule => TypeContents.None,
        Func(var type) => type.Contents,
        Type(CheckedType.Value(var type)) => type.Contents,
        Type(CheckedType.Func(var type)) => type.Contents,
        Type(CheckedType.Resource) => TypeContents.Resources,
        Type(CheckedType.Component(var type)) => type.Contents,
        Type(CheckedType.Instance(var type)) => type.Contents,
        Component(var type) => type.Contents,
        Instance(var type) => type.Contents,
        Type => TypeContents.None,
    };

    /// <summary>Whether a resource type occurs in it.</summary>
    public bool HasResources => (Contents & TypeContents.Resources) != 0;
}
