using System.Collections.Generic;
using System.Diagnostics;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Resolves type definitions, other than of resources, and the types of imports and exports. Spec: <c>deftype</c>, <c>externtype</c>.</summary>
internal sealed class TypeChecker(CheckContext context, DefinitionScope scope)
{
    private readonly Lookup lookup = new(context, scope);
    private readonly ValTypeChecker values = new(context, new Lookup(context, scope));
    private readonly NameableTypes nameables = new(context, scope);

    /// <summary>A type definition; null, with an error, where it is wrong.</summary>
    public CheckedType? Define(DefType type) => type switch
    {
        DefType.Value(var value) => values.Define(value) is { } defined ? new CheckedType.Value(defined) { Mentions = nameables.Of(value) } : null,
        DefType.Func(var func) => values.Define(func) is { } defined ? new CheckedType.Func(defined) { Mentions = nameables.Of(func) } : null,
        DefType.Component(var declarators) => Component(declarators) is { } component ? new CheckedType.Component(component) : null,
        DefType.Instance(var declarators) => Instance(declarators) is { } instance ? new CheckedType.Instance(instance) : null,
        DefType.Resource => NoResource(),
    };

    private CheckedType? NoResource()
    {
        context.Fail(DiagnosticCode.InvalidType, "a resource type can only be defined by a component");
        return null;
    }

    /// <summary>The type of an import or export; null, with an error, where it is wrong.</summary>
    /// <param name="type">The type as it is written.</param>
    /// <param name="isNew">Whether it is a resource type that did not exist before.</param>
    public CheckedExtern? Extern(ExternType type, out bool isNew)
    {
        isNew = type is ExternType.Type(TypeBound.SubResource);
        switch (type)
        {
            case ExternType.CoreModule(var index):
                if (lookup.CoreType(index.Value) is not { } core)
                    return null;
                return core is CheckedCoreType.Module(var module)
                    ? new CheckedExtern.CoreModule(module)
                    : Wrong(DiagnosticCode.WrongKind, $"core type {index.Value} is not a module type");
            case ExternType.Func(var index):
                return lookup.FuncType(index.Value);
            case ExternType.Type(TypeBound.Eq(var index)):
                return lookup.Type(index.Value) is { } bound ? new CheckedExtern.Type(Visibility.Introduce(context, bound)) : null;
            case ExternType.Component(var index):
                if (lookup.Type(index.Value) is not { } type1)
                    return null;
                return type1 is CheckedType.Component(var component)
                    ? new CheckedExtern.Component(component)
                    : Wrong(DiagnosticCode.WrongKind, $"type {index.Value} is a {type1.Kind}, not a component type");
            case ExternType.Instance(var index):
                if (lookup.Type(index.Value) is not { } type2)
                    return null;
                return type2 is CheckedType.Instance(var instance)
                    ? new CheckedExtern.Instance(instance)
                    : Wrong(DiagnosticCode.WrongKind, $"type {index.Value} is a {type2.Kind}, not an instance type");
            case ExternType.Type(TypeBound.SubResource):
                var resource = context.NewResource();
                return new CheckedExtern.Type(new CheckedType.Resource(resource) { Mentions = Nameable.Of(resource) });
            default:
                throw new UnreachableException();
        }
    }

    private CheckedInstanceType? Instance(EquatableArray<Declarator> declarators)
    {
        var inner = new DefinitionScope(context, ScopeKind.InstanceType, scope);
        if (!Declare(inner, declarators))
            return null;
        return new CheckedInstanceType(inner.Exports, [.. inner.DefinedResources.Keys]);
    }

    private CheckedComponentType? Component(EquatableArray<Declarator> declarators)
    {
        var inner = new DefinitionScope(context, ScopeKind.ComponentType, scope);
        return Declare(inner, declarators) ? Finish(context, inner) : null;
    }

