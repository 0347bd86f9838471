using System.Collections.Generic;
using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;
using Fact.Values;
using static System.FormattableString;

namespace Fact.Cli.Inspect;

/// <summary>
/// What the things of a plan are called in reports: by their names, of which long ones are abbreviated, and by numbers where these say nothing or not enough.
/// </summary>
internal sealed class ReportNames
{
    private readonly LinkPlan plan;
    private readonly string[] resources;
    private readonly Dictionary<ComponentFuncType, string> signatures = [];
    private readonly Dictionary<ValType, string?> types = [];
    private readonly TypeKeys shapes = TypeKeys.ByShape();

    public ReportNames(LinkPlan plan)
    {
        this.plan = plan;
        string?[] names = [.. plan.Tables.Resources.Items.Select(resource => resource.Name is { } name ? Printable.Short(name) : null)];
        var count = new Dictionary<string, int>();
        foreach (string? name in names)
        {
            if (name is not null)
                count[name] = count.GetValueOrDefault(name) + 1;
        }
        resources = [.. names.Select((name, i) => name is null ? Invariant($"resource{i}") : count[name] > 1 ? Invariant($"{name}#{i}") : name)];
        foreach (var (type, name) in plan.TypeNames)
        {
            var shape = shapes.Of(type);
            if (!types.TryAdd(shape, name) && types[shape] != name)
                types[shape] = null;
        }
    }

    /// <summary>A resource type.</summary>
    public string Resource(int resource) => resources[resource];

    /// <summary>What a record, variant, enum or flags type is called wherever the component imports or exports it; null where that is nothing, or not one name.</summary>
    public string? Type(ValType type) => TypeKeys.IsNameable(type) ? types.GetValueOrDefault(shapes.Of(type)) : null;

    /// <summary>A function's type, as WIT has it, with the names of types.</summary>
    public string Signature(ComponentFuncType type)
    {
        if (!signatures.TryGetValue(type, out string? text))
            signatures.Add(type, text = TypeText.Of(type, plan.Tables.ResourceNames(id => Resource((int)id.Value)), Type));
        return text;
    }

    /// <summary>What the caller of an adapter calls the function: <c>interface#function</c>; null where it has no name for it.</summary>
    public static string? Func(PlanAdapter adapter) => (adapter.FuncName, adapter.Interface) switch
    {
        (null, _) => null,
        ({ } name, null) => Printable.Short(name),
        ({ } name, { } of) => Printable.Short(of) + "#" + Printable.Short(name),
    };

    /// <summary>A component instance, by its number and its name if it has one.</summary>
    public string Instance(InstanceId instance) =>
        plan.Instances[(int)instance.Value].Name is { } name
            ? Invariant($"instance {instance.Value} \"{Printable.Short(name)}\"")
            : Invariant($"instance {instance.Value}");

    /// <summary>An import with the way into it, as a reader would write it.</summary>
    public string Import(ImportedItemId id)
    {
        var item = plan.ImportedItems[(int)id.Value];
        string import = Printable.Short(plan.Imports[(int)item.Import.Value].Name);
        return Printable.Short(item.Path.IsEmpty ? import : import + "#" + string.Join('#', item.Path.Items.Select(Printable.Short)));
    }
}
