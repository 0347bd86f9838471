using System.Diagnostics;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>Looks into instances.</summary>
/// <param name="rootTypes">How the root sees types: instances that the host provides have no other types.</param>
internal sealed class Members(FrameTypes rootTypes)
{
    /// <summary>An export of an instance, which has it; null where it is a component that the host would provide.</summary>
    public static Item? Of(InstanceDef instance, string name) => instance switch
    {
        InstanceDef.Exports(var items) => items[name],
        InstanceDef.Imported(var path, var type) => RootImports.ItemOf(
            new ImportedItem(path.Import, [.. path.Path, name]), type.Exports[name], _ => null),
    };

    /// <summary>The run-time resource type at the end of a path, where there is one.</summary>
    public RuntimeResourceId Resource(Item item, EquatableArray<string> path)
    {
        for (int i = 0; i < path.Length; i++)
        {
            if (item is not Item.Instance(var instance))
                throw new UnreachableException();
            if (instance is InstanceDef.Imported(_, var type) && type.Exports[path[i]] is CheckedExtern.Type(CheckedType.Resource(var id)))
                return rootTypes.Resource(id);
            item = Of(instance, path[i]) ?? throw new UnreachableException();
        }
        return item is Item.Type({ } resource) ? resource : throw new UnreachableException();
    }
}
