using System.Collections.Generic;
using System.Diagnostics;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Resolves aliases. Spec: <c>alias</c>.</summary>
internal sealed class AliasChecker(CheckContext context, DefinitionScope scope)
{
    private readonly Lookup lookup = new(context, scope);

    /// <summary>An alias in a type; false, with an error, where it is wrong.</summary>
    public bool Declare(Alias alias) => Define(0, alias, out _);

    /// <summary>An alias; false, with an error, where it is wrong.</summary>
    /// <param name="offset">Byte offset of the definition.</param>
    /// <param name="alias">The alias.</param>
    /// <param name="step">What it does at instantiation; null where that is nothing.</param>
    public bool Define(long offset, Alias alias, out Step? step)
    {
        step = null;
        switch (alias)
        {
            case Alias.Export(var sort, var instance, var name):
                if (lookup.Instance(instance.Value) is not { } type)
                    return false;
                if (!type.Exports.TryGetValue(name, out var export))
                    return context.Fail(DiagnosticCode.NotDefined, $"instance {instance.Value} has no export \"{name}\"");
                if (SortOf(export) != sort)
                    return context.Fail(DiagnosticCode.WrongKind, $"export \"{name}\" of instance {instance.Value} is a {export.Kind}, not what the alias says");
                if (!ExternChecker.Push(context, scope, export, name, scope.InstanceNames[(int)instance.Value]))
                    return false;
                step = sort == Sort.Type ? null : new Step.InstanceAlias(offset, instance.Value, name, export);
                return true;
            case Alias.CoreExport(var sort, var instance, var name):
                step = new Step.CoreAlias(offset, sort, instance.Value, name);
                return lookup.CoreInstance(instance.Value) is { } exports && Core(exports, sort, instance.Value, name);
            case Alias.Outer(var sort, var count, var index):
                if (sort is OuterSort.CoreModule or OuterSort.Component)
                    step = new Step.OuterAlias(offset, sort, count, index);
                return Outer(sort, count, index);
            default:
                throw new UnreachableException();
        }
    }

    private bool Core(IReadOnlyDictionary<string, CoreExternType> exports, CoreExternKind sort, uint instance, string name)
    {
        if (!exports.TryGetValue(name, out var export))
            return context.Fail(DiagnosticCode.NotDefined, $"core instance {instance} has no export \"{name}\"");
        switch (export, sort)
        {
            case (CoreExternType.Func type, CoreExternKind.Func):
                return Add(scope.CoreFuncs, type);
            case (CoreExternType.Table(var type), CoreExternKind.Table):
                return Add(scope.CoreTables, type);
            case (CoreExternType.Memory(var type), CoreExternKind.Memory):
                return Add(scope.CoreMemories, type);
            case (CoreExternType.Global(var type), CoreExternKind.Global):
                return Add(scope.CoreGlobals, type);
            case (CoreExternType.Tag type, CoreExternKind.Tag):
                return Add(scope.CoreTags, type);
            default:
                return context.Fail(
                    DiagnosticCode.WrongKind,
                    $"export \"{name}\" of core instance {instance} is a {CoreText.Of(export.Kind)}, not a {CoreText.Of(sort)}");
        }
    }

    private bool Outer(OuterSort sort, uint count, uint index)
    {
        if (scope.Outward(count) is not { } target)
            return context.Fail(DiagnosticCode.NotDefined, $"an outer alias reaches {count} scopes outward, which is beyond the outermost component");
        var from = new Lookup(context, target);
        switch (sort)
        {
            case OuterSort.CoreModule:
                return from.CoreModule(index) is { } module && Add(scope.CoreModules, module, ComponentLimits.Modules);
            case OuterSort.CoreType:
                return from.CoreType(index) is { } coreType && Add(scope.CoreTypes, coreType);
            case OuterSort.Component:
                return from.Component(index) is { } component && Add(scope.Components, component, ComponentLimits.Modules);
            default:
                if (from.Type(index) is not { } type)
                    return false;
                if (count > 0 && scope.Outward(count - 1)!.Kind == ScopeKind.Component && HasFreeResources(type))
                    return context.Fail(
                        DiagnosticCode.HiddenType,
                        "an outer alias takes a type with a resource type of another component into this one: import the resource type instead");
                return Add(scope.Types, type);
        }
    }

    private bool HasFreeResources(CheckedType type)
    {
        var free = new FreeResources(context);
        free.Add(type);
        return free.Found.Count > 0;
    }

    private bool Add<T>(List<T> items, T item, int limit = ComponentLimits.Items)
    {
        if (items.Count >= limit)
            return context.Stop(DiagnosticCode.TooLarge, $"more than {limit} definitions of one kind in a component");
        items.Add(item);
        return true;
    }

    private static Sort SortOf(CheckedExtern type) => type switch
    {
        CheckedExtern.CoreModule => Sort.CoreModule,
        CheckedExtern.Func => Sort.Func,
        CheckedExtern.Type => Sort.Type,
        CheckedExtern.Component => Sort.Component,
        CheckedExtern.Instance => Sort.Instance,
    };
}
