using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Component.Plan;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Resolves core types, and the types of core modules. Spec: <c>core:deftype</c>.</summary>
internal static class CoreTypeChecker
{
    /// <summary>Adds a core type to a scope; false, with an error, where it is wrong.</summary>
    public static bool Define(CheckContext context, DefinitionScope scope, CoreDefType type) => type switch
    {
        CoreDefType.Rec(var group) => Add(context, scope.CoreTypes, group),
        CoreDefType.Module(var declarators) => Module(context, scope, declarators.AsSpan()) is { } module
            && Add(context, scope.CoreTypes, new CheckedCoreType.Module(module)),
    };

    /// <summary>The type of a module that imports and exports what its binary says; null, with an error, where its types are wrong.</summary>
    public static CoreModuleType? ModuleOf(CheckContext context, CoreModuleSurface surface)
    {
        var types = new List<CheckedCoreType>();
        var groups = new CoreTypeGroups(context, types);
        long outer = context.Offset;
        foreach (var (offset, group) in surface.Types)
        {
            context.Offset = offset;
            if (!groups.Add(group))
                return null;
        }
        context.Offset = outer;
        // That every index of the surface is one of a type of the module was seen when it was read.
        var numbers = new CoreTypeMap(index => ((CheckedCoreType.Defined)types[(int)index]).Number);
        var imports = new OrderedDictionary<(string, string), CoreExternType>(surface.Imports.Length);
        foreach (var import in surface.Imports)
        {
            if (!imports.TryAdd((import.Module, import.Name), numbers.Apply(import.Type)))
            {
                context.Fail(DiagnosticCode.DuplicateName, $"the core module imports \"{import.Module}\" \"{import.Name}\" twice, which a component cannot provide for");
                return null;
            }
        }
        var exports = new OrderedDictionary<string, CoreExternType>(surface.Exports.Length);
        foreach (var export in surface.Exports)
            exports.TryAdd(export.Name, numbers.Apply(export.Type));
        return new CoreModuleType(imports, exports);
    }

    /// <summary>The type of a module that a plan imports; null, with an error, where its types are wrong.</summary>
    /// <param name="context">Where types are made.</param>
    /// <param name="type">The type of the import.</param>
    /// <param name="types">The core types of the plan.</param>
    public static CoreModuleType? ModuleOf(CheckContext context, PlanCoreModuleType type, EquatableArray<CoreRecType> types) =>
        ModuleOf(context, new CoreModuleSurface(
            [.. types.Items.Select(group => new CoreModuleSurface.TypeGroup(0, group))],
            [.. type.Imports.Items.Select(import => new CoreModuleImport(import.Module, import.Name, import.Type))],
            [.. type.Exports.Items.Select(export => new CoreModuleSurface.Export(export.Name, export.Type, 0))]));

    private static CoreModuleType? Module(CheckContext context, DefinitionScope scope, System.ReadOnlySpan<CoreModuleDeclarator> declarators)
    {
        var types = new List<CheckedCoreType>();
        var imports = new OrderedDictionary<(string, string), CoreExternType>();
        var exports = new OrderedDictionary<string, CoreExternType>();
        foreach (var declarator in declarators)
        {
            bool ok = declarator switch
            {
                CoreModuleDeclarator.Import(var module, var name, var type) =>
                    Entity(context, types, type) is { } entity
                    && (imports.TryAdd((module, name), entity) || context.Fail(DiagnosticCode.DuplicateName, $"the module type imports \"{module}\" \"{name}\" twice")),
                CoreModuleDeclarator.Export(var name, var type) =>
                    Entity(context, types, type) is { } entity
                    && (exports.TryAdd(name, entity) || context.Fail(DiagnosticCode.DuplicateName, $"the module type exports \"{name}\" twice")),
                CoreModuleDeclarator.Type(var group) => Add(context, types, group),
                CoreModuleDeclarator.OuterAlias(var count, var index) => Alias(context, scope, types, count, index.Value),
            };
            if (!ok)
                return null;
        }
        return new CoreModuleType(imports, exports);
    }

