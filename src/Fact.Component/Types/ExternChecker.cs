using System;
using System.Collections.Generic;
using System.Diagnostics;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Checks imports and exports. That their names are well formed and unique, the decoder has seen to. Spec: <c>import</c>, <c>export</c>.</summary>
internal sealed class ExternChecker(CheckContext context, DefinitionScope scope)
{
    private readonly Lookup lookup = new(context, scope);
    private readonly TypeChecker types = new(context, scope);
    private readonly Visibility visibility = new(context, scope);

    /// <summary>An import of a component or component type; null, with an error, where it is wrong.</summary>
    public Step.Import? Import(ExternName name, ExternType written)
    {
        context.Enter("import", -1, name.Name);
        if (types.Extern(written, out bool isNew) is not { } type || !Grow(type))
            return null;
        ResourcePath[] open = isNew && type is CheckedExtern.Type(CheckedType.Resource(var id)) ? [new ResourcePath(id, [])] : [];
        if (type is CheckedExtern.Instance(var instance))
            type = Freshen(instance, out open);
        foreach (var path in open)
            scope.ImportedResources.Add(new ResourcePath(path.Resource, [name.Name, .. path.Path]));
        if (!Push(context, scope, type, name.Name) || !Fits(name, type) || !visibility.Name(name.Name, type, isExport: false))
            return null;
        if (!scope.Imports.TryAdd(name.Name, type) && !context.Fail(DiagnosticCode.DuplicateName, "there is another import of the name"))
            return null;
        context.Leave();
        return new Step.Import(context.Offset, name.Name, type, open.Seal());
    }

    /// <summary>An export that a component type or instance type declares; false, with an error, where it is wrong.</summary>
    public bool Declare(ExternName name, ExternType written)
    {
        context.Enter("export", -1, name.Name);
        if (types.Extern(written, out bool isNew) is not { } type || !Grow(type))
            return false;
        if (isNew && type is CheckedExtern.Type(CheckedType.Resource(var id)))
        {
            scope.DefinedResources.Add(id, null);
        }
        else if (type is CheckedExtern.Instance(var instance))
        {
            type = Freshen(instance, out var made);
            foreach (var path in made)
                scope.DefinedResources.Add(path.Resource, null);
        }
        return Add(name, type);
    }

    /// <summary>An export of a component; its type, or null, with an error, where it is wrong.</summary>
    public CheckedExtern? Export(Definition.Export export)
    {
        context.Enter("export", -1, export.Name.Name);
        if (lookup.Item(export.Item) is not { } type)
            return null;
        if (export.Ascribed is not null)
        {
            if (types.Extern(export.Ascribed, out _) is not { } ascribed)
                return null;
            if (new Subtyping(context).Mismatch(type, ascribed) is { } why)
            {
                context.Fail(DiagnosticCode.TypeMismatch, $"what is exported does not have the type that is ascribed to it: {why}");
                return null;
            }
            type = ascribed;
        }
        else if (type is CheckedExtern.Type(var bound))
        {
            type = new CheckedExtern.Type(Visibility.Introduce(context, bound));
        }
        return Grow(type) && Add(export.Name, type) ? type : null;
    }

    private bool Add(ExternName name, CheckedExtern type)
    {
        // A url, a hash or a dependency says where to get something, so only imports are named by them.
        if (name.Name.Contains('='))
            return context.Fail(DiagnosticCode.InvalidName, $"\"{name.Name}\" can name imports only");
        if (!Push(context, scope, type, name.Name) || !Fits(name, type) || !visibility.Name(name.Name, type, isExport: true))
            return false;
        if (!scope.Exports.TryAdd(name.Name, type))
            return context.Fail(DiagnosticCode.DuplicateName, "there is another export of the name");
        context.Leave();
        return true;
    }

    /// <summary>Adds something imported, exported or aliased by a name to its index space.</summary>
    /// <param name="context">Where errors go.</param>
    /// <param name="scope">The index spaces.</param>
    /// <param name="type">What it is.</param>
    /// <param name="name">The name.</param>
    /// <param name="instance">What the instance is called that it is taken from, if it is.</param>
    public static bool Push(CheckContext context, DefinitionScope scope, CheckedExtern type, string name, string? instance = null)
    {
        switch (type)
        {
            case CheckedExtern.CoreModule(var module):
                scope.CoreModules.Add(module);
                return Bounded(context, scope.CoreModules.Count, ComponentLimits.Modules, "core modules");
            case CheckedExtern.Func func:
                scope.Funcs.Add(func);
                scope.FuncNames.Add(new(instance, name));
                return Bounded(context, scope.Funcs.Count, ComponentLimits.Items, "functions");
            case CheckedExtern.Type(var bound):
                scope.Types.Add(bound);
                if (bound is CheckedType.Value(var value))
                    context.TypeNames.Add(value, name);
                return Bounded(context, scope.Types.Count, ComponentLimits.Items, "types");
            case CheckedExtern.Component(var component):
                scope.Components.Add(component);
                return Bounded(context, scope.Components.Count, ComponentLimits.Modules, "components");
            case CheckedExtern.Instance(var of):
                scope.Instances.Add(of);
                scope.InstanceNames.Add(name);
                return Bounded(context, scope.Instances.Count + scope.CoreInstances.Count, ComponentLimits.Instances, "instances");
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Whether an index space has no more members than it may.</summary>
    public static bool Bounded(CheckContext context, int count, int limit, string what) =>
        count <= limit || context.Stop(DiagnosticCode.TooLarge, $"a component has {count} {what}, more than the {limit} allowed");

    private bool Fits(ExternName name, CheckedExtern type) =>
        name.VersionSuffix is null || type is CheckedExtern.Instance
        || context.Fail(DiagnosticCode.InvalidName, $"\"{name.Name}\" has a version suffix, which only instances can have, and names a {type.Kind}");

    // Whether the component or type is small enough with one more import or export; before that is copied.
    private bool Grow(CheckedExtern type)
    {
        scope.TypeSize += type.Size;
        scope.TypeDepth = Math.Max(scope.TypeDepth, type.Depth + 1);
        return TypeChecker.Bounded(context, scope.TypeDepth, scope.TypeSize, scope.Kind == ScopeKind.InstanceType ? "instance" : "component");
    }

    // Each use of an instance type has resource types of its own.
    private CheckedExtern.Instance Freshen(CheckedInstanceType type, out ResourcePath[] made)
    {
        made = [];
        if (type.Bound.IsEmpty)
            return new CheckedExtern.Instance(type);
        var paths = type.Paths(context);
        var fresh = new Substitution(context);
        var resources = new List<ResourcePath>(type.Bound.Length);
        foreach (var bound in type.Bound)
        {
            if (context.Failed)
                return new CheckedExtern.Instance(type);
            var resource = new ResourcePath(context.NewResource(), paths[bound].Path);
            context.Spend(2 * Cost.Keep(resource.Path));
            resources.Add(resource);
            fresh.Replace(bound, resource.Resource);
        }
        made = [.. resources];
        return new CheckedExtern.Instance(new CheckedInstanceType(fresh.Apply(type.Exports), []));
    }
}
