using System;
using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>Gives the root what it imports: things that the host provides.</summary>
internal sealed class RootImports(LinkContext context, Graph graph, Frame root)
{
    /// <summary>Adds an argument for each import, and a run-time resource type for each that an import leaves open.</summary>
    /// <param name="imports">Where the imports are put, in order.</param>
    public bool Add(ImportList imports)
    {
        foreach (var step in root.Definition.Component.Steps)
        {
            if (step is Step.Import import && !Add(import, imports))
                return false;
        }
        return true;
    }

    private bool Add(Step.Import import, ImportList imports)
    {
        context.Offset = import.Offset;
        if (!context.Spend(LinkCost.Of(import)))
            return false;
        if (import.Extern is CheckedExtern.Component)
        {
            return context.Fail(
                DiagnosticCode.Unsupported,
                "the root component imports a component, which is not supported: compose the two into one component first",
                import.Offset,
                $"import \"{import.Name}\"");
        }
        var number = new ImportId((uint)imports.Imports.Count);
        foreach (var path in import.Resources)
        {
            var item = graph.Item(new ImportedItem(number, path.Path));
            root.Types.Define(path.Resource, graph.Tables.Add(new PlanResource.Imported(item) { Name = path.Path.IsEmpty ? import.Name : path.Path[^1] }));
        }
        // A host has nothing to provide for a type that is not a resource type.
        if (import.Extern is CheckedExtern.Type(not CheckedType.Resource))
        {
            imports.Types.Add(new PlanImport(import.Name, imports.TypeOf(import.Extern, root.Types, context)));
            return context.Error is null;
        }
        imports.Imports.Add(new PlanImport(import.Name, imports.TypeOf(import.Extern, root.Types, context)));
        root.Args.Add(import.Name, ItemOf(new ImportedItem(number, []), import.Extern, id => root.Types.Resource(id))!);
        return context.Error is null;
    }

    /// <summary>Something that the host provides; null for a component.</summary>
    /// <param name="path">Where among the imports it is.</param>
    /// <param name="type">Its type as the root sees it.</param>
    /// <param name="resource">What a resource type is at run time.</param>
    public static Item? ItemOf(ImportedItem path, CheckedExtern type, Func<ResourceId, RuntimeResourceId?> resource) => type switch
    {
        CheckedExtern.Func => new Item.Func(new FuncDef.Imported(path)),
        CheckedExtern.CoreModule(var module) => new Item.CoreModule(new ModuleDef.Imported(path, module)),
        CheckedExtern.Instance(var instance) => new Item.Instance(new InstanceDef.Imported(path, instance)),
        CheckedExtern.Type(CheckedType.Resource(var id)) => new Item.Type(resource(id)),
        CheckedExtern.Type => new Item.Type(null),
        CheckedExtern.Component => null,
    };
}
