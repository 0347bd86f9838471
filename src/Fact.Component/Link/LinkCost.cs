using Fact.Component.Ast;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>About how many bytes of memory, and later of the plan, things take that linking makes; names are looked up by their characters.</summary>
internal static class LinkCost
{
    /// <summary>An instantiation: its index spaces.</summary>
    public const long Instance = 2_000;

    /// <summary>A definition in an index space, an argument, an export.</summary>
    public const long Item = 100;

    /// <summary>A function that the host or an adapter provides.</summary>
    public const long Function = 1_000;

    /// <summary>What a step costs however it turns out.</summary>
    public static long Of(Step step) => step switch
    {
        Step.Import import => Item + import.Name.Length + Of(import.Resources),
        Step.CoreInstantiate instantiate => Instance + Of(instantiate.Args),
        Step.CoreBundle bundle => Item + Of(bundle.Exports),
        Step.Instantiate instantiate => Instance + Of(instantiate.Args) + Of(instantiate.Resources),
        Step.Bundle bundle => Item + Of(bundle.Items),
        Step.CoreAlias alias => Item + alias.Name.Length,
        Step.InstanceAlias alias => Item + alias.Name.Length,
        Step.Lift or Step.Lower or Step.Builtin => Function,
        Step.CoreModule or Step.Component or Step.OuterAlias or Step.Resource or Step.Export => Item,
    };

    /// <summary>Arguments or exports.</summary>
    public static long Of(EquatableArray<BundleItem> items)
    {
        long bytes = 0;
        foreach (var item in items)
            bytes += Item + item.Name.Length;
        return bytes;
    }

    /// <summary>The arguments of a core module.</summary>
    public static long Of(ModuleDef module)
    {
        long bytes = 0;
        switch (module)
        {
            case ModuleDef.Embedded(var embedded):
                foreach (var import in embedded.Surface.Imports)
                    bytes += Item + import.Module.Length + import.Name.Length;
                break;
            case ModuleDef.Imported(_, var type):
                foreach (var ((from, name), _) in type.Imports)
                    bytes += Item + from.Length + name.Length;
                break;
        }
        return bytes;
    }

    /// <summary>A value type that an instance has of its own.</summary>
    public static long Of(ValType type)
    {
        long bytes = Item + (Item * TypeParts.Count(type) / 2);
        for (int i = 0; i < TypeParts.LabelCount(type); i++)
            bytes += TypeParts.LabelAt(type, i).Length;
        return bytes;
    }

    /// <summary>A function type that an instance has of its own.</summary>
    public static long Of(ComponentFuncType type)
    {
        long bytes = Item;
        foreach (var parameter in type.Params)
            bytes += (Item / 2) + parameter.Name.Length;
        return bytes;
    }

    private static long Of(EquatableArray<ResourcePath> resources)
    {
        long bytes = 0;
        foreach (var resource in resources)
        {
            bytes += Item;
            foreach (string name in resource.Path)
                bytes += name.Length + 8;
        }
        return bytes;
    }

    private static long Of(EquatableArray<CoreInstantiateArg> args)
    {
        long bytes = 0;
        foreach (var arg in args)
            bytes += Item + arg.Name.Length;
        return bytes;
    }

    private static long Of(EquatableArray<CoreInlineExport> exports)
    {
        long bytes = 0;
        foreach (var export in exports)
            bytes += Item + export.Name.Length;
        return bytes;
    }
}
