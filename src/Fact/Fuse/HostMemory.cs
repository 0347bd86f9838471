using System.Collections.Generic;
using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Fuse;

/// <summary>In which memories a component and its host pass values.</summary>
internal static class HostMemory
{
    /// <summary>Whether it is one, with 32-bit addresses, one allocator and strings in UTF-8; or none is needed.</summary>
    public static bool IsOne(LinkPlan plan)
    {
        var memories = new HashSet<CoreMemoryId>();
        var allocators = new HashSet<(CoreFuncId, InstanceId)>();
        foreach (var (instance, options) in Functions(plan))
        {
            if (options.Memory is { } memory && (memory.Type.Is64 || (memories.Add(memory.Id) && memories.Count > 1)))
                return false;
            if (options.Realloc is { } realloc && allocators.Add((realloc, instance)) && allocators.Count > 1)
                return false;
            if (options.StringEncoding != StringEncoding.Utf8)
                return false;
        }
        return true;
    }

    /// <summary>Whether it is no more than one, however values are in it.</summary>
    public static bool IsOnlyOne(LinkPlan plan) => Functions(plan).Select(each => each.Options.Memory?.Id).Where(memory => memory is not null).Distinct().Count() <= 1;

    /// <summary>What a host must know of the options of a function that is exported: what its values do not need, it does not.</summary>
    public static CanonicalOptions OfExport(ComponentFuncType type, CanonicalOptions options) => Needed(options, type, CanonicalNeeds.OfLift(type, options));

    /// <summary>The same of a function that is imported.</summary>
    public static CanonicalOptions OfImport(ComponentFuncType type, CanonicalOptions options) => Needed(options, type, CanonicalNeeds.OfLower(type, options));

    private static CanonicalOptions Needed(CanonicalOptions options, ComponentFuncType type, CanonicalNeeds needs) => options with
    {
        StringEncoding = type.Has(TypeContents.Strings) ? options.StringEncoding : StringEncoding.Utf8,
        Memory = needs == default ? null : options.Memory,
        Realloc = needs.Params == MemoryNeed.Allocator || needs.Result == MemoryNeed.Allocator ? options.Realloc : null,
    };

    private static IEnumerable<(InstanceId Instance, CanonicalOptions Options)> Functions(LinkPlan plan)
    {
        foreach (var export in plan.Exports.Items.Concat(plan.ExportedInstances.Items.SelectMany(instance => instance.Items)))
        {
            if (export.Item is ExportItem.Func func)
                yield return (plan.Options[(int)func.Options.Value].Instance, OfExport(func.FuncType, plan.Options[(int)func.Options.Value].Options));
        }
        foreach (var import in plan.Trampolines.Items.OfType<Trampoline.LowerImport>())
            yield return (plan.Options[(int)import.Options.Value].Instance, OfImport(import.FuncType, plan.Options[(int)import.Options.Value].Options));
    }
}