    /// <summary>
    /// The type of a component, or a component type, whose members are all there. The resource types that come into being
    /// in it and occur in its exports must be exported, and none of them may occur in its imports.
    /// </summary>
    public static CheckedComponentType? Finish(CheckContext context, DefinitionScope inner)
    {
        var inImports = new FreeResources(context);
        foreach (var (_, type) in inner.Imports)
            inImports.Add(type);
        var inExports = new FreeResources(context);
        foreach (var (_, type) in inner.Exports)
            inExports.Add(type);
        Dictionary<ResourceId, ResourcePath>? paths = null;
        var defined = new List<ResourcePath>();
        foreach (var (id, _) in inner.DefinedResources)
        {
            if (!context.Spend(2 * Cost.Look))
                return null;
            if (inImports.Found.Contains(id))
            {
                context.Fail(
                    DiagnosticCode.HiddenType,
                    $"import \"{Mentioning(context, inner.Imports, id)}\" mentions a resource type that the component itself defines");
                return null;
            }
            if (!inExports.Found.Contains(id))
                continue;
            paths ??= ResourcePaths.Of(context, inner.Exports);
            if (!paths.TryGetValue(id, out var path))
            {
                context.Fail(
                    DiagnosticCode.HiddenType,
                    $"export \"{Mentioning(context, inner.Exports, id)}\" mentions a resource type that the component defines but does not export: "
                        + "export the resource type as well");
                return null;
            }
            defined.Add(path);
        }
        var component = new CheckedComponentType(inner.Imports, inner.Exports, inner.ImportedResources.Seal(), defined.Seal());
        return !context.Failed ? component : null;
    }

    /// <summary>The first import or export that mentions a resource type.</summary>
    private static string Mentioning(CheckContext context, OrderedDictionary<string, CheckedExtern> members, ResourceId resource)
    {
        foreach (var (name, type) in members)
        {
            var free = new FreeResources(context);
            free.Add(type);
            if (free.Found.Contains(resource))
                return name;
        }
        // Nothing is found when the work that is left does not reach, which then is the error.
        return "";
    }

    /// <summary>Whether a scope is not too deep; what it holds is checked by recursion.</summary>
    public static bool NestsWell(CheckContext context, DefinitionScope inner) => inner.Depth <= ComponentLimits.ScopeDepth
        || context.Fail(DiagnosticCode.TooLarge, $"components and types nest deeper than the {ComponentLimits.ScopeDepth} levels allowed");

    private bool Declare(DefinitionScope inner, EquatableArray<Declarator> declarators)
    {
        if (!NestsWell(context, inner))
            return false;
        var types = new TypeChecker(context, inner);
        var externs = new ExternChecker(context, inner);
        var aliases = new AliasChecker(context, inner);
        long outer = context.Offset;
        foreach (var declarator in declarators)
        {
            context.Offset = declarator.Offset;
            bool ok = declarator switch
            {
                Declarator.CoreType(_, var type) => CoreTypeChecker.Define(context, inner, type),
                Declarator.Type(_, var type) => types.Declare(type),
                Declarator.Alias(_, var alias) => aliases.Declare(alias),
                Declarator.Import(_, var name, var type) => externs.Import(name, type) is not null,
                Declarator.Export(_, var name, var type) => externs.Declare(name, type),
            };
            if (!ok)
                return false;
        }
        context.Offset = outer;
        return true;
    }

    private bool Declare(DefType type)
    {
        context.Enter("type", scope.Types.Count);
        if (Define(type) is not { } defined)
            return false;
        scope.Types.Add(defined);
        context.Leave();
        return true;
    }

    /// <summary>Whether an instance or component type is of a size that can be worked with.</summary>
    public static bool Bounded(CheckContext context, int depth, long size, string what)
    {
        if (depth > ComponentLimits.TypeDepth)
            return context.Stop(
                DiagnosticCode.TooLarge,
                $"instance and component types nest {depth} deep in the {what} type, more than the {ComponentLimits.TypeDepth} allowed");
        return size <= ComponentLimits.TypeSize
            || context.Stop(DiagnosticCode.TooLarge, $"the {what} type writes out to {size} imports and exports, more than the {ComponentLimits.TypeSize} allowed");
    }

    private CheckedExtern? Wrong(DiagnosticCode code, string message)
    {
        context.Fail(code, message);
        return null;
    }
}
