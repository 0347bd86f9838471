using System;
using System.Collections.Generic;
using System.Diagnostics;
using Fact.Component.Ast;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>
/// Evaluates the steps of a component and, in place, those of every component that it instantiates. What is left is a flat
/// list of core instances in the order in which they come about, with the adapters and host functions between them.
/// A stack of its own takes the place of recursion.
/// </summary>
internal sealed class Inliner(LinkContext context, Graph graph)
{
    private readonly CanonLinker canons = new(context, graph);
    private readonly ExportNames names = new();
    private readonly Stack<Frame> frames = new();
    private Members? members;

    /// <summary>Instantiates the root.</summary>
    /// <param name="root">The component.</param>
    /// <param name="imports">Where its imports are put, in order.</param>
    /// <returns>The finished instantiation; null, with an error, where it cannot be.</returns>
    public Frame? Run(CheckedComponent root, ImportList imports)
    {
        if (Enter(new ComponentDef(root, null), null, null, []) is not { } frame)
            return null;
        members = new Members(frame.Types);
        if (!new RootImports(context, graph, frame).Add(imports))
            return null;
        frames.Push(frame);
        while (true)
        {
            var top = frames.Peek();
            var steps = top.Definition.Component.Steps;
            if (top.Done < steps.Length)
            {
                var step = steps[top.Done++];
                context.Offset = step.Offset;
                if (!context.Spend(LinkCost.Of(step)) || !Evaluate(top, step) || context.Error is not null)
                    return null;
                continue;
            }
            frames.Pop();
            if (top.Caller is not { } caller)
                return top;
            if (!Leave(top, caller))
                return null;
        }
    }

    private Frame? Enter(ComponentDef definition, Frame? caller, Step.Instantiate? step, Dictionary<string, Item> args)
    {
        if (graph.Instances.Count >= ComponentLimits.TotalInstances)
        {
            context.Fail(DiagnosticCode.TooLarge, $"instantiating the component makes more than {ComponentLimits.TotalInstances} component instances", step?.Offset);
            return null;
        }
        var id = new InstanceId((uint)graph.Instances.Count);
        graph.Instances.Add(new PlanInstance(caller?.Instance, definition.Component.Offset) { Name = step?.Name ?? definition.Component.Name });
        return new Frame(id, definition, caller, step, args, new FrameTypes(id, graph.Tables, context));
    }

    // The new instance goes to the caller, who sees its resource types from now on.
    private bool Leave(Frame frame, Frame caller)
    {
        var exports = frame.Definition.Component.Exports;
        context.Offset = frame.Step!.Offset;
        if (!context.Spend(LinkCost.Of(exports)))
            return false;
        var items = new Dictionary<string, Item>(exports.Length, StringComparer.Ordinal);
        foreach (var export in exports)
            items.Add(export.Name, frame.At(export.Item, export.Type));
        var instance = new InstanceDef.Exports(items);
        foreach (var path in frame.Step.Resources)
            caller.Types.Define(path.Resource, members!.Resource(new Item.Instance(instance), path.Path));
        caller.ComponentInstances.Add(instance);
        return true;
    }

    private bool Evaluate(Frame frame, Step step)
    {
        switch (step)
        {
            case Step.Import import:
                Import(frame, import);
                return true;
            case Step.CoreModule(_, var module):
                frame.CoreModules.Add(new ModuleDef.Embedded(module));
                return true;
            case Step.CoreInstantiate instantiate:
                return Instantiate(frame, instantiate);
            case Step.CoreBundle(_, var exports):
                Bundle(frame, exports);
                return true;
            case Step.Component(_, var component):
                frame.Components.Add(new ComponentDef(component, frame));
                return true;
            case Step.Instantiate instantiate:
                return Instantiate(frame, instantiate);
            case Step.Bundle(_, var items):
                Bundle(frame, items);
                return true;
            case Step.CoreAlias(_, var sort, var instance, var name):
                frame.Core(sort).Add(Export(frame.CoreInstances[(int)instance], name));
                return true;
            case Step.InstanceAlias alias:
                return Alias(frame, alias);
            case Step.OuterAlias(_, var sort, var count, var index):
                OuterAlias(frame, sort, count, index);
                return true;
            case Step.Resource resource:
                Define(frame, resource);
                return true;
            case Step.Lift lift:
                frame.Funcs.Add(canons.Lift(frame, lift));
                return true;
            case Step.Lower lower:
                frame.CoreFuncs.Add(canons.Lower(frame, lower));
                return true;
            case Step.Builtin builtin:
                frame.CoreFuncs.Add(canons.Builtin(frame, builtin));
                return true;
            case Step.Export(_, var item):
                frame.Push(frame.At(item, null));
                return true;
            default:
                throw new UnreachableException();
        }
    }

