using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;
using static Fact.Ir.EquatableArray;

namespace Fact.Fuse;

/// <summary>The resource types that a host can name: what they are called, and what is used of them.</summary>
internal sealed class BorderResources
{
    private readonly LinkPlan plan;
    private readonly CoreNames names;
    private readonly EquatableArray<string>[] paths;
    private readonly FusedResource?[] used;
    private readonly HashSet<ValType> seen = new(ReferenceEqualityComparer.Instance);

    public BorderResources(LinkPlan plan, CoreNames names)
    {
        (this.plan, this.names) = (plan, names);
        paths = new EquatableArray<string>[plan.Tables.Resources.Length];
        used = new FusedResource?[paths.Length];
        FindImported();
        FindExported();
    }

    /// <summary>Those that were asked for, in the order of the plan.</summary>
    public EquatableArray<FusedResource> Used => used.OfType<FusedResource>().ToEquatableArray();

    /// <summary>Whether a host can name it.</summary>
    public bool HasName(RuntimeResourceId id) => !paths[(int)id.Value].IsEmpty;

    /// <summary>Notes that handles of it pass the border.</summary>
    public FusedResource Use(RuntimeResourceId id) => used[(int)id.Value] ??= new FusedResource { Resource = id, Path = paths[(int)id.Value] };

    /// <summary>Notes that handles of all types in a function type do.</summary>
    public void Use(ComponentFuncType type)
    {
        if (type.Has(TypeContents.Resources))
            type.Map(Use);
    }

    private ValType Use(ValType type)
    {
        if (!type.Has(TypeContents.Resources) || !seen.Add(type))
            return type;
        if (type is ValType.Own(var own))
            Use(plan.Tables.ResourceTables[(int)own.Value].Resource);
        else if (type is ValType.Borrow(var borrow))
            Use(plan.Tables.ResourceTables[(int)borrow.Value].Resource);
        return TypeParts.Map(type, Use);
    }

    /// <summary>The import that drops handles.</summary>
    public CoreImportName Drop(RuntimeResourceId id)
    {
        var name = IsImported(id) ? names.OfImported(Path(id), "drop") : names.OfExported(Path(id), "drop");
        used[(int)id.Value] = Use(id) with { Drop = name };
        return name;
    }

    /// <summary>The import that makes handles.</summary>
    public CoreImportName New(RuntimeResourceId id)
    {
        var name = names.OfExported(Path(id), "new");
        used[(int)id.Value] = Use(id) with { New = name };
        return name;
    }

    /// <summary>The import that says what represents the resource of a handle.</summary>
    public CoreImportName Rep(RuntimeResourceId id)
    {
        var name = names.OfExported(Path(id), "rep");
        used[(int)id.Value] = Use(id) with { Rep = name };
        return name;
    }

    /// <summary>The export that destroys a resource.</summary>
    public string Destructor(RuntimeResourceId id)
    {
        string name = names.Destructor(Path(id));
        used[(int)id.Value] = Use(id) with { Destructor = name };
        return name;
    }

    // No name of a component has an underscore.
    private EquatableArray<string> Path(RuntimeResourceId id) =>
        HasName(id) ? paths[(int)id.Value] : [string.Create(CultureInfo.InvariantCulture, $"resource_{id.Value}")];

    private bool IsImported(RuntimeResourceId id) => plan.Tables.Resources[(int)id.Value] is PlanResource.Imported;

    private void FindImported()
    {
        for (int i = 0; i < paths.Length; i++)
        {
            if (plan.Tables.Resources[i] is not PlanResource.Imported(var id))
                continue;
            var item = plan.ImportedItems[(int)id.Value];
            paths[i] = [plan.Imports[(int)item.Import.Value].Name, .. item.Path];
        }
    }

    // A type has the name by which it is exported first. Each exported instance is looked at once, where it is first: others that have it too make no more names.
    private void FindExported()
    {
        var seen = new HashSet<ExportedInstanceId>();
        var waiting = new Stack<(EquatableArray<string> Path, EquatableArray<PlanExport> Exports, int Next)>([([], plan.Exports, 0)]);
        while (waiting.TryPop(out var around))
        {
            if (around.Next == around.Exports.Length)
                continue;
            waiting.Push(around with { Next = around.Next + 1 });
            var export = around.Exports[around.Next];
            if (export.Item is ExportItem.Type(PlanType.Resource(var resource)) && paths[(int)resource.Value].IsEmpty)
                paths[(int)resource.Value] = [.. around.Path, export.Name];
            else if (export.Item is ExportItem.Instance(var id) && seen.Add(id))
                waiting.Push(([.. around.Path, export.Name], plan.ExportedInstances[(int)id.Value], 0));
        }
    }
}
