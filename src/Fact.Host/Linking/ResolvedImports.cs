using System;
using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Host.Engine;
using Fact.Host.Resources;
using Fact.Ir;
using LanguageExt;

namespace Fact.Host.Linking;

/// <summary>What a host gave for each imported thing that something uses, by its position in the plan.</summary>
internal sealed class ResolvedImports : IDisposable
{
    private readonly object[] items;

    private ResolvedImports(object[] items) => this.items = items;

    /// <summary>Finds everything that the component needs, or lists all that is missing, with types.</summary>
    public static Either<EquatableArray<HostError>, ResolvedImports> Resolve(LoadedComponent component, HostImports imports)
    {
        var errors = new List<HostError>();
        object[] items = new object[component.Plan.ImportedItems.Length];
        for (uint i = 0; i < items.Length; i++)
        {
            string name = component.Names.Import(new(i));
            string wanted = Describe(component, component.Names.ImportType(new(i)));
            switch (component.Names.ImportType(new(i)), imports.Find(name))
            {
                case (PlanExtern.Func, HostImports.Definition.Function function):
                    items[i] = function.Implementation;
                    break;
                case (PlanExtern.Type, HostImports.Definition.Resource resource):
                    items[i] = resource;
                    break;
                case (PlanExtern.CoreModule, HostImports.Definition.CoreModule module):
                    ModuleLoader.Load(component.Engine.Engine, module.Bytes, $"import \"{name}\"").Match(m => items[i] = m, errors.Add);
                    break;
                case (_, null):
                    errors.Add(new HostError($"missing: it must be {wanted}", $"import \"{name}\""));
                    break;
                default:
                    errors.Add(new HostError($"something of another kind was given: it must be {wanted}", $"import \"{name}\""));
                    break;
            }
        }
        if (errors.Count == 0)
            return new ResolvedImports(items);
        new ResolvedImports(items).Dispose();
        return errors.ToEquatableArray();
    }

    /// <summary>What an import must be, for messages.</summary>
    public static string Describe(LoadedComponent component, PlanExtern type) => type switch
    {
        PlanExtern.Func func => component.Names.Type(func.FuncType),
        PlanExtern.CoreModule module => $"a core module with {module.Imports.Length} imports and {module.Exports.Length} exports",
        PlanExtern.Instance => "an instance",
        PlanExtern.Type => "a resource type",
        PlanExtern.Component => "a component",
    };

    /// <summary>An imported function.</summary>
    public HostFunction Function(ImportedItemId id) => (HostFunction)items[(int)id.Value];

    /// <summary>An imported resource type.</summary>
    public HostImports.Definition.Resource Resource(ImportedItemId id) => (HostImports.Definition.Resource)items[(int)id.Value];

    /// <summary>An imported core module.</summary>
    public LoadedModule CoreModule(ImportedItemId id) => (LoadedModule)items[(int)id.Value];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (object? item in items)
            (item as LoadedModule)?.Module.Dispose();
    }
}