    private static bool Alias(CheckContext context, DefinitionScope scope, List<CheckedCoreType> types, uint count, uint index)
    {
        var from = count == 0 ? types : scope.Outward(count - 1)?.CoreTypes;
        if (from is null)
            return context.Fail(DiagnosticCode.NotDefined, $"an outer alias reaches {count} scopes outward, which is beyond the outermost component");
        if (index >= (uint)from.Count)
            return context.Fail(DiagnosticCode.NotDefined, $"there is no core type {index} in the scope that the alias reaches");
        return from[(int)index] is CheckedCoreType.Module
            ? context.Fail(DiagnosticCode.WrongKind, "a module type cannot be aliased into a module type")
            : Add(context, types, from[(int)index]);
    }

    private static CoreExternType? Entity(CheckContext context, List<CheckedCoreType> types, CoreExternType type)
    {
        switch (type)
        {
            case CoreExternType.Func(var index, var isExact):
                return Func(context, types, index.Value) is { } func
                    ? new CoreExternType.Func(new CoreTypeIdx(func.Number), isExact) : null;
            case CoreExternType.Tag(var index):
                if (Func(context, types, index.Value) is not { } tag)
                    return null;
                if (tag.Func!.Results.IsEmpty)
                    return new CoreExternType.Tag(new CoreTypeIdx(tag.Number));
                context.Fail(DiagnosticCode.WrongCoreType, $"core type {index.Value} has results, which the type of a tag cannot have");
                return null;
            case CoreExternType.Memory(var memory):
                return Sized(context, CoreSizes.Problem(memory)) ? new CoreExternType.Memory(memory) : null;
            case CoreExternType.Table(var table):
                if (Defined(context, types, table.Element) is not { } element || !Sized(context, CoreSizes.Problem(table)))
                    return null;
                return new CoreExternType.Table(table with { Element = element });
            case CoreExternType.Global(var global):
                return Defined(context, types, global.Type) is { } content ? new CoreExternType.Global(global with { Type = content }) : null;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The core function type at an index of a list of core types; null, with an error, where there is none.</summary>
    public static CheckedCoreType.Defined? Func(CheckContext context, List<CheckedCoreType> types, uint index)
    {
        if (index < (uint)types.Count && types[(int)index] is CheckedCoreType.Defined { Func: not null } type)
            return type;
        if (index < (uint)types.Count)
            context.Fail(DiagnosticCode.WrongKind, $"core type {index} is not a function type");
        else
            context.Fail(DiagnosticCode.NotDefined, $"there is no core type {index} here: {types.Count} defined before this point");
        return null;
    }

    // The value type with numbers in place of indices; null, with an error, where an index is wrong.
    private static CoreValType? Defined(CheckContext context, List<CheckedCoreType> types, CoreValType type)
    {
        if (!type.IsRef || type.Heap.Defined is not { } index)
            return type;
        if (index.Value < (uint)types.Count && types[(int)index.Value] is CheckedCoreType.Defined defined)
            return CoreValType.Ref(new CoreHeapType(new CoreTypeIdx(defined.Number), type.Heap.IsExact), type.IsNullable);
        context.Fail(DiagnosticCode.NotDefined, $"there is no core type {index.Value} here: {types.Count} defined before this point");
        return null;
    }

    private static bool Sized(CheckContext context, string? problem) => problem is null || context.Fail(DiagnosticCode.InvalidType, problem);

    private static bool Add(CheckContext context, List<CheckedCoreType> types, CoreRecType group) => new CoreTypeGroups(context, types).Add(group);

    private static bool Add(CheckContext context, List<CheckedCoreType> types, CheckedCoreType type)
    {
        if (types.Count >= ComponentLimits.Items)
            return context.Stop(DiagnosticCode.TooLarge, $"more than {ComponentLimits.Items} core types");
        types.Add(type);
        return true;
    }
}
