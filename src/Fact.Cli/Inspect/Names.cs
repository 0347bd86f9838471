using System.Collections.Generic;
using System.Linq;
using Fact.Component.Plan;
using Fact.Host.Values;
using Fact.Ir;
using static System.FormattableString;

namespace Fact.Cli.Inspect;

/// <summary>What the things of a plan are called in reports: by their names, and by numbers where these say nothing or not enough.</summary>
internal sealed class Names
{
    private readonly LinkPlan plan;
    private readonly string[] resources;

    public Names(LinkPlan plan)
    {
        this.plan = plan;
        var count = new Dictionary<string, int>();
        foreach (var resource in plan.Tables.Resources)
        {
            if (resource.Name is { } name)
                count[name] = count.GetValueOrDefault(name) + 1;
        }
        resources = [.. plan.Tables.Resources.Items.Select((resource, i) =>
            resource.Name is not { } name ? Invariant($"resource{i}") : count[name] > 1 ? Invariant($"{name}#{i}") : name)];
    }

    /// <summary>A resource type.</summary>
    public string Resource(int resource) => resources[resource];

    /// <summary>A function's type, as WIT has it.</summary>
    public string Signature(ComponentFuncType type) => TypeText.Of(type, new TypeNames(plan.Tables, id => Resource((int)id.Value)));

    /// <summary>A component instance, by its number and its name if it has one.</summary>
    public string Instance(InstanceId instance) =>
        plan.Instances[(int)instance.Value].Name is { } name ? Invariant($"instance {instance.Value} \"{name}\"") : Invariant($"instance {instance.Value}");

    /// <summary>An import with the way into it, as a reader would write it.</summary>
    public string Import(ImportedItemId id) => plan.ImportName(id);
}
