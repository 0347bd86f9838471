using System;
using System.Collections.Generic;
using System.Diagnostics;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Checks instantiations and bundles. Spec: <c>core:instance</c>, <c>instance</c>.</summary>
internal sealed class InstanceChecker(CheckContext context, DefinitionScope scope)
{
    private readonly Lookup lookup = new(context, scope);

    /// <summary>A core instance; null, with an error, where it is wrong.</summary>
    public Step? Core(long offset, CoreInstanceExpr expr)
    {
        context.Enter("core instance", scope.CoreInstances.Count);
        Step step;
        IReadOnlyDictionary<string, CoreExternType>? exports;
        switch (expr)
        {
            case CoreInstanceExpr.Instantiate(var module, var args):
                exports = CoreInstantiate(module.Value, args);
                step = new Step.CoreInstantiate(offset, module.Value, args);
                break;
            case CoreInstanceExpr.FromExports(var bundled):
                exports = CoreBundle(bundled);
                step = new Step.CoreBundle(offset, bundled);
                break;
            default:
                throw new UnreachableException();
        }
        if (exports is null)
            return null;
        scope.CoreInstances.Add(exports);
        if (!Bounded())
            return null;
        context.Leave();
        return step;
    }

    /// <summary>A component instance; null, with an error, where it is wrong.</summary>
    public Step? Define(long offset, InstanceExpr expr)
    {
        context.Enter("instance", scope.Instances.Count);
        Step? step = expr switch
        {
            InstanceExpr.Instantiate(var component, var args) => Instantiate(offset, component.Value, args),
            InstanceExpr.FromExports(var exports) => Bundle(offset, exports),
        };
        if (step is null || !Bounded())
            return null;
        context.Leave();
        return step;
    }

    private IReadOnlyDictionary<string, CoreExternType>? CoreInstantiate(uint index, EquatableArray<CoreInstantiateArg> args)
    {
        if (lookup.CoreModule(index) is not { } module)
            return null;
        var given = new Dictionary<string, IReadOnlyDictionary<string, CoreExternType>>(StringComparer.Ordinal);
        foreach (var arg in args)
        {
            if (lookup.CoreInstance(arg.Instance.Value) is not { } instance)
                return null;
            if (!given.TryAdd(arg.Name, instance))
                return Fail(DiagnosticCode.DuplicateName, $"argument \"{arg.Name}\" is given twice");
        }
        if (!context.Spend(module.Size))
            return null;
        var subtyping = new CoreSubtyping(context.CoreTypes);
        foreach (var (key, expected) in module.Imports)
        {
            if (!given.TryGetValue(key.Module, out var instance))
                return Fail(DiagnosticCode.NotDefined, $"the core module imports from \"{key.Module}\", which is not among the arguments");
            if (!instance.TryGetValue(key.Name, out var found))
                return Fail(DiagnosticCode.NotDefined, $"argument \"{key.Module}\" does not export \"{key.Name}\", which the core module imports");
            if (subtyping.Mismatch(found, expected) is { } why)
                return Fail(DiagnosticCode.TypeMismatch, $"argument \"{key.Module}\", export \"{key.Name}\": {why}");
        }
        return module.Exports;
    }

    private Dictionary<string, CoreExternType>? CoreBundle(EquatableArray<CoreInlineExport> bundled)
    {
        var exports = new Dictionary<string, CoreExternType>(bundled.Length, StringComparer.Ordinal);
        foreach (var export in bundled)
        {
            if (lookup.CoreItem(export.Item) is not { } type)
                return null;
            if (exports.TryAdd(export.Name, type))
                continue;
            context.Fail(DiagnosticCode.DuplicateName, $"\"{export.Name}\" is exported twice");
            return null;
        }
        return exports;
    }

    private Step.Instantiate? Instantiate(long offset, uint index, EquatableArray<InstantiateArg> args)
    {
        if (lookup.Component(index) is not { } component)
            return null;
        var given = new OrderedDictionary<string, CheckedExtern>(args.Length);
        var items = new BundleItem[args.Length];
        for (int i = 0; i < items.Length; i++)
        {
            if (lookup.Item(args[i].Item) is not { } type)
                return null;
            if (!given.TryAdd(args[i].Name, type))
                return Repeated<Step.Instantiate>("argument", args[i].Name);
            items[i] = new BundleItem(args[i].Name, args[i].Item, (type as CheckedExtern.Type)?.Bound);
        }
        if (new Subtyping(context).Mismatch(given, component.Imports, component.ImportedResources, "instantiation argument", out var resources) is { } why)
        {
            context.Fail(DiagnosticCode.TypeMismatch, why);
            return null;
        }
        resources.Rename(given, component.Imports);
        // Each instantiation makes the resource types that the component defines anew.
        var made = new ResourcePath[component.DefinedResources.Length];
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = new ResourcePath(context.NewResource(), component.DefinedResources[i].Path);
            if (!context.Spend(Cost.Keep(made[i].Path)))
                return null;
            resources.Replace(component.DefinedResources[i].Resource, made[i].Resource);
            scope.DefinedResources.Add(made[i].Resource, null);
        }
        var exports = new CheckedInstanceType(resources.Apply(component.Exports), []);
        if (context.Failed)
            return null;
        scope.Instances.Add(exports);
        scope.InstanceNames.Add(null);
        return new Step.Instantiate(offset, index, items.Seal(), made.Seal());
    }

    private Step.Bundle? Bundle(long offset, EquatableArray<InlineExport> exports)
    {
        var types = new OrderedDictionary<string, CheckedExtern>(exports.Length);
        var items = new BundleItem[exports.Length];
        var noNames = new NamedTypes(context);
        for (int i = 0; i < items.Length; i++)
        {
            var (name, item) = (exports[i].Name.Name, exports[i].Item);
            if (lookup.Item(item) is not { } type || !ResourceNames.Check(context, noNames, name, type))
                return null;
            if (!types.TryAdd(name, type))
                return Repeated<Step.Bundle>("export", name);
            items[i] = new BundleItem(name, item, (type as CheckedExtern.Type)?.Bound);
        }
        var bundled = new CheckedInstanceType(types, []);
        if (!TypeChecker.Bounded(context, bundled.Depth, bundled.Size, "instance"))
            return null;
        scope.Instances.Add(bundled);
        scope.InstanceNames.Add(null);
        return new Step.Bundle(offset, items.Seal());
    }

    private T? Repeated<T>(string what, string name)
        where T : class
    {
        context.Fail(DiagnosticCode.DuplicateName, $"{what} \"{name}\" comes twice");
        return null;
    }

    private bool Bounded() =>
        ExternChecker.Bounded(context, scope.Instances.Count + scope.CoreInstances.Count, ComponentLimits.Instances, "instances");

    private IReadOnlyDictionary<string, CoreExternType>? Fail(DiagnosticCode code, string message)
    {
        context.Fail(code, message);
        return null;
    }
}