    private void Import(Frame frame, Step.Import import)
    {
        // The root needs no value for the types that it imports.
        if (!frame.Args.TryGetValue(import.Name, out var item))
            return;
        if (frame.Caller is not null)
        {
            foreach (var path in import.Resources)
                frame.Types.Define(path.Resource, members!.Resource(item, path.Path));
        }
        frame.Push(item);
    }

    private bool Instantiate(Frame frame, Step.Instantiate step)
    {
        var args = new Dictionary<string, Item>(step.Args.Length, StringComparer.Ordinal);
        foreach (var arg in step.Args)
            args.Add(arg.Name, frame.At(arg.Item, arg.Type));
        if (Enter(frame.Components[(int)step.Target], frame, step, args) is not { } inner)
            return false;
        frames.Push(inner);
        return true;
    }

    private bool Instantiate(Frame frame, Step.CoreInstantiate step)
    {
        if (graph.CoreInstances.Count >= ComponentLimits.TotalInstances)
            return context.Fail(DiagnosticCode.TooLarge, $"instantiating the component makes more than {ComponentLimits.TotalInstances} core instances", step.Offset);
        var given = new Dictionary<string, CoreInstanceDef>(step.Args.Length, StringComparer.Ordinal);
        foreach (var arg in step.Args)
            given.Add(arg.Name, frame.CoreInstances[(int)arg.Instance.Value]);
        var module = frame.CoreModules[(int)step.Module];
        if (!context.Spend(LinkCost.Of(module)))
            return false;
        var args = new List<CoreArg>();
        switch (module)
        {
            case ModuleDef.Embedded(var embedded):
                foreach (var import in embedded.Surface.Imports)
                    args.Add(new CoreArg(import.Module, import.Name, Export(given[import.Module], import.Name)));
                break;
            case ModuleDef.Imported(_, var type):
                foreach (var ((from, name), _) in type.Imports)
                    args.Add(new CoreArg(from, name, Export(given[from], name)));
                break;
        }
        var id = new CoreInstanceId((uint)graph.CoreInstances.Count);
        var effect = new Effect.Instantiate(id, module, args.Seal());
        graph.CoreInstances.Add(effect);
        graph.Effects.Add(effect);
        frame.CoreInstances.Add(new CoreInstanceDef.Instantiated(id, module));
        return true;
    }

    private static void Bundle(Frame frame, EquatableArray<CoreInlineExport> exports)
    {
        var items = new Dictionary<string, CoreDef>(exports.Length, StringComparer.Ordinal);
        foreach (var export in exports)
            items.Add(export.Name, frame.Core(export.Item.Sort)[(int)export.Item.Index]);
        frame.CoreInstances.Add(new CoreInstanceDef.Bundle(items));
    }

    private static void Bundle(Frame frame, EquatableArray<BundleItem> bundled)
    {
        var items = new Dictionary<string, Item>(bundled.Length, StringComparer.Ordinal);
        foreach (var item in bundled)
            items.Add(item.Name, frame.At(item.Item, item.Type));
        frame.ComponentInstances.Add(new InstanceDef.Exports(items));
    }

    private bool Alias(Frame frame, Step.InstanceAlias alias)
    {
        var instance = frame.ComponentInstances[(int)alias.Instance];
        // Where among the imports it is, is a list of names.
        if (instance is InstanceDef.Imported(var path, _) && !context.Spend(path.Path.Length * 8L))
            return false;
        if (Members.Of(instance, alias.Name) is { } item)
        {
            frame.Push(item);
            return true;
        }
        return context.Fail(
            DiagnosticCode.Unsupported,
            "a component that the host would provide is used: importing components is not supported", alias.Offset, $"alias \"{alias.Name}\"");
    }

    private static void OuterAlias(Frame frame, OuterSort sort, uint count, uint index)
    {
        var outer = frame;
        for (; count > 0; count--)
            outer = outer.Definition.Outer!;
        if (sort == OuterSort.CoreModule)
            frame.CoreModules.Add(outer.CoreModules[(int)index]);
        else
            frame.Components.Add(outer.Components[(int)index]);
    }

    private void Define(Frame frame, Step.Resource step)
    {
        CoreFuncId? dtor = step.Dtor is { } index ? graph.Func(frame.CoreFuncs[(int)index]) : null;
        var id = graph.Tables.Add(new PlanResource.Defined(frame.Instance, step.Rep, dtor) { Name = frame.Definition.Component.Type.NameOf(step.Id) });
        frame.Types.Define(step.Id, id);
        graph.Effects.Add(new Effect.Define(id, dtor));
    }

    private CoreDef Export(CoreInstanceDef instance, string name) => instance switch
    {
        CoreInstanceDef.Bundle(var exports) => exports[name],
        CoreInstanceDef.Instantiated(var id, ModuleDef.Embedded(var module)) => new CoreDef.Export(id, names.First(module, name)),
        CoreInstanceDef.Instantiated(var id, _) => new CoreDef.Export(id, name),
    };
}
