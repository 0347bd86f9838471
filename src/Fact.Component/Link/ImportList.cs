using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>What the root imports, with the types of instances and core modules among it, each once.</summary>
/// <param name="coreTypes">The core types of the plan.</param>
internal sealed class ImportList(PlanCoreTypes coreTypes)
{
    private readonly Dictionary<CheckedInstanceType, InstanceTypeId> instances = [];
    private readonly Dictionary<CoreModuleType, CoreModuleTypeId> modules = [];

    /// <summary>The imports in order.</summary>
    public List<PlanImport> Imports { get; } = [];

    /// <summary>The types that are imported, without resource types.</summary>
    public List<PlanImport> Types { get; } = [];

    /// <summary>The types of instances, after those in them.</summary>
    public List<EquatableArray<NamedExtern>> InstanceTypes { get; } = [];

    /// <summary>The types of core modules.</summary>
    public List<PlanCoreModuleType> CoreModuleTypes { get; } = [];

    /// <summary>The type of an import or of an export of an imported instance.</summary>
    /// <param name="type">The type.</param>
    /// <param name="root">How the root sees types.</param>
    /// <param name="context">Where work is counted.</param>
    public PlanExtern TypeOf(CheckedExtern type, FrameTypes root, LinkContext context) => type switch
    {
        CheckedExtern.Func(var func) => new PlanExtern.Func(root.Convert(func)),
        CheckedExtern.CoreModule(var module) => new PlanExtern.CoreModule(Module(module, context)),
        CheckedExtern.Instance(var instance) => new PlanExtern.Instance(Instance(instance, root, context)),
        CheckedExtern.Type(var bound) => new PlanExtern.Type(root.Convert(bound)),
        CheckedExtern.Component => new PlanExtern.Component(),
    };

    // Instance types nest no deeper than the checker lets them.
    private InstanceTypeId Instance(CheckedInstanceType type, FrameTypes root, LinkContext context)
    {
        if (instances.TryGetValue(type, out var known))
            return known;
        var exports = new List<NamedExtern>();
        foreach (var (name, export) in type.Exports)
        {
            if (!context.Spend(LinkCost.Item))
                break;
            exports.Add(new NamedExtern(name, TypeOf(export, root, context)));
        }
        var id = new InstanceTypeId((uint)InstanceTypes.Count);
        InstanceTypes.Add(exports.Seal());
        instances.Add(type, id);
        return id;
    }

    private CoreModuleTypeId Module(CoreModuleType type, LinkContext context)
    {
        if (modules.TryGetValue(type, out var known))
            return known;
        context.Spend(LinkCost.Item * type.Size);
        var imports = new List<CoreImportType>(type.Imports.Count);
        foreach (var ((module, name), import) in type.Imports)
            imports.Add(new CoreImportType(module, name, coreTypes.Of(import)));
        var exports = new List<CoreExportType>(type.Exports.Count);
        foreach (var (name, export) in type.Exports)
            exports.Add(new CoreExportType(name, coreTypes.Of(export)));
        var id = new CoreModuleTypeId((uint)CoreModuleTypes.Count);
        CoreModuleTypes.Add(new PlanCoreModuleType(imports.Seal(), exports.Seal()));
        modules.Add(type, id);
        return id;
    }
}
